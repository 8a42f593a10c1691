"""The contract: which tables an event and a programme have, and which columns."""

from __future__ import annotations

from spilrooster.tables._table import Columns

ROUNDS = Columns("rounds", ("round", "name", "start", "end"), ("kind", "date"))
ROOMS = Columns(
    "rooms", ("room", "name", "seats"), ("features", "building", "closed"), keeps_unknown=True
)
SESSIONS = Columns(
    "sessions",
    ("session", "title"),
    (
        "theme", "presenters", "min_people", "max_people", "min_runs", "max_runs", "rounds",
        "rooms", "needs", "length", "only_for", "language",
    ),
    keeps_unknown=True,
)  # fmt: skip
PARTICIPANTS = Columns(
    "participants",
    ("participant",),
    (
        "name", "email", "organisation", "municipality", "sector", "role", "tier", "groups",
        "absent", "needs",
    ),
    keeps_unknown=True,
)  # fmt: skip
TABLES = Columns("tables", ("block", "place"), ("tables", "seats", "owners"))
CHOICES = Columns("choices", ("participant", "session"), ("rank", "points"))
PREFERENCES = Columns("preferences", ("participant",), numbered="choice")

PROGRAMME = Columns("programme", ("run", "session", "round", "room"), ("seats", "attending"))
SCHEDULES = Columns("schedules", ("participant", "round", "session"), ("room", "rank"))

EVENT = "event"
"""event.toml; in a workbook the sheets event (key, value) and rules (rule, field, value)."""
RULES = "rules"

EVENT_TABLES = (ROUNDS, ROOMS, SESSIONS, PARTICIPANTS, TABLES, CHOICES, PREFERENCES)
