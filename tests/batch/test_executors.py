"""The same results on someone else's executor: threads, processes, a Dask cluster that loses a worker."""

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from symderiv.batch import Submission, grade
from symderiv.cli.main import run
from symderiv.exercise import AnswerFile, Formula

EXERCISE = "id: sums\nlet: {x: real}\nparts:\n  - {id: a, ask: Twice., answer: 2*x, points: 2}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sums.yaml").write_text(EXERCISE)
    return tmp_path


def students(count: int) -> list[Submission]:
    texts = ["2*x + {0} - {0}", "{0}*x", "{0} +"]
    return [
        Submission(f"s{k}", "here", AnswerFile("sums", {"a": Formula(texts[k % 3].format(k))}, f"s{k}"))
        for k in range(count)
    ]


def reports(folder: Path, count: int, **options: Any) -> list[Any]:
    return [each.report for each in grade(students(count), [folder], **options)]


def test_threads_give_what_our_workers_give(folder: Path) -> None:
    with ThreadPoolExecutor(2) as executor:
        assert reports(folder, 90, executor=executor, jobs=2) == reports(folder, 90)


class Unlucky(Executor):
    """Loses the first chunk that it is given."""

    def __init__(self) -> None:
        self.lost = 0

    def submit(self, function: Any, /, *args: Any, **options: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if self.lost == 0:
            self.lost += 1
            future.set_exception(ConnectionError("the machine went away"))
        else:
            future.set_result(function(*args, **options))
        return future


def test_a_chunk_that_is_lost_is_sent_again(folder: Path) -> None:
    executor = Unlucky()
    assert reports(folder, 40, executor=executor) == reports(folder, 40)
    assert executor.lost == 1


def test_a_machine_that_never_answers_leaves_its_tasks_undecided(folder: Path) -> None:
    class Broken(Executor):
        def submit(self, function: Any, /, *args: Any, **options: Any) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_exception(ConnectionError("no route"))
            return future

    found = reports(folder, 3, executor=Broken())
    assert [each["parts"][0]["verdict"] for each in found] == ["undecided"] * 3
    assert "no route" in found[0]["parts"][0]["by"]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed", reason="the extra [cluster] isn't installed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as found:
        yield found


def graded(folder: Path, out: str, *more: str) -> bytes:
    lines = folder / "class.jsonl"
    with lines.open("w") as file:
        for each in students(400):
            assert each.answers is not None
            text = each.answers.answers["a"]
            assert text is not None
            line = {"student": each.student, "exercise": "sums", "answers": {"a": text.text}}
            file.write(json.dumps(line) + "\n")
    command = ["grade", str(lines), "--exercises", str(folder), "--out", str(folder / out)]
    assert run([*command, "--report", "json", *more]) == 1
    return (folder / out / "results.json").read_bytes()


def test_a_cluster_gives_the_same_bytes_even_if_it_loses_a_worker(folder: Path, cluster: Any) -> None:
    here = graded(folder, "here")
    assert graded(folder, "there", "--scheduler", cluster.scheduler_address) == here

    def kill_one() -> None:
        time.sleep(0.7)
        os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)

    killer = threading.Thread(target=kill_one)
    killer.start()
    assert graded(folder, "lossy", "--scheduler", cluster.scheduler_address) == here
    killer.join()


def test_a_scheduler_that_is_not_there_is_a_clear_error(
    folder: Path, cluster: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.yaml").write_text("exercise: sums\nanswers: {a: 2*x}\n")
    command = ["grade", str(folder / "a.yaml"), "--exercises", str(folder), "--out", str(folder / "out")]
    assert run([*command, "--scheduler", "tcp://127.0.0.1:9"]) == 2
    assert "no scheduler answers" in capsys.readouterr().err
