"""The contract: which tables an event and a programme have, and which columns."""

from __future__ import annotations

from dataclasses import replace

from spilrooster.tables._labels import aliases, translations
from spilrooster.tables._table import Columns
from spilrooster_models import message

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

PROGRAMME = Columns(
    "programme",
    ("run", "session", "round", "room"),
    ("seats", "attending"),
    aliases=aliases("run", "session", "round", "room", "seats", "attending"),
    other_names=translations(message("programme")),
)
SCHEDULES = Columns(
    "schedules",
    ("participant", "round", "session"),
    ("room", "rank"),
    aliases=aliases("participant", "round", "session", "room", "rank"),
    other_names=translations(message("schedules")),
)
EDITED_PROGRAMME = Columns(
    "programme",
    ("session", "round"),
    ("run", "room", "seats", "attending", "free", "fixed", "key"),
    aliases=(
        *PROGRAMME.aliases, *aliases("free", "fixed", "key"),
    ),
    other_names=PROGRAMME.other_names,
)  # fmt: skip
EDITED_SCHEDULES = Columns(
    "schedules",
    ("participant", "round", "session"),
    ("name", "organisation", "presents", "room", "rank", "fixed"),
    aliases=(
        *SCHEDULES.aliases, *aliases("name", "organisation", "presents", "fixed"),
    ),
    other_names=SCHEDULES.other_names,
)  # fmt: skip
"""The programme as an organiser hands it back; see `_earlier`."""

WRITTEN = Columns("written", ("kind", "who"), ("block", "what"))
"""What was written, so that it can be seen what was changed afterwards."""

EARLIER = replace(WRITTEN, name="earlier")
"""The programme before this one, in the same way: for a list of changes."""

EVENT = "event"
"""event.toml; in a workbook the sheets event (key, value) and rules (rule, field, value)."""
RULES = "rules"

EVENT_TABLES = (ROUNDS, ROOMS, SESSIONS, PARTICIPANTS, TABLES, CHOICES, PREFERENCES)
