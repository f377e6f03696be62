"""Exercises by what a command line calls them: a file, a folder, an id of the bank, or all of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symderiv.exercise import Exercise


def find(names: Sequence[str], folders: Sequence[str], seed: int | None = None) -> list[Exercise]:
    """The exercises named, in the order named; all that are known where none is named."""
    from symderiv.exercise import exercise_paths, find_exercise, load_exercise

    if not names:
        return [load_exercise(path, seed) for path in exercise_paths(folders)]
    found: list[Exercise] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            found += [load_exercise(each, seed) for each in exercise_paths([path])]
        elif path.suffix in (".yaml", ".yml"):
            found.append(load_exercise(path, seed))
        else:
            found.append(find_exercise(name, folders, seed))
    return found
