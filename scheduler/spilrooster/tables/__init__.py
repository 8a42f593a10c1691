"""Tables: files and DataFrames in and out. The only part that knows CSV, Excel and pandas."""

from spilrooster.tables._atomic import write_file
from spilrooster.tables._earlier import Earlier, read_before, read_earlier, read_told
from spilrooster.tables._frames import EventFrames, ResultFrames
from spilrooster.tables._origin import event_of
from spilrooster.tables._output import run_ids, write_output
from spilrooster.tables._planner import programme_workbook
from spilrooster.tables._read import find_problems, read, read_with_report
from spilrooster.tables._read_programme import read_programme
from spilrooster.tables._settings import language_of
from spilrooster.tables._write_event import write_event
from spilrooster.tables._write_frames import event_frames, result_frames
from spilrooster.tables._write_workbook import write_programme_workbook

__all__ = [
    "Earlier",
    "EventFrames",
    "ResultFrames",
    "event_frames",
    "event_of",
    "find_problems",
    "language_of",
    "programme_workbook",
    "read",
    "read_before",
    "read_earlier",
    "read_programme",
    "read_told",
    "read_with_report",
    "result_frames",
    "run_ids",
    "write_event",
    "write_file",
    "write_output",
    "write_programme_workbook",
]
