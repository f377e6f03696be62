"""The worker: results, exceptions, time-outs and deaths, and what a round trip costs."""

import os
import time

import pytest

from symderiv.worker import Died, TimedOut, Worker, within


def _work(task: object) -> object:
    match task:
        case "sleep":
            time.sleep(60)
        case "die":
            os._exit(9)
        case "raise":
            raise ValueError("no")
        case "hog":
            return len(bytearray(2**32))
        case "lambda":
            return lambda: None
    return task


def test_a_task_gives_its_value() -> None:
    assert within(_work, [1, 2], 10) == [1, 2]


def test_after_each_kind_of_failure_the_next_task_runs() -> None:
    with Worker(_work, memory=3000) as worker:
        for task, failure in [
            ("sleep", TimedOut),
            ("die", Died),
            ("raise", ValueError),
            ("hog", MemoryError),
            ("lambda", RuntimeError),
        ]:
            with pytest.raises(failure):
                worker.run(task, 0.2 if task == "sleep" else 10)
            assert worker.run("fine", 10) == "fine"


def test_the_process_is_kept_from_task_to_task() -> None:
    with Worker(lambda _: os.getpid()) as worker:
        assert worker.run(0) == worker.run(1) != os.getpid()
