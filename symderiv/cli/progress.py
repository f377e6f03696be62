"""What ``symderiv grade`` shows on a terminal: how far it is, how fast, how long yet, what came out."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

REFRESH_SECONDS = 0.1


class Progress:
    """What was heard so far; without a bar it says nothing."""

    def __init__(self, bar: Bar | None = None, task: TaskID | None = None) -> None:
        self._bar = bar
        self._task = task
        self._verdicts: Counter[str] = Counter()
        self._graded = 0
        self._start = self._shown = time.monotonic()

    def judged(self, verdict: str) -> None:
        """An answer has its verdict."""
        self._verdicts[verdict] += 1
        self._show()

    def graded(self) -> None:
        """A submission has its report."""
        self._graded += 1
        self._show()

    def _show(self) -> None:
        now = time.monotonic()
        if self._bar is not None and self._task is not None and now - self._shown >= REFRESH_SECONDS:
            self._shown = now
            words = words_for(self._verdicts, now - self._start)
            self._bar.update(self._task, completed=self._graded, description=words, refresh=True)


def words_for(verdicts: Counter[str], seconds: float) -> str:
    """Rate and counts.

    >>> words_for(Counter(equal=3, different=1), 2.0)
    '2/s: 1 different, 3 equal'
    """
    counts = ", ".join(f"{count} {name}" for name, count in sorted(verdicts.items()))
    return f"{verdicts.total() / seconds:.0f}/s: {counts}"


@contextmanager
def progress_bar(total: int | None) -> Iterator[Progress]:
    """A bar over so many submissions (None: nobody knows) on standard error, if that is a terminal."""
    if not sys.stderr.isatty():
        yield Progress()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        BarColumn(20),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    # it refreshes itself by no thread: workers are forked, and a fork must not catch a thread half-way
    with Bar(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        yield Progress(bar, bar.add_task("judging", total=total))
