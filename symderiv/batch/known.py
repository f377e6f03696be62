"""The exercises of a run, each loaded once, with a digest of its text."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from symderiv.errors import SymderivError
from symderiv.exercise import Exercise, find_exercise, load_exercise

VARIANTS = 256
"""Students' own variants that are held at once: a class may have thousands."""


class KnownExercises:
    """Exercises by id and seed; a seed counts only where the exercise varies."""

    def __init__(self, folders: Sequence[str | Path] = ()) -> None:
        given = [Path(each) for each in folders]
        self._folders = tuple(dict.fromkeys(each.parent if each.is_file() else each for each in given))
        self._faults: OrderedDict[str, SymderivError] = OrderedDict()
        self._found: dict[str, tuple[Exercise, str]] = {}
        self._variants: OrderedDict[tuple[str, int], Exercise] = OrderedDict()
        self._texts: dict[str, str] = {}

    def find(self, identifier: str, seed: int | None) -> tuple[Exercise, str]:
        """The exercise and the digest of its text; raises `FileFaults` where there is none."""
        known = self._found.get(identifier)
        if known is None:
            known = self._found[identifier] = self._loaded(identifier)
        exercise, digest = known
        if seed is None or exercise.file.vary is None:
            return known
        return self._variant(exercise, seed), digest

    def _loaded(self, identifier: str) -> tuple[Exercise, str]:
        if identifier in self._faults:
            raise self._faults[identifier]
        try:
            exercise = find_exercise(identifier, self._folders)
        except SymderivError as error:
            self._faults[identifier] = error
            if len(self._faults) > VARIANTS:
                self._faults.popitem(last=False)
            raise
        assert exercise.path is not None
        text = exercise.path.read_bytes()
        digest = hashlib.sha256(text).hexdigest()
        self._texts[digest] = text.decode("utf-8")
        return exercise, digest

    def _variant(self, exercise: Exercise, seed: int) -> Exercise:
        found = self._variants.get((exercise.id, seed))
        if found is None:
            assert exercise.path is not None
            found = self._variants[exercise.id, seed] = load_exercise(exercise.path, seed)
            if len(self._variants) > VARIANTS:
                self._variants.popitem(last=False)
        return found

    def text(self, digest: str) -> str:
        """The text of an exercise that was found."""
        return self._texts[digest]
