"""Write the event folders of the kinds; same code, same bytes.

python -m instances.kinds                      rewrite all of them, beside instances/README.md
python -m instances.kinds spilunch --into DIR  write one of them in a folder of your own
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from instances.generate import HERE
from instances.kinds import (
    bestuurstafel,
    leerkring_a,
    leerkring_b,
    on_tour,
    spil500_full,
    spilgenoten,
    spilunch,
    tafelgesprekken,
)
from instances.kinds._folder import Kind

KINDS: dict[str, Callable[[], Kind]] = {
    "bestuurstafel": bestuurstafel.make,
    "leerkring-a": leerkring_a.make,
    "leerkring-b": leerkring_b.make,
    "on-tour": on_tour.make,
    "spil500-full": spil500_full.make,
    "spilgenoten": spilgenoten.make,
    "spilunch": spilunch.make,
    "tafelgesprekken": tafelgesprekken.make,
}
"""Each folder's name, and what makes it."""


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and write what it asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m instances.kinds", description="Write the event folders of the kinds."
    )
    parser.add_argument("names", metavar="NAME", nargs="*", help=f"of {', '.join(KINDS)}; all")
    parser.add_argument("--into", metavar="DIR", type=Path, default=HERE)
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in KINDS]
    if unknown:
        parser.error(f"no such kind: {', '.join(unknown)}")
    for name in options.names or KINDS:
        KINDS[name]().write(options.into / name)


if __name__ == "__main__":
    main()
