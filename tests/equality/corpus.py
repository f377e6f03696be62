"""The tables of tests/corpus/equality: pairs by class, with the verdict each must have."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

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


def is_chosen(text: str, one_in: int) -> bool:
    """Whether a pair is asked in every run: one in so many, by its text. ``ALL_PAIRS=1 pytest`` asks all."""
    return "ALL_PAIRS" in os.environ or crc32(text.encode()) % one_in == 0


def _row(table: str, kind: str, entry: list[Any]) -> Row:
    """``[a, b, …]``: what follows is given, or under ``except`` the exceptions, then ``{given: […]}``."""
    a, b, *rest = entry
    texts = tuple(part for part in rest if isinstance(part, str))
    given = tuple(fact for part in rest if isinstance(part, dict) for fact in part["given"])
    if kind == "except":
        return Row(table, kind, a, b, given, texts)
    return Row(table, kind, a, b, texts)
