"""Batch: solve many cells, keep each as soon as it is done, and lose none with a process."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field

from spilrooster.compare._cell import Figures, Task
from spilrooster.compare._pool import Pool
from spilrooster.compare._store import Store
from spilrooster_models import Moment

TICK = 0.2  # seconds between two looks


@dataclass(frozen=True)
class Running:
    """A cell that is being solved, or that waits for a worker, and its latest moment."""

    key: str
    moment: Moment | None


@dataclass(frozen=True)
class BatchMoment:
    """How far a batch is. `kept` were done already when it began, and count as done."""

    cells: int
    done: int
    kept: int
    failed: int
    running: tuple[Running, ...] = ()


@dataclass
class Batch:
    """What came out of the cells so far, by key."""

    figures: dict[str, Figures] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    stopped: bool = False


@dataclass
class _Run:
    store: Store
    pool: Pool
    progress: Callable[[BatchMoment], None]
    cancelled: Callable[[], bool]
    batch: Batch
    cells: int
    kept: int
    suspects: list[Task] = field(default_factory=list)

    def through(self, tasks: Sequence[Task], window: Callable[[], int]) -> None:
        """Solve tasks, so many at a time; who is lost with a process becomes a suspect."""
        waiting, running = deque(tasks), dict[Future[bytes], Task]()
        while (waiting or running) and not self.batch.stopped:
            while waiting and len(running) < window():
                task = waiting.popleft()
                running[self.pool.submit(task)] = task
            done, _ = wait(running, timeout=TICK, return_when=FIRST_COMPLETED)
            if any(self._is_lost(future) for future in done):
                self.suspects += self._saved(running)
                running.clear()
                self.pool.renew()
            for future in done & running.keys():
                self._take(running.pop(future), future)
            self._tell([task.key for task in running.values()])
            self.batch.stopped = self.cancelled()

    def _is_lost(self, future: Future[bytes]) -> bool:
        error = _error_of(future)
        return error is not None and self.pool.lost(error)

    def _saved(self, running: Mapping[Future[bytes], Task]) -> list[Task]:
        """Keep what was done all the same, and return what was not."""
        lost = []
        for future, task in running.items():
            if future.done() and _error_of(future) is None:
                self._take(task, future)
            else:
                lost.append(task)
        return lost

    def alone(self, task: Task) -> None:
        """Solve a suspect with no other beside it: if a process is lost again, it is to blame."""
        before = len(self.suspects)
        self.through([task], lambda: 1)
        if len(self.suspects) > before:
            self.suspects.pop()
            self.batch.failures[task.key] = (
                "its process ended twice without a word; perhaps there is too little memory"
            )

    def _take(self, task: Task, future: Future[bytes]) -> None:
        try:
            content = future.result()
        except Exception as error:  # whatever went wrong in a worker belongs to its cell
            self.batch.failures[task.key] = f"{type(error).__name__}: {error}"
            return
        self.batch.figures[task.key] = self.store.put(task.key, content).figures

    def _tell(self, keys: Sequence[str]) -> None:
        news = self.pool.news()
        self.progress(
            BatchMoment(
                cells=self.cells,
                done=len(self.batch.figures),
                kept=self.kept,
                failed=len(self.batch.failures),
                running=tuple(Running(key, news.get(key)) for key in keys),
            )
        )


def run(
    tasks: Sequence[Task],
    store: Store,
    pool: Callable[[], Pool],
    progress: Callable[[BatchMoment], None],
    cancelled: Callable[[], bool],
) -> Batch:
    """Solve every task that is not in the store yet; equal tasks are solved once.

    `pool` is only asked for if there is something to solve; who gave it closes it.

    Raises DataError if a cell cannot be written. A cell that fails is reported in the batch.
    """
    batch, open_tasks = Batch(), dict[str, Task]()
    for task in tasks:
        if task.key in batch.figures or task.key in open_tasks:
            continue
        known = store.get(task.key)
        if known is None:
            open_tasks[task.key] = task
        else:
            batch.figures[task.key] = known.figures
    kept = len(batch.figures)
    cells = kept + len(open_tasks)
    progress(BatchMoment(cells=cells, done=kept, kept=kept, failed=0))
    if not open_tasks or cancelled():
        batch.stopped = bool(open_tasks)
        return batch
    doing = _Run(store, pool(), progress, cancelled, batch, cells, kept)
    doing.through(list(open_tasks.values()), doing.pool.window)
    suspects, doing.suspects = doing.suspects, []
    for task in suspects:
        if not batch.stopped:
            doing.alone(task)
    return batch


def _error_of(future: Future[bytes]) -> BaseException | None:
    return CancelledError() if future.cancelled() else future.exception()
