"""What people see of an event and of a result."""

from spilrooster.report.audit_page import audit_html, unusable_html
from spilrooster.report.comparison_page import comparison_html
from spilrooster.report.outcome_file import outcomes_csv
from spilrooster.report.page import report_html

__all__ = ["audit_html", "comparison_html", "outcomes_csv", "report_html", "unusable_html"]
