"""Simulated annealing over programmes: random moves, taken if they help, or by chance."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from spilrooster.search.arrays import PINNED, Arrays, Ints
from spilrooster.search.board import EMPTY, Board, begin, empty_board, reconsider, set_up, take_back
from spilrooster.search.compiled import compiled
from spilrooster.search.facts import FEW, MANY, WRONG, Facts, facts_of
from spilrooster.search.moves import carry_out, draw, propose, put_back
from spilrooster.search.penalties import cost_of_crowds, cost_of_runs, score_of

Floats = NDArray[np.float64]

SOFT = 2
"""Weight of a broken pair or group at the start, in what a place is worth: little more than a
move may cost while all is hot, so that the search can pass through boards that break a rule."""

DOUBT = 1.0
"""A move is put back early if the score stays under what it must be even when the people asked are
off by so many standard errors. That loses few moves: with 1.5 or 4, annealing found no better
boards of 1,500 and 5,000 people in the same time."""

STAGES = 40
"""In how many steps that weight rises to `FIRM`, while the temperature falls."""


@compiled
def ask(facts: Facts, board: Board, first: int, end: int) -> None:
    """Let everyone in these polls choose their day again to whom a changed session matters."""
    for i in range(board.planned[0]):
        for side in range(2, 4):
            s = board.plan[i, side]
            known = s < 0
            for k in range(i + 1):
                known |= (k < i or side == 3) and board.plan[k, 2] == s
                known |= k < i and board.plan[k, 3] == s
            if not known:
                reconsider(facts, board, s, first, end)


@compiled
def hopeless(facts: Facts, board: Board, asked: int, cost: int, least: float) -> bool:
    """Whether the score will stay under `least`, by all that the first polls tell.

    Parameters
    ----------
    asked
        How many polls; the people in them were drawn by chance.
    cost
        What the runs cost where they stand.
    """
    undo, polls = board.undo, facts.asked_start.shape[1] - 1
    rest = polls / asked
    points = undo.points[0] + (board.points[0] - undo.points[0]) * rest
    score = points - cost - cost_of_crowds(facts, board, asked)
    error = rest * np.sqrt(undo.spread[0] * (1 - asked / polls))
    too_low: bool = score + DOUBT * error < least
    return too_low


@compiled
def try_move(facts: Facts, board: Board, score: int, temperature: float, random: Ints) -> int:
    """Try one random move; return the score after it, which is `score` if it was not taken.

    What the score must be to be taken is drawn before anybody is asked, so that a move that few
    want can be put back before all were.
    """
    propose(facts, board, random)
    if board.planned[0] == 0 or not carry_out(facts, board):
        return score
    begin(board)
    least = score + temperature * np.log((draw(random) + 1) / 4294967296.0)
    cost = cost_of_runs(facts, board)
    polls, before, asked = facts.asked_start.shape[1] - 1, 0, 1
    while True:
        ask(facts, board, before, asked)
        if asked == polls:
            new: int = board.points[0] - cost - cost_of_crowds(facts, board, polls)
            if new >= least:
                return new
            break
        if hopeless(facts, board, asked, cost, least):
            break
        before, asked = asked, min(2 * asked, polls)
    put_back(facts, board)
    take_back(board)
    return score


@compiled
def run_moves(
    facts: Facts,
    board: Board,
    best: Ints,
    top: int,
    temperatures: Floats,
    weights: Ints,
    firm: int,
    random: Ints,
) -> tuple[int, int]:
    """Make one move per temperature, with that move's weight of broken pairs and groups.

    Keeps the best board seen in `best`; whatever the weight was, `firm` counts for that. Returns
    the score at the end and the best one.
    """
    score = 0
    for i in range(len(temperatures)):
        if i == 0 or weights[i] != facts.penalties[WRONG]:
            facts.penalties[WRONG] = weights[i]
            score = score_of(facts, board)
        score = try_move(facts, board, score, temperatures[i], random)
        lasting = score - (firm - weights[i]) * board.wrong[0]
        if lasting > top:
            top = lasting
            best[:] = board.occupant
    return score, top


NARROW = 0.125
"""Share of all places below which a session is put down before the first move."""


def opening(arrays: Arrays) -> Ints:
    """Return runs (T, R) of only those sessions that have few places: chance would miss these.

    Pinned runs come first, then the session with fewest places, each in the first free room. What
    finds none is left to the search.
    """
    occupant = np.full((arrays.rounds, arrays.rooms), EMPTY, dtype=np.int64)
    for s, t, what in arrays.pairs.tolist():
        if what == PINNED:
            _put(arrays, occupant, s, t)
    places = arrays.may_run.sum((1, 2))
    for s in np.argsort(places, kind="stable").tolist():
        if places[s] < NARROW * occupant.size:
            for t in range(arrays.rounds):
                if (occupant == s).sum() < arrays.least_runs[s]:
                    _put(arrays, occupant, s, t)
    return occupant


def _put(arrays: Arrays, occupant: Ints, s: int, t: int) -> None:
    """Put session `s` in the first room that is free for it in the round, if it may run once more.

    Not if it runs then. Rules that contradict each other may pin it more often than it may run.
    """
    free = np.flatnonzero(arrays.may_run[s, t] & (occupant[t] == EMPTY))
    once_more = (occupant == s).sum() < arrays.most_runs[s]
    if len(free) and once_more and s not in occupant[t]:
        occupant[t, free[0]] = s


COLD = 0.05
"""Last temperature, as a multiple of `warmth`."""

A_HUNDRED = 100
"""Up to so many people to a room, a degree is what a place is worth."""


def warmth(arrays: Arrays, facts: Facts) -> float:
    """Return a degree, the measure of temperatures: what a place is worth; more with many people.

    What their tastes add up to differs between good boards by the root of how many people a run is
    about. Measured: with 40 people to a room the worth itself was best; with 400, once and ten
    times the worth were alike; with 4,000, some ten times was best. Who merely rated a session is
    not counted: with 140 to a room, all of whom rated everything, more made programmes worse.
    """
    people = arrays.people / max(1, arrays.rooms)
    return facts.worth * math.sqrt(max(1.0, people / A_HUNDRED))


class Annealing:
    """One annealing run that can be continued in portions.

    Parameters
    ----------
    arrays
        The problem.
    moves
        Length of the whole run; the temperature falls geometrically over it.
    seed
        Makes the run repeatable.
    start
        Runs (T, R) to start from; None = only the sessions that have few places.
    heat
        First temperature, as a multiple of `warmth`.
    crowding
        Whether people too many in a run cost anything, or people too few.

    Attributes
    ----------
    best, top
        The best runs seen, and their score. A pair or group that stands wrong counts so much in
        it that no other gain makes up for it.
    """

    def __init__(
        self,
        arrays: Arrays,
        moves: int,
        seed: int,
        start: Ints | None = None,
        heat: float = 3.0,
        *,
        crowding: bool = True,
    ) -> None:
        self.facts = facts_of(arrays)
        if not crowding:
            self.facts.penalties[[MANY, FEW]] = 0
        self.board = empty_board(arrays)
        self.moves, self.done = moves, 0
        self.firm = int(self.facts.penalties[WRONG])
        self.soft = SOFT * self.facts.worth
        self.hot, self.cold = heat * warmth(arrays, self.facts), COLD * warmth(arrays, self.facts)
        self.random = np.array([(seed * 2 + 1) * 0x9E3779B97F4A7C1 % (1 << 63)], dtype=np.int64)
        self.best: Ints = opening(arrays) if start is None else start.copy()
        set_up(self.facts, self.board, self.best)
        self.score = self.top = int(score_of(self.facts, self.board))

    @property
    def finished(self) -> bool:
        """Whether all moves were made."""
        return self.done >= self.moves

    def advance(self, moves: int) -> None:
        """Make the next `moves` moves, or what is left of the run."""
        moves = min(moves, self.moves - self.done)
        if moves <= 0:
            return
        step = (self.done + np.arange(moves)) / self.moves
        temperatures = self.hot * (self.cold / self.hot) ** step
        stage = np.floor(STAGES * step) / (STAGES - 1)
        weights = np.round(self.firm * (self.soft / self.firm) ** (1 - stage)).astype(np.int64)
        self.score, self.top = run_moves(
            self.facts, self.board, self.best, self.top, temperatures, weights, self.firm,
            self.random,
        )  # fmt: skip
        self.done += moves
