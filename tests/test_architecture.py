"""The folders are the architecture: who may import whom, and a few habits, read in the sources."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

ROOT = Path(__file__).parents[1]
MODELS = ROOT / "models" / "spilrooster_models"
ENGINE = ROOT / "scheduler" / "spilrooster"
SOURCES = sorted([*MODELS.rglob("*.py"), *ENGINE.rglob("*.py")])
OTHERS = [p for d in ("tests", "instances", "benchmarks") for p in (ROOT / d).rglob("*.py")]
EVERYTHING = sorted([*SOURCES, *OTHERS])

MODEL_ORDER = ("message", "errors", "layout", "event", "programme", "result")
LAYERS: tuple[frozenset[str], ...] = tuple(
    frozenset(layer.split())
    for layer in (
        "steering variables wishes",
        "rules",
        "problem",
        "check",
        "changes numbers outcomes language audit schema",
        "search",
        "seating",
        "fairness",  # certifies finished programmes with what the search proves with
        "solve",
        "tables",
        "intake privacy compare",  # made of the readers and writers of tables
        "report",
        "export",  # files to hand out; some are made of parts of the report
        "cli",
        "__main__",
    )
)
"""Parts of the engine, lowest first. A part imports itself and parts of lower layers."""

FACADE = "spilrooster"
MOST_LINES = 450


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in the file, as absolute dotted names.

    ``from a import b`` gives both ``a`` and ``a.b``, as b may be a module.
    """
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative imports hide who imports whom"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def packages_of(path: Path) -> set[str]:
    """The top-level packages that a file imports."""
    return {name.partition(".")[0] for name in imported(path)}


def part_of(path: Path) -> str:
    """The part of the engine that a file belongs to, such as ``rules``; "" for the facade."""
    first = path.relative_to(ENGINE).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


def parts_imported(path: Path) -> set[str]:
    """The parts of the engine that a file imports; "" where it asks the public API."""
    found = set()
    for name in imported(path):
        package, _, rest = name.partition(".")
        if package == FACADE:
            part = rest.partition(".")[0]
            found.add(part if part in LAYER_OF else "")
    return found


LAYER_OF = {part: number for number, layer in enumerate(LAYERS) for part in layer}


def named(paths: Iterable[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", list(paths), ids=lambda p: str(p.relative_to(ROOT)))


def test_models_import_only_what_comes_before_them() -> None:
    assert {p.stem for p in MODELS.glob("*.py")} == {*MODEL_ORDER, "__init__"}
    for number, module in enumerate(MODEL_ORDER):
        names = [n.split(".") for n in imported(MODELS / f"{module}.py")]
        others = {parts[1] for parts in names if parts[0] == "spilrooster_models"}
        assert others <= set(MODEL_ORDER[:number]), module


def test_models_need_pydantic_and_nothing_else() -> None:
    allowed = {"__future__", "pydantic", "spilrooster_models", "collections"}
    allowed |= {"datetime", "enum", "functools", "itertools", "typing"}
    for path in MODELS.glob("*.py"):
        assert packages_of(path) <= allowed, path


def test_every_part_of_the_engine_has_a_layer() -> None:
    assert {part_of(p) for p in ENGINE.rglob("*.py")} - {""} <= LAYER_OF.keys()


@named(p for p in ENGINE.rglob("*.py") if part_of(p))
def test_the_engine_imports_downwards_only(path: Path) -> None:
    own = part_of(path)
    for part in parts_imported(path) - {own}:
        if part == "":
            assert own in {"cli", "__main__"}, "only the CLI goes through the public API"
        else:
            assert LAYER_OF[part] < LAYER_OF[own], f"{own} imports {part}"


@named(p for p in ENGINE.rglob("*.py") if part_of(p) == "cli")
def test_the_cli_calls_public_functions_only(path: Path) -> None:
    assert parts_imported(path) <= {"", "cli"}


@named(p for p in SOURCES if ENGINE / "tables" not in p.parents)
def test_only_tables_knows_pandas_and_files_of_excel(path: Path) -> None:
    assert not packages_of(path) & {"pandas", "python_calamine", "xlsxwriter"}


@named(p for p in SOURCES if not {"rules", "search", "seating", "fairness"} & {*p.parts})
def test_the_solver_is_known_to_few(path: Path) -> None:
    assert path.stem == "variables" or not packages_of(path) & {"ortools", "numba", "scipy"}


def test_nothing_is_imported_by_its_folder() -> None:
    """``scheduler.spilrooster`` would be a second copy of every class."""
    folders = {"scheduler", "models"}
    tool = ROOT / "tests" / "examples" / "own_tool"  # its own models.py and scheduler.py
    others = [path for path in EVERYTHING if tool not in path.parents]
    assert [str(p) for p in others if packages_of(p) & folders] == []


@named(p for p in SOURCES if ENGINE / "cli" not in p.parents)
def test_only_the_cli_prints(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert not [f for f in calls if isinstance(f, ast.Name) and f.id == "print"]


def test_files_stay_short() -> None:
    lengths = {str(p): len(p.read_text(encoding="utf-8").splitlines()) for p in EVERYTHING}
    assert {p: n for p, n in lengths.items() if n > MOST_LINES} == {}


def all_models() -> Iterator[type[BaseModel]]:
    for package in ("spilrooster_models", FACADE):
        root = importlib.import_module(package)
        for module in pkgutil.walk_packages(root.__path__, f"{package}."):
            if module.name.endswith("__main__"):
                continue
            found = vars(importlib.import_module(module.name)).values()
            yield from (c for c in found if inspect.isclass(c) and issubclass(c, BaseModel))


def test_models_are_frozen() -> None:
    kinds = {c for c in all_models() if c is not BaseModel}
    assert len(kinds) > 20
    assert [c.__name__ for c in kinds if not c.model_config.get("frozen")] == []
