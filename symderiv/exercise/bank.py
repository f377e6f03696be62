"""Where exercises are found: folders given, the bank that ships with the package, then ./exercises."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from symderiv.errors import FileFault, FileFaults, Place, SymderivError
from symderiv.exercise.exercise import AnswerFile, Exercise
from symderiv.exercise.loading import ANSWERS, load_exercise
from symderiv.resources import folder

_ID = re.compile(r"[a-z0-9][a-z0-9._-]*\Z")
_DECLARED_ID = re.compile(r"^id:[ \t]*[\"']?([a-z0-9][a-z0-9._-]*)", re.MULTILINE)

MAX_BEGINNING = 20_000


def exercise_folders(given: Iterable[str | Path] = ()) -> tuple[Path, ...]:
    """The folders to look in: those given, or else the bank and ./exercises.

    Raises `FileFaults` where one that is given isn't there.
    """
    chosen = tuple(Path(each) for each in given)
    missing = [Place(str(each)) for each in chosen if not each.is_dir()]
    if missing:
        raise FileFaults([FileFault("there is no such folder", at, "a folder") for at in missing])
    if chosen:
        return chosen
    try:
        bank: tuple[Path, ...] = (folder("exercises"),)
    except SymderivError:
        bank = ()
    here = Path("exercises")
    return (*bank, here) if here.is_dir() and here.resolve() not in {b.resolve() for b in bank} else bank


def exercise_paths(given: Iterable[str | Path] = ()) -> Iterator[Path]:
    """Every exercise file, in alphabetical order, folder by folder; answer files beside them are left out."""
    for each in exercise_folders(given):
        yield from (path for path in sorted(each.glob("*.yaml")) if not ANSWERS.match(_beginning(path)))


def _beginning(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.read(MAX_BEGINNING)


def find_exercise(identifier: str, given: Iterable[str | Path] = (), seed: int | None = None) -> Exercise:
    """The exercise of that id, in the file of that name or in one that gives this ``id:``.

    Raises `FileFaults` where there is none, with ids that are spelt alike.
    """
    given = tuple(given)
    for each in exercise_folders(given):
        path = each / f"{identifier}.yaml"
        if _ID.match(identifier) and path.is_file():
            return load_exercise(path, seed)
    paths = list(exercise_paths(given))
    ids = {found[1]: path for path in paths if (found := _DECLARED_ID.search(_beginning(path)))}
    if identifier in ids:
        return load_exercise(ids[identifier], seed)
    known = [*ids, *(path.stem for path in paths if path.stem not in ids)]
    close = get_close_matches(identifier, known, n=1, cutoff=0.5)
    cure = (
        f"did you mean '{close[0]}'?"
        if close
        else f"'symderiv exercises list' shows the {len(known)} that are known"
    )
    raise FileFaults([FileFault(f"there is no exercise '{identifier}'", None, "the id of an exercise", cure)])


def find_asked(answers: AnswerFile, given: Iterable[str | Path] = ()) -> Exercise:
    """The exercise that an answer file names, in its student's variant; a name that there isn't is placed."""
    try:
        return find_exercise(answers.exercise, given, answers.seed)
    except FileFaults as error:
        for fault in error.faults:
            fault.place = fault.place or Place(str(answers.path or "<stdin>"))
        raise
