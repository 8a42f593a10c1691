"""A cluster of Dask on this machine, for tests."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

TINY = Path(__file__).parents[2] / "instances" / "tiny"
DASK = "from distributed.cli.dask_{} import main; main()"
PATIENCE = 90.0  # seconds for all of it to start


@dataclass
class Cluster:
    """A scheduler and its workers, each a process of its own; they speak TCP on loopback."""

    folder: Path
    address: str = ""
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    scheduler: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        file = self.folder / "scheduler.json"
        self.scheduler = self._process("scheduler", "--no-dashboard", "--host", "127.0.0.1",
                                       "--port", "0", "--scheduler-file", str(file))  # fmt: skip
        for number in range(2):
            self.workers.append(
                self._process("worker", "--scheduler-file", str(file), "--nthreads", "1",
                              "--no-nanny", "--no-dashboard", "--name", f"w{number}",
                              "--local-directory", str(self.folder / f"w{number}"))
            )  # fmt: skip
        self._wait_until_ready(file)

    def _process(self, kind: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", DASK.format(kind), *options]
        with (self.folder / f"{kind}{len(self.workers)}.log").open("wb") as log:
            return subprocess.Popen(command, stdout=log, stderr=log)

    def _wait_until_ready(self, file: Path) -> None:
        from distributed import Client

        end = time.monotonic() + PATIENCE
        while not file.exists() and time.monotonic() < end:
            time.sleep(0.1)
        with Client(scheduler_file=str(file), set_as_default=False) as client:
            client.wait_for_workers(2, timeout=PATIENCE)
            self.address = client.scheduler.address

    def stop(self) -> None:
        for process in [*self.workers, self.scheduler]:
            if process is not None:
                process.kill()
                process.wait()
