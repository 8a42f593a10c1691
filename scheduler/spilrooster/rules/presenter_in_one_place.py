"""Rule: a session has its presenters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from spilrooster.rules._rule import Cost, Lasting, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme


class PresenterInOnePlace(Rule):
    """Presenters are at every run of the sessions they present.

    A person has one place in a round, so two sessions of one presenter never share a round. Who
    is at a session they present is presenting, not listening.
    """

    rule: Literal["presenter_in_one_place"] = "presenter_in_one_place"
    lasting: ClassVar[Lasting | None] = "times"
    standard: ClassVar[bool] = True

    def post(self, variables: Variables) -> Cost:
        for session in variables.event.sessions:
            for presenter in session.presenters:
                for t in variables.rounds:
                    there = variables.at(presenter, session.id, t)
                    variables.cp.add_implication(variables.held_in(session.id, t), there)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        column = {t: i for i, t in enumerate(programme.rounds)}
        for presenter, own in event.presented_by.items():
            places = programme.schedule_of[presenter].sessions
            for session in own:
                for t in programme.rounds_of.get(session, ()):
                    place = places[column[t]]
                    if place is None:
                        yield self.broken(
                            (presenter, session, t),
                            "{presenter} presents {session} in {round}, but is not there.",
                            presenter=presenter, session=session, round=t,
                        )  # fmt: skip
                    elif place != session:
                        yield self.broken(
                            (presenter, session, t, place),
                            "{presenter} presents {session} in {round}, but is at {other} then.",
                            presenter=presenter, session=session, round=t, other=place,
                        )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        # `steering.presents` holds the facts; a presenter is never in their own audience.
        steering.barred.update(steering.presents)
