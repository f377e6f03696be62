"""Results on disk, a row an answer judged, each committed at once: a kill loses only what is in flight."""

from __future__ import annotations

import json
import sqlite3
from collections import OrderedDict
from pathlib import Path
from types import TracebackType
from typing import Any

from symderiv.errors import FileFault, Place

RECENT = 2_048
"""Results that are kept at hand besides: answers that many students give are not parsed again and again."""


class Store:
    """Key → result in SQLite (write-ahead log). Without a path the results end with the process.

    A result is read only: all who ask for it get the same object.

    >>> with Store() as store:
    ...     store.put("k", {"verdict": "equal"})
    ...     store.get("k"), store.get("other")
    ({'verdict': 'equal'}, None)
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._recent: OrderedDict[str, dict[str, Any]] = OrderedDict()
        try:
            # "" is a temporary file of SQLite's own: memory stays flat however many results there are
            self._database = sqlite3.connect("" if path is None else path, isolation_level=None)
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=NORMAL")
            self._database.execute("CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, json TEXT)")
        except sqlite3.Error as error:
            raise self._fault(error) from None

    def _fault(self, error: sqlite3.Error) -> FileFault:
        where = str(self.path or "memory")
        return FileFault(
            f"the results can't be kept: {error}", Place(where), "", "is the disk full or read-only?"
        )

    def get(self, key: str) -> dict[str, Any] | None:
        recent = self._recent.get(key)
        if recent is not None:
            self._recent.move_to_end(key)
            return recent
        try:
            row = self._database.execute("SELECT json FROM results WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            raise self._fault(error) from None
        return None if row is None else self._remembered(key, json.loads(row[0]))

    def _remembered(self, key: str, result: dict[str, Any]) -> dict[str, Any]:
        self._recent[key] = result
        if len(self._recent) > RECENT:
            self._recent.popitem(last=False)
        return result

    def put(self, key: str, result: dict[str, Any]) -> None:
        self._remembered(key, result)
        try:
            self._database.execute(
                "INSERT OR REPLACE INTO results VALUES (?, ?)", (key, json.dumps(result, ensure_ascii=False))
            )
        except sqlite3.Error as error:
            raise self._fault(error) from None

    def __len__(self) -> int:
        count: int = self._database.execute("SELECT COUNT(*) FROM results").fetchone()[0]
        return count

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
