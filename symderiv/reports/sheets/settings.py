"""What a teacher says of a sheet: course, title, date, language of the fixed words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path

from symderiv.errors import FileFault, FileFaults, SymderivError
from symderiv.exercise.located.nodes import Node, Scalar, Table
from symderiv.exercise.located.yaml_events import parse, read_document
from symderiv.reports.check_text import points
from symderiv.resources import folder


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a sheet; ``words`` is the name of a language (en, de) or the path of a file of words."""

    title: str = ""
    course: str = ""
    date: str = ""
    student: str = ""
    variant: str = ""
    words: str = "en"
    class_options: str = "a4paper,11pt"

    def but(self, **changes: str | None) -> Settings:
        """The same with the changes that say something."""
        return replace(self, **{name: value for name, value in changes.items() if value})


def load_settings(path: Path) -> Settings:
    """Settings from a ``sheet.yaml``; every fault is told with its line and column."""
    root = parse(read_document(path))
    if not isinstance(root, Table):
        raise FileFaults([FileFault("the file is no mapping", root.place, "lines such as 'course: …'")])
    faults: list[SymderivError] = [
        FileFault(f"{key.text}: stands twice", key.place) for key in root.repeated()
    ]
    faults += [fault for key, value in root.pairs for fault in _faults(key, value, path.parent)]
    if faults:
        raise FileFaults(faults)
    found = {key.slice: value.text for key, value in root.pairs if isinstance(value, Scalar)}
    if found.get("words", "").endswith(_YAML):
        found["words"] = str(path.parent / found["words"])
    return Settings(**found)


def _faults(key: Node, value: Node, folder: Path) -> Iterator[SymderivError]:
    """What is wrong with one line."""
    known = [field.name for field in fields(Settings)]
    if key.slice not in known:
        close = get_close_matches(key.slice, known, 1)
        cure = f"did you mean '{close[0]}'?" if close else ""
        yield FileFault(f"{key.slice}: unknown key", key.place, f"one of {', '.join(known)}", cure)
    elif not isinstance(value, Scalar):
        yield FileFault(f"{key.slice}: no text", value.place, "text (quoted if it has brackets)")
    elif key.slice == "class_options" and not _CLASS_OPTIONS.fullmatch(value.text):
        yield FileFault("class_options: no options of a class", value.place, "such as a4paper,11pt")
    elif key.slice == "words":
        try:
            load_words(str(folder / value.text) if value.text.endswith(_YAML) else value.text)
        except FileFault as fault:
            fault.place = fault.place or value.place
            yield fault
        except FileFaults as faults:
            yield from faults.faults


_YAML = (".yaml", ".yml")
_CLASS_OPTIONS = re.compile(r"[A-Za-z0-9, =.]*")


def load_words(name: str) -> dict[str, str]:
    """The fixed words of a language: a shipped one by its name, or a file; what it lacks is English.

    Names of rules and mistakes stand in groups of their own, ``rules.chain rule``.

    >>> load_words("de")["solution"], load_words("de")["rules.chain rule"]
    ('Lösung', 'Kettenregel')
    """
    shipped = folder("templates") / "words"
    path = Path(name) if name.endswith(_YAML) else shipped / f"{name}.yaml"
    if not (path.is_file() and (path.suffix in _YAML) and (name.endswith(_YAML) or name.isalpha())):
        known = ", ".join(sorted(each.stem for each in shipped.glob("*.yaml")))
        raise FileFault(f"no words for the language {name!r}", None, f"{known}, or a file of words")
    english = _words_in(shipped / "en.yaml")
    return {**english, **(_words_in(path) if path.stem != "en" else {})}


def _words_in(path: Path) -> dict[str, str]:
    root = parse(read_document(path))
    if not isinstance(root, Table):
        raise FileFault("the file is no mapping", root.place, "lines such as 'solution: Lösung'")
    return dict(_flat(root, ""))


def _flat(table: Table, before: str) -> Iterator[tuple[str, str]]:
    for key, value in table.pairs:
        name = before + (key.text if isinstance(key, Scalar) else key.slice)
        if isinstance(value, Table) and not before:
            yield from _flat(value, f"{name}.")
        elif isinstance(value, Scalar):
            yield name, value.text
        else:
            raise FileFault(f"{name}: no text", value.place, "a word or a sentence")


def points_words(value: Fraction, words: Mapping[str, str]) -> str:
    """``1 point``, ``2.5 points``."""
    return f"{points(value)} {words['point' if value == 1 else 'points']}"
