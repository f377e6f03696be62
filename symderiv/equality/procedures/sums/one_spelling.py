"""Ranges and what stands in them in one spelling, so that those that say the same are the same.

    all((k - 1)//2 <= n, k = 1 … n)  is  all(k//2 <= n, k = 0 … n - 1)

Ranges begin at 0; what holds for all k with a property is: k lacks it, or that holds, for all k; sums of
products are multiplied out and in order, comparisons with 0; of ``u if c else v`` and ``v if not c else u``
one is taken.
"""

from __future__ import annotations

from itertools import combinations

from symderiv.equality.conditions.polynomial import (
    Monomial,
    Polynomial,
    TooLarge,
    atoms_of,
    constant,
    minus,
    plus,
    polynomial,
    primitive,
    scaled,
)
from symderiv.equality.conditions.unfolded import unfolded
from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import (
    add,
    cases,
    compare,
    conjunction,
    disjunction,
    function,
    mul,
    negation,
    number,
    power,
    subtract,
)
from symderiv.expression.contents import contents
from symderiv.expression.instantiation import instantiate
from symderiv.expression.printing.text import entry_text
from symderiv.expression.tree import (
    INFINITY,
    MINUS_ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Cases,
    Expr,
    Variable,
    index_variable,
)

OVER_RANGES = frozenset(("sum", "prod", "max", "min", "forall"))
ARITHMETIC = frozenset(("add", "mul", "pow"))
COMPARISONS = frozenset(("eq", "ne", "lt", "le"))
MAX_SIZE = 400


def by_one_spelling(problem: Problem, prove: Prove) -> Proof | None:
    """A proof of both sides in that spelling."""
    sides = (problem.a, problem.b)
    if not any(Binder in contents(side).classes for side in sides):
        return None
    if max(contents(side).size for side in sides) > MAX_SIZE:
        return None
    return with_sides_rewritten(problem, lambda side: spelt(side, 0), prove, "one spelling")


def spelt(expr: Expr, depth: int) -> Expr:
    """The expression in its one spelling, under so many ranges.

    >>> from symderiv.expression.tree import ONE, Variable
    >>> k, n = index_variable("k"), Variable("n")
    >>> late = Binder("sum", Apply("floor", (add(k, number(-1)),)), k, ONE, add(n, ONE))
    >>> spelt(late, 0) == spelt(Binder("sum", Apply("floor", (k,)), k, ZERO, n), 0)
    True
    """
    expr = _without_extrema(expr)
    match expr:
        case Binder() if expr.kind in OVER_RANGES and not _is_open(expr):
            return _from_zero(expr, depth)
        case Cases(branches=((condition, value),), otherwise=Expr() as other):
            return _told_first(spelt(condition, depth), spelt(value, depth), spelt(other, depth))
        case Apply(head="and" | "or" as head, args=args):
            parts = dict.fromkeys(spelt(arg, depth) for arg in args)
            if head == "or":
                return disjunction(*sorted(parts, key=entry_text))
            return conjunction(*sorted(_squeezed(list(parts)), key=entry_text))
        case Apply(head="not", args=(denied,)):
            return _denied(spelt(denied, depth))
        case Apply(head=head, args=(left, right)) if head in COMPARISONS and not is_condition(left):
            return _compared(head, spelt(left, depth), spelt(right, depth))
    if not expr.children:
        return expr
    return _of_parts(expr.rebuild(tuple(spelt(child, depth) for child in expr.children)))


def _without_extrema(expr: Expr) -> Expr:
    """Comparisons of the extrema of ranges as what they say of all."""
    if not isinstance(expr, Apply) or expr.head not in ("lt", "le", "eq", "and"):
        return expr
    comparisons = expr.args if expr.head == "and" else (expr,)
    sides = (side for each in comparisons if isinstance(each, Apply) for side in each.args)
    found = any(isinstance(side, Binder) and side.kind in ("max", "min") for side in sides)
    return unfolded(expr) if found else expr


def _squeezed(parts: list[Expr]) -> list[Expr]:
    """``p <= 0`` for all and ``-p <= 0`` for all as ``p = 0`` for all."""
    for one, other in combinations(parts, 2):
        match one, other:
            case (
                Binder(kind="forall", body=Apply(head="le", args=(p, _))),
                Binder(kind="forall", body=Apply(head="le", args=(_, _)) as body),
            ) if other == _of(one, body) and _compared("le", mul(MINUS_ONE, p), ZERO) == body:
                rest = [part for part in parts if part not in (one, other)]
                return [*rest, _of(one, _compared("eq", p, ZERO))]
    return parts


def _of(binder: Binder, body: Expr) -> Binder:
    return Binder(binder.kind, body, binder.variable, binder.lower, binder.upper, binder.condition)


def _of_parts(expr: Expr) -> Expr:
    """What stands in no range of its own, its parts spelt."""
    try:
        match expr:
            case Apply(head=head) if head in ARITHMETIC:
                return _written(polynomial(expr))
            case Apply(head="abs", args=(u,)):
                return function("abs", _written(_with_sign(polynomial(u))))
    except TooLarge:
        pass
    return expr


def _is_open(binder: Binder) -> bool:
    return binder.lower is None or binder.upper is None or INFINITY in (binder.lower, binder.upper)


def _from_zero(binder: Binder, depth: int) -> Expr:
    assert binder.lower is not None and binder.upper is not None
    own = index_variable(f"·{depth}")
    at: dict[Variable, Expr] = {binder.variable: add(binder.lower, own)}
    body, condition = binder.body, binder.condition
    if binder.kind == "forall":
        body, condition = disjunction(negation(condition), body), TRUE
    body, condition = (spelt(instantiate(part, at), depth + 1) for part in (body, condition))
    return Binder(binder.kind, body, own, ZERO, spelt(subtract(binder.upper, binder.lower), depth), condition)


def _denied(condition: Expr) -> Expr:
    """What is spelt, denied: the denial stands at the comparisons and statements for all."""
    if not isinstance(condition, Apply) or condition.head not in ("and", "or", *COMPARISONS):
        return negation(condition)
    if condition.head in COMPARISONS:
        opposite = negation(condition)
        assert isinstance(opposite, Apply)
        return _compared(opposite.head, *opposite.args)
    parts = sorted(map(_denied, condition.args), key=entry_text)
    return disjunction(*parts) if condition.head == "and" else conjunction(*parts)


def _told_first(condition: Expr, value: Expr, other: Expr) -> Expr:
    """The cases, of a condition and its opposite the one that comes first."""
    opposite = _denied(condition)
    if entry_text(opposite) < entry_text(condition):
        condition, value, other = opposite, other, value
    return cases(((condition, value),), other)


def _compared(head: str, left: Expr, right: Expr) -> Expr:
    """``p < q`` as ``p - q < 0``, in coprime whole numbers; of integers as ``p - q + 1 <= 0``."""
    if is_condition(left) or is_condition(right):
        return Apply(head, (left, right))
    try:
        gap = primitive(minus(polynomial(left), polynomial(right)))
    except TooLarge:
        return Apply(head, (left, right))
    if head in ("eq", "ne"):
        gap = _with_sign(gap)
    if head == "lt" and all(map(is_integer_valued, atoms_of((gap,)))):
        return compare("le", _written(plus(gap, constant(1))), ZERO)
    return compare(head, _written(gap), ZERO)


def _with_sign(poly: Polynomial) -> Polynomial:
    """The polynomial or its opposite, of which the last coefficient is positive."""
    return scaled(poly, -1) if poly and poly[max(poly, key=_key)] < 0 else poly


def _written(poly: Polynomial) -> Expr:
    return add(*(mul(number(poly[each]), *_factors(each)) for each in sorted(poly, key=_key)))


def _factors(monomial: Monomial) -> list[Expr]:
    return [power(base, number(n)) for base, n in sorted(monomial, key=lambda each: entry_text(each[0]))]


def _key(monomial: Monomial) -> tuple[str, ...]:
    return tuple(entry_text(factor) for factor in _factors(monomial))
