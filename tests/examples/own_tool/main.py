"""A tool with a models.py and a scheduler.py of its own: neither is taken for another."""

from __future__ import annotations

import sys
from pathlib import Path

import models
import scheduler

import spilrooster as sr

HOME = Path(__file__).parent


def main() -> None:
    """Plan a day large enough for every part of spilrooster, its second process included."""
    fans = [f"fan{i}" for i in range(60)]
    talks = [
        models.Talk(code, f"Talk {code}", tuple(f for i, f in enumerate(fans) if i % (k + 2) < 2))
        for k, code in enumerate("ABCDEFGHIJ")
    ]
    result = scheduler.make_day(talks, {"hall": 50, "attic": 25, "shed": 15}, 4)
    assert {Path(m.__file__ or "").parent for m in (models, scheduler)} == {HOME}
    assert sys.modules["models"] is models
    assert sys.modules["scheduler"] is scheduler
    assert result.status in {sr.Status.OPTIMAL, sr.Status.FEASIBLE}
    assert result.bound is not None
    print(result.status, result.value, result.bound, result.bound_source)


if __name__ == "__main__":
    main()
