"""What a teacher says of a sheet: course, title, date, language of the fixed words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from symderiv.errors import FileFault, Place
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
    """Settings from a ``sheet.yaml``; an unknown key or a value that is no text is a fault."""
    known = [field.name for field in fields(Settings)]
    try:
        found: Any = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise FileFault(f"can't be read: {error}", Place(str(path))) from None
    if not isinstance(found, dict):
        raise FileFault("the file is no mapping", Place(str(path)), "lines such as 'course: …'")
    for name in found:
        if name not in known:
            raise FileFault(f"unknown key {name!r}", Place(str(path)), ", ".join(known))
    return Settings(**{name: str(value) for name, value in found.items()})


def load_words(name: str) -> dict[str, str]:
    """The fixed words of a language: a shipped one by its name, or a file; what it lacks is English.

    >>> load_words("de")["solution"]
    'Lösung'
    """
    shipped = folder("templates") / "words"
    path = Path(name) if name.endswith((".yaml", ".yml")) else shipped / f"{name}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(each.stem for each in shipped.glob("*.yaml")))
        raise FileFault(f"no words for the language {name!r}", None, known)
    english = yaml.safe_load((shipped / "en.yaml").read_text(encoding="utf-8"))
    return {**english, **yaml.safe_load(path.read_text(encoding="utf-8"))}


def points_words(value: Fraction, words: Mapping[str, str]) -> str:
    """``1 point``, ``2.5 points``."""
    return f"{points(value)} {words['point' if value == 1 else 'points']}"
