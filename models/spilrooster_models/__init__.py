"""The data contract of spilrooster: frozen pydantic models, checked at the border."""

from spilrooster_models.errors import (
    DataError,
    InputProblem,
    NoProgramme,
    Severity,
    SpilroosterError,
    UnknownId,
)
from spilrooster_models.event import Choice, Event, Participant, Session
from spilrooster_models.layout import (
    Block,
    BlockKind,
    Layout,
    Room,
    Round,
    SharedBlock,
    SharedPlace,
)
from spilrooster_models.message import Message, message
from spilrooster_models.programme import PersonalSchedule, Programme, Run
from spilrooster_models.result import (
    Conflict,
    ConflictingRule,
    Envy,
    Fairness,
    Finding,
    Meetings,
    Moment,
    RankCount,
    Result,
    RuleCost,
    Satisfaction,
    Status,
)

__all__ = [
    "Block",
    "BlockKind",
    "Choice",
    "Conflict",
    "ConflictingRule",
    "DataError",
    "Envy",
    "Event",
    "Fairness",
    "Finding",
    "InputProblem",
    "Layout",
    "Meetings",
    "Message",
    "Moment",
    "NoProgramme",
    "Participant",
    "PersonalSchedule",
    "Programme",
    "RankCount",
    "Result",
    "Room",
    "Round",
    "RuleCost",
    "Run",
    "Satisfaction",
    "Session",
    "Severity",
    "SharedBlock",
    "SharedPlace",
    "SpilroosterError",
    "Status",
    "UnknownId",
    "message",
]
