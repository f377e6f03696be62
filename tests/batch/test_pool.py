"""A hang costs its time-out and nothing else; a death costs one task."""

import os
import time
from itertools import count, islice

from symderiv.batch.pool import run_all
from symderiv.worker import Died


def behave(task: str) -> str:
    if task == "hang":
        time.sleep(60)
    if task == "die":
        os._exit(7)
    if task == "raise":
        raise ValueError("no")
    if task == "hog":
        return "x" * 10**10
    return task.upper()


def test_every_task_gets_its_own_result() -> None:
    tasks = ["a", "hang", "b", "die", "raise", "c"]
    found = dict(run_all(behave, [(t, t) for t in tasks], jobs=2, timeout=0.5))
    assert {found[t] for t in "abc"} == {"A", "B", "C"}
    assert isinstance(found["hang"], TimeoutError)
    assert isinstance(found["die"], Died)
    assert isinstance(found["raise"], ValueError)


def test_a_hang_costs_its_time_out_only() -> None:
    start = time.monotonic()
    list(run_all(behave, [(k, "hang" if k == 0 else "a") for k in range(50)], jobs=2, timeout=0.4))
    assert time.monotonic() - start < 5


def test_a_memory_hog_gets_a_memory_error() -> None:
    ((_, found),) = run_all(behave, [(1, "hog")], timeout=30, memory=2000)
    assert isinstance(found, MemoryError)


def test_an_endless_stream_is_drawn_lazily() -> None:
    drawn = []

    def endless():
        for k in count():
            drawn.append(k)
            yield k, "a"

    stream = run_all(behave, endless(), jobs=2)
    assert len(list(islice(stream, 20))) == 20
    stream.close()  # type: ignore[attr-defined]
    assert len(drawn) < 30
