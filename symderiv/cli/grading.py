"""What ``symderiv grade`` needs around the grading: a folder, a cluster, the results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from symderiv.cli.progress import Progress

if TYPE_CHECKING:
    from symderiv.batch import GradedStudent, Submission
    from symderiv.reports.classroom.results import ClassResults


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
            f"can't be written: {error.strerror}", Place(str(out)), "a folder that can be written"
        ) from None


def of_students(
    listed: Path | None, submitted: Iterator[Submission], strange: Callable[[str], None]
) -> Iterator[Submission]:
    """The submissions, each with the numbers that its student has by the list, where there is one."""
    if listed is None:
        return submitted
    from symderiv.batch.own_numbers import with_own_numbers
    from symderiv.reports.sheets.students import read_students

    seeds = {student.name: student.seed for student in read_students(listed)}
    return with_own_numbers(submitted, seeds, strange)


def collected(found: Iterable[GradedStudent], progress: Progress) -> ClassResults:
    """Every report, and who could not be graded."""
    from symderiv.reports.classroom.results import ClassResults

    results = ClassResults()
    for student in found:
        progress.graded()
        if student.report is not None:
            results.add(student.report)
        else:
            source = student.submission.source
            results.add_unusable({"student": student.student, "source": source, "fault": student.fault})
    return results


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
