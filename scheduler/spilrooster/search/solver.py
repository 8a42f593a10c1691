"""Running CP-SAT under a clock: reproducible, and stoppable at any moment."""

from __future__ import annotations

import threading

from ortools.sat.python import cp_model

from spilrooster.search.clock import Clock

WORK_PER_DETERMINISTIC_SECOND = 1.0
"""CP-SAT's own count of work is also about a second of one core."""


class Solving:
    """One CP-SAT run within an allowance of the clock.

    One worker with a fixed seed, so that the same work gives the same answer.
    """

    def __init__(self, model: cp_model.CpModel, clock: Clock, allowance: float, seed: int) -> None:
        self.solver = cp_model.CpSolver()
        parameters = self.solver.parameters
        parameters.num_workers = 1
        parameters.linearization_level = 2
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
