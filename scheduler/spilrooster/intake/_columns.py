"""Columns of answers: what each one means, found by its header and its cells."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spilrooster.intake._dialect import NO_CHOICE, header_word, person_field
from spilrooster.intake._ranks import (
    asks_for_order,
    is_plain_number,
    rank_in_question,
    rank_of,
    without_suffix,
)
from spilrooster.intake._raw import Table
from spilrooster.intake._recognise import LIST, MICROSOFT
from spilrooster.intake._roles import (
    ATTRIBUTE,
    CHANGED,
    CHOICE,
    IGNORE,
    POINTS_OF,
    RANK_OF,
    RANKING,
    STALE,
    TIES,
    TIME,
    Role,
    role_of,
)
from spilrooster.intake._titles import SessionNames
from spilrooster.tables._names import did_you_mean
from spilrooster.tables._report import Report
from spilrooster_models import message

MOST_ARE_TITLES = 0.5  # of the cells, to take a column without a telling header for a choice
MOST_ARE_DISTINCT = 0.9  # of the people, to take numbers for ranks and not for points
SHORT_HEADER = 60  # characters; a longer question that names a rank may be about anything
SEPARATORS = (";", "\n", ",")

_OF_THE_PROGRAM = {
    "tijdstempel": TIME, "timestamp": TIME, "tijdvanvoltooien": TIME, "voltooiingstijd": TIME,
    "completiontime": TIME, "tijdvanlaatstewijziging": CHANGED, "lastmodifiedtime": CHANGED,
    "begintijd": IGNORE, "starttime": IGNORE, "score": IGNORE, "totaalaantalpunten": IGNORE,
    "totalpoints": IGNORE, "quizfeedback": IGNORE, "feedbackoverquiz": IGNORE, "taal": IGNORE,
    "feedbackvantest": IGNORE, "language": IGNORE, "gradepostedtime": IGNORE,
    "tijdvanpubliceringcijfer": IGNORE,
}  # fmt: skip
_MARKS = re.compile(r"(punten|points|feedback|score)\s*[-–:]\s*", re.I)
_BRACKETS = re.compile(r"\s*\[")
_AGAIN = re.compile(r"#\d+$")


@dataclass(frozen=True)
class _Cells:
    """The cells of a column that say something."""

    texts: tuple[str, ...]
    titles: int
    separator: str | None

    @classmethod
    def of(cls, texts: Sequence[str], names: SessionNames) -> _Cells:
        told = tuple(t for t in texts if header_word(t) not in NO_CHOICE)
        whole = sum(names.find(t) is not None for t in told)
        if whole * 2 >= len(told):
            return cls(told, whole, None)
        counts = {mark: _counted(told, mark, names) for mark in SEPARATORS}
        mark = max(SEPARATORS, key=lambda m: counts[m])
        more = counts[mark] > whole
        return cls(told, counts[mark] if more else whole, mark if more else None)

    @property
    def are_titles(self) -> bool:
        """Whether most of them name sessions."""
        return bool(self.texts) and self.titles / len(self.texts) >= MOST_ARE_TITLES


def _counted(texts: Sequence[str], mark: str, names: SessionNames) -> int:
    """Return how many texts are lists of which at least half of the parts are titles."""
    count = 0
    for text in texts:
        parts = names.split(text, mark)
        count += sum(names.find(p) is not None for p in parts) * 2 >= max(1, len(parts))
    return count


def roles_of(
    table: Table, product: str, names: SessionNames, said: Mapping[str, str], report: Report
) -> dict[str, Role]:
    """Return the role of each header of a table of answers; `said` is what a mapping says."""
    finder = _Finder(table, product, names)
    roles: dict[str, Role] = {}
    for header in table.headers:
        text = said.get(header)
        roles[header] = finder.role(header) if text is None else _said(table, header, text, report)
    finder.number_repeated(roles, said)
    finder.find_stale(roles)
    return roles


def separator_of(table: Table, header: str, names: SessionNames) -> str:
    """Return what stands between the titles in the cells of a column."""
    cells = table.column(header)
    found = _Cells.of(cells, names).separator
    return found or next((mark for mark in SEPARATORS if any(mark in c for c in cells)), ";")


def _said(table: Table, header: str, text: str, report: Report) -> Role:
    role = role_of(text)
    if role is None:
        what = message("A column cannot mean this.")
        advice = did_you_mean(text, ("time", "name", "email", "attribute", "ignore", "choice 1",
                                     "ranking", "ties", "rank of", "points of"))  # fmt: skip
        report.error(table.file, what, advice, row=table.header_row, column=header, value=text)
    return role or Role(IGNORE)


class _Finder:
    def __init__(self, table: Table, product: str, names: SessionNames) -> None:
        self._table = table
        self._product = product
        self._names = names
        self._grouped: defaultdict[str, list[str]] = defaultdict(list)

    def role(self, header: str) -> Role:
        """Return what a column means by itself."""
        plain = _AGAIN.sub("", header)
        word = header_word(plain)
        if self._product != LIST and word in _OF_THE_PROGRAM:
            return Role(_OF_THE_PROGRAM[word])
        if (self._product == MICROSOFT and word == "id") or _MARKS.match(plain):
            return Role(IGNORE)
        return (
            self._of_session(plain)
            or self._of_grid(plain)
            or self._of_question(header, plain)
            or self._of_person(plain)
            or Role(ATTRIBUTE)
        )

    def _of_session(self, plain: str) -> Role | None:
        """Take a header that is a title; Microsoft Forms may put a number behind it."""
        split = without_suffix(plain)
        found = self._names.find(plain) or (split and self._names.find(split[0]))
        return Role(RANK_OF, found) if found else None

    def _of_grid(self, plain: str) -> Role | None:
        """Take ``Question [row]``, in which the row is a session or a rank."""
        if not plain.endswith("]"):
            return None
        rows = [plain[match.end() : -1].strip() for match in _BRACKETS.finditer(plain)]
        for row in rows:
            if found := self._names.find(row):
                return Role(RANK_OF, found)
            if (rank := rank_of(row)) is not None:
                return Role(CHOICE, str(rank))
        return Role(STALE, rows[0]) if rows and self._is_session_grid(plain) else None

    def _is_session_grid(self, plain: str) -> bool:
        """Whether other rows of the same question are sessions."""
        question = _BRACKETS.split(plain, maxsplit=1)[0]
        others = [h for h in self._table.headers if h.startswith(question) and h.endswith("]")]
        rows = [h[m.end() : -1].strip() for h in others for m in _BRACKETS.finditer(h)]
        return any(self._names.find(row) for row in rows)

    def _of_question(self, header: str, plain: str) -> Role | None:
        """Take a question whose answers are titles, one or several."""
        cells = _Cells.of(self._table.column(header), self._names)
        rank = rank_in_question(plain)
        if rank is not None and (cells.titles or len(plain) <= SHORT_HEADER):
            self._grouped[f"rank {rank}"].append(header)
            return Role(CHOICE, str(rank))
        if not cells.are_titles:
            return None
        if cells.separator is not None:
            return Role(RANKING if self._is_ranking(plain, cells) else TIES)
        self._grouped[self._base(plain)].append(header)
        return Role(CHOICE, "1")

    def _base(self, plain: str) -> str:
        """Return the question without the number that Microsoft Forms puts behind it."""
        split = without_suffix(plain)
        return split[0] if split and split[0] in self._table.headers else plain

    def _is_ranking(self, question: str, cells: _Cells) -> bool:
        """Whether lists are in an order of the person's own: some have a before b, some b before a.

        A question that is ticked lists its options in the order of the form, for everybody.
        """
        if asks_for_order(question):
            return True
        before: set[tuple[str, str]] = set()
        for text in cells.texts:
            parts = self._names.split(text, cells.separator or ";")
            found = [i for p in parts if (i := self._names.find(p))]
            before.update(itertools.combinations(found, 2))
        return any((b, a) in before for a, b in before)

    def _of_person(self, plain: str) -> Role | None:
        split = without_suffix(plain)
        field = person_field(plain) or (person_field(split[0]) if split else None)
        return None if field is None else Role(field)

    def number_repeated(self, roles: dict[str, Role], said: Mapping[str, str]) -> None:
        """Number questions that occur several times: the first is for the best choice."""
        for question, headers in self._grouped.items():
            if question.startswith("rank "):
                continue
            for number, header in enumerate(headers, start=1):
                if header not in said:
                    roles[header] = Role(CHOICE, str(number))

    def find_stale(self, roles: dict[str, Role]) -> None:
        """Find the columns that look like those of sessions, but whose title no session has."""
        if not any(role.kind in (RANK_OF, POINTS_OF) for role in roles.values()):
            return
        for header, role in roles.items():
            texts = [t for t in self._table.column(header) if header_word(t) not in NO_CHOICE]
            if role.kind != ATTRIBUTE or not texts or any(rank_of(t) is None for t in texts):
                continue
            title = _AGAIN.sub("", header)
            numbers = all(is_plain_number(text) for text in texts)
            if not numbers or self._names.suggestion(title) is not None:
                roles[header] = Role(STALE, title)


def numbers_are_ranks(table: Table, roles: dict[str, Role]) -> bool | None:
    """Whether the numbers that people gave sessions are ranks; False for points; None if unclear.

    Ranks differ within one person's answer; points, such as stars, often do not.
    """
    places = [i for i, h in enumerate(table.headers) if roles[h].kind == RANK_OF]
    rows = [[line.cells[i] for i in places if line.cells[i]] for line in table.lines]
    told = [text for row in rows for text in row if header_word(text) not in NO_CHOICE]
    if not told or any(not is_plain_number(text) for text in told):
        return True
    if any(re.search(r"[.,]\d*[1-9]", text) for text in told):
        return False
    several = [row for row in rows if len(row) > 1]
    distinct = sum(max(Counter(row).values()) == 1 for row in several)
    return True if distinct >= MOST_ARE_DISTINCT * len(several) else None
