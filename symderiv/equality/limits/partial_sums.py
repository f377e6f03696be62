"""Sums whose end goes to infinity with the variable of a limit: powers of k, and ``r^k``, in closed form."""

from __future__ import annotations

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.conditions.polynomial import TooLarge, polynomial
from symderiv.expression.build import add, compare, mul, negative, number, power, subtract
from symderiv.expression.progressions import line, parted
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
    INFINITY,
    MINUS_ONE,
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Expr,
    Number,
    Variable,
    transform,
)
from symderiv.index.sums.faulhaber import power_sum

MAX_POWER = 12
Facts = tuple[Expr, ...]


def with_partial_sums(expr: Expr, variable: Variable, point: Expr, facts: Facts = ()) -> Expr:
    """``expr`` with its sums up to an end that grows with ``variable`` in closed form, where they have one.

    The forms hold for sums that aren't empty: for large values of the variable.

    >>> from symderiv.expression.tree import index_variable
    >>> n, k = Variable("n"), index_variable("k")
    >>> str(with_partial_sums(Binder("sum", k, k, ONE, n), n, INFINITY))
    '1/2*n^2 + 1/2*n'
    """
    if point != INFINITY:
        return expr
    known = knowledge(facts)

    def rule(node: Expr) -> Expr:
        if not isinstance(node, Binder) or not _grows(node, variable, known):
            return node
        return _closed(node, known) or node

    return transform(expr, rule)


def _grows(node: Binder, variable: Variable, known: Knowledge) -> bool:
    """Is it a sum with ever more terms?"""
    if node.kind != "sum" or node.condition != TRUE or node.lower is None or node.upper is None:
        return False
    starts, ends = _slope(node.lower, variable), _slope(node.upper, variable)
    return starts is not None and ends is not None and known.implies(compare("lt", starts, ends))


def _slope(end: Expr, variable: Variable) -> Expr | None:
    return line(end, variable) if variable in free_variables(end) else ZERO


def _closed(node: Binder, known: Knowledge) -> Expr | None:
    k, lower, upper = node.variable, node.lower, node.upper
    assert lower is not None and upper is not None
    try:
        terms = polynomial(node.body)
    except TooLarge:
        return None
    values = []
    for monomial, coefficient in terms.items():
        term = mul(number(coefficient), *(power(base, Number(e)) for base, e in monomial))
        value = _summed(term, k, lower, upper, known)
        if value is None:
            return None
        values.append(value)
    return add(*values)


def _summed(term: Expr, k: Variable, lower: Expr, upper: Expr, known: Knowledge) -> Expr | None:
    """``c Σ k^p``, ``c Σ r^k`` or ``c Σ k r^k`` where r is surely not 1."""
    cut = parted(term, k)
    degree = _degree(cut.others, k)
    if degree is None:
        return None
    if cut.ratio == ONE:
        return mul(cut.fixed, power_sum(degree, lower, upper))
    if degree > 1 or not _is_not_one(cut.ratio, known):
        return None
    sums = (_geometric, _weighted)[degree]
    return mul(cut.fixed, sums(cut.ratio, lower, upper))


def _is_not_one(ratio: Expr, known: Knowledge) -> bool:
    if isinstance(ratio, Apply) and ratio.head == "pow" and ratio.args[1] == MINUS_ONE:
        return _is_not_one(ratio.args[0], known)
    return known.implies(compare("ne", ratio, ONE))


def _degree(others: tuple[Expr, ...], k: Variable) -> int | None:
    match others:
        case ():
            return 0
        case (factor,) if factor == k:
            return 1
        case (Apply(head="pow", args=(base, Number(value=int() as p))),) if base == k and 1 < p <= MAX_POWER:
            return p
    return None


def _geometric(r: Expr, a: Expr, b: Expr) -> Expr:
    """``Σ_{k=a}^{b} r^k = (r^(b+1) - r^a)/(r - 1)``."""
    return mul(subtract(_raised(r, add(b, ONE)), _raised(r, a)), power(add(r, MINUS_ONE), MINUS_ONE))


def _weighted(r: Expr, a: Expr, b: Expr) -> Expr:
    """``Σ_{k=a}^{b} k r^k = (b r^(b+2) - (b + 1) r^(b+1) - (a - 1) r^(a+1) + a r^a)/(r - 1)²``."""
    top = subtract(mul(b, _raised(r, add(b, Number(2)))), mul(add(b, ONE), _raised(r, add(b, ONE))))
    bottom = subtract(mul(a, _raised(r, a)), mul(add(a, MINUS_ONE), _raised(r, add(a, ONE))))
    return mul(add(top, bottom), power(add(r, MINUS_ONE), Number(-2)))


def _raised(r: Expr, exponent: Expr) -> Expr:
    """``(b^-1)^m`` is ``b^-m``, as m is an integer."""
    if isinstance(r, Apply) and r.head == "pow" and r.args[1] == MINUS_ONE:
        return power(r.args[0], negative(exponent))
    return power(r, exponent)
