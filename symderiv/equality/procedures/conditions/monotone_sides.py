"""Comparisons by logarithms, exponentials, squares of their sides: ``H e^(-εm) ≤ δ`` is ``m ≥ log(H/δ)/ε``;
``x³ < y³`` is ``x < y``.

The first three increase: the logarithm where both sides are positive, the square where neither is negative.
"""

from __future__ import annotations

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.conditions.signs import POSITIVE
from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.one_to_one import taken_away
from symderiv.equality.procedures.conditions.rising import under_rising
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import add, compare, function, mul, sqrt, subtract
from symderiv.expression.parts import factors_of
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import HALF, PI, ZERO, Apply, Expr, Number, Variable, transform, walk

MAX_STEPS = 3
RISING = "functions that increase"
COMPARISONS = frozenset(("lt", "le", "eq", "ne"))


def by_monotone_sides(problem: Problem, prove: Prove) -> Proof | None:
    """A proof of conditions whose comparisons are said without exponentials and roots around their sides."""
    if not (is_condition(problem.a) and is_condition(problem.b)):
        return None
    known = knowledge(problem.facts)

    def plain(side: Expr) -> Expr:
        return transform(side, lambda node: _plain(node, known, problem.facts))

    def risen(side: Expr) -> Expr:
        return transform(side, _out_of_a_logarithm)

    return with_sides_rewritten(problem, plain, prove, RISING) or with_sides_rewritten(
        problem, risen, prove, RISING
    )


def _plain(node: Expr, known: Knowledge, facts: tuple[Expr, ...]) -> Expr:
    for _ in range(MAX_STEPS):
        if not isinstance(node, Apply) or node.head not in COMPARISONS:
            break
        low, high = node.args
        found = (
            taken_away(low, high)
            or _exponentials(low, high)
            or _angles(low, high)
            or _squares(low, high, known)
            or _roots(low, high, known)
            or _logarithms(low, high, known)
            or under_rising(low, high, facts)
        )
        if found is None:
            break
        node = Apply(node.head, found)
    return node


def _exponentials(low: Expr, high: Expr) -> tuple[Expr, Expr] | None:
    """``c < log u`` with a number c as ``e^c < u``."""
    sides = []
    for side in (low, high):
        if isinstance(side, Apply) and side.head == "log" and free_variables(side):
            sides.append(side.args[0])
        elif not free_variables(side):
            sides.append(function("exp", side))
        else:
            return None
    return None if not free_variables(add(*sides)) else (sides[0], sides[1])


def _out_of_a_logarithm(node: Expr) -> Expr:
    """``t < log u`` as ``e^t < u``, no logarithm being in t."""
    if isinstance(node, Apply) and node.head in COMPARISONS:
        for place, (side, other) in enumerate((node.args, node.args[::-1])):
            match side:
                case Apply(head="log", args=(u,)) if not any(map(_is_logarithm, walk(other))):
                    sides = (u, function("exp", other))
                    return Apply(node.head, sides[::-1] if place else sides)
    return node


def _is_logarithm(node: Expr) -> bool:
    return isinstance(node, Apply) and node.head == "log"


_TURNED = {"atan": "tan", "asin": "sin", "acos": "cos"}


def _angles(low: Expr, high: Expr) -> tuple[Expr, Expr] | None:
    """``c < atan u`` as ``tan c < u``, for a number c among its values; acos decreases."""
    for side, c in ((low, high), (high, low)):
        match side:
            case Apply(head="atan" | "asin" | "acos" as head, args=(u,)) if free_variables(u):
                if free_variables(c) or not _is_inside(c, head):
                    continue
                angle = function(_TURNED[head], c)
                return (angle, u) if (c is low) != (head == "acos") else (u, angle)
    return None


def _is_inside(c: Expr, head: str) -> bool:
    """Is the number a value of the function, and neither its least nor its greatest?"""
    middle = mul(HALF, PI) if head == "acos" else ZERO
    distance = function("abs", subtract(c, middle))
    return evaluate(Apply("lt", (distance, mul(HALF, PI))), {}) is True


def _squares(low: Expr, high: Expr, known: Knowledge) -> tuple[Expr, Expr] | None:
    """``√u ≤ t`` as ``u ≤ t²``, where t is not negative."""
    roots = [isinstance(s, Apply) and s.head == "pow" and s.args[1] == HALF for s in (low, high)]
    if not any(roots) or (roots[0] and low in walk(high)) or (roots[1] and high in walk(low)):
        return None
    if any(-1 in known.quick_signs(side) for side, root in zip((low, high), roots, strict=True) if not root):
        return None
    first, second = (
        side.children[0] if root else _square(side) for side, root in zip((low, high), roots, strict=True)
    )
    return first, second


def _square(side: Expr) -> Expr:
    base = side.args[0] if isinstance(side, Apply) and side.head == "abs" else side
    return mul(base, base)


def _roots(low: Expr, high: Expr, known: Knowledge) -> tuple[Expr, Expr] | None:
    """``⌊√u⌋² ≤ u`` as ``⌊√u⌋ ≤ √u``: a square of what holds the root, both sides being nowhere negative."""
    for side, other, turned in ((low, high, False), (high, low, True)):
        root = sqrt(other)
        match side:
            case Apply(head="pow", args=(w, Number(value=2))) if root != w and root in walk(w):
                if -1 in known.quick_signs(w) or -1 in known.quick_signs(other):
                    continue
                return (root, w) if turned else (w, root)
    return None


def _logarithms(low: Expr, high: Expr, known: Knowledge) -> tuple[Expr, Expr] | None:
    """The logarithms of both sides, an exponential alone on one of them."""
    low, high = _isolated(low, high)
    if not any(_is_exponential(factor) for side in (low, high) for factor in factors_of(side)):
        return None
    logs = [_logarithm(side, known) for side in (low, high)]
    return None if None in logs else (logs[0] or ZERO, logs[1] or ZERO)


def _isolated(low: Expr, high: Expr) -> tuple[Expr, Expr]:
    """``e < 1 + e^x`` as ``e - 1 < e^x``."""
    for side, other, turned in ((low, high, False), (high, low, True)):
        if isinstance(side, Apply) and side.head == "add" and not free_variables(other):
            moving = [term for term in side.args if free_variables(term)]
            fixed = [term for term in side.args if not free_variables(term)]
            if len(moving) == 1 and fixed:
                rest = subtract(other, add(*fixed))
                return (rest, moving[0]) if turned else (moving[0], rest)
    return low, high


def _is_exponential(factor: Expr) -> bool:
    match factor:
        case Apply(head="exp"):
            return bool(free_variables(factor))
        case Apply(head="pow", args=(base, exponent)):
            return bool(free_variables(exponent)) or _is_exponential(base)
    return False


def _logarithm(side: Expr, known: Knowledge) -> Expr | None:
    """The logarithm of a product of positive factors, else nothing."""
    logs: list[Expr] = []
    for factor in factors_of(side):
        match factor:
            case Apply(head="exp", args=(u,)):
                logs.append(u)
            case Apply(head="pow", args=(base, exponent)) if known.quick_signs(base) == POSITIVE:
                inner = _logarithm(base, known)
                logs.append(mul(exponent, inner or function("log", base)))
            case _ if _is_positive(factor, known):
                logs.append(function("log", factor))
            case _:
                return None
    return add(*logs)


def _is_positive(factor: Expr, known: Knowledge) -> bool:
    """By its form, as a number, or as a name by the facts."""
    if known.quick_signs(factor) == POSITIVE or _is_positive_number(factor):
        return True
    return isinstance(factor, Variable) and known.implies(compare("lt", ZERO, factor))


def _is_positive_number(factor: Expr) -> bool:
    return not free_variables(factor) and evaluate(Apply("lt", (ZERO, factor)), {}) is True
