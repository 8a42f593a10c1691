"""The neighbourhood stage: CP-SAT, with every rule, improves parts of the best programme.

Each step frees some rounds or some sessions of the best programme, fixes the rest and lets CP-SAT
look for better. This is what repairs and improves where rules go beyond what the search knows.
"""

from __future__ import annotations

import random
from collections.abc import Collection

from ortools.sat.python import cp_model

from spilrooster.search.exact_stage import extracted
from spilrooster.search.model import Model
from spilrooster.search.solver import Solving
from spilrooster.search.stage import Context
from spilrooster_models import Programme
from spilrooster_models.event import SessionId
from spilrooster_models.layout import RoundId

STEP = 3.0
"""Most work spent on one neighbourhood."""

LEAST_WORK = 0.01
"""Work of setting up a neighbourhood: CP-SAT counts next to nothing for one that is trivial."""

MOST_PAIRS = 60_000
"""With more attendances than this, building the model costs more than it brings."""


class NeighbourhoodStage:
    """Improve the best programme neighbourhood by neighbourhood."""

    name = "neighbourhoods"

    def run(self, context: Context, allowance: float) -> None:
        """Spend the allowance on neighbourhoods; needs a programme to start from."""
        standings, clock = context.standings, context.clock
        pairs = [*context.problem.attendances()]
        if standings.programme is None or len(pairs) > MOST_PAIRS or clock.left() <= 0:
            return
        chance = random.Random(context.seed)
        end = clock.spent() + allowance
        model = Model.of(context.problem, pairs)
        model.minimise(1)
        while clock.spent() < end and clock.left() > 0 and not standings.settled:
            standings.tell(self.name)
            self._step(context, model, chance, min(STEP, clock.left()))

    def _step(
        self, context: Context, model: Model, chance: random.Random, allowance: float
    ) -> None:
        """Free one neighbourhood of the best programme and offer what CP-SAT makes of it."""
        programme = self._without_fillers(context, model)
        model.variables.hint(programme)
        part = model.clone()
        event = context.problem.event
        rounds = event.layout.round_ids
        if chance.random() < 0.5 and len(rounds) > 2:
            free_rounds(model, part, programme, chance.sample(rounds, 2))
        else:
            sessions = list(event.sessions_by_id)
            free_sessions(model, part, programme, chance.sample(sessions, min(8, len(sessions))))
        solving = Solving(part, context.clock, allowance, chance.randrange(1 << 30))
        solving.run()
        context.clock.charge(LEAST_WORK)
        if solving.found:
            found = extracted(model, solving)
            # filled if the rules that the search does not know let it be
            filled = context.standings.offer(context.workshop.refill(found), self.name)
            if not filled:
                context.standings.offer(found, self.name)

    def _without_fillers(self, context: Context, model: Model) -> Programme:
        """The best programme without attendances that the model does not have."""
        programme = context.standings.programme
        assert programme is not None
        schedules = []
        for schedule in programme.schedules:
            known = {*model.variables.sessions_of(schedule.participant)}
            kept = tuple(s if s in known else None for s in schedule.sessions)
            schedules.append(schedule.model_copy(update={"sessions": kept}))
        return programme.model_copy(update={"schedules": tuple(schedules)})


def free_rounds(
    model: Model, part: cp_model.CpModel, programme: Programme, rounds: Collection[RoundId]
) -> None:
    """Fix everything that happens in other rounds."""
    v = model.variables
    for t in v.rounds:
        if t not in rounds:
            _fix_runs(model, part, programme, [(s, t) for s in v.sessions])
            for schedule in programme.schedules:
                here = schedule.sessions[v.rounds.index(t)]
                for s in v.sessions_of(schedule.participant):
                    part.add(v.at(schedule.participant, s, t) == int(s == here))


def free_sessions(
    model: Model, part: cp_model.CpModel, programme: Programme, sessions: Collection[SessionId]
) -> None:
    """Fix the runs of other sessions; who attends what stays free everywhere."""
    v = model.variables
    fixed = [(s, t) for s in v.sessions if s not in sessions for t in v.rounds]
    _fix_runs(model, part, programme, fixed)


def _fix_runs(
    model: Model,
    part: cp_model.CpModel,
    programme: Programme,
    places: Collection[tuple[SessionId, RoundId]],
) -> None:
    v = model.variables
    for s, t in places:
        room = programme.room_of.get((s, t))
        part.add(v.held_in(s, t) == int(room is not None))
        for r in v.rooms:
            part.add(v.in_room(s, t, r) == int(r == room))
