"""The start stage: an earlier programme, mended where it no longer keeps the rules.

What people were told is where the search begins, so that it can stay close to it. CP-SAT fixes the
runs of the earlier programme but for a part that grows from attempt to attempt, until every rule
can be kept.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

from spilrooster.check import check
from spilrooster.search.model import Model, affordable, build_work, worthwhile
from spilrooster.search.parts import Part, Parts, Place, without_strangers
from spilrooster.search.repair import MOST_PLACES, mend
from spilrooster.search.stage import Context
from spilrooster_models import Finding, Programme

SHARES = (0.3, 1.0)
"""Share of the sessions that may move in the last attempts."""


class StartStage:
    """Offer an earlier programme, and the nearest to it that keeps every hard rule.

    Parameters
    ----------
    programme
        A programme of this event; it may break any rule, and people may have no place in it.
    """

    name = "earlier"

    def __init__(self, programme: Programme) -> None:
        self._programme = programme

    def run(self, context: Context, allowance: float) -> None:
        """Spend at most the allowance; stops at the first part that holds a programme."""
        standings, clock = context.standings, context.clock
        if standings.infeasible:
            return
        standings.tell(self.name)
        standings.offer(self._programme, self.name)
        end = clock.spent() + allowance
        model = self._model(context)
        if model is None:
            return
        near = without_strangers(self._programme, model)
        model.variables.hint(near)
        parts, attempts = Parts(model, near), list(self._attempts(context))
        for number, free in enumerate(attempts):
            left = min(end - clock.spent(), clock.left())
            before = standings.programme
            if left <= 0:
                return
            part = parts.of(Part(runs=free))
            mend(context, parts, part, left / (len(attempts) - number), self.name)
            if standings.programme is not before:
                return

    def _model(self, context: Context) -> Model | None:
        """Every rule over enough attendances; None if making that would take too long."""
        rounds = max(1, len(context.problem.event.layout.rounds))
        pairs = worthwhile(context.problem, MOST_PLACES // rounds, random.Random(context.seed))
        for schedule in self._programme.schedules:
            pairs.update(((schedule.participant, s), None) for s in schedule.sessions if s)
        places = len(pairs) * rounds
        if not affordable(places, context.clock):
            return None
        context.clock.charge(build_work(places))
        return Model.of(context.problem, [*pairs])

    def _attempts(self, context: Context) -> Iterator[frozenset[Place]]:
        """Yield which runs are free: none, what broken rules are about, and more and more."""
        event, chance = context.problem.event, random.Random(context.seed)
        sessions, rounds = tuple(event.sessions_by_id), event.layout.round_ids
        broken = [f for f in check(context.problem, self._programme) if f.broken]
        named = {i for finding in broken for i in finding.about}
        free = frozenset(itertools.product(named & {*sessions}, rounds))
        yield frozenset()
        yield free | frozenset(self._in_the_way(broken))
        free |= frozenset(itertools.product(sessions, named & {*rounds}))
        yield free
        for share in SHARES:
            more = chance.sample(sessions, round(share * len(sessions)))
            free |= frozenset(itertools.product(more, rounds))
            yield free

    def _in_the_way(self, broken: list[Finding]) -> Iterator[Place]:
        """Yield the runs that stand in a round and a room that a broken rule names."""
        for run in self._programme.runs:
            if any({run.round, run.room} <= {*finding.about} for finding in broken):
                yield run.session, run.round
