"""``spilrooster solve``: exit codes, files whole or not at all, and quiet unless somebody looks."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import time
from pathlib import Path

import pytest
from tests.cli.conftest import Spilrooster

import spilrooster as sr
from spilrooster.cli.interrupt import Background, Interrupt
from spilrooster.cli.output import verify, write
from spilrooster.cli.progress import line_of
from spilrooster.cli.words import nearest, ordinal, share

FILES = {"programme.csv", "schedules.csv", "result.json", "report.html", "outcome.csv"}
FILES |= {"written.csv"}
CROWDED = """
[[rules]]
rule = "pinned"
session = "{session}"
round = "R1"
room = "ZAAL"
"""


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def crowd(event: Path) -> None:
    """Pin two sessions in one room and round, so that no programme is left."""
    settings = event / "event.toml"
    rules = "".join(CROWDED.format(session=s) for s in ("S1", "S2"))
    settings.write_text(settings.read_text("utf-8") + rules, "utf-8")


def test_a_solve_writes_every_file_and_says_what_it_found(
    spilrooster: Spilrooster, tiny: Path, tmp_path: Path
) -> None:
    ran = spilrooster("solve", tiny)
    assert ran.returncode == 0
    found = contents(tmp_path / "out" / "tiny")
    assert found.keys() == FILES
    assert found["programme.csv"].startswith(b"\xef\xbb\xbfrun;session")
    for words in ("optimal", "91 of the ideal 100 (91.0 %)", "1st 7 of 7", "0 broken", "out/tiny"):
        assert words in ran.stdout
    assert "Worth knowing" in ran.stderr


def test_the_language_of_the_files_can_be_chosen(solved: Path) -> None:
    found = contents(solved)
    assert found["programme.csv"].startswith(b"run,session")
    assert b'<html lang="en"' in found["report.html"]


def test_json_is_the_content_of_result_json(spilrooster: Spilrooster, tiny: Path) -> None:
    ran = spilrooster("solve", tiny, "--json", "--out", tiny / "results", "--seed", "7")
    said = json.loads(ran.stdout)
    assert said == json.loads((tiny / "results" / "result.json").read_bytes())
    assert (said["value"], said["seed"]) == (91, 7)
    assert said["repairs"][0]["file"] == "choices.csv"


def test_it_is_quiet_unless_there_is_something_to_tell(spilrooster: Spilrooster) -> None:
    spilrooster("init", "day")
    assert spilrooster("solve", "day").stderr == ""


class Watched:
    """A solve whose progress is shown on a terminal, so that tests know how far it is."""

    def __init__(self, command: tuple[str, ...], *arguments: str) -> None:
        self._terminal, writing = pty.openpty()
        self.process = subprocess.Popen(
            [*command, "solve", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=writing,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
        )
        os.close(writing)
        self.seen = b""

    def see(self, word: str) -> None:
        """Wait until the terminal shows `word`."""
        while word.encode() not in self.seen:
            assert self._look(), f"the solve ended before it said {word!r}: {self.seen!r}"

    def finish(self) -> tuple[int, str]:
        """Wait for the end and return exit code and stdout."""
        while self._look():
            pass
        os.close(self._terminal)
        said, _ = self.process.communicate(timeout=60)
        return self.process.returncode, said.decode()

    def _look(self) -> bytes:
        try:
            part = os.read(self._terminal, 4096)
        except OSError:  # how Linux says that nobody has the terminal open any more
            return b""
        self.seen += part
        return part


def test_a_terminal_sees_the_progress(
    command: tuple[str, ...], spil500: Path, tmp_path: Path
) -> None:
    solve = Watched(command, str(spil500), "--gap", "0.5", "--out", str(tmp_path / "out"))
    for word in (" s · ", " · bound ", " · value ", " · gap "):
        solve.see(word)
    assert solve.finish()[0] == 0


@pytest.mark.parametrize("content", ["value;value", "", "participant;session;rank\nSpil 1;S9;1\n"])
def test_bad_input_leaves_earlier_files_alone(
    spilrooster: Spilrooster, tiny: Path, solved: Path, content: str
) -> None:
    before = contents(solved)
    (tiny / "choices.csv").write_text(content, encoding="utf-8")
    ran = spilrooster("solve", tiny, "--out", solved)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "choices.csv" in ran.stderr
    assert contents(solved) == before


@pytest.mark.parametrize(
    "options",
    [
        ("--seconds", "0"),
        ("--seconds", "nan"),
        ("--work", "-1"),
        ("--gap", "-0.1"),
        ("--seed", "-3"),
        ("--lang", "de"),
    ],
    ids=" ".join,
)
def test_options_that_make_no_sense_are_bad_input(
    spilrooster: Spilrooster, tiny: Path, options: tuple[str, str]
) -> None:
    ran = spilrooster("solve", tiny, *options)
    assert ran.returncode == 2
    assert options[0] in ran.stderr


def test_a_folder_that_cannot_be_written_is_bad_input(
    spilrooster: Spilrooster, tiny: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("mine")
    for out in ("file", "file/under"):
        ran = spilrooster("solve", tiny, "--out", out, "--seconds", "900")
        assert ran.returncode == 2, out
        assert "cannot be written" in ran.stderr
    assert (tmp_path / "file").read_text() == "mine"


def test_no_feasible_programme_is_exit_code_1_and_is_reported(
    spilrooster: Spilrooster, tiny: Path, tmp_path: Path
) -> None:
    crowd(tiny)
    ran = spilrooster("solve", tiny, "--out", "out")
    assert ran.returncode == 1
    assert "proven that none keeps every rule" in ran.stdout
    found = contents(tmp_path / "out")
    said = json.loads(found["result.json"])
    assert said["status"] == "infeasible"
    rules = said["conflict"]["rules"]
    assert [rule["rule"] for rule in rules] == ["one_run_per_room", "pinned", "pinned"]
    assert {rule["settings"]["session"] for rule in rules[1:]} == {"S1", "S2"}
    assert said["conflict"]["smallest"]
    assert "- one_run_per_room: A room holds at most one run in a round." in ran.stdout
    assert "without it there is a programme" in ran.stdout
    assert len(found["programme.csv"].splitlines()) == 1


def test_a_limit_without_a_programme_is_exit_code_3(
    spilrooster: Spilrooster, spil500: Path, tmp_path: Path
) -> None:
    ran = spilrooster("solve", spil500, "--work", "0.0001", "--out", "out", "--json")
    assert ran.returncode == 3
    assert json.loads(ran.stdout)["status"] == "unknown"
    assert contents(tmp_path / "out").keys() == FILES - {"outcome.csv"}


def test_what_the_nearest_programme_breaks_is_listed_and_a_long_list_is_cut() -> None:
    message = sr.message("{participant} does not get their first choice.", participant="Spil 1")
    broken = [sr.Finding(rule="floor", cost=None, about=("Spil 1",), message=message)] * 12
    assert nearest([]) == []
    said = [line for _, line in nearest(broken)]
    assert "12 places" in said[0]
    assert said[1:11] == ["- floor: Spil 1 does not get their first choice."] * 10
    assert said[11].strip() == "and 2 more"


@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_ends_the_search_and_keeps_its_best(
    command: tuple[str, ...], spil500: Path, tmp_path: Path, wish: signal.Signals
) -> None:
    out = tmp_path / "out"
    solve = Watched(command, str(spil500), "--seconds", "100", "--out", str(out), "--json")
    solve.see(" · value ")
    begin = time.monotonic()
    solve.process.send_signal(wish)
    code, said = solve.finish()
    assert time.monotonic() - begin < 20
    assert code == 0
    assert json.loads(said)["status"] == "feasible"
    assert contents(out).keys() == FILES


def test_the_second_signal_aborts_and_writes_nothing(
    command: tuple[str, ...], spil500: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    solve = Watched(command, str(spil500), "--seconds", "100", "--out", str(out))
    solve.see(" · value ")
    solve.process.send_signal(signal.SIGINT)
    solve.see("stopping")
    solve.process.send_signal(signal.SIGINT)
    code, _ = solve.finish()
    assert b"Traceback" not in solve.seen
    if out.exists():  # it was done before the second signal came
        assert contents(out).keys() == FILES
    else:
        assert code == 130
        assert b"Aborted." in solve.seen
    assert {path.name for path in tmp_path.iterdir()} <= {"out"}


def test_files_that_disagree_with_the_result_are_a_fault(tiny: Path, tmp_path: Path) -> None:
    problem = sr.read(tiny)
    result = sr.solve(problem, sr.Limits(seconds=20))
    write(problem, result, tmp_path / "out", "nl", (), tiny)
    verify(problem, result, tmp_path / "out")
    with pytest.raises(RuntimeError, match="the result says"):
        verify(problem, result.model_copy(update={"value": 92}), tmp_path / "out")


def test_an_interrupt_is_heard_once_and_then_aborts() -> None:
    interrupt = Interrupt()
    interrupt.hear(signal.SIGINT, None)
    assert interrupt.asked()
    with pytest.raises(KeyboardInterrupt):
        interrupt.hear(signal.SIGINT, None)


def test_work_in_the_background_returns_or_raises() -> None:
    ticks: list[int] = []
    slow = Background(lambda: time.sleep(0.3))
    slow.wait(lambda: ticks.append(1))
    assert len(ticks) > 1
    assert Background(lambda: 7).wait(lambda: None) == 7

    def fail() -> None:
        raise ValueError("from below")

    with pytest.raises(ValueError, match="from below"):
        Background(fail).wait(lambda: None)


def test_the_line_of_progress_says_how_far_it_is() -> None:
    moment = sr.Moment(at=1, value=1000, bound=1010, stage="search")
    line = line_of(moment, 65.2, stopping=False)
    assert line == "65 s · value 1,000 · bound 1,010 · gap 1.0 % · search"
    nothing = moment.model_copy(update={"value": None})
    assert "no programme yet" in line_of(nothing, 0, stopping=False)
    assert line_of(None, 0, stopping=True).startswith("0 s · stopping")


@pytest.mark.parametrize(
    ("part", "words"),
    [(0, "0.0 %"), (1, "100.0 %"), (0.00001, "< 0.01 %"), (0.99999, "99.99 %"), (0.0041, "0.41 %")],
)
def test_a_share_is_never_rounded_to_nothing_or_everything(part: float, words: str) -> None:
    assert share(part) == words


def test_ordinals() -> None:
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 21, 112)] == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "21st", "112th"]
    )


def test_a_run_without_a_programme_spares_the_results_of_an_earlier_one(
    spilrooster: Spilrooster, tiny: Path, tmp_path: Path
) -> None:
    assert spilrooster("solve", tiny).returncode == 0
    earlier = contents(tmp_path / "out" / "tiny")
    crowd(tiny)
    ran = spilrooster("solve", tiny)
    assert ran.returncode == 1
    assert "tiny-no-programme" in ran.stdout
    assert contents(tmp_path / "out" / "tiny") == earlier
