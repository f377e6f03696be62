"""Whose marks change after an exercise is mended, and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from symderiv.errors import FileFault, Place
from symderiv.reports.check_text import points


@dataclass(frozen=True, slots=True)
class Change:
    """A part whose verdict or points are not what they were."""

    exercise: str
    student: str
    part: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.exercise} {self.student} {self.part}: {self.before} → {self.after}"


def read_old(path: Path) -> list[dict[str, Any]]:
    """The reports of an earlier run's ``results.json`` (or of the folder that holds it)."""
    file = path / "results.json" if path.is_dir() else path
    try:
        reports = json.loads(file.read_text(encoding="utf-8"))["reports"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FileFault(f"no earlier results: {error}", Place(str(file)), "results.json") from None
    assert isinstance(reports, list)
    return reports


def changes(old: Iterable[dict[str, Any]], new: Iterable[dict[str, Any]]) -> Iterator[Change]:
    """Every part that is judged otherwise, has come, or has gone."""
    before, after = _parts(old), _parts(new)
    for place in sorted(before.keys() | after.keys()):
        was, now = before.get(place, "nothing"), after.get(place, "nothing")
        if was != now:
            yield Change(*place, was, now)


def _parts(reports: Iterable[dict[str, Any]]) -> dict[tuple[str, str, str], str]:
    return {(r["exercise"], r["student"], part["id"]): _words(part) for r in reports for part in r["parts"]}


def _words(part: dict[str, Any]) -> str:
    named = f" ({', '.join(part['misconceptions'])})" if part["misconceptions"] else ""
    why = f", {part['by']}" if part.get("by") else ""
    return f"{part['verdict']}{named}, {points(part['points'])} of {points(part['out_of'])}{why}"
