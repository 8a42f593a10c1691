"""Running CP-SAT under a clock: reproducible, and stoppable at any moment."""

from __future__ import annotations

import threading
from collections.abc import Callable

from ortools.sat.python import cp_model

from spilrooster.search.clock import Clock

WORK_PER_DETERMINISTIC_SECOND = 3.0
"""CP-SAT's own count of work: on models like ours a unit takes 2 to 7 seconds of one core."""

Solution = list[int]
"""The value of each variable, by its index."""


class Solving:
    """One CP-SAT run within an allowance of the clock.

    One worker with a fixed seed, so that the same work gives the same answer. `linear` makes the
    most of linear relaxations, which is what proves and improves; a first programme comes sooner
    without.
    """

    def __init__(
        self,
        model: cp_model.CpModel,
        clock: Clock,
        allowance: float,
        seed: int,
        *,
        linear: bool = True,
    ) -> None:
        self.solver = cp_model.CpSolver()
        parameters = self.solver.parameters
        parameters.num_workers = 1
        parameters.linearization_level = 2 if linear else 0
        parameters.random_seed = seed
        parameters.catch_sigint_signal = False
        if clock.counts_work:
            parameters.max_deterministic_time = allowance / WORK_PER_DETERMINISTIC_SECOND
        else:
            parameters.max_time_in_seconds = allowance
        self._model, self._clock = model, clock

    def run(self) -> cp_model.CpSolverStatus:
        """Solve; a cancelled clock stops the solver within a fraction of a second."""
        done = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(done,), daemon=True)
        watcher.start()
        try:
            status = self.solver.solve(self._model)
        finally:
            done.set()
            watcher.join()
        self._clock.charge(self._work())
        return status

    def follow(
        self, on_bound: Callable[[float], None], on_solution: Callable[[Solution], None]
    ) -> cp_model.CpSolverStatus:
        """Solve beside the search: tell each bound and each solution; charge the clock nothing.

        Both are called in the thread that calls this. `halt` ends it.
        """
        self.solver.best_bound_callback = on_bound
        return self.solver.solve(self._model, _Follower(on_solution))

    def halt(self) -> None:
        """Ask a solver that runs in another thread to stop."""
        self.solver.stop_search()

    def end(self, thread: threading.Thread) -> None:
        """Stop the solver that runs in `thread`, and wait for that."""
        while thread.is_alive():
            self.halt()  # again and again: one that has not begun yet does not hear it
            thread.join(0.05)

    @property
    def found(self) -> bool:
        """Whether there is a solution to read."""
        return bool(self.solver.response_proto.solution)

    def _watch(self, done: threading.Event) -> None:
        while not done.wait(0.1):
            if self._clock.cancelled():
                self.solver.stop_search()

    def _work(self) -> float:
        return self.solver.response_proto.deterministic_time * WORK_PER_DETERMINISTIC_SECOND


class _Follower(cp_model.CpSolverSolutionCallback):
    """Passes on every solution."""

    def __init__(self, on_solution: Callable[[Solution], None]) -> None:
        super().__init__()
        self._on_solution = on_solution

    def on_solution_callback(self) -> None:
        """Pass on a solution, whole."""
        self._on_solution(list(self.response_proto.solution))
