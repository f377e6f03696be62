"""The tables of tests/corpus/equality: pairs by class, with the verdict each must have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

TABLES = Path(__file__).parent.parent / "corpus" / "equality"
VERDICTS = {"equal": "equal", "except": "equal", "different": "different"}


@dataclass(frozen=True)
class Row:
    """``a`` and ``b``, the kind of the row, what is given, and the exceptions that the scope must name."""

    table: str
    kind: str
    a: str
    b: str
    given: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.table}: {self.a} | {self.b}"

    @property
    def scope(self) -> str:
        return f"except where {' or '.join(self.exceptions)}" if self.exceptions else "everywhere"


def rows() -> Iterator[Row]:
    for path in sorted(TABLES.glob("*.yaml")):
        for kind, table in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            for entry in table:
                yield _row(path.stem, kind, entry)


def _row(table: str, kind: str, entry: list[Any]) -> Row:
    """``[a, b, …]``: what follows is given, or under ``except`` the exceptions, then ``{given: […]}``."""
    a, b, *rest = entry
    texts = tuple(part for part in rest if isinstance(part, str))
    given = tuple(fact for part in rest if isinstance(part, dict) for fact in part["given"])
    if kind == "except":
        return Row(table, kind, a, b, given, texts)
    return Row(table, kind, a, b, texts)
