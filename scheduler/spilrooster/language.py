"""Sentences in the reader's language. English is the source; ``locale/nl.po`` is the rest.

A `Message` carries its English template, which is the key of the catalogue. The catalogue is kept
as text and compiled when it is first needed, so that no binary file can fall behind it.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from spilrooster_models import Message
from spilrooster_models.event import Language

SOURCE: Language = "en"
KIND = "what"
"""The value of this name is a kind of thing (room, session); unlike an id, it is translated."""


@cache
def translator(language: Language) -> NullTranslations:
    """Return the catalogue of `language`, with gettext, ngettext and pgettext."""
    if language == SOURCE:
        return NullTranslations()
    source = files("spilrooster") / "locale" / f"{language}.po"
    compiled = BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def sentence(message: Message, language: Language) -> str:
    """Return `message` as a sentence in `language`; in English where no translation exists."""
    catalogue = translator(language)
    values = {
        name: catalogue.gettext(value) if name == KIND and isinstance(value, str) else value
        for name, value in message.values
    }
    return catalogue.gettext(message.template).format(**values)
