"""The report says what is true, in both languages, and stands on its own."""

from __future__ import annotations

import datetime as dt
import html
import re
import time
from html.parser import HTMLParser

import pytest
from tests.report.sample import LONG, NASTY, Sample, many_people
from tests.report.sample import sample as make_sample

from spilrooster.check import check
from spilrooster.numbers import seats_used
from spilrooster.problem import Problem
from spilrooster.report import people as report_people
from spilrooster.report import report_html
from spilrooster.report.people import shown as everybody_of
from spilrooster.report.words import Words
from spilrooster_models import (
    Conflict,
    ConflictingRule,
    Finding,
    Layout,
    Moment,
    Programme,
    Result,
    Status,
    message,
)
from spilrooster_models.event import Language

BOTH: tuple[Language, ...] = ("nl", "en")


class Page(HTMLParser):
    """Collects the text of a page, its tags, and the attributes that can load something."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.texts))


@pytest.mark.parametrize("language", BOTH)
def test_nothing_is_loaded_from_elsewhere(sample: Sample, language: Language) -> None:
    page = sample.html(language)
    assert "http" not in page
    assert "src=" not in page
    assert "@import" not in page
    assert "url(" not in page
    links = [attributes["href"] for _tag, attributes in Page(page).tags if "href" in attributes]
    assert all(link is not None and link.startswith("#") for link in links)


def test_links_lead_to_something_in_the_page(sample: Sample) -> None:
    tags = Page(sample.html()).tags
    ids = [attributes["id"] for _tag, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {str(a["href"])[1:] for _tag, a in tags if "href" in a} <= set(ids)
    assert {a["aria-labelledby"] for _tag, a in tags if "aria-labelledby" in a} <= set(ids)


@pytest.mark.parametrize("language", BOTH)
def test_texts_of_others_cannot_become_part_of_the_page(sample: Sample, language: Language) -> None:
    page = sample.html(language)
    assert "<script>alert" not in page
    assert html.escape(NASTY, quote=False).split(" ")[0] in page
    assert [tag for tag, _attributes in Page(page).tags].count("script") == 1


@pytest.mark.parametrize("language", BOTH)
def test_everybody_is_in_it(sample: Sample, language: Language) -> None:
    page = Page(sample.html(language))
    for participant in sample.problem.event.participants:
        assert (participant.name or participant.id) in page.text
    people = [a for tag, a in page.tags if tag == "details" and a.get("class") == "person"]
    assert len(people) == 30


@pytest.mark.parametrize("language", BOTH)
def test_the_same_input_gives_the_same_bytes(sample: Sample, language: Language) -> None:
    assert sample.html(language) == make_sample().html(language)


def test_each_language_is_its_own(sample: Sample) -> None:
    dutch, english = sample.html("nl"), sample.html("en")
    assert '<html lang="nl">' in dutch
    assert "donderdag 19 november 2026" in dutch
    assert "Wat aandacht vraagt" in dutch
    assert '<html lang="en">' in english
    assert "Thursday, November 19, 2026" in english
    assert "What needs attention" in english


def test_no_english_is_left_in_the_dutch_page(sample: Sample) -> None:
    dutch, english = (
        set(re.findall(r">([^<>{}]*[a-z][^<>{}]*)<", sample.html(language))) for language in BOTH
    )
    event = sample.problem.event
    own = {
        event.name,
        LONG,
        *["spilrooster", "Thema", "Ronde", "Zaal", "Venlo", "Wonen", "Lunch", "Zoë"],
    }
    own |= {s.title for s in event.sessions} | set(event.participants_by_id) | {"0 s"}
    both = {html.unescape(text).strip() for text in dutch & english}
    assert {text for text in both if not any(word in text for word in own)} == {"Moment"}


def test_the_gap_is_rounded_up_so_that_the_claim_is_true(sample: Sample) -> None:
    page = Page(sample.html(value=24_310, bound=24_900)).text
    assert "No programme can be more than 2.5% better." in page  # 2.427 %
    assert "Value: 24,310 of at most 24,900 points." in page
    assert "of the limit 97.6%" in page  # 97.631 %
    assert "24.310 van hoogstens 24.900" in Page(sample.html("nl", value=24_310, bound=24_900)).text


def test_a_programme_that_reaches_the_limit_is_called_the_best(sample: Sample) -> None:
    page = sample.html(status=Status.OPTIMAL, value=486, bound=486)
    assert "No programme can be better than this one." in page


def test_without_a_limit_nothing_is_claimed(sample: Sample) -> None:
    page = sample.html(bound=None, bound_source="")
    assert "How much better a programme could be is not known." in page
    assert "of the limit" not in page


def test_numbers_and_how_they_were_obtained(sample: Sample) -> None:
    text = Page(sample.html()).text
    first = sum(
        sample.result.require().attended(sample.problem.event, c.participant).count(c.session)
        for c in sample.problem.event.choices
        if c.rank == 1
    )
    assert f"Counted: {first} of the 28 people" in text
    assert f"{first} of 28 people" in text
    assert "CP-SAT has ruled out every programme that scores more" in text


def test_the_grid_has_the_blocks_in_order_of_time(sample: Sample) -> None:
    page = sample.html()
    head = Page(page[page.index('<table class="grid"') : page.index("Zaal 0")]).text
    starts = re.findall(r"(\d\d:\d\d)–", head)
    assert starts == ["09:00", "10:00", "11:00", "12:00", "12:50"]


def test_the_grid_shows_who_attends_and_how_many_fit(sample: Sample) -> None:
    used = seats_used(sample.problem, sample.result.require())
    text = Page(sample.html()).text
    for place in used:
        title = sample.problem.event.sessions_by_id.get(place.session or "")
        if title is not None:
            assert f"{title.title} {title.theme} {place.attending} of {place.places}" in text


def test_a_second_day_is_named(sample: Sample) -> None:
    event = sample.problem.event
    later = dt.date(2026, 11, 20)
    last = event.layout.rounds[-1].model_copy(update={"date": later})
    layout = Layout(rooms=event.layout.rooms, rounds=(*event.layout.rounds[:-1], last))
    problem = Problem.of(event.model_copy(update={"layout": layout}))
    assert "Friday, November 20, 2026" in report_html(problem, sample.result, "en")


def test_a_persons_day_says_what_they_got(sample: Sample) -> None:
    page = sample.html()
    presenter = page[page.index('id="p3"') : page.index('id="p4"')]
    assert "You present" in presenter
    assert "You present this session yourself." in presenter
    zoe = page[page.index('id="p1"') : page.index('id="p2"')]
    assert "Choice 1" in zoe
    assert "Away" in zoe
    assert "Free" in page[page.index('id="p30"') :]


def test_what_needs_attention_is_listed(sample: Sample) -> None:
    text = Page(sample.html()).text
    assert "Sessions that do not take place Gaat niet door" in text
    assert "Broken rules" not in text


def test_broken_rules_come_first(sample: Sample) -> None:
    found = sample.result.require()
    runs = [r.model_copy(update={"room": "z0"}) if r.session == "s4" else r for r in found.runs]
    crowded = Programme(rounds=found.rounds, runs=tuple(runs), schedules=found.schedules)
    findings = check(sample.problem, crowded)
    text = Page(sample.html(programme=crowded, findings=findings)).text
    assert "this programme needs attention" in text
    assert "people in room z0 with 4 seats." in text
    assert "No programme can be more than" not in text


def test_a_long_list_of_broken_rules_is_cut(sample: Sample) -> None:
    finding = next(f for f in sample.result.findings).model_copy(update={"cost": None})
    text = Page(sample.html(findings=(finding,) * 130)).text
    assert "and 30 more" in text


def test_a_programme_that_does_not_fit_the_event_is_not_shown(sample: Sample) -> None:
    found = sample.result.require()
    misfit = Programme(rounds=found.rounds, runs=found.runs, schedules=found.schedules[1:])
    page = sample.html(programme=misfit, findings=check(sample.problem, misfit))
    assert "p00 has no personal schedule." in page
    assert 'id="people"' not in page


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("status", [Status.INFEASIBLE, Status.UNKNOWN])
def test_a_result_without_a_programme_says_so(
    sample: Sample, language: Language, status: Status
) -> None:
    result = Result(status=status, ideal=sample.result.ideal, seed=1)
    page = report_html(sample.problem, result, language)
    says = {
        ("en", Status.INFEASIBLE): "There is no programme that keeps all rules.",
        ("nl", Status.INFEASIBLE): "Er is geen programma dat aan alle regels voldoet.",
        ("en", Status.UNKNOWN): "No programme has been found yet.",
        ("nl", Status.UNKNOWN): "Er is nog geen programma gevonden.",
    }
    assert says[language, status] in page
    assert 'id="people"' not in page


CLASH = (
    ConflictingRule(rule="pinned", settings=(("session", NASTY), ("round", "r1"))),
    ConflictingRule(rule="runs_between"),
)


@pytest.mark.parametrize(
    ("language", "smallest", "says"),
    [
        ("en", True, "each of them is needed"),
        ("en", False, "There was no time to find out which"),
        ("nl", True, "Zonder één ervan is er een programma dat de andere regels wel volgt."),
        ("nl", False, "Er was geen tijd om uit te zoeken welke regels"),
    ],
)
def test_rules_that_clash_are_named(
    sample: Sample, language: Language, smallest: bool, says: str
) -> None:
    clash = Conflict(rules=CLASH, smallest=smallest)
    result = Result(status=Status.INFEASIBLE, ideal=1, seed=1, conflict=clash)
    page = report_html(sample.problem, result, language)
    assert says in page
    assert f"(session: {NASTY}; round: r1)" in "".join(Page(page).texts)
    assert ("aantal uitvoeringen" if language == "nl" else "runs between") in page
    assert NASTY not in page


@pytest.mark.parametrize(
    ("language", "count", "says"),
    [
        ("en", 1, "in one place only"),
        ("en", 3, "in 3 places only"),
        ("nl", 1, "klopt op maar één plek niet"),
        ("nl", 3, "klopt op maar 3 plekken niet"),
    ],
)
@pytest.mark.parametrize("status", [Status.INFEASIBLE, Status.UNKNOWN])
def test_without_a_programme_it_says_what_the_nearest_breaks(
    sample: Sample, language: Language, count: int, says: str, status: Status
) -> None:
    found = message("{participant} does not get their first choice.", participant=NASTY)
    finding = Finding(rule="floor", cost=None, about=(NASTY,), message=found)
    result = Result(status=status, ideal=1, seed=1, nearest=(finding,) * count)
    page = report_html(sample.problem, result, language)
    assert says in page
    assert f"{NASTY} {'krijgt' if language == 'nl' else 'does not get'}" in Page(page).text
    assert NASTY not in page


def test_value_and_limit_over_time_need_two_moments(sample: Sample) -> None:
    assert "<polyline" in sample.html()
    assert "<polyline" not in sample.html(moments=sample.result.moments[:1])
    nothing = tuple(Moment(at=t, value=None, bound=None, stage="start") for t in (0, 1))
    assert "<polyline" not in sample.html(moments=nothing)


def test_lines_are_steps_between_the_lowest_and_the_highest(sample: Sample) -> None:
    moments = (
        Moment(at=0, value=10, bound=30, stage="start"),
        Moment(at=5, value=20, bound=30, stage="search"),
        Moment(at=10, value=20, bound=20, stage="CP-SAT"),
    )
    page = sample.html(moments=moments)
    assert 'points="0.0,200.0 300.0,200.0 300.0,100.0 600.0,100.0 600.0,100.0 600.0,100.0"' in page
    assert "The value rose from 10 to 20. The limit fell from 30 to 20." in page


def test_many_people_are_quick_and_small() -> None:
    sample = many_people(500)
    start = time.perf_counter()
    page = sample.html("nl")
    assert time.perf_counter() - start < 2
    assert len(page.encode()) < 1_500_000


def days(page: Page) -> int:
    """How many people's days are in a page."""
    return [a.get("class") for tag, a in page.tags if tag == "details"].count("person")


def test_of_very_many_people_only_those_who_got_nothing_are_in_it(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Page(sample.html())
    persons = everybody_of(sample.problem, sample.result.require(), Words("en"))
    needy = [p.name for p in persons if p.empty_handed]
    monkeypatch.setattr(report_people, "MOST_PEOPLE", 29)
    part = Page(sample.html())
    assert days(part) == len(needy) < days(whole) == 30
    assert "too many people" in part.text
    assert "too many people" not in whole.text
    assert all(name in part.text for name in needy)
