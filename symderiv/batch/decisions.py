"""A person's verdicts on what was left undecided: a JSON file by result key, applied at every run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from symderiv.errors import FileFault, Place

VERDICTS = ("equal", "different")


def read_decisions(path: Path) -> Mapping[str, Mapping[str, Any]]:
    """``{key: {"verdict": "equal" | "different", "points": 2, "feedback": ["…"]}}``.

    A key may be its first letters.

    Raises FileFault for what isn't of this form.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FileFault(f"no decisions: {error}", Place(str(path)), "a JSON file") from None
    if not isinstance(found, dict):
        raise FileFault("no decisions", Place(str(path)), '{key: {"verdict": …, "points": …}}')
    for key, decision in found.items():
        _check(path, key, decision)
    return Decisions(found)


def keep_decisions(kept: Path, given: Path | None) -> Mapping[str, Mapping[str, Any]]:
    """The decisions filed so far with those of ``given`` added: a later run applies them unasked."""
    found = dict(read_decisions(kept)) if kept.exists() else {}
    if given is None:
        return Decisions(found)
    found |= read_decisions(given)
    try:
        kept.write_text(json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        raise FileFault(f"can't be written: {error.strerror}", Place(str(kept))) from None
    return Decisions(found)


def _check(path: Path, key: str, decision: Any) -> None:
    fine = (
        isinstance(decision, dict)
        and decision.get("verdict") in VERDICTS
        and isinstance(decision.get("points"), int | float)
        and set(decision) <= {"verdict", "points", "feedback"}
    )
    if not fine or len(key) < 8:
        raise FileFault(
            f"{path}: {key}: no decision",
            Place(str(path)),
            '{"verdict": "equal" or "different", "points": 2}',
            "name each answer by at least 8 letters of its key",
        )


class Decisions(dict[str, Mapping[str, Any]]):
    """Decisions by key, or by the first letters of one."""

    def get(self, key: str, default: Any = None) -> Any:
        if key in self:
            return self[key]
        return next((found for start, found in self.items() if key.startswith(start)), default)
