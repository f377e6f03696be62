"""Exercises by what a command line calls them: a file, a folder, an id of the bank, or all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symderiv.errors import SymderivError
    from symderiv.exercise import Exercise


def find(names: Sequence[str], folders: Sequence[str], seed: int | None = None) -> list[Exercise]:
    """The exercises named, in the order named; all that are known where none is named.

    Raises `FileFaults`: the faults of every file among them that can't be used.
    """
    from symderiv.errors import FileFaults

    found, faults = find_usable(names, folders, seed)
    if faults:
        raise FileFaults(faults)
    return found


def find_usable(
    names: Sequence[str], folders: Sequence[str], seed: int | None = None
) -> tuple[list[Exercise], list[SymderivError]]:
    """The exercises among those named that can be used, and what is wrong with the others."""
    from symderiv.errors import FileFault, SymderivError

    found: list[Exercise] = []
    faults: list[SymderivError] = []
    for load in _loaders(names, folders, seed):
        try:
            found.append(load())
        except SymderivError as error:
            faults.append(error)
    if not (found or faults):
        where = ", ".join(names or folders)
        faults.append(FileFault(f"there are no exercises in {where}", None, "files called ID.yaml"))
    return found, faults


def twice(exercises: Sequence[Exercise]) -> list[SymderivError]:
    """Exercises of an id that another one has: of these, answers would be judged by either."""
    from symderiv.errors import FileFault, Place

    first: dict[str, Exercise] = {}
    found: list[SymderivError] = []
    for exercise in exercises:
        other = first.setdefault(exercise.id, exercise)
        if other is not exercise:
            message = f"a second exercise with the id '{exercise.id}', after {other.path}"
            found.append(FileFault(message, Place(str(exercise.path)), "an id of its own"))
    return found


def _loaders(
    names: Sequence[str], folders: Sequence[str], seed: int | None
) -> Iterator[Callable[[], Exercise]]:
    from symderiv.exercise import exercise_paths, find_exercise, load_exercise

    if not names:
        yield from (partial(load_exercise, path, seed) for path in exercise_paths(folders))
    for name in names:
        path = Path(name)
        if path.is_dir():
            yield from (partial(load_exercise, each, seed) for each in exercise_paths([path]))
        elif path.suffix in (".yaml", ".yml"):
            yield partial(load_exercise, path, seed)
        else:
            yield partial(find_exercise, name, folders, seed)
