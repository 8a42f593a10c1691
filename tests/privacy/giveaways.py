"""An event full of things that give people away, and a search for them in any bytes."""

from __future__ import annotations

import html
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.rules.tiny import choice, event, person, room

from spilrooster.problem import Problem
from spilrooster.rules import GroupTogether, LeastOf, MustAttend, PresenterAvailable
from spilrooster_models import Event, Participant, Session

PEOPLE = (
    person("Spil 001", name="Zoë Peeters", email="zoe.peeters@example.org", role="directeur",
           organisation="Stichting Zoë", municipality="Venlo", groups=("familie Peeters",),
           attributes=(("telefoon", "06-12345678"), ("dieet", "geen noten"))),
    person("Spil 002", name="'s Gravendijk; Jan", email="JAN@example.org", role="vrijwilliger",
           organisation="De Linde", municipality="Weert", groups=("familie Peeters", "bestuur"),
           attributes=(("dieet", "geen noten"),)),
    person("s1", name="Dilek İnce", email="", municipality="Venlo", tier="vroeg"),
    person("4", name="Gülten Straßer <b>", email="gulten@example.org", absent=("t2",)),
    person("spil-005", name="", email="", role="vrijwilliger", needs=("ramp",)),
)  # fmt: skip


def revealing() -> Problem:
    """Titles, attributes, groups and rules name people; some codes stand in a text already."""
    case = event(
        [
            Session(id="s1", title="Praten met ZOË PEETERS (zoe.peeters@example.org)",
                    presenters=("Spil 001",), attributes=(("zaalhulp", "Spil 002"),)),
            Session(id="s2", title="Workshop van Gravendijk, mail iemand@elders.nl",
                    presenters=("Spil 002",), only_for=("bestuur", "4", "Spil 001")),
            Session(id="s3", title="Deelnemer 0001 en D0002", max_runs=2),
            Session(id="s4", title="Praten met Zoë Peeters (ZOE.peeters@example.org)", min_runs=0),
        ],
        rooms=[room("hall", 9, features=("ramp",)), room("loft", 9)],
        times=("t1", "t2", "t3"),
        people=PEOPLE,
        choices=[choice("Spil 001", "s3", 1), choice("4", "s2", 1), choice("4", "s3", 2),
                 choice("s1", "s1", 1), choice("Spil 002", "s3", 1)],
    )  # fmt: skip
    rules = (
        MustAttend(participants=("familie Peeters", "4"), session="s3"),
        PresenterAvailable(presenter="Spil 001", rounds=("t1", "t2")),
        GroupTogether(groups=("bestuur",)),
        LeastOf(sessions=("s3",), column="role", value="vrijwilliger", least=1),
    )
    return Problem.of(case, rules)


def identifiers(event: Event) -> set[str]:
    """Everything that nobody else may read: names, addresses, ids, and what says where they work.

    An id that something else bears too, or that is a mere number, cannot be searched for.
    """
    others = {*event.sessions_by_id, *event.layout.rooms_by_id}
    found = {p.id for p in event.participants} - others
    found |= {text for p in event.participants for text in _texts(p)}
    found |= set(event.groups) | {"Gravendijk", "iemand@elders.nl"}
    return {text for text in found if len(text) > 2 and not text.isdigit()}


def _texts(p: Participant) -> Iterator[str]:
    yield from (p.name, p.email, p.organisation, p.municipality, p.role, p.sector)
    yield from (value for _, value in p.attributes)


def revealed(files: Iterable[Path], secrets: set[str]) -> set[tuple[str, str]]:
    """Which secret stands in which file, in whatever way that file writes it."""
    found = set()
    for path in files:
        text = folded(path.name + "\n" + content(path))
        for secret in secrets:
            ways = {secret, html.escape(secret), json.dumps(secret)[1:-1]}
            if any(re.search(rf"(?<!\w){re.escape(folded(w))}(?!\w)", text) for w in ways):
                found.add((path.name, secret))
    return found


def content(path: Path) -> str:
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            return "\n".join(archive.read(name).decode("utf-8") for name in archive.namelist())
    return path.read_bytes().decode("utf-8")


def folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
