"""Chunks of tasks on someone else's executor: concurrent.futures, or a Dask cluster's.

Wherever a chunk is run, its tasks go to a worker process there, so that each keeps its own time-out and
memory limit. Exercises travel as text: other machines need not have the files.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from typing import Any

from symderiv.batch.pairs import PairTask
from symderiv.batch.pool import LATER, Labelled, Pool
from symderiv.batch.tasks import Task, judge_task, know_text

CHUNK = 32
"""Tasks in a chunk: some 50 ms of work, beside which a network's round trip is small."""

IN_FLIGHT = 3
"""Chunks sent ahead for each of the executor's workers: enough to keep it busy, and few."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tasks, the texts of the exercises that they are about (by digest), and what each task may use."""

    tasks: tuple[Task | PairTask, ...]
    texts: tuple[tuple[str, str], ...]
    timeout: float | None
    memory: int | None


_HERE = threading.local()


def judge_chunk(chunk: Chunk) -> list[Any]:
    """Each task's result, or its exception; runs wherever the executor says."""
    for digest, text in chunk.texts:
        know_text(digest, text)
    results = dict(_pool(chunk.timeout, chunk.memory).run(_numbered(chunk)))
    return [results[number] for number in range(len(chunk.tasks))]


def _numbered(chunk: Chunk) -> Iterator[Labelled]:
    texts = dict(chunk.texts)
    for number, task in enumerate(chunk.tasks):
        yield number, (task, texts.get(task.digest, ""))


def judge_with_text(task: tuple[Task | PairTask, str]) -> dict[str, Any]:
    """What a worker process does on a machine that has no exercise files."""
    asked, text = task
    if asked.digest:
        know_text(asked.digest, text)
    return judge_task(asked)


def _pool(timeout: float | None, memory: int | None) -> Pool:
    """A warm pool of one worker for each thread of the executor, from chunk to chunk."""
    kept = getattr(_HERE, "pool", None)
    if kept is not None and kept[0] == (timeout, memory):
        found: Pool = kept[1]
        return found
    # Dask's workers are daemons, which multiprocessing forbids children: ours end with their parent
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    pool = Pool(judge_with_text, timeout=timeout, memory=memory, start="forkserver")
    _HERE.pool = ((timeout, memory), pool)
    return pool


def run_on(
    executor: Executor,
    labelled: Iterable[Labelled],
    texts: Callable[[str], str],
    *,
    jobs: int = 1,
    timeout: float | None = None,
    memory: int | None = None,
) -> Iterator[Labelled]:
    """``(label, result)`` for every ``(label, task)``; ``texts(digest)`` is an exercise's text.

    A chunk that is lost (its machine went away) is sent once more, task by task.
    """
    waiting, sent = iter(labelled), _Sent(executor, texts, timeout, memory)
    more = True
    while more or sent.pending:
        while more and len(sent.pending) < IN_FLIGHT * max(1, jobs):
            part, more = _drawn(waiting)
            if not part:
                break
            sent.send(part)
        if sent.pending:
            yield from sent.returned()
        elif more:
            yield LATER, None


@dataclass(frozen=True)
class _Sent:
    """The chunks on their way, each with what it holds and how often it was sent."""

    executor: Executor
    texts: Callable[[str], str]
    timeout: float | None
    memory: int | None
    pending: dict[Future[list[Any]], tuple[list[Labelled], int]] = field(default_factory=dict)

    def send(self, part: list[Labelled], attempt: int = 1) -> None:
        digests = dict.fromkeys(task.digest for _, task in part if task.digest)
        known = tuple((digest, self.texts(digest)) for digest in digests)
        chunk = Chunk(tuple(task for _, task in part), known, self.timeout, self.memory)
        self.pending[self.executor.submit(judge_chunk, chunk)] = (part, attempt)

    def returned(self) -> Iterator[Labelled]:
        """The results of the next chunks that come back; what was lost is sent once more, task by task."""
        done, _ = wait(self.pending, return_when=FIRST_COMPLETED)
        for future in done:
            part, attempt = self.pending.pop(future)
            error = future.exception()
            if error is None:
                yield from zip((label for label, _ in part), future.result(), strict=True)
            elif attempt == 1:
                for each in part:
                    self.send([each], 2)
            else:
                yield from ((label, error) for label, _ in part)


def _drawn(waiting: Iterator[Labelled]) -> tuple[list[Labelled], bool]:
    """The next tasks, up to a chunk; False at the stream's end."""
    part: list[Labelled] = []
    for found in waiting:
        if found is LATER:
            return part, True
        part.append(found)
        if len(part) == CHUNK:
            return part, True
    return part, False
