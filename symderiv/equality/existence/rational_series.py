"""Sums of rational functions over all integers from one on: ``Σ 1/(i (i + 1)) = 1``, ``Σ 1/i² = π²/6``.

In partial fractions ``Σ c/(i + a) + d/(i + a)²``. Poles that differ by whole numbers sum up the same terms
but for the first ones, so that their c have to add up to 0, which leaves finitely many. Of squares Euler says
``Σ_{m≥1} 1/m² = π²/6``, so that ``Σ_{m≥1} 1/(m - 1/2)² = 4 (π²/6 - π²/24) = π²/2``.
"""

from __future__ import annotations

from fractions import Fraction

import flint

from symderiv.equality.cells.positivity import as_univariate
from symderiv.equality.normal_forms.plain import plain_forms
from symderiv.equality.rationals import fraction
from symderiv.expression.build import add, divide, mul, number, power, subtract
from symderiv.expression.tree import Constant, Expr, Number, Variable

MAX_LEFT = 60
EULER = {1: number(Fraction(1, 6)), 2: number(Fraction(1, 2))}
Fractions = dict[Fraction, tuple[Fraction, Fraction]]


def rational_series(body: Expr, i: Variable, first: Expr) -> Expr | None:
    """The value of ``Σ_{i≥first} body``, a rational function of i alone with rational poles, or ``None``.

    >>> from symderiv.expression.tree import ONE, index_variable
    >>> i = index_variable("i")
    >>> rational_series(divide(number(1), mul(i, add(i, ONE))), i, ONE).value
    1
    """
    parts = _partial_fractions(body, i)
    if parts is None or any(_meets(a, first) for a in parts):
        return None
    values = [_squares(a, d, first) for a, (_, d) in parts.items() if d]
    classes: dict[Fraction, dict[Fraction, Fraction]] = {}
    for a, (c, _) in parts.items():
        classes.setdefault(a % 1, {})[a] = c
    values += [_telescoped(poles, first) for poles in classes.values()]
    found = [value for value in values if value is not None]
    return add(*found) if len(found) == len(values) else None


def _meets(a: Fraction, first: Expr) -> bool:
    """Is there no term at one of the integers?"""
    return isinstance(first, Number) and a.denominator == 1 and -a >= first.value


def _telescoped(poles: dict[Fraction, Fraction], first: Expr) -> Expr | None:
    """``Σ_j c_j Σ_{i≥first} 1/(i + a_j)``: what the poles beyond the least one leave out."""
    least = min(poles)
    if sum(poles.values()) or max(poles) - least > MAX_LEFT:
        return None
    return add(
        *(
            mul(number(-c), divide(number(1), add(first, number(least + t))))
            for a, c in poles.items()
            for t in range(int(a - least))
        )
    )


def _squares(a: Fraction, d: Fraction, first: Expr) -> Expr | None:
    """``d Σ_{i≥first} 1/(i + a)²``, all of ``1/m²`` or ``1/(m - 1/2)²`` but for the first ones."""
    begin = a + first.value if isinstance(first, Number) else Fraction(0)
    if begin <= 0 or begin > MAX_LEFT or begin.denominator > 2:
        return None
    least = Fraction(1, begin.denominator)
    before = sum((1 / (least + t) ** 2 for t in range(int(begin - least))), Fraction(0))
    whole = mul(EULER[begin.denominator], power(Constant("pi"), number(2)))
    return mul(number(d), subtract(whole, number(before)))


def _partial_fractions(body: Expr, i: Variable) -> Fractions | None:
    """a → (c, d), where the body is ``Σ c/(i + a) + d/(i + a)²``."""
    found = plain_forms(body)
    if found is None:
        return None
    nf, (value,) = found
    above, below = nf.arithmetic.as_polynomials(value)
    used = {g.position: g for poly in (above, below) for g in nf.field.used(poly)}
    if [g.expr for g in used.values()] != [i]:
        return None
    top, bottom = (as_univariate(poly, next(iter(used))) for poly in (above, below))
    if top.degree() > bottom.degree() - 2:
        return None
    parts: Fractions = {}
    for factor, times in bottom.numer().factor()[1]:
        if factor.degree() != 1 or times > 2:
            return None
        root = flint.fmpq(-factor[0], factor[1])
        parts[-fraction(root)] = _at_pole(top, bottom, root, times)
    return parts


def _at_pole(
    top: flint.fmpq_poly, bottom: flint.fmpq_poly, root: flint.fmpq, times: int
) -> tuple[Fraction, Fraction]:
    """c and d at a pole: the value of what is left without it, and, where it is double, its slope."""
    rest = bottom // flint.fmpq_poly([-root, 1]) ** times
    value = top(root) / rest(root)
    if times == 1:
        return fraction(value), Fraction(0)
    slope = (top.derivative()(root) - value * rest.derivative()(root)) / rest(root)
    return fraction(slope), fraction(value)
