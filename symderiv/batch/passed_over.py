"""Files in a folder that are nobody's answers: told of, so that none is lost without a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from symderiv.batch.files import is_answer, is_aside
from symderiv.batch.students import hand_in
from symderiv.batch.submission import name_of
from symderiv.batch.submissions import below, end_of_link


def passed_over(paths: Iterable[str | Path], apart: Path) -> Iterator[str]:
    """The files below folders that grading doesn't read, but for what lies beside an answer in an export.

    What lies in the folder ``apart`` was written by grading itself.
    """
    for path in map(Path, paths):
        if str(path) == "-" or not path.is_dir():
            continue
        for file in sorted(below(path)):
            parts = (path.name, *file.relative_to(path).parts)
            is_own = end_of_link(file).is_relative_to(end_of_link(apart))
            if not (is_own or is_answer(file.name) or is_aside(file.name) or hand_in(parts[:-1], file.stem)):
                yield name_of(str(file))
