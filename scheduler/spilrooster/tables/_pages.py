"""Pages of a workbook for people: formats, filters, frozen panes, lists to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from spilrooster.language import sentence
from spilrooster.tables._csv import Cell
from spilrooster.tables._labels import COLUMNS
from spilrooster.tables._text import defused
from spilrooster_models import Message, message
from spilrooster_models.event import Language

A4 = 9  # Excel's number for the size of the paper
LONGEST_TITLE = 32  # characters of the title of a message; Excel's own limit


@dataclass(frozen=True)
class Formula:
    """A cell that the spreadsheet calculates, and what it says now."""

    text: str
    value: Cell


@dataclass(frozen=True)
class Still:
    """A cell that is not to be changed, in a column where others are."""

    value: Cell


@dataclass(frozen=True)
class Column:
    """A column of a page: its width, whether people fill it in, and from which list."""

    name: str
    width: int
    edited: bool = False
    choices: str | Sequence[str] = ""
    hidden: bool = False


@dataclass(frozen=True)
class Styles:
    """The formats of a workbook. All of them are readable (AA) also when printed in grey."""

    header: Format
    plain: Format
    edited: Format
    derived: Format
    title: Format
    text: Format
    wrong: Format
    marked: Format

    @classmethod
    def of(cls, book: xlsxwriter.Workbook) -> Styles:
        """Make the formats in a workbook."""
        line = {"border": 1, "border_color": "#D5DFDD", "valign": "top"}
        cell = line | {"num_format": "@", "text_wrap": True}
        brand = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#0B4A47"}
        return cls(
            header=book.add_format(line | brand | {"text_wrap": True}),
            plain=book.add_format(cell),
            edited=book.add_format(cell | {"bg_color": "#FFF8DC"}),
            derived=book.add_format(line | {"font_color": "#47595D", "bg_color": "#F3F7F6"}),
            title=book.add_format({"bold": True, "font_size": 16, "font_color": "#0B4A47"}),
            text=book.add_format({"text_wrap": True, "valign": "top"}),
            wrong=book.add_format({"bg_color": "#F9D5D2", "font_color": "#8C1D18", "bold": True}),
            marked=book.add_format({"bg_color": "#CFE9E5", "bold": True}),
        )


@dataclass
class Book:
    """A workbook in the making, in one language."""

    book: xlsxwriter.Workbook
    language: Language
    styles: Styles = field(init=False)

    def __post_init__(self) -> None:
        self.styles = Styles.of(self.book)

    def word(self, text: Message) -> str:
        """Return a text in the language of the workbook."""
        return sentence(text, self.language)

    def name(self, text: Message) -> str:
        """Return the name of a sheet."""
        return self.word(text).capitalize()

    def page(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell | Formula | Still]],
        spare: Sequence[Sequence[Cell | Formula]] = (),
    ) -> Worksheet:
        """Write a page. `spare` are rows below the last, ready to be filled in."""
        page = self.book.add_worksheet(name)
        _set_up(page)
        for number, column in enumerate(columns):
            page.set_column(number, number, column.width, None, {"hidden": column.hidden})
            page.write_string(0, number, self.word(COLUMNS[column.name]), self.styles.header)
        for row, cells in enumerate((*rows, *spare), start=1):
            for number, cell in enumerate(cells):
                self._write(page, row, number, cell, columns[number])
        page.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
        last = max(1, len(rows) + len(spare))
        for number, column in enumerate(columns):
            if column.choices:
                options = {
                    "validate": "list",
                    "source": column.choices,
                    "error_title": name[:LONGEST_TITLE],
                    "error_message": self.word(message("Choose something from the list.")),
                }
                page.data_validation(1, number, last, number, options)
        return page

    def _write(
        self, page: Worksheet, row: int, number: int, cell: Cell | Formula | Still, column: Column
    ) -> None:
        style = self.styles.edited if column.edited else self.styles.plain
        if isinstance(cell, Still):
            cell, style = cell.value, self.styles.derived
        if isinstance(cell, Formula):
            value = "" if cell.value is None else cell.value
            page.write_formula(row, number, cell.text, self.styles.derived, value)
        elif isinstance(cell, str) and cell:
            page.write_string(row, number, defused(cell), style)
        elif isinstance(cell, int):
            page.write_number(row, number, cell, style)
        else:
            page.write_blank(row, number, None, style)


def _set_up(page: Worksheet) -> None:
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&L&A&R&P / &N")


def quoted(text: str) -> str:
    """Write a text inside a formula."""
    return '"' + text.replace('"', '""') + '"'
