"""Dialect: what people and other programs call the columns of the contract, in Dutch and English.

Headers are compared by `header_word`: without capitals, spaces and punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from spilrooster.tables._contract import CHOICES, PARTICIPANTS, PREFERENCES, ROOMS, ROUNDS, SESSIONS
from spilrooster.tables._table import Columns
from spilrooster.tables._text import loose_key

PLAIN_TABLES: dict[str, Columns] = {
    columns.name: columns for columns in (ROUNDS, ROOMS, SESSIONS, PARTICIPANTS, CHOICES)
}
ALL_TABLES = PLAIN_TABLES | {PREFERENCES.name: PREFERENCES}

TIMES = "times"
"""A column that holds start and end together, such as ``10:00-10:50``."""
FIRST, INFIX, LAST = "first", "infix", "last"
"""Parts of a name that stand in columns of their own."""

_PERSON = "deelnemer deelnemernummer deelnemersnummer spil spilnummer persoon participantid"
_SESSION = "sessie sessienummer sessiecode sessieid sessionid workshop inspiratiesessie"

_WORDS: dict[str, dict[str, str]] = {
    "rounds": {
        "round": "ronde blok rondenummer block slot",
        "name": "naam omschrijving rondenaam",
        "start": "van begin begintijd starttijd aanvang from starttime",
        "end": "tot einde eind eindtijd until to endtime",
        "kind": "soort type",
        "date": "datum dag day",
        TIMES: "tijd tijden tijdstip time times",
    },
    "rooms": {
        "room": "zaal ruimte lokaal zaalnummer zaalcode roomid",
        "name": "naam zaalnaam roomname",
        "seats": "plaatsen plekken stoelen zitplaatsen capaciteit aantalplaatsen aantalstoelen "
        "aantalzitplaatsen capacity",
        "features": "kenmerken voorzieningen faciliteiten eigenschappen facilities",
        "building": "gebouw locatie location",
        "closed": "gesloten dicht nietbeschikbaar closedin",
    },
    "sessions": {
        "session": f"{_SESSION} nr nummer code id number",
        "title": "titel sessietitel naam onderwerp name naamsessie titelsessie sessiontitle",
        "theme": "thema track",
        "presenters": "spreker sprekers presentator presentatoren begeleider begeleiders trainer "
        "trainers inleider inleiders presenter speaker speakers",
        "min_people": "minimum minimaal mindeelnemers minimumaantaldeelnemers "
        "minimaalaantaldeelnemers minaantal minparticipants",
        "max_people": "maximum maximaal maxdeelnemers maximumaantaldeelnemers "
        "maximaalaantaldeelnemers maxaantal maxparticipants",
        "min_runs": "minkeer minimaalaantalkeer minuitvoeringen",
        "max_runs": "maxkeer maximaalaantalkeer aantalkeer maxuitvoeringen keer",
        "rounds": "ronde rondes toegestanerondes round",
        "rooms": "zaal zalen toegestanezalen room",
        "needs": "nodig benodigdheden vereisten zaaleisen requirements",
        "length": "lengte aantalrondes",
        "only_for": "alleenvoor genodigden uitgenodigd invited",
        "language": "taal",
    },
    "participants": {
        "participant": f"{_PERSON} nr nummer id number code",
        "name": "naam volledigenaam voorenachternaam naamdeelnemer fullname "
        "firstandlastname firstnameandlastname yourname",
        FIRST: "voornaam firstname givenname roepnaam",
        INFIX: "tussenvoegsel tussenvoegsels tussen",
        LAST: "achternaam lastname surname familyname familienaam",
        "email": "email emailadres emailaddress mail mailadres gebruikersnaam username",
        "organisation": "organisatie organization instelling werkgever bedrijf employer",
        "municipality": "gemeente",
        "sector": "werkveld domein vakgebied",
        "role": "rol functie functietitel jobtitle",
        "tier": "voorrang",
        "groups": "groep groepen group",
        "absent": "afwezig afwezigin nietaanwezig",
        "needs": "behoeften toegankelijkheid nodig",
    },
    "choices": {
        "participant": f"{_PERSON} naam name email emailadres emailaddress",
        "session": f"{_SESSION} titel title sessietitel",
        "rank": "rang rangorde voorkeur keuze prioriteit volgorde preference choice priority",
        "points": "punten score",
    },
}

_GENERIC = frozenset(
    [
        "naam",
        "name",
        "nr",
        "nummer",
        "number",
        "id",
        "code",
        "type",
        "soort",
        "van",
        "tot",
        "from",
        "to",
    ]
)
"""Words that stand in many kinds of tables, and so say little of which kind one is."""

KINDS_OF_BLOCKS: Mapping[str, str] = {
    "sessies": "sessions", "sessie": "sessions", "ronde": "sessions", "sessieronde": "sessions",
    "session": "sessions", "round": "sessions",
    "pauze": "plenary", "break": "plenary", "plenair": "plenary", "opening": "plenary",
    "afsluiting": "plenary", "closing": "plenary",
    "middageten": "lunch", "borrel": "drinks", "netwerkborrel": "drinks",
}  # fmt: skip

LISTS: Mapping[str, frozenset[str]] = {
    "rooms": frozenset({"features", "closed"}),
    "sessions": frozenset({"presenters", "rounds", "rooms", "needs", "only_for"}),
    "participants": frozenset({"groups", "absent", "needs"}),
}

NO_CHOICE = frozenset(
    loose_key(text)
    for text in (
        "", "-", "geen", "geen voorkeur", "geen keuze", "n.v.t.", "nvt", "nee", "niet", "x geen",
        "none", "no preference", "no choice", "n/a", "no", "not interested", "geen interesse",
        "maakt niet uit", "no opinion",
    )
)  # fmt: skip
"""Answers that say: no choice here."""

_QUESTION_NOUNS = (
    ("municipality", r"\b(gemeentes?|municipality)\b"),
    ("organisation", r"\b(organisatie|organisation|organization|werkgever|employer)\b"),
    ("sector", r"\b(sector|werkveld|domein)\b"),
    ("role", r"\b(functie|rol|role|job title)\b"),
)
_ASKS = re.compile(r"(\?|^(in|bij|voor|namens|uit|wat|welke?|what|which|where|waar)\b)", re.I)
_POSSESSIVE = re.compile(
    r"^(wat is|what is|what's|vul in|please enter)?\s*(je|jouw|uw|your)\s+", re.I
)


def header_word(text: str) -> str:
    """Return what a header says when capitals, spaces and punctuation are disregarded."""
    return loose_key(text)


def _table_words(kind: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for column, words in _WORDS[kind].items():
        found |= dict.fromkeys(words.split(), column)
    columns = PLAIN_TABLES[kind]
    return found | {header_word(name): name for name in columns.required + columns.optional}


WORDS: Mapping[str, Mapping[str, str]] = {kind: _table_words(kind) for kind in PLAIN_TABLES}
"""Of each plain table: every word for a column -> the column."""

KNOWN_HEADERS = frozenset(word for words in WORDS.values() for word in words)


def is_generic(header: str) -> bool:
    """Whether a header says little of which kind of table it stands in."""
    return header_word(header) in _GENERIC


def person_field(header: str) -> str | None:
    """Return what a question to a person asks for: email, name, municipality, ..."""
    words = WORDS["participants"]
    for text in (header, _POSSESSIVE.sub("", header)):
        column = words.get(header_word(text))
        if column is not None:
            return column
    if _ASKS.search(header):
        for column, pattern in _QUESTION_NOUNS:
            if re.search(pattern, header, re.I):
                return column
    return None
