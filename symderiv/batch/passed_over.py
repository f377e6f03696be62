"""Files in a folder or a ZIP that are nobody's answers: told of, so that none is lost without a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from symderiv.batch.archives import names_in
from symderiv.batch.files import is_answer, is_aside
from symderiv.batch.students import hand_in
from symderiv.batch.submission import name_of
from symderiv.batch.submissions import below, end_of_link


def passed_over(paths: Iterable[str | Path], apart: Path) -> Iterator[str]:
    """The files that grading doesn't read, but for what lies beside an answer in an export.

    What lies in the folder ``apart`` was written by grading itself.
    """
    for path in map(Path, paths):
        for parts, source in _files(path, apart) if str(path) != "-" else ():
            name, stem = parts[-1], PurePosixPath(parts[-1]).stem
            if not (is_answer(name) or is_aside(name) or hand_in(parts[:-1], stem)):
                yield source


def _files(path: Path, apart: Path) -> Iterator[tuple[tuple[str, ...], str]]:
    """Where each file lies, and what it is called."""
    if path.is_dir():
        for file in sorted(below(path)):
            if not end_of_link(file).is_relative_to(end_of_link(apart)):
                yield (path.name, *file.relative_to(path).parts), name_of(str(file))
    elif path.suffix.lower() == ".zip":
        yield from names_in(path)
