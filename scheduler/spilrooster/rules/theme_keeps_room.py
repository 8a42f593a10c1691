"""Rule: a theme has a room of its own to follow it in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, GradedRule, excess
from spilrooster.steering import Counted, Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme


class ThemeKeepsRoom(GradedRule):
    """On one day, all sessions of a theme are in the same room. Each other room is a breach."""

    rule: Literal["theme_keeps_room"] = "theme_keeps_room"
    counted_in_search: ClassVar[bool] = True
    parts_in: ClassVar[str] = "themes"
    themes: tuple[str, ...] = Field(
        default=(), description="themes that keep their room; none = every theme"
    )

    def refer(self, event: Event) -> Iterator[InputProblem]:
        known = {s.theme for s in event.sessions if s.theme}
        yield from self.unknown("themes", self.themes, known, "theme")

    def post(self, variables: Variables) -> Cost:
        cp, sessions = variables.cp, variables.event.sessions
        more = []
        for theme in dict.fromkeys(self.themes or (s.theme for s in sessions if s.theme)):
            own = [s.id for s in sessions if s.theme == theme]
            for n, day in enumerate(variables.event.days):
                used = {r: cp.new_bool_var(f"{theme} uses {r} on day {n}") for r in variables.rooms}
                for s in own:
                    for t in day:
                        for r, literal in used.items():
                            cp.add_implication(variables.in_room(s, t, r), literal)
                more.append(excess(variables, sum(used.values()) - 1, len(used) - 1))
        return self.priced(variables, more)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for theme in dict.fromkeys(self.themes or (s.theme for s in event.sessions if s.theme)):
            own = {s.id for s in event.sessions if s.theme == theme}
            for day in event.days:
                runs = [r for r in programme.runs if r.session in own and r.round in day]
                rooms = sorted({r.room for r in runs})
                if len(rooms) > 1:
                    yield self.breach(
                        len(rooms) - 1,
                        (*rooms, *dict.fromkeys(r.session for r in runs)),
                        "The theme {theme} is in more than one room: {rooms}.",
                        theme=theme, rooms=", ".join(rooms),
                    )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        event, at = steering.event, steering.index.session
        for theme in dict.fromkeys(self.themes or (s.theme for s in event.sessions if s.theme)):
            own = [s.id for s in event.sessions if s.theme == theme]
            if self.soft or len(event.days) > 1:
                self.count(steering, Counted.ROOMS, own, event.days, 1)
            else:
                steering.one_room.add(tuple(at[s] for s in own))
