"""Conditions met in an evaluation: which expressions are some, and how their outcomes are joined."""

from __future__ import annotations

from collections.abc import Iterable

from symderiv.equality.evaluate.values import NoValue
from symderiv.expression.tree import Apply, Binder, Cases, Constant, Expr, Index, Sequence


def all_hold(outcomes: Iterable[bool | Exception]) -> bool:
    """Conjunction: one false part decides, wherever it stands."""
    trouble: Exception | None = None
    for outcome in outcomes:
        if outcome is False:
            return False
        if isinstance(outcome, NoValue) or (isinstance(outcome, Exception) and trouble is None):
            trouble = outcome
    if trouble is not None:
        raise trouble
    return True


def opposite(outcome: bool | Exception) -> bool | Exception:
    return not outcome if isinstance(outcome, bool) else outcome


_CONDITIONS = frozenset("lt le eq ne and or not exists on_kinks at_rest unknown".split())


def is_condition(expr: Expr) -> bool:
    """Whether an entry expression is true or false rather than a number."""
    if isinstance(expr, Apply):
        return expr.head in _CONDITIONS
    if isinstance(expr, Constant):
        return expr.name in ("true", "false")
    if isinstance(expr, Cases):
        return any(is_condition(value) for _, value in expr.branches)
    if isinstance(expr, Index) and isinstance(expr.base, Sequence):
        return _first_leaf_is_condition(expr.base)
    return isinstance(expr, Binder) and expr.kind == "forall"


def _first_leaf_is_condition(table: Expr) -> bool:
    while isinstance(table, Sequence) and table.items:
        table = table.items[0]
    return is_condition(table)
