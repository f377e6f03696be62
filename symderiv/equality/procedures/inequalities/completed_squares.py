"""Quadratic forms with letters, squares completed: ``4 a (a x² + b x + c) = (2 a x + b)² + 4 a c - b²``.

Where a > 0 and the rest is never negative, the form isn't either, and is zero where both squares are.
"""

from __future__ import annotations

from fractions import Fraction

from symderiv.equality.conditions.condition import Knowledge
from symderiv.equality.conditions.polynomial import Monomial, Polynomial, TooLarge, atoms_of, polynomial
from symderiv.equality.conditions.signs import NEGATIVE, NONNEGATIVE, NONPOSITIVE, POSITIVE
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.inequalities.claims import with_comparisons_said
from symderiv.equality.procedures.inequalities.signs_of_slopes import factored
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import (
    add,
    compare,
    conjunction,
    disjunction,
    mul,
    negation,
    negative,
    power,
    subtract,
)
from symderiv.expression.tree import FALSE, TRUE, ZERO, Apply, Expr, Number

MAX_SQUARES = 4
MAX_TERMS = 30
TWO, FOUR = Number(2), Number(4)


def by_completed_squares(problem: Problem, prove: Prove) -> Proof | None:
    """A proof of conditions in which comparisons of forms are said of the squares in these."""
    return with_comparisons_said(problem, prove, _of_squares, "squares completed")


def _of_squares(node: Expr, known: Knowledge) -> Expr:
    """``u < v`` as where v - u isn't zero, if it is never negative; as nowhere, if it is never positive."""
    assert isinstance(node, Apply)
    gap = subtract(node.args[1], node.args[0])
    above = _positive_where(gap, known, MAX_SQUARES)
    if above is not None:
        return above if node.head == "lt" else TRUE
    below = _positive_where(negative(gap), known, MAX_SQUARES)
    if below is not None:
        return FALSE if node.head == "lt" else negation(below)
    return node


def _positive_where(form: Expr, known: Knowledge, squares: int) -> Expr | None:
    """Where a form that is never negative isn't zero; None where it isn't known to be such."""
    try:
        poly = polynomial(form)
    except TooLarge:
        return None
    if len(poly) > MAX_TERMS:
        return None
    by_factors = _of_factors(form, known) if squares < MAX_SQUARES else None
    if by_factors is not None or squares == 0:
        return by_factors
    for t in atoms_of((poly,)):
        above, beside, rest = _parted(poly, t)
        if above and known.signs(_expr(above)) == POSITIVE:
            a, b, c = map(_expr, (above, beside, rest))
            left = _positive_where(subtract(mul(FOUR, a, c), mul(b, b)), known, squares - 1)
            if left is not None:
                return disjunction(compare("ne", add(mul(TWO, a, t), b), ZERO), left)
    return None


def _parted(poly: Polynomial, t: Expr) -> tuple[Polynomial, Polynomial, Polynomial]:
    """The coefficients of t², t and 1; nothing where t stands in a higher power."""
    parts: tuple[dict[Monomial, Fraction], ...] = ({}, {}, {})
    for monomial, c in poly.items():
        times = dict(monomial).get(t, 0)
        if times > 2:
            return {}, {}, {}
        parts[times][frozenset(pair for pair in monomial if pair[0] != t)] = c
    return parts[2], parts[1], parts[0]


def _expr(poly: Polynomial) -> Expr:
    return add(
        *(
            mul(Number(c), *(power(base, Number(times)) for base, times in monomial))
            for monomial, c in poly.items()
        )
    )


def _of_factors(form: Expr, known: Knowledge) -> Expr | None:
    """The same by the factors of the form: where none of them is zero."""
    found = factored(form)
    if found is None:
        return None
    sign, factors = found
    nonzero: list[Expr] = []
    for factor, times in factors:
        signs = known.signs(factor)
        if times % 2:
            if not (signs <= NONNEGATIVE or signs <= NONPOSITIVE):
                return None
            sign *= 1 if signs <= NONNEGATIVE else -1
        if signs not in (POSITIVE, NEGATIVE):
            nonzero.append(compare("ne", factor, ZERO))
    if sign < 0:
        return None
    return FALSE if sign == 0 else conjunction(*nonzero)
