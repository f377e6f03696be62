"""How many submissions there will be, as far as a glance tells: what a progress bar needs."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from symderiv.batch.files import is_answer, is_hidden
from symderiv.batch.submissions import LINES, below

CHUNK = 1 << 20


def count(paths: Iterable[str | Path]) -> int | None:
    """The number of submissions below the paths; None where one of them is standard input."""
    total = 0
    for path in paths:
        if str(path) == "-":
            return None
        total += _in_path(Path(path))
    return total


def _in_path(path: Path) -> int:
    try:
        if path.is_dir():
            return sum(is_answer(file.name) for file in below(path))
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive:
                names = [PurePosixPath(name) for name in archive.namelist()]
            return sum(is_answer(name.name) and not is_hidden(name.parts) for name in names)
        return _lines_in(path) if path.suffix.lower() in LINES else 1
    except (OSError, ValueError, zipfile.BadZipFile):
        return 0


def _lines_in(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(CHUNK), b""))
