"""The section about fairness: what it says, and when it says that something is proven."""

from __future__ import annotations

import pytest
from tests.report.sample import sample

from spilrooster.report.fairness import fair
from spilrooster.report.words import Words
from spilrooster_models import Envy, Fairness

FOUND = Fairness(
    mode="sum",
    people=30,
    worst=0.5,
    worst_bound_here=0.5,
    worst_bound=0.75,
    with_nothing=1,
    least_with_nothing_here=0,
    least_with_nothing=0,
    deciles=(0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.0, 1.0, 1.0),
    envy=Envy(pairs=3, people=2, asked=30),
    seed=7,
)


def test_only_what_is_proven_is_said_to_be() -> None:
    words = Words("en")
    section = fair(FOUND, words)
    assert section is not None
    worst, nothing = section.proven
    assert (worst.reached, worst.here, worst.anywhere) == ("50%", "50%", "75%")
    assert worst.said.startswith("proven for these sessions")
    assert nothing.said == "it is not known whether it can be better"
    both = fair(FOUND.model_copy(update={"worst_bound": 0.5, "with_nothing": 0}), words)
    assert both is not None
    assert {line.said for line in both.proven} == {"proven: no programme does better"}


def test_a_sample_is_called_one() -> None:
    sampled = FOUND.model_copy(update={"envy": Envy(pairs=9, people=4, asked=10), "given_up": 12})
    section = fair(sampled, Words("en"))
    assert section is not None
    assert section.lines[0].startswith("4 of 10 people drawn at random")
    assert section.lines[1].endswith("as the rule allows: 12.")
    nobody = fair(FOUND.model_copy(update={"envy": Envy(pairs=0, people=0, asked=30)}), Words("nl"))
    assert nobody is not None
    assert nobody.lines[0] == "Niemand heeft liever de dag van iemand anders."


@pytest.mark.parametrize(("language", "said"), [("en", "Fairness"), ("nl", "Eerlijkheid")])
def test_the_report_has_the_section_where_there_is_a_certificate(language: str, said: str) -> None:
    shown = sample()
    page = shown.html(language, fairness=FOUND)  # type: ignore[arg-type]
    assert f'<h2 id="h-fairness">{said}</h2>' in page
    assert '<a href="#fairness">' in page
    assert "h-fairness" not in shown.html(language)  # type: ignore[arg-type]
