"""A run that is killed loses only what is in flight, leaves no process behind, and ends as if undisturbed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from symderiv.batch.store import Store
from symderiv.cli.main import run
from symderiv.errors import FileFault

EXERCISE = """
id: sums
let: {x: real}
parts:
  - {id: a, ask: Twice., answer: 2*x, points: 2}
  - {id: b, ask: The derivative., answer: 'diff(sigmoid(x), x)', points: 1}
"""
STUDENTS = 500
REPORTS = ("results.json", "results.csv", "class.html", "junit.xml")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Distinct answers of many students, and the reports of a run that nobody disturbed."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "exercises").mkdir()
    (folder / "exercises" / "sums.yaml").write_text(EXERCISE)
    (folder / "in").mkdir()
    for number in range(STUDENTS):
        a = ["2*x + {0} - {0}", "{0}*x", "x + x + {0}", "{0} +"][number % 4].format(number)
        b = f"sigmoid(x)*(1 - sigmoid(x)) + {number % 3} - {number % 2}"
        answer = f"exercise: sums\nanswers: {{a: '{a}', b: '{b}'}}\n"
        (folder / "in" / f"s{number:03}.yaml").write_text(answer)
    assert start(folder, "undisturbed").wait(120) == 1
    return folder


def start(course: Path, out: str, *more: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "symderiv", "grade", str(course / "in"), "--jobs", "2"]
    command += ["--exercises", str(course / "exercises"), "--out", str(course / out)]
    return subprocess.Popen(
        [*command, "--report", "json,csv,html,junit", *more],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_hear_interrupts,
    )


def _hear_interrupts() -> None:
    """What runs in the background of a script ignores SIGINT, and so would its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def judged(course: Path, out: str) -> int:
    try:
        with sqlite3.connect(f"file:{course / out / 'results.sqlite'}?mode=ro", uri=True) as database:
            count: int = database.execute("SELECT COUNT(*) FROM results").fetchone()[0]
            return count
    except sqlite3.Error:
        return 0


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


def wait_for(process: "subprocess.Popen[str]", course: Path, out: str, count: int) -> None:
    """Until so many answers are judged, or the process has ended."""
    until(lambda: judged(course, out) >= count or process.poll() is not None)


def processes(group: int) -> list[int]:
    """The living processes of a session."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
        except (OSError, IndexError):
            continue
        if entry.name.isdigit() and int(fields[3]) == group and fields[0] != "Z":
            found.append(int(entry.name))
    return found


def same_reports(course: Path, out: str) -> None:
    for name in REPORTS:
        assert (course / out / name).read_bytes() == (course / "undisturbed" / name).read_bytes(), name


def test_killed_three_times_and_resumed_the_reports_are_the_same(course: Path) -> None:
    for kills in range(1, 4):
        process = start(course, "killed", "--resume")
        wait_for(process, course, "killed", 30 * kills)
        assert process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        assert judged(course, "killed") >= 30 * kills
        assert not (course / "killed" / "results.json").exists()
    assert start(course, "killed", "--resume").wait(120) == 1
    same_reports(course, "killed")


@pytest.mark.parametrize(
    ("number", "code", "word"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]
)
def test_a_polite_signal_ends_the_run_with_a_word(
    course: Path, number: signal.Signals, code: int, word: str
) -> None:
    out = word
    process = start(course, out)
    wait_for(process, course, out, 10)
    os.killpg(process.pid, number)  # as a terminal does it: to the workers too
    _, told = process.communicate(timeout=30)
    assert process.returncode == code
    assert word in told
    assert "--resume" in told
    assert "Traceback" not in told
    assert processes(process.pid) == []
    assert start(course, out, "--resume").wait(120) == 1
    same_reports(course, out)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_workers_die_with_their_parent_even_in_the_middle_of_a_task() -> None:
    program = (
        "import time\n"
        "from symderiv.batch.pool import run_all\n"
        "print('go', flush=True)\n"
        "list(run_all(time.sleep, [(1, 300), (2, 300)], jobs=2))\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert parent.stdout is not None
    parent.stdout.readline()
    until(lambda: len(processes(parent.pid)) == 3)
    parent.kill()
    parent.wait()
    until(lambda: not processes(parent.pid), seconds=10)


def test_a_file_in_the_folders_place_is_a_clear_error(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = course / "blocked"
    blocked.write_text("")
    assert run(["grade", str(course / "in"), "--out", str(blocked / "out")]) == 2
    assert "can't be written" in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_a_clear_error(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = course / "closed"
    closed.mkdir(mode=0o555)
    assert run(["grade", str(course / "in"), "--out", str(closed / "out")]) == 2
    assert "can't be written" in capsys.readouterr().err


def test_reports_that_cannot_be_written_are_a_clear_error(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (course / "taken" / "results.csv").mkdir(parents=True)
    arguments = [str(course / "in" / "s000.yaml"), "--exercises", str(course / "exercises")]
    assert run(["grade", *arguments, "--out", str(course / "taken"), "--report", "csv"]) == 2
    assert "results.csv:1:1: can't be written" in capsys.readouterr().err


def test_a_full_disk_is_a_clear_error_and_what_was_kept_stays(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    with Store(path) as store:
        store.put("first", {"verdict": "equal"})
        store._database.execute("PRAGMA max_page_count = 8")  # SQLite's own way to say: no more room
        with pytest.raises(FileFault, match="full"):
            for number in range(10_000):
                store.put(f"key {number}", {"verdict": "different", "read": "x" * 100})
    with Store(path) as store:
        assert store.get("first") == {"verdict": "equal"}
        assert store.get("key 9999") is None


def test_a_store_that_is_no_database_is_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    path.write_bytes(b"no database at all, but long enough to be taken for the head of one" * 40)
    with pytest.raises(FileFault, match="can't be kept"):
        Store(path)
