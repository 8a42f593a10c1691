"""The public sets may be absent: they are no part of the project."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:  # `benchmarks` is run from the project's root, never installed
    sys.path.insert(0, str(ROOT))
