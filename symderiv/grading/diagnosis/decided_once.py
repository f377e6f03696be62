"""Decisions that are asked for several times about one answer: which entries are wrong, and then why."""

from __future__ import annotations

from functools import lru_cache

from symderiv.equality import decide
from symderiv.equality.verdict import Verdict
from symderiv.expression.tree import Expr
from symderiv.tensor import Meaning


@lru_cache(maxsize=512)
def decided_once(a: Meaning, b: Meaning, facts: tuple[Expr, ...] = ()) -> Verdict:
    """`decide` without a deadline, so that the verdict doesn't depend on the time it took."""
    return decide(a, b, facts)
