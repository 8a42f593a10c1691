"""A real browser for the report's tests, driven over its own debugging pipe."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import IO, Any

QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--remote-debugging-pipe",
)


class Browser:
    """One page. Chromium reads commands from file descriptor 3 and answers on 4."""

    def __init__(self, program: str, profile: Path) -> None:
        read_commands, write_commands = os.pipe()
        read_answers, write_answers = os.pipe()

        def place_pipes() -> None:
            # Lift both first: either end may already be number 3 or 4.
            commands, answers = os.dup(read_commands), os.dup(write_answers)
            os.dup2(commands, 3)
            os.dup2(answers, 4)

        self.process = subprocess.Popen(
            [program, *QUIET, f"--user-data-dir={profile}"],
            close_fds=False,
            preexec_fn=place_pipes,  # noqa: PLW1509  (no threads here)
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(read_commands)
        os.close(write_answers)
        self.commands: IO[bytes] = os.fdopen(write_commands, "wb", buffering=0)
        self.answers: IO[bytes] = os.fdopen(read_answers, "rb")
        self.asked = 0
        self.session: str | None = None
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self.session = attached["sessionId"]
        self.ask("Page.enable")
        self.ask("Network.enable")
        self.requested: list[str] = []

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Send one command and return its answer, keeping the addresses asked for meanwhile."""
        self.asked += 1
        command: dict[str, Any] = {"id": self.asked, "method": method, "params": params}
        if self.session is not None:
            command["sessionId"] = self.session
        self.commands.write(json.dumps(command).encode() + b"\0")
        while True:
            heard = self._hear()
            if heard.get("id") == self.asked:
                assert "error" not in heard, heard["error"]
                answer: dict[str, Any] = heard["result"]
                return answer

    def wait_for(self, event: str) -> None:
        """Return when the page reports this event."""
        while self._hear().get("method") != event:
            pass

    def _hear(self) -> dict[str, Any]:
        raw = bytearray()
        while (byte := self.answers.read(1)) != b"\0":
            assert byte, "chromium ended before it answered"
            raw += byte
        heard: dict[str, Any] = json.loads(raw)
        if heard.get("method") == "Network.requestWillBeSent":
            self.requested.append(heard["params"]["request"]["url"])
        return heard

    def open(self, page: Path, width: int, height: int = 800) -> None:
        """Load a file in a window of this size, and forget the addresses of earlier pages."""
        self.requested = []
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        self.ask("Page.navigate", url=page.as_uri())
        self.wait_for("Page.loadEventFired")

    def run(self, script: str) -> Any:
        """Return the value of a JavaScript expression in the page."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def close(self) -> None:
        """End the browser and wait until it is gone."""
        self.commands.close()
        self.process.wait(timeout=20)
        self.answers.close()
