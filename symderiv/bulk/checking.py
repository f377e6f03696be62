"""One answer file checked in a process of its own, so that nothing in it can hang or crash the command."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from symderiv.exercise import AnswerFile, find_asked, load_answers, parse_answers
from symderiv.grading import Report, check
from symderiv.worker import Worker


def check_file(worker: Worker, path: str, text: str | None, folders: Sequence[str], timeout: float) -> Report:
    """The report on an answer file (or on ``text``); raises what loading raises, `TimedOut`, or `Died`."""
    report = worker.run((path, text, tuple(folders)), timeout)
    assert isinstance(report, Report)
    return report


def checker() -> Worker:
    """The process that checks, warm from one file to the next."""
    return Worker(_check)


def _check(task: tuple[str, str | None, tuple[str, ...]]) -> Report:
    path, text, folders = task
    answers = _answers(path, text)
    return check(find_asked(answers, folders), answers)


def _answers(path: str, text: str | None) -> AnswerFile:
    return load_answers(Path(path)) if text is None else parse_answers(text, "<stdin>")
