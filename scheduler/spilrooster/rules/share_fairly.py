"""Rule: what there is to get is shared out fairly."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, log
from typing import Literal

from ortools.sat.python import cp_model
from pydantic import Field

from spilrooster.rules._rule import Cost, SoftRule
from spilrooster.rules.choices import POINTS_PER_RANK, Choices
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme
from spilrooster_models.event import ParticipantId

STEPS = 20
"""Satisfaction is compared in steps of 5 %."""

STEP_COSTS = 1000
"""A step costs as much as the unit in which the logarithm of a share is counted."""

NOTHING_COSTS = STEP_COSTS * (STEPS + 1)
"""Somebody with nothing costs more than the worst-off person can."""

LEAST_SHARE = 0.01
"""A smaller share counts as this one: the logarithm of nothing has no end."""

LOSS = tuple(round(-STEP_COSTS * log(max(i / STEPS, LEAST_SHARE))) for i in range(STEPS + 1))
"""Minus the logarithm of each step's share; between steps it is a straight line."""


class ShareFairly(SoftRule):
    """Who gets what is shared out fairly, among programmes of the best value or nearly so.

    `floor`: as few people as possible get nothing they chose, and the worst-off person gets as
    much as possible. `leximin`: then the same for whoever is next, and so on. `nash`: the product
    of everybody's satisfaction is as large as possible, so that a step up counts more for those
    who have little. Satisfaction is a person's points as a share of their own ideal; the first
    two compare it in steps of 5 %, and a share below 1 % counts as 1 % in the product. Without
    this rule only the sum of all points counts.
    """

    rule: Literal["share_fairly"] = "share_fairly"
    mode: Literal["floor", "leximin", "nash"] = Field(
        default="leximin", description="floor, leximin or nash: what fair means"
    )
    give_up: int = Field(
        default=0, ge=0, le=100, description="percent of the value that may be given up for it"
    )
    level: int = Field(default=2, ge=2, description="priority; lower levels are solved first")
    points_per_rank: tuple[int, ...] = Field(
        default=POINTS_PER_RANK,
        min_length=1,
        description="points for a granted 1st, 2nd, ... choice; if absent, those of the event",
    )

    def _wishing(self, event: Event) -> Iterator[tuple[ParticipantId, int, dict[str, int]]]:
        """Yield everybody who chose something they could get: id, ideal, points by session."""
        choices = Choices(points_per_rank=self.points_per_rank)
        for p in event.participants:
            ideal = choices.ideal_of(event, p.id)
            if ideal:
                yield p.id, ideal, choices.points_of(event, p.id)

    def post(self, variables: Variables) -> Cost:
        if self.mode == "nash":
            return self._post_product(variables)
        return self._post_floor(variables)

    def _post_floor(self, variables: Variables) -> Cost:
        cp = variables.cp
        worst = cp.new_int_var(0, STEPS, "steps of the worst-off")
        nothing: list[cp_model.IntVar] = []
        for p, ideal, points in self._wishing(variables.event):
            takes = _takes(variables, p, points)
            cp.add(STEPS * _total(takes) >= ideal * worst)
            nothing.append(cp.new_bool_var(f"nothing for {p}"))
            cp.add_bool_or([nothing[-1], *(x for x, _ in takes)])
        number = cp_model.LinearExpr.sum(nothing)
        return NOTHING_COSTS * number + STEP_COSTS * (STEPS - worst)

    def _post_product(self, variables: Variables) -> Cost:
        cp = variables.cp
        losses: list[cp_model.IntVar] = []
        for p, ideal, points in self._wishing(variables.event):
            takes = _takes(variables, p, points)
            got = cp.new_int_var(0, sum(worth for _, worth in takes), f"points of {p}")
            cp.add(got == _total(takes))
            loss = cp.new_int_var(0, LOSS[0], f"loss of {p}")
            for i in range(STEPS):
                drop = LOSS[i] - LOSS[i + 1]
                cp.add(ideal * loss >= ideal * (LOSS[i] + i * drop) - STEPS * drop * got)
            losses.append(loss)
        return cp_model.LinearExpr.sum(losses)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        shares: dict[ParticipantId, Fraction] = {}
        for p, ideal, points in self._wishing(event):
            granted = [points[s] for s in programme.attended(event, p) if s in points]
            shares[p] = min(Fraction(1), Fraction(sum(granted), ideal))
            if not granted and self.mode != "nash":
                yield self.costs(
                    NOTHING_COSTS, (p,), "{participant} gets nothing they chose.", participant=p
                )
        yield from self._of_shares(shares)

    def _of_shares(self, shares: dict[ParticipantId, Fraction]) -> Iterator[Finding]:
        if self.mode == "nash":
            for p, share in shares.items():
                if share < 1:
                    yield self.costs(
                        _loss(share),
                        (p,),
                        "{participant} gets {percent} % of what was possible at best.",
                        participant=p, percent=int(100 * share),
                    )  # fmt: skip
            return
        worst = min(shares, key=lambda p: shares[p], default=None)
        if worst is not None and shares[worst] < 1:
            yield self.costs(
                STEP_COSTS * (STEPS - int(STEPS * shares[worst])),
                (worst,),
                "{participant} is worst off: {percent} % of what was possible at best.",
                participant=worst, percent=int(100 * shares[worst]),
            )  # fmt: skip


def _takes(
    variables: Variables, person: ParticipantId, points: dict[str, int]
) -> list[tuple[cp_model.IntVar, int]]:
    """Return every attendance that the person chose, with its points."""
    known = {*variables.sessions_of(person)}
    return [
        (variables.at(person, session, t), worth)
        for session, worth in points.items()
        if session in known
        for t in variables.rounds
    ]


def _total(takes: list[tuple[cp_model.IntVar, int]]) -> cp_model.LinearExpr:
    return cp_model.LinearExpr.weighted_sum([x for x, _ in takes], [worth for _, worth in takes])


def _loss(share: Fraction) -> int:
    """The loss of a share below 1, on the straight line between its two steps, rounded up."""
    step = int(STEPS * share)
    part = STEPS * share - step
    return ceil(LOSS[step] + part * (LOSS[step + 1] - LOSS[step]))
