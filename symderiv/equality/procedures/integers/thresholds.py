"""Comparisons of a number with what never falls as a whole name grows: ``2^k > 3`` is ``k >= 2``.

The name has a least value. From there on the comparison changes its truth once at most, and where is found by
asking it of one integer after the other.
"""

from __future__ import annotations

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.conditions.signs import NONNEGATIVE, POSITIVE
from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.sums.claims import least_of
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import boolean, compare, conjunction, negation
from symderiv.expression.contents import contents
from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import ONE, Apply, Expr, Number, Variable

MAX_STEPS = 200
Facts = tuple[Expr, ...]


def by_thresholds(problem: Problem, prove: Prove) -> Proof | None:
    """A proof of conditions with such comparisons as comparisons of the name."""
    if not (is_condition(problem.a) and is_condition(problem.b)):
        return None

    return with_sides_rewritten(
        problem, lambda side: _changed(side, problem.facts), prove, "thresholds of integers"
    )


def _changed(condition: Expr, facts: Facts) -> Expr:
    """Outside of statements for all: under these another name may be spelt so."""
    if isinstance(condition, Apply) and condition.head in ("and", "or", "not"):
        return condition.rebuild(tuple(_changed(part, facts) for part in condition.args))
    return _said_of_name(condition, facts) or condition


def _said_of_name(node: Expr, facts: Facts) -> Expr | None:
    match node:
        case Apply(head="lt" | "le", args=(low, high)):
            return _from_or_to(node, low, high, facts)
        case Apply(head="eq", args=(left, right)):
            both = [
                _from_or_to(compare("le", *sides), *sides, facts) for sides in ((left, right), (right, left))
            ]
            return conjunction(*(each for each in both if each is not None)) if None not in both else None
        case Apply(head="ne", args=sides):
            equal = _said_of_name(Apply("eq", sides), facts)
            return None if equal is None else negation(equal)
    return None


def _from_or_to(comparison: Expr, low: Expr, high: Expr, facts: Facts) -> Expr | None:
    """From which value of the name on, or up to which, a comparison holds."""
    moving, is_low = (low, True) if contents(low).free else (high, False)
    fixed = high if is_low else low
    names = contents(moving).free
    if contents(fixed).free or len(names) != 1 or isinstance(moving, Variable):
        return None
    (k,) = names
    first = least_of(k, facts) if k.kind.domain.integer and not k.kind.shape else None
    if first is None:
        return None
    way = _way(moving, k, knowledge((compare("le", Number(first), k),)))
    return None if not way else _turning(comparison, k, first, ends_true=(way > 0) != is_low)


def _turning(comparison: Expr, k: Variable, first: int, *, ends_true: bool) -> Expr | None:
    for value in range(first, first + MAX_STEPS):
        holds = evaluate(instantiate(comparison, {k: Number(value)}), {})
        if not isinstance(holds, bool):
            return None
        if holds == ends_true:
            start = compare("le", Number(value), k)
            return boolean(holds) if value == first else start if ends_true else negation(start)
    return None


def _way(expr: Expr, k: Variable, known: Knowledge) -> int | None:
    """1 where it never falls as k grows, -1 where it never rises, 0 where it stays; None if not known."""
    if k not in contents(expr).free:
        return 0
    match expr:
        case Variable():
            return 1
        case Apply(head="add", args=args):
            return _shared([_way(arg, k, known) for arg in args])
        case Apply(head="mul", args=args):
            return _of_product(args, k, known)
        case Apply(head="exp" | "floor", args=(u,)):
            return _way(u, k, known)
        case Apply(head="log", args=(u,)) if known.quick_signs(u) == POSITIVE:
            return _way(u, k, known)
        case Apply(head="gamma", args=(u,)) if is_integer_valued(u) and known.implies(compare("le", ONE, u)):
            return _way(u, k, known)
        case Apply(head="pow", args=(base, exponent)):
            return _of_power(base, exponent, k, known)
    return None


def _shared(ways: list[int | None]) -> int | None:
    found = set(ways) - {0}
    return 0 if not found else found.pop() if len(found) == 1 else None


def _of_product(factors: tuple[Expr, ...], k: Variable, known: Knowledge) -> int | None:
    """Of numbers and of what is never negative."""
    sign = 1
    ways: list[int | None] = []
    for factor in factors:
        if isinstance(factor, Number):
            sign *= 1 if factor.value > 0 else -1
        elif known.quick_signs(factor) <= NONNEGATIVE:
            ways.append(_way(factor, k, known))
        else:
            return None
    shared = _shared(ways)
    return None if shared is None else sign * shared


def _of_power(base: Expr, exponent: Expr, k: Variable, known: Knowledge) -> int | None:
    if isinstance(exponent, Number):
        least = NONNEGATIVE if exponent.value > 0 else POSITIVE
        inner = _way(base, k, known) if known.quick_signs(base) <= least else None
        return None if inner is None else inner if exponent.value > 0 else -inner
    if isinstance(base, Number) and base.value > 0:
        inner = _way(exponent, k, known)
        return None if inner is None else inner if base.value >= 1 else -inner
    return None
