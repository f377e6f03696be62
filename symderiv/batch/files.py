"""Answer files among the files of a folder or an archive, each with its student.

In a platform's export a student who handed in no answer file at all is a submission with a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from symderiv.batch.students import METADATA, Submitters, hand_in, owners
from symderiv.batch.submission import MAX_BYTES, Owner, Submission, of_text
from symderiv.errors import FileFault, SymderivError
from symderiv.exercise.loading import READERS


@dataclass(frozen=True, slots=True)
class Listed:
    """A file: where it lies (folders and name), what to call it in messages, and how to get its bytes."""

    parts: tuple[str, ...]
    source: str
    contents: Callable[[], bytes]


def read_files(files: Iterable[Listed], submitters: Submitters) -> Iterator[Submission]:
    """The submissions in files that come in the order of their names."""
    together: list[Listed] = []
    name = ""
    for file in files:
        belongs = hand_in(file.parts[:-1], PurePosixPath(file.parts[-1]).stem)
        if belongs != name:
            yield from _handed_in(together, submitters)
            together, name = [], belongs
        if name:
            together.append(file)
        elif is_answer(file.parts[-1]):
            yield from _read(file, submitters)
    yield from _handed_in(together, submitters)


def _handed_in(files: list[Listed], submitters: Submitters) -> Iterator[Submission]:
    """What a platform took in at once."""
    found = [file for file in files if is_answer(file.parts[-1])]
    for file in found:
        yield from _read(file, submitters)
    if files and not found:
        first, listed = files[0], ", ".join(sorted(file.parts[-1] for file in files)[:5])
        fault = f"{first.source}: no answer file ({', '.join(READERS)}) among {listed}"
        for owner in _owners(first, submitters):
            yield Submission(owner.student, first.source, fault=fault)


def _read(file: Listed, submitters: Submitters) -> Iterator[Submission]:
    for owner in _owners(file, submitters):
        try:
            yield of_text(file.contents(), file.source, owner)
        except SymderivError as error:
            yield Submission(owner.student, file.source, fault=f"{file.source}: {error.message}")


def _owners(file: Listed, submitters: Submitters) -> tuple[Owner, ...]:
    return owners(file.parts[:-1], PurePosixPath(file.parts[-1]).stem, submitters)


def is_answer(name: str) -> bool:
    """Is this a file that a student answers in?"""
    return PurePosixPath(name).suffix.lower() in READERS and not is_aside(name)


def is_aside(name: str) -> bool:
    """Does a platform or a person put this beside the answers: a list of who is who, a readme?"""
    return name == METADATA or _is_readme(name)


def _is_readme(name: str) -> bool:
    return name.lower().startswith("readme.")


def is_hidden(parts: tuple[str, ...]) -> bool:
    """Does a system or an editor keep this for itself (``.git``, ``__MACOSX``)?"""
    return any((part.startswith(".") and part.strip(".")) or part == "__MACOSX" for part in parts)


def contents(file: Path, most: int = MAX_BYTES) -> bytes:
    """A file's bytes, as far as one may be large; raises `FileFault`."""
    try:
        with file.open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        raise FileFault(f"can't be read: {error.strerror or error}") from None
