"""Standings: nothing enters unchecked, and nothing gets worse."""

from __future__ import annotations

from tests.rules.tiny import choice, event, programme

from spilrooster.problem import Problem
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.standings import Standings
from spilrooster_models import Moment

DAY = event("ab", ["r1", "r2"], ("t1", "t2"), "pq", [choice("p", "a", 1), choice("q", "b", 2)])
PROBLEM = Problem.of(DAY)

BEST = programme(DAY, {"a t1 r1": "p q", "b t2 r2": "p q"})
GOOD_BUT_EMPTY = programme(DAY, {"a t1 r1": "p", "b t2 r2": "q"})
ONE_WISH = programme(DAY, {"a t1 r1": "p q", "b t2 r2": "p"})
BROKEN = programme(DAY, {"a t1 r1": "p q", "a t2 r1": "", "b t2 r2": "p q"})
"""All wishes granted, but a runs twice."""


def standings(gap: float = 0.0) -> Standings:
    return Standings(PROBLEM, Clock(Limits(gap=gap)))


def test_at_first_nothing_is_known_but_the_ideal() -> None:
    now = standings()
    assert (now.value, now.programme, now.bound, now.bound_source) == (None, None, 36, "ideal")
    assert not now.settled


def test_a_broken_programme_is_refused() -> None:
    now = standings()
    assert not now.offer(BROKEN, "test")
    assert now.programme is None
    assert not now.moments


def test_what_came_nearest_is_remembered_until_there_is_a_programme() -> None:
    now, empty = standings(), programme(DAY, {})
    assert not now.nearest
    for tried in (empty, BROKEN, empty):
        now.offer(tried, "test")
    assert [f.rule for f in now.nearest] == ["runs_between"]


def test_a_programme_of_another_event_is_refused() -> None:
    other = programme(event("ab", ["r1"], ("t1",), "pq"), {"a t1 r1": "p"})
    assert not standings().offer(other, "test")


def test_a_programme_that_is_not_better_is_refused() -> None:
    now = standings()
    assert now.offer(GOOD_BUT_EMPTY, "first")
    assert not now.offer(ONE_WISH, "second")
    assert not now.offer(GOOD_BUT_EMPTY, "third")
    assert (now.programme, now.value) == (GOOD_BUT_EMPTY, 36)


def test_better_at_level_two_is_taken_if_level_one_is_the_same() -> None:
    now = standings()
    now.offer(GOOD_BUT_EMPTY, "first")
    moments = list(now.moments)
    assert now.offer(BEST, "second")
    assert now.programme is BEST
    assert now.findings == ()
    assert now.moments == moments  # a moment tells of level 1


def test_level_one_counts_before_level_two() -> None:
    now = standings()
    assert now.offer(ONE_WISH, "fuller")
    assert now.offer(GOOD_BUT_EMPTY, "better")
    assert now.value == 36


def test_bounds_only_go_down() -> None:
    now = standings()
    now.offer_bound(40, "too high")
    assert (now.bound, now.bound_source) == (36, "ideal")
    now.offer_bound(30, "lower")
    now.offer_bound(30, "the same")
    now.offer_bound(33, "higher again")
    assert (now.bound, now.bound_source) == (30, "lower")


def test_moments_tell_how_value_and_bound_went() -> None:
    now = standings()
    now.note("start")
    now.offer(ONE_WISH, "search")
    now.offer_bound(36, "nothing new")
    now.offer(BEST, "search")
    seen = [(m.value, m.bound, m.stage) for m in now.moments]
    assert seen == [(None, 36, "start"), (20, 36, "search"), (36, 36, "search")]
    assert now.moments == sorted(now.moments, key=lambda moment: moment.at)


def test_settled_is_bound_reached_or_gap_small_enough_or_infeasible() -> None:
    now, patient = standings(gap=0.5), standings()
    for each in (now, patient):
        each.offer(ONE_WISH, "test")
        each.offer_bound(30, "test")
    assert now.settled  # 30 is half as much again as 20
    assert not patient.settled
    patient.offer(BEST, "test")
    assert patient.settled
    hopeless = standings()
    hopeless.infeasible = True
    assert hopeless.settled


class Chatty:
    """A source of bounds that has a lower one each time it is asked."""

    running, wants_core = True, False

    def __init__(self, standings: Standings) -> None:
        self.standings, self.asked = standings, 0

    def spread(self) -> None:
        raise AssertionError("it wants no core")

    def poll(self) -> None:
        self.asked += 1
        assert self.asked < 10, "polled while polling"
        self.standings.offer_bound(36 - self.asked, "chatty")

    def finish(self) -> None:
        self.running = False


def test_hearing_of_a_new_bound_does_not_ask_for_another() -> None:
    now = standings()
    source = now.source = Chatty(now)
    now.tell("test")
    assert (source.asked, now.bound) == (1, 35)
    now.tell("test")
    assert (source.asked, now.bound) == (2, 34)


def test_whoever_follows_hears_of_everything_new() -> None:
    heard: list[Moment] = []
    now = Standings(PROBLEM, Clock(Limits()), heard.append)
    now.offer(BEST, "search")
    now.offer_bound(36 - 1, "bound")
    now.tell("still there")
    assert [(m.value, m.bound, m.stage) for m in heard] == [
        (36, 36, "search"),
        (36, 35, "bound"),
        (36, 35, "still there"),
    ]
