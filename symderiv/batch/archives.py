"""Answer files in a ZIP, read in memory: nothing is unpacked to disk, and a broken file spoils no other."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from symderiv.batch.files import Listed, is_hidden, read_files
from symderiv.batch.students import MAX_METADATA, METADATA, Submitters, submitters_of
from symderiv.batch.submission import MAX_BYTES, Submission, name_of
from symderiv.errors import FileFault, Place

_BROKEN = (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError, OSError, ValueError)
"""What a file that is encrypted, cut off or packed in an unknown way raises."""


def of_zip(path: Path) -> Iterator[Submission]:
    """The submissions in a ZIP, in the order of their names; a file is read as far as one may be large."""
    with _opened(path) as archive:
        yield from read_files(_listed(archive, path), _submitters(archive))


def names_in(path: Path) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The files in a ZIP: where each lies in it, and what it is called in messages."""
    with _opened(path) as archive:
        return tuple((file.parts, file.source) for file in _listed(archive, path))


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FileFault(f"this is no ZIP file: {error}", Place(str(path))) from None


def _listed(archive: zipfile.ZipFile, path: Path) -> Iterator[Listed]:
    for info in sorted(archive.infolist(), key=lambda info: info.filename):
        inside = PurePosixPath(info.filename.replace("\\", "/"))
        if not info.is_dir() and not is_hidden(inside.parts):
            source = name_of(f"{path}:{info.filename}")
            yield Listed(inside.parts, source, partial(_contents, archive, info))


def _contents(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int = MAX_BYTES) -> bytes:
    try:
        with archive.open(info) as stream:
            return stream.read(most + 1)
    except _BROKEN as error:
        raise FileFault(f"can't be unpacked: {error}") from None


def _submitters(archive: zipfile.ZipFile) -> Submitters:
    found: dict[str, tuple[str, ...]] = {}
    for info in archive.infolist():
        parts = PurePosixPath(info.filename).parts
        if parts[-1:] == (METADATA,) and len(parts) <= 2 and info.file_size <= MAX_METADATA:
            found |= submitters_of(_contents(archive, info, MAX_METADATA))
    return found
