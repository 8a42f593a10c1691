"""Compare: every layout with every seed, in parallel, into one comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spilrooster.compare._batch import BatchMoment, run
from spilrooster.compare._bootstrap import CONFIDENCE, DRAWS, intervals
from spilrooster.compare._cell import Figures, Task, task_of
from spilrooster.compare._cluster import ClusterPool
from spilrooster.compare._comparison import Comparison, Worth
from spilrooster.compare._no_shows import NoShows, ShowRates, no_shows
from spilrooster.compare._pool import LocalPool, Pool, usual_jobs
from spilrooster.compare._ranking import Entry, in_order, pairs_of, rows_of
from spilrooster.compare._store import FolderStore, MemoryStore, Store
from spilrooster.compare._variant import Variant, fitted
from spilrooster.compare._worth import extras, variants_of, worth_of
from spilrooster.problem import Problem
from spilrooster.search.clock import Limits
from spilrooster.solve import versions
from spilrooster.tables._report import Report
from spilrooster_models import DataError, InputProblem, Layout, Moment, Programme, message
from spilrooster_models.layout import duplicates


@dataclass(frozen=True)
class CompareMoment:
    """How far a comparison is.

    Attributes
    ----------
    cells, done, kept, failed
        Numbers of cells; a cell is a layout with a seed. `kept` were done in an earlier run.
    running
        Layout, seed and latest moment of each cell that a worker has.
    compiling
        Whether the search is compiled first: only on a new machine or after an upgrade.
    """

    cells: int = 0
    done: int = 0
    kept: int = 0
    failed: int = 0
    running: tuple[tuple[str, int, Moment | None], ...] = ()
    compiling: bool = False


def compare(
    problem: Problem,
    layouts: Mapping[str, Layout | Problem] | Iterable[Variant],
    limits: Limits | None = None,
    *,
    seeds: int | Sequence[int] = 1,
    jobs: int | None = None,
    out: str | Path | None = None,
    cluster: str | None = None,
    remarks: Sequence[InputProblem] = (),
    draws: int = DRAWS,
    worth: int = 0,
    show_rate: str | None = None,
    progress: Callable[[CompareMoment], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Comparison:
    """Solve an event with several layouts, and say which of them can be told apart.

    Parameters
    ----------
    problem
        The event. Its own layout takes part only if it is one of `layouts`.
    layouts
        Variants, as `read_layouts` makes them, or layouts (or whole problems) by name.
    limits
        Of each cell: one layout with one seed. 60 seconds if None. With a work limit every cell
        gives the same answer wherever and beside whatever it is solved.
    seeds
        How many seeds (1, 2, ...), or which.
    jobs
        Solves at a time. A solve uses up to two cores, so the default is half the cores. Processes
        are spawned: a script needs ``if __name__ == "__main__":`` around its calls.
    out
        Folder in which finished cells are kept, one file each; a later call with the same event,
        options and version takes them from there. In memory if None.
    cluster
        Address of a Dask scheduler, to solve on its workers; `jobs` is not used then. Needs the
        extra ``cluster``.
    remarks
        What reading found worth knowing; kept in the comparison.
    draws
        Of the bootstrap.
    worth
        So many extras (a round, rooms, runs) are tried on the best layout, each solved like a
        layout, to see what it would bring.
    show_rate
        How likely people are to come, such as ``0.88`` or ``0.88,partner=0.95`` by tier; then
        the best programme of each layout is tried on many days on which not everybody comes.
    progress
        Called a few times a second.
    cancelled
        Asked a few times a second. Once it says True, cells that are not done are given up, and
        the comparison, which is not `complete`, is of what was done.

    Raises
    ------
    DataError
        If a layout does not fit the event, if a cell cannot be written, or if the show rate
        cannot be read.
    """
    variants = _variants(problem, layouts)
    numbers = tuple(range(1, seeds + 1)) if isinstance(seeds, int) else tuple(seeds)
    limits = limits or Limits()
    rates = None if show_rate is None else ShowRates.read(show_rate, problem)
    with ExitStack() as ends:
        pool = _pool(jobs, cluster, ends, lambda: progress(CompareMoment(compiling=True)))
        solving = Solving(limits, numbers, pool, _store(out), progress, cancelled)
        entries, complete = solving.entries(variants)
        tried: tuple[Worth, ...] = ()
        base = in_order(entries)[0]
        if worth and complete and _has_people([base]):
            tried, complete = solving.worth(base, worth, draws)
    ranked = in_order(entries)
    solved = [entry for entry in ranked if entry.value is not None]
    found = intervals([e.points for e in solved], draws=draws) if _has_people(solved) else None
    return Comparison(
        event=problem.event.name,
        people=len(problem.event.participants),
        seeds=numbers,
        seconds=limits.seconds if limits.work is None else None,
        work=limits.work,
        confidence=CONFIDENCE,
        draws=draws,
        rows=rows_of(ranked, found),
        pairs=pairs_of(ranked, found),
        worth_of=solved[0].variant.name if tried else None,
        worth=tried,
        no_shows=() if rates is None else tuple(solving.no_shows(solved, rates)),
        remarks=tuple(remarks),
        versions=versions(),
        complete=complete,
    )


def _has_people(solved: Sequence[Entry]) -> bool:
    return bool(solved) and solved[0].value is not None and solved[0].points.shape[1] > 0


def _pool(
    jobs: int | None, cluster: str | None, ends: ExitStack, compiling: Callable[[], None]
) -> Callable[[], Pool]:
    """Return what gives the one pool of a comparison: made when it is first needed, then reused."""

    @cache
    def pool() -> Pool:
        made: Pool
        if cluster is None:
            made = LocalPool(jobs or usual_jobs(), compiling)
        else:
            made = ClusterPool(cluster)
        ends.callback(made.close)
        return made

    return pool


def _store(out: str | Path | None) -> Store:
    return MemoryStore() if out is None else FolderStore(Path(out))


def _has_people_of(problem: Problem, other: Problem) -> bool:
    """Whether both have the same people in the same order: points are compared by person."""
    return list(problem.event.participants_by_id) == list(other.event.participants_by_id)


def _variants(
    problem: Problem, layouts: Mapping[str, Layout | Problem] | Iterable[Variant]
) -> tuple[Variant, ...]:
    """Return the layouts as variants; raises DataError with all that does not fit the event."""
    if not isinstance(layouts, Mapping):
        return _with_own_names(tuple(layouts))
    report, found = Report(), []
    for name, given in layouts.items():
        made = given if isinstance(given, Problem) else fitted(problem, given, None, name, report)
        if made is not None and not _has_people_of(problem, made):
            report.error(name, message("These are other people than those of the event."))
        elif made is not None:
            found.append(Variant(name=name, problem=made))
    report.check()
    return tuple(found)


def _with_own_names(variants: tuple[Variant, ...]) -> tuple[Variant, ...]:
    names = [variant.name for variant in variants]
    what = message("Two layouts have this name.")
    if twice := duplicates(names):
        raise DataError(InputProblem(file="layouts", value=n, what=what) for n in twice)
    return variants


@dataclass(frozen=True)
class Solving:
    """How cells are solved: the same for all layouts of a comparison."""

    limits: Limits
    seeds: tuple[int, ...]
    pool: Callable[[], Pool]
    store: Store
    progress: Callable[[CompareMoment], None]
    cancelled: Callable[[], bool]

    def entries(self, variants: Sequence[Variant]) -> tuple[list[Entry], bool]:
        """Solve every variant with every seed; also say whether all of them were tried."""
        if not variants or not self.seeds:
            raise DataError([InputProblem(file="layouts", what=message("There is no layout."))])
        tasks = {
            (v.name, seed): task_of(v.problem, self.limits, seed)
            for v in variants
            for seed in self.seeds
        }
        names = {task.key: place for place, task in reversed(tasks.items())}
        batch = run(
            list(tasks.values()), self.store, self.pool,
            lambda m: self.progress(_named(m, names)), self.cancelled,
        )  # fmt: skip

        def outcome(task: Task) -> Figures | str:
            found = batch.figures.get(task.key)
            return found or batch.failures.get(task.key, "stopped before it was done")

        return [
            Entry(
                variant=v,
                keys=tuple(tasks[v.name, seed].key for seed in self.seeds),
                seeds=self.seeds,
                cells=tuple(outcome(tasks[v.name, seed]) for seed in self.seeds),
            )
            for v in variants
        ], not batch.stopped

    def programme(self, entry: Entry) -> Programme:
        """Return the best programme of a layout, from the store."""
        cell = None if entry.best_key is None else self.store.get(entry.best_key)
        assert cell is not None  # it was kept when it was solved
        return cell.result.require()

    def worth(self, base: Entry, most: int, draws: int) -> tuple[tuple[Worth, ...], bool]:
        """Try extras on a layout; also say whether all of them were tried."""
        more = extras(base.variant, self.programme(base), most)
        wanted = list(variants_of(more))
        if not wanted:
            return worth_of(base, [(extra, None) for extra in more], draws), True
        entries, complete = self.entries(wanted)
        by_name = {entry.variant.name: entry for entry in entries}
        tried = [(e, by_name.get(e.variant.name) if e.variant else None) for e in more]
        return worth_of(base, tried, draws), complete

    def no_shows(self, solved: Sequence[Entry], rates: ShowRates) -> Iterator[NoShows]:
        """Yield what is to be expected of the best programme of each layout."""
        for entry in solved:
            variant = entry.variant
            yield no_shows(variant.name, variant.problem, self.programme(entry), rates)


def _named(moment: BatchMoment, names: Mapping[str, tuple[str, int]]) -> CompareMoment:
    return CompareMoment(
        cells=moment.cells,
        done=moment.done,
        kept=moment.kept,
        failed=moment.failed,
        running=tuple((*names[r.key], r.moment) for r in moment.running),
    )
