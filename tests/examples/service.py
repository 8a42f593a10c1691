"""A small web service: solves run in the background, with progress and a way to stop them.

Run it with ``uvicorn service:app``; ``python service.py`` tries it out.
It needs fastapi and httpx2.
"""

from __future__ import annotations

import itertools
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

import spilrooster as sr


class Order(BaseModel):
    """What a client asks for: facts, rules besides the standard ones, and a limit."""

    event: sr.Event
    rules: tuple[sr.rules.AnyRule, ...] = ()
    seconds: float = Field(default=60.0, gt=0, le=600)


class Progress(BaseModel):
    """How a solve stands; `result` is there at the end."""

    state: str
    moment: sr.Moment | None = None
    result: sr.Result | None = None


@dataclass
class Job:
    """A solve in the background. `stop` is its cancellation token."""

    stop: threading.Event = field(default_factory=threading.Event)
    moment: sr.Moment | None = None
    done: Future[sr.Result] | None = None

    def hear(self, moment: sr.Moment) -> None:
        """Keep the latest news."""
        self.moment = moment

    def progress(self) -> Progress:
        """Say how it stands."""
        if self.done is None or not self.done.done():
            return Progress(state="running", moment=self.moment)
        return Progress(state="done", moment=self.moment, result=self.done.result())


app = FastAPI(title="Programmes")
workers = ThreadPoolExecutor(2)
jobs: dict[int, Job] = {}
numbers = itertools.count(1)


@app.exception_handler(sr.DataError)
async def unusable(request: Request, error: Exception) -> JSONResponse:
    """Tell every problem with the input at once."""
    assert isinstance(error, sr.DataError)
    return JSONResponse([p.model_dump(mode="json") for p in error.problems], status_code=422)


@app.post("/solves", status_code=202)
def begin(order: Order) -> int:
    """Start a solve and give its number."""
    problem = sr.Problem.of(order.event, order.rules)
    number, job = next(numbers), Job()
    limits = sr.Limits(seconds=order.seconds)
    job.done = workers.submit(
        sr.solve, problem, limits, progress=job.hear, cancelled=job.stop.is_set
    )
    jobs[number] = job
    return number


@app.get("/solves/{number}")
def look(number: int) -> Progress:
    """Say how a solve stands."""
    if number not in jobs:
        raise HTTPException(404)
    return jobs[number].progress()


@app.delete("/solves/{number}")
def stop(number: int) -> Progress:
    """End a solve; it keeps the best programme so far."""
    look(number)
    jobs[number].stop.set()
    return jobs[number].progress()


def main() -> None:
    """Order two solves, one of which is stopped, and one that cannot be."""
    from fastapi.testclient import TestClient

    client = TestClient(app)
    event = {
        "name": "A day",
        "date": "2026-11-19",
        "layout": {
            "rooms": [{"id": room, "name": room, "seats": 4} for room in ("A", "B")],
            "rounds": [
                {"id": "R1", "name": "First", "start": "10:00", "end": "11:00"},
                {"id": "R2", "name": "Second", "start": "11:30", "end": "12:30"},
            ],
        },
        "sessions": [{"id": s, "title": f"Session {s}"} for s in ("S1", "S2")],
        "participants": [{"id": p} for p in ("ada", "ben", "cas")],
        "choices": [{"participant": p, "session": "S1", "rank": 1} for p in ("ada", "ben")],
    }
    order = {"event": event, "rules": [{"rule": "keep_apart", "pairs": [["S1", "S2"]]}]}
    first, second = (client.post("/solves", json=order).json() for _ in range(2))
    client.delete(f"/solves/{second}")
    for number in (first, second):
        while (found := client.get(f"/solves/{number}").json())["state"] == "running":
            time.sleep(0.1)
        result = sr.Result.model_validate(found["result"])
        assert result.status in {sr.Status.OPTIMAL, sr.Status.FEASIBLE, sr.Status.UNKNOWN}
        print(found["state"], result.status, result.value)
    wrong = {**event, "choices": [{"participant": "zoë", "session": "S9", "rank": 1}]}
    refused = client.post("/solves", json={"event": wrong})
    assert refused.status_code == 422
    assert [p["value"] for p in refused.json()] == ["zoë", "S9"]
    assert client.get("/solves/99").status_code == 404
    assert "/solves/{number}" in client.get("/openapi.json").json()["paths"]


if __name__ == "__main__":
    main()
