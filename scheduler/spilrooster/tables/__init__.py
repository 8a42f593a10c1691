"""Tables: files in and out. The only part that knows CSV, Excel and pandas."""

from spilrooster.tables._atomic import write_file
from spilrooster.tables._origin import event_of
from spilrooster.tables._output import run_ids, write_output, write_programme_workbook
from spilrooster.tables._read import read, read_with_report
from spilrooster.tables._read_programme import read_programme
from spilrooster.tables._settings import language_of
from spilrooster.tables._write_event import write_event

__all__ = [
    "event_of",
    "language_of",
    "read",
    "read_programme",
    "read_with_report",
    "run_ids",
    "write_event",
    "write_file",
    "write_output",
    "write_programme_workbook",
]
