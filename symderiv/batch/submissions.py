"""Who handed in what: folders, exports of Gradescope and Moodle, ZIP files, JSON Lines, standard input.

A submission that can't be read is a submission all the same: its fault is its result, so nobody is lost.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import IO

from symderiv.batch.archives import of_zip
from symderiv.batch.files import Listed, contents, is_answer, is_hidden, read_files
from symderiv.batch.json_lines import of_lines
from symderiv.batch.students import MAX_METADATA, METADATA, owners, submitters_of
from symderiv.batch.submission import Submission, name_of, of_text
from symderiv.bulk.bounded import bounded_lines
from symderiv.errors import FileFault, FileFaults, Place, SymderivError

LINES = (".jsonl", ".ndjson")


def submissions(paths: Iterable[str | Path], stdin: IO[bytes] | None = None) -> Iterator[Submission]:
    """Every submission below the paths, one at a time, in the order of their names; ``-`` reads JSON Lines.

    >>> import io
    >>> line = b'{"student": "4711", "exercise": "sum", "answers": {"a": "2"}}'
    >>> [s.student for s in submissions(["-"], io.BytesIO(line))]
    ['4711']
    """
    for path in paths:
        if str(path) == "-":
            yield from of_lines(bounded_lines(stdin) if stdin else (), "<stdin>")
        else:
            yield from _of_path(Path(path))


def _of_path(path: Path) -> Iterator[Submission]:
    if path.is_dir():
        yield from _of_folder(path)
    elif path.suffix.lower() == ".zip":
        yield from of_zip(path)
    elif path.suffix.lower() in LINES:
        yield from _of_lines_in(path)
    elif path.exists():
        (owner,) = owners((), path.stem, {})
        try:
            yield of_text(contents(path), str(path), owner)
        except SymderivError as error:
            yield Submission(owner.student, str(path), fault=f"{path}: {error.message}")
    else:
        raise FileFault("there is no such file or folder", Place(str(path)))


def _of_lines_in(path: Path) -> Iterator[Submission]:
    try:
        with path.open("rb") as stream:
            yield from of_lines(bounded_lines(stream), str(path))
    except OSError as error:
        raise FileFault(f"can't be read: {error.strerror}", Place(str(path))) from None


def _of_folder(path: Path) -> Iterator[Submission]:
    submitters: dict[str, tuple[str, ...]] = {}
    for metadata in (path / METADATA, *sorted(path.glob(f"*/{METADATA}"))):
        if metadata.is_file():
            submitters |= submitters_of(contents(metadata, MAX_METADATA))
    closed: list[OSError] = []
    yield from read_files(_listed(path, closed.append), submitters)
    for error in closed:
        source = name_of(str(error.filename))
        yield Submission(Path(source).name, source, fault=f"{source}: can't be opened: {error.strerror}")


def _listed(folder: Path, on_error: Callable[[OSError], None]) -> Iterator[Listed]:
    """The files below a folder in the order of their names; links that lead out of it are not followed."""
    inside = folder.resolve()
    for file in sorted(below(folder, on_error)):
        parts = (folder.name, *file.relative_to(folder).parts)
        source = name_of(str(file))
        if file.is_symlink() and not end_of_link(file).is_relative_to(inside):
            if is_answer(file.name):
                yield Listed(parts, source, _refuse_link)
        elif file.is_file():
            yield Listed(parts, source, partial(contents, file))
        elif is_answer(file.name):
            yield Listed(parts, source, _refuse_what_is_no_file)


def below(folder: Path, on_error: Callable[[OSError], None] | None = None) -> Iterator[Path]:
    """Every file below a folder that isn't hidden; ``on_error`` is told of folders that can't be opened."""
    for root, folders, names in os.walk(folder, onerror=on_error):
        folders[:] = [name for name in folders if not is_hidden((name,))]
        yield from (Path(root, name) for name in names if not is_hidden((name,)))


def end_of_link(file: Path) -> Path:
    """Where a link leads; one that leads to itself leads nowhere, where ``Path.resolve`` raises."""
    return Path(os.path.realpath(file))


def _refuse_link() -> bytes:
    raise FileFault("a link to a file outside of what was handed in")


def _refuse_what_is_no_file() -> bytes:
    raise FileFault("no file, or a link to nothing")


def check_paths(paths: Iterable[str | Path]) -> None:
    """Refuse paths that aren't there before anything is graded."""
    missing = [path for path in paths if str(path) != "-" and not Path(path).exists()]
    if missing:
        raise FileFaults([FileFault("there is no such file or folder", Place(str(path))) for path in missing])
