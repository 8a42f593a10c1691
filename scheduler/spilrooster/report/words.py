"""Texts, numbers and dates in one language, for the report's templates."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from spilrooster.language import sentence, translator
from spilrooster_models import Block, Message
from spilrooster_models.event import Language

# More digits than a figure can mean, and few enough to drop the noise of floating point.
MEANT = 9


@dataclass(frozen=True)
class Words:
    """Everything that depends on the language of the report."""

    language: Language

    def __call__(self, template: str, **values: str | float) -> str:
        """Return a text of the report in this language, with `values` filled in."""
        shown = {k: v if isinstance(v, str) else self.number(v) for k, v in values.items()}
        return translator(self.language).gettext(template).format(**shown)

    def count(self, one: str, many: str, count: int) -> str:
        """Return the text for this many things."""
        text = translator(self.language).ngettext(one, many, count)
        return text.format(count=self.number(count))

    def sentence(self, message: Message) -> str:
        """Return a message as a sentence."""
        return sentence(message, self.language)

    def term(self, name: str, meanings: Mapping[str, Message]) -> str:
        """Return what a term of the engine means; a new term that has no meaning yet as it is."""
        return self.sentence(meanings[name]) if name in meanings else name

    def rule(self, name: str) -> str:
        """Return the name of a rule, such as ``keep_apart``, as people say it."""
        spoken = name.replace("_", " ")
        return translator(self.language).pgettext("rule", spoken)

    def number(self, value: float) -> str:
        """Return a number with its thousands grouped and at most one decimal."""
        return _number(value, self.language)

    def at_most(self, share: float) -> str:
        """Return a percentage rounded up, for the claim that something is no more than this."""
        return self._percent(math.ceil(round(share * 1000, MEANT)))

    def percent(self, share: float) -> str:
        """Return a percentage rounded down, so that no figure looks better than it is."""
        return self._percent(math.floor(round(share * 1000, MEANT)))

    def _percent(self, per_mille: int) -> str:
        return str(
            format_percent(Decimal(per_mille) / 1000, format="#,##0.#%", locale=self.language)
        )

    def listed(self, names: Sequence[str]) -> str:
        """Return names as people list them: a, b and c."""
        return str(format_list(list(names), locale=self.language)) if names else ""

    def date(self, date: dt.date) -> str:
        """Return a date in full, with the day of the week."""
        return str(format_date(date, "full", locale=self.language))

    def times(self, block: Block) -> str:
        """Return when a block begins and ends."""
        return _times(block.start, block.end)


@lru_cache(maxsize=10_000)  # the same few numbers and times stand in everybody's day
def _number(value: float, language: Language) -> str:
    return str(format_decimal(value, format="#,##0.#", locale=language))


@lru_cache(maxsize=1_000)
def _times(start: dt.time, end: dt.time) -> str:
    return f"{start:%H:%M}–{end:%H:%M}"
