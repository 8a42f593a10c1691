"""What people see of a result."""

from spilrooster.report.outcome_file import outcomes_csv
from spilrooster.report.page import report_html

__all__ = ["outcomes_csv", "report_html"]
