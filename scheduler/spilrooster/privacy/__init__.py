"""Privacy: an event in which nobody can be recognised, and the way back for who has the key."""

from spilrooster.privacy._event import pseudonymise, reidentify
from spilrooster.privacy._files import reidentify_files
from spilrooster.privacy._key import Key, read_key, write_key
from spilrooster.privacy._write import write_pseudonymised

__all__ = [
    "Key",
    "pseudonymise",
    "read_key",
    "reidentify",
    "reidentify_files",
    "write_key",
    "write_pseudonymised",
]
