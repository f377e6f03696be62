"""What a run keeps: verdicts for good, and what got none for want of time, memory or its process for less.

An answer that ran out of time is looked at again where a run gives more of it; one whose process was killed
from outside, in any other run.
"""

from __future__ import annotations

from typing import Any

from symderiv.batch.store import Store
from symderiv.worker import Died


class Kept:
    """Results by key, as far as they hold in a run with this much time and memory for each part.

    >>> with Store() as store:
    ...     run, longer = Kept(store, timeout=1, memory=None), Kept(store, timeout=60, memory=None)
    ...     run.put("judged", {"verdict": "equal"})
    ...     run.put_unjudged("slow", {"verdict": "undecided"}, TimeoutError())
    ...     [longer.get("judged"), run.get("slow"), longer.get("slow")]
    [{'verdict': 'equal'}, {'verdict': 'undecided'}, None]
    """

    def __init__(self, store: Store, timeout: float | None, memory: int | None) -> None:
        self._store = store
        self._allowance = f"within {timeout} s and {memory} MB"
        self._lost: dict[str, dict[str, Any]] = {}

    def get(self, key: str) -> dict[str, Any] | None:
        return self._store.get(key) or self._store.get(self._unjudged(key)) or self._lost.get(key)

    def put(self, key: str, result: dict[str, Any]) -> None:
        self._store.put(key, result)

    def put_unjudged(self, key: str, result: dict[str, Any], trouble: Exception) -> None:
        """What is told of an answer that got no verdict, and why it got none."""
        if isinstance(trouble, Died):
            self._lost[key] = result
        elif isinstance(trouble, TimeoutError | MemoryError):
            self._store.put(self._unjudged(key), result)
        else:
            self._store.put(key, result)

    def _unjudged(self, key: str) -> str:
        return f"{key} {self._allowance}"
