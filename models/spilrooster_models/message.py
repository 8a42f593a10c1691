"""A sentence for people, kept as a template so that it can be shown in any language."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Message(BaseModel):
    """One sentence: an English template (the gettext id) and the values that go into it.

    ``str(message)`` is the English sentence; ``spilrooster.language.sentence`` translates.
    """

    model_config = ConfigDict(frozen=True)

    template: str
    values: tuple[tuple[str, str | int], ...] = ()

    def __str__(self) -> str:
        return self.in_words(self.template)

    def in_words(self, template: str) -> str:
        """Fill this message's values into `template`, a translation of its own template."""
        return template.format(**dict(self.values))


def message(template: str, **values: str | int) -> Message:
    """Make a `Message`; every ``{name}`` in `template` needs a value of that name."""
    return Message(template=template, values=tuple(values.items()))
