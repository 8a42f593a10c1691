"""Cluster: the workers of a Dask cluster solve, wherever they are.

Nothing is shared but the network: tasks go out and cells come back over Dask's own connections.
A worker that is lost loses nothing, as Dask gives its tasks to another one.
"""

from __future__ import annotations

import time
import uuid
from concurrent.futures import CancelledError, Future
from typing import Any

from spilrooster.compare._cell import Task, solve_task
from spilrooster.compare._pool import TELL_EVERY
from spilrooster_models import DataError, InputProblem, Message, Moment, message

LOOK_EVERY = 2.0  # seconds between two looks at how many workers there are
PATIENCE = 30.0  # seconds to find the scheduler
INSTALL = "pip install 'spilrooster[cluster]'"
PER_THREAD = 2  # tasks handed out for each thread of a worker, so that it never waits for one


class ClusterPool:
    """A client of a Dask scheduler at an address such as ``tcp://10.0.0.5:8786``.

    Raises DataError if `distributed` is not installed, or if there is no scheduler.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        try:
            from distributed import Client
        except ImportError:
            what = message("For a cluster, the extra cluster has to be installed.")
            advice = message(
                "Install it with: {command}", command="pip install 'spilrooster[cluster]'"
            )
            raise _refused(address, what, advice) from None
        try:
            self._client: Any = Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            what = message("There is no scheduler of Dask here: {reason}.", reason=str(error))
            raise _refused(address, what) from None
        self._executor = self._client.get_executor(pure=False)
        self._topic = f"spilrooster-{uuid.uuid4().hex}"
        self._news: dict[str, Moment] = {}
        self._client.subscribe_topic(self._topic, self._hear)
        self._looked, self._window = 0.0, 0

    def _hear(self, event: tuple[object, dict[str, Any]]) -> None:
        said = event[1]
        self._news[said["key"]] = Moment.model_validate(said["moment"])

    def window(self) -> int:
        """Enough for all workers there are now; they may come and go."""
        if time.monotonic() - self._looked > LOOK_EVERY:
            threads = sum(self._client.nthreads().values())
            self._window = PER_THREAD * max(1, threads)
            self._looked = time.monotonic()
        return self._window

    def submit(self, task: Task) -> Future[bytes]:
        """Hand out a task; a worker takes it when it has time."""
        self._news.pop(task.key, None)
        future: Future[bytes] = self._executor.submit(_solve, task, self._topic)
        return future

    def news(self) -> dict[str, Moment]:
        """Return the latest moment of each task that told one."""
        return dict(self._news)

    def lost(self, error: BaseException) -> bool:
        """Whether the scheduler is gone: then all tasks are cancelled."""
        return isinstance(error, CancelledError)

    def renew(self) -> None:
        """Give up: somebody has to start the scheduler again."""
        what = message("The connection to the cluster was lost.")
        advice = message("What is done is kept. Give the same command when the cluster is back.")
        raise _refused(self._address, what, advice)

    def close(self) -> None:
        """Take back what no worker has begun; what is being solved there ends at its limit."""
        self._executor.shutdown(wait=False)
        self._client.close()


def _refused(address: str, what: Message, advice: Message | None = None) -> DataError:
    return DataError([InputProblem(file="--cluster", value=address, what=what, advice=advice)])


def _solve(task: Task, topic: str) -> bytes:
    """Solve a task on a worker, and log its moments as events that the client hears."""
    from distributed import get_worker

    worker, last = get_worker(), 0.0

    def tell(moment: Moment) -> None:
        nonlocal last
        if time.monotonic() - last >= TELL_EVERY:
            last = time.monotonic()
            worker.log_event(topic, {"key": task.key, "moment": moment.model_dump()})

    return solve_task(task, tell)
