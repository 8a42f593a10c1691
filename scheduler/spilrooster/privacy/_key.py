"""Key: what each code stands for. Whoever has it can undo a pseudonymisation; nobody else can."""

from __future__ import annotations

import json
import os
import re
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from spilrooster_models import DataError, InputProblem, message

OWNER_ONLY = 0o600
DOMAIN = "example.invalid"
"""Reserved by RFC 2606: no mail can ever be sent there."""


class Key(BaseModel):
    """Codes and what they stand for, and the order in which people and choices stood.

    The key of an event is for that event only: `people` must be its participants.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: str = Field(default="spilrooster key 1", pattern=r"spilrooster key 1")
    words: tuple[str, ...] = Field(description="words that codes begin with")
    digits: int = Field(description="how many digits stand behind the word")
    codes: dict[str, str] = Field(description="code -> name, address, id or other value")
    texts: dict[str, str] = Field(description="text with codes in it -> text as it was")
    people: tuple[str, ...] = Field(description="codes of the participants, in their own order")
    choices: tuple[int, ...] = Field(description="place of each original choice among the new ones")

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds codes in any text."""
        return code_pattern(self.words, self.digits)

    def restored(self, text: str) -> str:
        """Return a text as it was; one that was not known as a whole gets its codes replaced."""
        if text in self.texts:
            return self.texts[text]
        return self.pattern.sub(lambda match: self.codes.get(match[0], match[0]), text)


def code_pattern(words: tuple[str, ...], digits: int) -> re.Pattern[str]:
    """Return what finds the codes of these words; addresses are codes too."""
    word = "|".join(map(re.escape, words))
    return re.compile(
        rf"(?<![^\W_])(?:[dx]\d{{{digits}}}@{re.escape(DOMAIN)}|(?:{word}) \d{{{digits}}}"
        rf"|D\d{{{digits}}})(?![^\W_])"
    )


def write_key(key: Key, path: str | Path) -> None:
    """Write a key that only its owner can read. A file that is there already stays.

    Raises
    ------
    DataError
        If the file exists or the system refuses.
    """
    place = Path(path)
    content = json.dumps(key.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError:
        what = message("This file is there already.")
        advice = message("A key is never replaced: without it nothing can be undone.")
        raise DataError([InputProblem(file=str(place), what=what, advice=advice)]) from None
    except OSError as error:
        raise DataError([_refusal(place, error)]) from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        place.unlink(missing_ok=True)
        raise DataError([_refusal(place, error)]) from None


def _refusal(place: Path, error: OSError) -> InputProblem:
    reason = error.strerror or str(error)
    what = message("This cannot be written: {reason}.", reason=reason)
    return InputProblem(file=str(place), what=what)


def read_key(path: str | Path) -> Key:
    """Read a key.

    Raises
    ------
    DataError
        If there is none, or if it is something else.
    """
    place = Path(path)
    try:
        return Key.model_validate_json(place.read_bytes())
    except OSError as error:
        reason = error.strerror or str(error)
        what = message("This cannot be read: {reason}.", reason=reason)
    except ValidationError:
        what = message("This is no key that spilrooster pseudonymise wrote.")
    raise DataError([InputProblem(file=str(place), what=what)])
