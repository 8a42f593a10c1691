"""Command line of the benchmarks; see README.md beside this file."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks import growth, runner
from benchmarks.cases import BY_NAME, CASES, PUBLIC
from benchmarks.peers import PEERS

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"


def parser() -> argparse.ArgumentParser:
    """Return the parser of all subcommands."""
    top = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    _add_run(commands.add_parser("run", help="run cases; the default"))
    commands.add_parser("list", help="list cases and peers")
    one = commands.add_parser("one", help="one run, in this process; its line on standard output")
    one.add_argument("--case", required=True, choices=BY_NAME)
    one.add_argument("--peer", required=True, choices=PEERS)
    one.add_argument("--seconds", type=float, required=True)
    one.add_argument("--seed", type=int, required=True)
    one.add_argument("--public", type=Path, default=PUBLIC)
    profile = commands.add_parser("profile", help="moves per second, and the time of each stage")
    profile.add_argument("case", choices=BY_NAME, metavar="CASE")
    profile.add_argument("--seconds", type=float, default=30.0, help="limit of the solve")
    profile.add_argument("--seed", type=int, default=1)
    profile.add_argument("--public", type=Path, default=PUBLIC)
    table = commands.add_parser("table", help="write the table in README.md")
    table.add_argument("files", nargs="*", type=Path, help="result files; all of them if none")
    table.add_argument("--readme", type=Path, default=HERE / "README.md")
    plot = commands.add_parser("plot", help="draw value and bound over time, one SVG per case")
    plot.add_argument("files", nargs="*", type=Path, help="result files; all of them if none")
    plot.add_argument("--into", type=Path, default=RESULTS)
    _add_growth(commands.add_parser("growth", help="how seconds and memory grow with people"))
    _add_tables(commands.add_parser("tables", help="how well and how fast people are mixed"))
    return top


def _add_run(run: argparse.ArgumentParser) -> None:
    today = f"{dt.date.today():%Y-%m-%d}"
    run.add_argument("--cases", nargs="+", choices=BY_NAME, default=[*BY_NAME], metavar="CASE")
    run.add_argument("--peers", nargs="+", choices=PEERS, default=[*PEERS], metavar="PEER")
    run.add_argument("--seconds", type=float, default=60.0, help="limit of each run")
    run.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3])
    run.add_argument("--out", type=Path, default=RESULTS / f"{today}.jsonl")
    run.add_argument("--public", type=Path, default=PUBLIC, help="folder of the public sets")
    run.add_argument("--no-warm-up", action="store_true", help="do not compile kernels first")


def _add_growth(grow: argparse.ArgumentParser) -> None:
    grow.add_argument("--people", nargs="+", type=int, default=[*growth.SIZES], metavar="N")
    grow.add_argument("--seconds", type=float, default=60.0, help="limit of each solve")
    grow.add_argument("--seed", type=int, default=1)
    grow.add_argument("--out", type=Path, default=RESULTS / "growth" / "sizes.jsonl")
    grow.add_argument("--table", action="store_true", help="write the table in README.md, no more")
    grow.add_argument("--readme", type=Path, default=HERE / "README.md")


def _add_tables(seating: argparse.ArgumentParser) -> None:
    seating.add_argument("--people", nargs="+", type=int, metavar="N", help="standard: 500 5000")
    seating.add_argument("--seconds", type=float, default=60.0, help="limit, with --people")
    seating.add_argument("--seed", type=int, default=1)
    seating.add_argument("--out", type=Path, default=RESULTS / "tables" / "sizes.jsonl")
    seating.add_argument("--table", action="store_true", help="write the table in README.md")
    seating.add_argument("--readme", type=Path, default=HERE / "README.md")


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says; return the exit code."""
    known = {"run", "one", "list", "profile", "table", "plot", "growth", "tables", "-h", "--help"}
    given = [*arguments] if arguments and arguments[0] in known else ["run", *arguments]
    options = parser().parse_args(given)
    commands = {
        "run": _run,
        "one": _one,
        "list": _list,
        "profile": _profile,
        "table": _table,
        "plot": _plot,
        "growth": _growth,
        "tables": _tables,
    }
    return commands[options.command](options)


def _run(options: argparse.Namespace) -> int:
    plan = runner.Plan(
        cases=[BY_NAME[name] for name in options.cases],
        peers=options.peers,
        seconds=options.seconds,
        seeds=options.seeds,
        public=options.public.resolve(),
        out=options.out,
    )
    runner.run(plan, warm_up=not options.no_warm_up)
    return 0


def _one(options: argparse.Namespace) -> int:
    from benchmarks.one import run

    line = run(options.case, options.peer, options.seconds, options.seed, options.public)
    print(json.dumps(asdict(line), ensure_ascii=False), flush=True)
    return 0


def _profile(options: argparse.Namespace) -> int:
    from benchmarks.profiling import profile

    for line in profile(options.case, options.seconds, options.seed, options.public):
        print(line, flush=True)
    return 0


def _list(options: argparse.Namespace) -> int:
    for case in CASES:
        there = "" if case.is_there(PUBLIC) else " (its files are not there)"
        print(f"{case.name}{there}")
    print("peers:", *PEERS)
    return 0


def _table(options: argparse.Namespace) -> int:
    from benchmarks.table import write

    return write(options.readme, _files(options))


def _plot(options: argparse.Namespace) -> int:
    from benchmarks.plot import write

    for path in write(options.into, _files(options)):
        print(path.name)
    return 0


def _growth(options: argparse.Namespace) -> int:
    if options.table:
        return growth.write(options.readme, options.out)
    return growth.run(options.people, options.seconds, options.seed, options.out, runner.say)


def _tables(options: argparse.Namespace) -> int:
    from benchmarks import tables

    if options.table:
        return tables.write(options.readme, options.out)
    given = [(people, options.seconds) for people in options.people or ()]
    return tables.run(given or tables.SIZES, options.seed, options.out, runner.say)


def _files(options: argparse.Namespace) -> list[Path]:
    return [*options.files] or sorted(RESULTS.glob("*.jsonl"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
