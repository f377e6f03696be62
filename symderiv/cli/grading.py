"""What ``symderiv grade`` needs around the grading: a folder, a progress bar, a cluster, the results."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from symderiv.batch import GradedStudent
    from symderiv.reports.classroom.results import ClassResults

REFRESH_SECONDS = 0.1


def prepare(out: Path, resume: bool) -> None:
    """Make the folder of the results; without ``resume``, an earlier run's are left behind."""
    from symderiv.errors import FileFault, Place

    try:
        out.mkdir(parents=True, exist_ok=True)
        if not resume:
            for old in out.glob("results.sqlite*"):
                old.unlink()
    except OSError as error:
        raise FileFault(
            f"{out}: can't be written: {error.strerror}", Place(str(out)), "a folder that can be written"
        ) from None


def collected(found: Iterable[GradedStudent]) -> ClassResults:
    """Every report, and who could not be graded."""
    from symderiv.reports.classroom.results import ClassResults

    results = ClassResults()
    for student in found:
        if student.report is not None:
            results.add(student.report)
        else:
            source = student.submission.source
            results.add_unusable({"student": student.student, "source": source, "fault": student.fault})
    return results


@contextmanager
def progress_bar() -> Iterator[Callable[[str], None] | None]:
    """A line with the rate and counts by verdict on standard error; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    counts: Counter[str] = Counter()
    start = time.monotonic()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    # it refreshes itself by no thread: workers are forked, and a fork must not catch a thread half-way
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task, shown = bar.add_task("judging", total=None), start

        def hear(verdict: str) -> None:
            nonlocal shown
            counts[verdict] += 1
            now = time.monotonic()
            if now - shown >= REFRESH_SECONDS:
                shown = now
                bar.update(task, description=_words(counts, now - start), refresh=True)

        yield hear


def _words(counts: Counter[str], seconds: float) -> str:
    total = sum(counts.values())
    words = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    return f"{total} answers judged ({total / seconds:.0f}/s): {words}"


@contextmanager
def cluster(scheduler: str | None, jobs: int) -> Iterator[tuple[Any, int]]:
    """The executor of a Dask cluster with its number of workers; or none, and ours."""
    if scheduler is None:
        yield None, jobs
        return
    try:
        from distributed import Client
    except ImportError:
        raise click.UsageError(
            "--scheduler needs dask.distributed: pip install 'symderiv[cluster]'"
        ) from None
    from symderiv.errors import FileFault, Place

    try:
        client = Client(scheduler, timeout=10)
    except (OSError, ValueError, ImportError) as error:
        raise FileFault(f"{scheduler}: no scheduler answers: {error}", Place(scheduler)) from None
    with client:
        client.wait_for_workers(1, timeout=60)
        yield client.get_executor(retries=2, pure=False), sum(client.nthreads().values())
