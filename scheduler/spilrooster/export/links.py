"""Links: an unguessable file name for everybody's own page, the same in every run.

The names are made with a secret (HMAC-SHA256 of the participant's id) that stands in links.json in
the output folder. Who has that file can find everybody's page, so only its owner can read it. It
also keeps the names themselves: an id that changes its spelling does not change a link that was
mailed, if the file is edited along.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
import uuid
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from spilrooster_models import DataError, InputProblem, message
from spilrooster_models.event import ParticipantId

LINKS_FILE = "links.json"
SECRET_BYTES = 32
CODE_BYTES = 15  # 120 bits: 24 letters and digits, and nobody guesses one


class Links(BaseModel):
    """The secret, and everybody's file name without its ending."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: str = Field(default="spilrooster links 1", pattern=r"spilrooster links 1")
    secret: str = Field(pattern=f"[0-9a-f]{{{2 * SECRET_BYTES}}}", description="hexadecimal")
    codes: dict[ParticipantId, str] = Field(default={}, description="participant -> file name")

    @classmethod
    def read(cls, folder: Path) -> Links:
        """Read the links of an output folder; a new secret if there are none yet.

        Raises
        ------
        DataError
            If the file is there and unusable: a new secret would break every link.
        """
        place = folder / LINKS_FILE
        try:
            return cls.model_validate_json(place.read_bytes())
        except FileNotFoundError:
            return cls(secret=secrets.token_hex(SECRET_BYTES))
        except (OSError, ValidationError):
            what = message("The links of this folder cannot be read.")
            advice = message(
                "Put the file back from a copy. If you delete it, everybody gets a new link."
            )
            raise DataError([InputProblem(file=str(place), what=what, advice=advice)]) from None

    def for_people(self, people: Iterable[ParticipantId]) -> Links:
        """Return these links with a name for everybody; nobody ever loses theirs."""
        made = {p: self.codes.get(p) or self._code(p) for p in people}
        return self.model_copy(update={"codes": self.codes | made})

    def written(self) -> bytes:
        """Return the content of links.json."""
        text = json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1)
        return f"{text}\n".encode()

    def uid(self, *parts: str) -> str:
        """Return a UUID for something of somebody: the same each time, and unguessable."""
        return str(uuid.UUID(bytes=self._digest("\0".join(parts))[:16], version=5))

    def _code(self, person: ParticipantId) -> str:
        return base64.b32encode(self._digest(person)[:CODE_BYTES]).decode().lower()

    def _digest(self, text: str) -> bytes:
        return hmac.digest(bytes.fromhex(self.secret), text.encode(), "sha256")
