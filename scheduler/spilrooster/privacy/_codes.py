"""Codes: gives everything that identifies somebody a code, the same each time, and remembers it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from random import SystemRandom

from spilrooster.privacy._key import DOMAIN, code_pattern
from spilrooster_models import Event
from spilrooster_models.event import Language

PERSON, GROUP, VALUE, TEXT = "person", "group", "value", "text"
WORDS: dict[Language, dict[str, str]] = {
    "nl": {
        PERSON: "Deelnemer", GROUP: "Groep", VALUE: "Kenmerk", TEXT: "Tekst",
        "organisation": "Organisatie", "municipality": "Gemeente", "sector": "Sector",
        "role": "Functie",
    },
    "en": {
        PERSON: "Participant", GROUP: "Group", VALUE: "Trait", TEXT: "Text",
        "organisation": "Organisation", "municipality": "Municipality", "sector": "Sector",
        "role": "Role",
    },
}  # fmt: skip
LEAST_DIGITS, MOST_DIGITS = 4, 12
LEAST_LETTERS = 3  # of a name or id to look for in texts; a shorter one is part of any text
LEAST_LETTERS_OF_PART = 4

_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


class Codes:
    """Codes of one event. Which number somebody gets is left to chance."""

    def __init__(self, event: Event, texts: Iterable[str]) -> None:
        self._words = WORDS[event.language]
        self.words = tuple(self._words.values())
        self.digits = _digits(self.words, len(event.participants), list(texts))
        self.codes: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self._made: dict[tuple[str, str], str] = {}
        self._number: defaultdict[str, int] = defaultdict(int)
        self._identifiers: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._parts: dict[str, str] = {}
        self.people: dict[str, str] = {}
        self.groups = {g: self.value(GROUP, GROUP, g) for g in sorted(event.groups)}
        self._enrol(event)

    def _enrol(self, event: Event) -> None:
        numbers = SystemRandom().sample(range(1, len(event.participants) + 1),
                                        len(event.participants))  # fmt: skip
        other_ids = {*event.sessions_by_id, *event.layout.rooms_by_id,
                     *(block.id for block in event.blocks)}  # fmt: skip
        for p, number in zip(event.participants, numbers, strict=True):
            digits = f"{number:0{self.digits}}"
            code, name = f"D{digits}", f"{self._words[PERSON]} {digits}"
            self.people[p.id] = code
            self.codes[code] = p.id
            self.codes[name] = p.name or p.id
            self.codes[f"d{digits}@{DOMAIN}"] = p.email
            self._look_for(p.email, f"d{digits}@{DOMAIN}")
            self._look_for(p.name, name)
            if p.id not in other_ids:
                self._look_for(p.id, code)
            if p.id in event.presented_by:
                for part in _WORD.findall(p.name):
                    if len(part) >= LEAST_LETTERS_OF_PART and part[0].isupper():
                        self._parts.setdefault(part, name)
        for known in self._identifiers.values():
            known.sort(key=lambda pair: -len(pair[0]))

    def _look_for(self, identifier: str, code: str) -> None:
        first = _WORD.search(identifier)
        if first is not None and len(identifier) >= LEAST_LETTERS and not identifier.isdigit():
            lowered = _lowered(identifier[first.start() :])
            self._identifiers[_lowered(first[0])].append((lowered, code))

    def name(self, person: str) -> str:
        """Return the code in the place of somebody's name."""
        return f"{self._words[PERSON]} {self.people[person][1:]}"

    def email(self, person: str) -> str:
        """Return the code in the place of somebody's e-mail address."""
        return f"d{self.people[person][1:]}@{DOMAIN}"

    def value(self, kind: str, column: str, value: str) -> str:
        """Return the code of a value; the same value in the same column has the same code."""
        if (column, value) not in self._made:
            code = self._next(kind)
            self._made[column, value] = code
            self.codes[code] = value
        return self._made[column, value]

    def known_value(self, column: str, value: str) -> str:
        """Return the code that a value of a column has, or the value if it has none."""
        return self._made.get((column, value), value)

    def _next(self, kind: str) -> str:
        word = self._words.get(kind, self._words[VALUE])
        self._number[word] += 1
        return f"{word} {self._number[word]:0{self.digits}}"

    def text(self, text: str) -> str:
        """Return a text with codes in the place of everything that identifies somebody."""
        coded = "".join(self._pieces(text))
        if coded == text:
            return text
        if self.texts.setdefault(coded, text) != text:  # two texts differ in capitals only
            coded = self.value(TEXT, TEXT, text)
        return coded

    def _pieces(self, text: str) -> Iterator[str]:
        lowered = _lowered(text)
        at = 0
        while at < len(text):
            word = _WORD.search(text, at)
            if word is None:
                break
            found = self._identifier(lowered, word.start())
            address = _ADDRESS.match(text, word.start())
            yield text[at : word.start()]
            if found is not None:
                yield found[1]
                at = word.start() + len(found[0])
            elif address is not None:
                yield self._stranger(address[0])
                at = address.end()
            else:
                yield self._parts.get(word[0], word[0])
                at = word.end()
        yield text[at:]

    def _identifier(self, lowered: str, start: int) -> tuple[str, str] | None:
        """Return the longest identifier that begins here and is not part of a longer word."""
        word = _WORD.match(lowered, start)
        for identifier, code in self._identifiers.get(word[0] if word else "", ()):
            end = start + len(identifier)
            inside = lowered[end : end + 1].isalnum()
            if lowered.startswith(identifier, start) and not inside:
                return identifier, code
        return None

    def _stranger(self, address: str) -> str:
        """Return the code of an address that is nobody's here."""
        if ("address", address) not in self._made:
            self._number["address"] += 1
            code = f"x{self._number['address']:0{self.digits}}@{DOMAIN}"
            self._made["address", address] = code
            self.codes[code] = address
        return self._made["address", address]


def _lowered(text: str) -> str:
    """Return a text in small letters, each of which takes one place."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _digits(words: tuple[str, ...], people: int, texts: list[str]) -> int:
    """Return how many digits codes need so that none stands in the event already."""
    for digits in range(max(LEAST_DIGITS, len(str(people))), MOST_DIGITS):
        pattern = code_pattern(words, digits)
        if not any(pattern.search(text) for text in texts):
            return digits
    raise ValueError("every kind of code stands in the event already")
