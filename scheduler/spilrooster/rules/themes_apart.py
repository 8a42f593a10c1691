"""Rule: who follows one theme is not torn between two rooms."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, GradedRule, excess
from spilrooster.steering import Counted, Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme


class ThemesApart(GradedRule):
    """In a round, at most `most` sessions of one theme run. Each one more is a breach."""

    rule: Literal["themes_apart"] = "themes_apart"
    counted_in_search: ClassVar[bool] = True
    parts_in: ClassVar[str] = "themes"
    themes: tuple[str, ...] = Field(
        default=(), description="themes to spread over the rounds; none = every theme"
    )
    most: int = Field(default=1, ge=1, description="most runs of a theme in one round")

    def refer(self, event: Event) -> Iterator[InputProblem]:
        known = {s.theme for s in event.sessions if s.theme}
        yield from self.unknown("themes", self.themes, known, "theme")

    def post(self, variables: Variables) -> Cost:
        sessions = variables.event.sessions
        more = []
        for theme in dict.fromkeys(self.themes or (s.theme for s in sessions if s.theme)):
            own = [s.id for s in sessions if s.theme == theme]
            for t in variables.rounds:
                runs = sum(variables.held_in(s, t) for s in own)
                more.append(excess(variables, runs - self.most, len(own) - self.most))
        return self.priced(variables, more)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for theme in dict.fromkeys(self.themes or (s.theme for s in event.sessions if s.theme)):
            for t in programme.rounds:
                runs = [r.session for r in programme.runs if r.round == t]
                own = [s for s in runs if event.sessions_by_id[s].theme == theme]
                if len(own) > self.most:
                    yield self.breach(
                        len(own) - self.most,
                        (t, *own),
                        "Too much of the theme {theme} in {round}: {sessions}.",
                        theme=theme, round=t, sessions=", ".join(own),
                    )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        sessions, at = steering.event.sessions, steering.index
        for theme in dict.fromkeys(self.themes or (s.theme for s in sessions if s.theme)):
            own = [s.id for s in sessions if s.theme == theme]
            if self.soft or self.most > 1:
                self.count(steering, Counted.AT_ONCE, own, ((t,) for t in at.round), self.most)
            else:
                steering.apart.update(itertools.combinations((at.session[s] for s in own), 2))
