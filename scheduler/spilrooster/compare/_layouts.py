"""Layouts: paths and a grid of alternatives in, variants of an event out, or all that is wrong."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from spilrooster.compare._changes import made, with_rounds, with_seats, without
from spilrooster.compare._sources import Parts, changed, is_number, parts_of
from spilrooster.compare._variant import PRICE, Variant, check_prices, fitted
from spilrooster.problem import Problem
from spilrooster.tables._contract import ROOMS, ROUNDS, TABLES
from spilrooster.tables._facts import Known, blocks_of, places_of, rooms_of
from spilrooster.tables._names import Names, did_you_mean
from spilrooster.tables._report import Report
from spilrooster.tables._text import Unfit
from spilrooster.tables._values import decimal
from spilrooster_models import (
    DataError,
    InputProblem,
    Layout,
    Message,
    Room,
    Round,
    Session,
    SharedBlock,
    message,
)

OWN = "event"
"""The word for the event's own layout, or its own rooms or rounds."""

AXES = ("layout", "rooms", "rounds", "runs")
"""What can be varied: layouts, room sets, round grids or numbers of rounds, runs per session."""

HOME = "layouts"
"""The folder of an event in which layouts are looked for too."""

MOST_VARIANTS = 2_000


def read_layouts(
    problem: Problem,
    layouts: Iterable[str | Path] = (),
    vary: Mapping[str, Sequence[str]] | None = None,
    *,
    home: str | Path | None = None,
) -> tuple[tuple[Variant, ...], tuple[InputProblem, ...]]:
    """Read layouts for an event.

    Parameters
    ----------
    problem
        The event as it is.
    layouts
        Paths of folders, workbooks or TOML files; ``event`` is the event's own layout.
    vary
        For each of ``layout``, ``rooms``, ``rounds`` and ``runs`` the alternatives, of which all
        combinations are made: paths for the first three, numbers for the last two.
    home
        The event's folder. What is not found as it is named, is looked for in its ``layouts``.
        If neither `layouts` nor `vary` names any, all of these are taken. With less than two
        layouts, the event's own one is there too.

    Returns
    -------
    variants
        In the order given; combinations come last.
    remarks
        What was mended, and what is worth knowing.

    Raises
    ------
    DataError
        With everything that cannot be used, in all layouts together.
    """
    reader = _Reader(problem, None if home is None else Path(home) / HOME)
    variants = reader.variants(list(layouts), dict(vary or {}))
    errors = tuple(dict.fromkeys(reader.errors))
    if errors:
        raise DataError(errors)
    return variants, tuple(dict.fromkeys(reader.remarks))


class _Reader:
    """Reads layouts one after another, and gathers what is wrong with each."""

    def __init__(self, problem: Problem, home: Path | None) -> None:
        self._problem = problem
        self._home = home if home is not None and home.is_dir() else None
        self.errors: list[InputProblem] = []
        self.remarks: list[InputProblem] = []

    def variants(
        self, layouts: list[str | Path], vary: dict[str, Sequence[str]]
    ) -> tuple[Variant, ...]:
        if not layouts and not vary and self._home is not None:
            layouts = sorted(p for p in self._home.iterdir() if _is_layout(p))
        single = [[("layout", str(path))] for path in layouts]
        combined = self._combinations(vary)
        if len(single) + len(combined) < 2 and [("layout", OWN)] not in single:
            single.insert(0, [("layout", OWN)])
        made = [self._variant(choice) for choice in (*single, *combined)]
        found = tuple(variant for variant in made if variant is not None)
        self._refuse_names_used_twice(found)
        return found

    def _combinations(self, vary: dict[str, Sequence[str]]) -> list[list[tuple[str, str]]]:
        for axis in vary:
            if axis not in AXES:
                advice = did_you_mean(axis, AXES)
                advice = advice or message("Write one of {kinds}.", kinds=", ".join(AXES))
                self._error("--vary", message("This cannot be varied."), advice, axis)
        axes = [[(axis, value) for value in vary[axis]] for axis in AXES if axis in vary]
        number = 1
        for values in axes:
            number *= len(values)
        if number > MOST_VARIANTS:
            what = message("This makes {count} layouts, more than {most}.",
                           count=number, most=MOST_VARIANTS)  # fmt: skip
            self._error("--vary", what, None, None)
            return []
        return [list(choice) for choice in itertools.product(*axes)] if axes else []

    def _refuse_names_used_twice(self, variants: tuple[Variant, ...]) -> None:
        names = [variant.name.casefold() for variant in variants]
        for variant in variants:
            if names.count(variant.name.casefold()) > 1:
                what = message("Two layouts have this name.")
                advice = message("Give one of them a name of its own in its layout file.")
                self._error("layouts", what, advice, variant.name)

    def _error(self, file: str, what: Message, advice: Message | None, value: str | None) -> None:
        self.errors.append(InputProblem(file=file, value=value, what=what, advice=advice))

    def _variant(self, choice: list[tuple[str, str]]) -> Variant | None:
        """Make the variant of one choice per axis; None if something in it cannot be used."""
        report = Report()
        parts = [self._parts(axis, value, report) for axis, value in choice]
        whole = Parts(" · ".join(p.label for p in parts), " · ".join(p.name for p in parts))
        for part in parts:
            whole.take(part)
        variant = _Maker(self._problem, whole, report).variant() if report.is_clean() else None
        self.errors += report.errors()
        self.remarks += [r for r in report.remarks() if (r.column or "").casefold() != PRICE]
        return variant

    def _parts(self, axis: str, value: str, report: Report) -> Parts:
        if value == OWN:
            return Parts(OWN, self._problem.event.name if axis == "layout" else f"{axis}: {OWN}")
        if axis in ("rounds", "runs") and is_number(value):
            return self._numbered(axis, value)
        if axis == "runs":
            report.error("--vary", message("This is not a whole number."), column=axis, value=value)
            return Parts(value, value)
        found = parts_of(self._found(value), report, "" if axis == "layout" else axis)
        return found if axis == "layout" else Parts(found.label, found.name, found.whole)

    def _numbered(self, axis: str, value: str) -> Parts:
        parts = Parts(f"{axis}={value}", f"{axis} {value}")
        if axis == "rounds":
            parts.number = value
        else:
            parts.numbers["max_runs"] = {
                s.id: f"{max(s.min_runs, changed(s.max_runs, value) or 0)}"
                for s in self._problem.event.sessions
            }
        return parts

    def _found(self, value: str) -> Path:
        """Return the path meant: as it is named, or in the event's own folder of layouts."""
        path = Path(value)
        if path.exists() or self._home is None:
            return path
        for candidate in (self._home / value, self._home / f"{value}.toml"):
            if candidate.exists():
                return candidate
        return path


def _is_layout(path: Path) -> bool:
    return path.is_dir() or path.suffix.casefold() in {".toml", ".xlsx", ".xlsm"}


@dataclass
class _Maker:
    """Makes a variant of the parts of a layout."""

    problem: Problem
    parts: Parts
    report: Report

    def variant(self) -> Variant | None:
        """Return the variant; None, with reports, if the parts do not fit the event."""
        layout = self._whole()
        layout = self._number_of_rounds(layout)
        layout = self._without(layout)
        seats = self._numbers("seats", self._rooms(layout), {r.id: r.seats for r in layout.rooms})
        layout = with_seats(layout, seats)
        check_prices(layout.rooms, self.parts.label, self.report)
        price = self._price()
        sessions = self._sessions()
        if not self.report.is_clean():
            return None
        if not self._changes_anything(layout, sessions):
            return Variant(name=self.parts.name, problem=self.problem, fixed_price=price)
        made = fitted(self.problem, layout, sessions, self.parts.label, self.report)
        if made is None:
            return None
        return Variant(name=self.parts.name, problem=made, fixed_price=price)

    def _changes_anything(self, layout: Layout, sessions: tuple[Session, ...]) -> bool:
        event = self.problem.event
        return layout != event.layout or sessions != event.sessions

    def _whole(self) -> Layout:
        """Return the layout with the tables that are replaced."""
        event, parts, report = self.problem.event, self.parts, self.report
        layout = event.layout
        blocks: tuple[Round | SharedBlock, ...] = event.blocks
        if (source := parts.whole.get("rounds")) and (table := source.table(ROUNDS, report)):
            blocks = blocks_of(table, event.date)
        rounds = tuple(b for b in blocks if isinstance(b, Round))
        shared = tuple(b for b in blocks if isinstance(b, SharedBlock))
        if not rounds:
            report.error(parts.label, message("There is no round of kind sessions."))
        known = Known(rounds=Names(r.id for r in rounds), shared=Names(b.id for b in shared))
        names = [(p.id, p.name) for p in event.participants]
        known.invited = Names([*event.participants_by_id, *event.groups], names)
        rooms = layout.rooms
        if (source := parts.whole.get("rooms")) and (table := source.table(ROOMS, report)):
            rooms = rooms_of(table, known)
        if parts.more_rooms and (table := parts.more_rooms.table(ROOMS, report)):
            rooms = (*rooms, *rooms_of(table, known))
        gone = {b.id for b in layout.shared_blocks}.difference(b.id for b in shared)
        places = without(layout, gone).places
        if (source := parts.whole.get("tables")) and (table := source.table(TABLES, report)):
            places = places_of(table, known)
        return self._checked(rooms, rounds, Layout(
            rooms=(), rounds=(), shared_blocks=shared,
            places=places if report.is_clean() else (),
        ))  # fmt: skip

    def _checked(self, rooms: tuple[Room, ...], rounds: tuple[Round, ...], rest: Layout) -> Layout:
        """Return the whole layout; what stands in it twice, or not at all, is reported."""
        seen: set[str] = set()
        for room in rooms:
            if room.id in seen:
                what = message("This id is used twice.")
                self.report.error(self.parts.label, what, column="room", value=room.id)
            seen.add(room.id)
        if not rooms:
            self.report.error(self.parts.label, message("This layout has no rooms."))
        if not self.report.is_clean():
            return self.problem.event.layout
        return made(rooms, rounds, rest)

    def _number_of_rounds(self, layout: Layout) -> Layout:
        text = self.parts.number
        if text is None:
            return layout
        number = changed(len(layout.rounds), text)
        try:
            if number is None:
                raise Unfit(message("This is not a whole number."))
            return with_rounds(layout, number)
        except Unfit as unfit:
            what = unfit.what
        except ValueError:
            what = message("A day cannot have so many rounds, or so few.")
        self.report.error(self.parts.label, what, column="rounds", value=text)
        return layout

    def _without(self, layout: Layout) -> Layout:
        ids = [r.id for r in layout.rooms] + [b.id for b in self._blocks(layout)]
        titles = [(r.name, r.id) for r in layout.rooms]
        titles += [(b.name, b.id) for b in self._blocks(layout)]
        names = Names(ids, titles, by_title=True)
        gone = {self._meant(names, text, "without") for text in self.parts.without}
        left = without(layout, {i for i in gone if i is not None})
        if not left.rooms:
            self.report.error(self.parts.label, message("This layout has no rooms."))
        if not left.rounds:
            self.report.error(self.parts.label, message("There is no round of kind sessions."))
        return left

    def _blocks(self, layout: Layout) -> tuple[Round | SharedBlock, ...]:
        return (*layout.rounds, *layout.shared_blocks)

    def _rooms(self, layout: Layout) -> Names:
        return Names((r.id for r in layout.rooms), [(r.name, r.id) for r in layout.rooms],
                     by_title=True)  # fmt: skip

    def _meant(self, names: Names, text: str, column: str) -> str | None:
        found = names.find(text)
        if found is None:
            what = message("This layout has nothing with this id or name.")
            self.report.error(
                self.parts.label, what, names.suggestion(text), column=column, value=text
            )
        return found

    def _numbers(self, column: str, names: Names, before: dict[str, int]) -> dict[str, int]:
        """Return the new numbers of a column, by id."""
        found = {}
        for text, number in self.parts.numbers.get(column, {}).items():
            i = self._meant(names, text, column)
            if i is None:
                continue
            after = changed(before[i], number)
            if after is None or after < 0:
                what = message("Write a number such as 40, or +10 or -10 for a change.")
                self.report.error(self.parts.label, what, column=f"{column}.{text}", value=number)
            else:
                found[i] = after
        return found

    def _sessions(self) -> tuple[Session, ...]:
        """Return the sessions with other numbers of runs and people."""
        sessions = self.problem.event.sessions
        names = Names((s.id for s in sessions), [(s.title, s.id) for s in sessions], by_title=True)
        everybody = len(self.problem.event.participants)
        least = self._numbers("min_runs", names, {s.id: s.min_runs for s in sessions})
        most = self._numbers("max_runs", names, {s.id: s.max_runs for s in sessions})
        people = self._numbers(
            "max_people", names,
            {s.id: everybody if s.max_people is None else s.max_people for s in sessions},
        )  # fmt: skip
        changed_ones = []
        for s in sessions:
            update = {"min_runs": least.get(s.id, s.min_runs),
                      "max_runs": most.get(s.id, s.max_runs),
                      "max_people": people.get(s.id, s.max_people)}  # fmt: skip
            try:
                facts = {name: getattr(s, name) for name in type(s).model_fields}
                changed_ones.append(Session(**facts | update))
            except ValueError:
                what = message("The least number is more than the most.")
                self.report.error(self.parts.label, what, value=s.id)
        return tuple(changed_ones)

    def _price(self) -> Decimal | None:
        if self.parts.price is None:
            return None
        try:
            return decimal(self.parts.price)
        except Unfit as unfit:
            self.report.error(
                self.parts.label, unfit.what, unfit.advice, column="price", value=self.parts.price
            )
            return None
