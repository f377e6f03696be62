"""Equations of arrays of any size: ``A x = b`` and ``b - A x = 0`` say the same, entry by entry.

Two equations ``l = r`` and ``u = v`` hold at the same points where ``l - r`` is ``c (u - v)`` with c ≠ 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from symderiv.equality.conditions.signs import range_facts
from symderiv.equality.problem import Problem
from symderiv.equality.verdict import EVERYWHERE, Equal, Policy, Verdict
from symderiv.expression.build import add, mul
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import HALF, MINUS_ONE, ONE, TRUE, Apply, Binder, Expr, Number

BY = "conditions"
_FACTORS = (ONE, MINUS_ONE, Number(2), HALF, Number(-2), mul(MINUS_ONE, HALF))
MAX_AXES = 4

Decided = Callable[[Problem, Policy], Verdict]


def same_entry_by_entry(given: Problem, decided: Decided) -> Equal | None:
    """Equal where both conditions are equations at the same entries, and one is a multiple of the other."""
    if given.defined_a != TRUE or given.defined_b != TRUE:
        return None
    a: Expr = given.a
    b: Expr = given.b
    facts = given.facts
    for _ in range(MAX_AXES):
        if not isinstance(a, Binder) or not isinstance(b, Binder) or not _run_alike(a, b):
            break
        facts = (*facts, *range_facts(a))
        b = substitute(b.body, {b.variable: a.variable})
        a = a.body
    differences = _difference(a), _difference(b)
    if differences[0] is None or differences[1] is None or isinstance(given.a, Apply):
        return None
    for factor in _FACTORS:
        entry = replace(given, a=differences[0], b=mul(factor, differences[1]), facts=facts)
        if _is_proved(decided(entry, EVERYWHERE)):
            return Equal(BY, EVERYWHERE)
    return None


def _is_proved(verdict: Verdict) -> bool:
    return isinstance(verdict, Equal) and verdict.scope == EVERYWHERE


def _run_alike(a: Binder, b: Binder) -> bool:
    return (
        a.kind == b.kind == "forall"
        and (a.lower, a.upper) == (b.lower, b.upper)
        and a.condition == b.condition == TRUE
    )


def _difference(equation: Expr) -> Expr | None:
    if not isinstance(equation, Apply) or equation.head != "eq":
        return None
    left, right = equation.args
    return add(left, mul(MINUS_ONE, right))
