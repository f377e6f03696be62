"""Pairs of expressions to compare, as tasks beside the answers of students: a stream may hold both."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from symderiv import __version__
from symderiv.bulk.answer import answer
from symderiv.bulk.request import Request

EXERCISE = "comparison"
"""What stands for the exercise in the report on a pair."""


@dataclass(frozen=True, slots=True)
class PairTask:
    """Are the two sides of a pair equal? It is one part, worth one point; its reading is that of ``a``."""

    pair: Request
    digest: str = ""
    part: str = "equal"

    @staticmethod
    def of(pair: Request) -> PairTask:
        """The task without the pair's name: whoever else asks the same gets the same result."""
        return PairTask(replace(pair, id=None))

    @property
    def exercise(self) -> str:
        return EXERCISE

    @property
    def key(self) -> str:
        words = json.dumps([__version__, EXERCISE, asdict(self.pair)], ensure_ascii=True)
        return hashlib.sha256(words.encode()).hexdigest()

    @property
    def decision_key(self) -> str:
        """The name of a person's decision on this pair, whatever the version."""
        words = json.dumps([EXERCISE, asdict(self.pair)], ensure_ascii=True)
        return hashlib.sha256(words.encode()).hexdigest()

    def judged(self) -> dict[str, Any]:
        """The verdict as a part's report; runs in a worker."""
        found = answer(self.pair, None).json
        error = found.get("error")
        told = found["message"] if error is None else error["message"]
        part = self._part(found["verdict"], told, found.get("by", ""))
        part |= {"read": found["read"]["a"], "witness": found.get("witness")}
        if "scope" in found:
            part["scope"] = found["scope"]
        return part if error is None else {**part, "error": told}

    def undecided(self, why: str) -> dict[str, Any]:
        return self._part("undecided", f"Not decided: {why}.", why)

    def _part(self, verdict: str, told: str, by: str) -> dict[str, Any]:
        return {
            "id": self.part,
            "kind": EXERCISE,
            "verdict": verdict,
            "points": int(verdict == "equal"),
            "out_of": 1,
            "feedback": [told],
            "misconceptions": [],
            "read": None,
            "witness": None,
            "by": by,
        }
