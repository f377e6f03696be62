"""What is given beside the expressions, over generators: inequalities are signs, equations are zeros."""

from __future__ import annotations

from fractions import Fraction

from symderiv.equality.cells.positivity import Sign
from symderiv.equality.cells.signs import Signs, Split
from symderiv.equality.facts import parts
from symderiv.equality.normal_forms.generators import Decline, Field, Poly
from symderiv.equality.normal_forms.integrality import is_integer
from symderiv.equality.normal_forms.normal_form import NormalForm, UndefinedHere
from symderiv.equality.normal_forms.rational import Element
from symderiv.equality.normal_forms.table import RULES
from symderiv.equality.rationals import fraction
from symderiv.expression.tree import Apply, Expr


def known_signs(field: Field, facts: tuple[Expr, ...]) -> dict[int, Sign]:
    """The signs of polynomials that the facts state."""
    known: dict[int, Sign] = {}
    nf = NormalForm(field, Signs(field, {}), RULES, opaque=True)
    for fact in parts(facts):
        if fact.head not in ("lt", "le"):
            continue
        try:
            _enter(nf, fact, known)
        except (Decline, Split, UndefinedHere):
            continue
    return known


def zero_polynomials(field: Field, facts: tuple[Expr, ...]) -> list[Poly]:
    """The polynomials that equations among the facts say are zero (those that no unknown solves)."""
    nf = NormalForm(field, Signs(field, {}), RULES, opaque=True)
    found = []
    for fact in parts(facts):
        if fact.head != "eq":
            continue
        try:
            gap = nf.arithmetic.subtract(*(nf.convert(side) for side in fact.args))
        except (Decline, Split, UndefinedHere):
            continue
        if not gap.num.is_constant():
            found.append(gap.num)
    return found


def _enter(nf: NormalForm, fact: Apply, known: dict[int, Sign]) -> None:
    a = nf.arithmetic
    gap = a.subtract(nf.convert(fact.args[1]), nf.convert(fact.args[0]))
    strict = fact.head == "lt"
    if is_integer(nf.field, gap) and not gap.num.is_constant():
        leading = gap.num.leading_coefficient()
        known[nf.field.intern(gap.num / leading)] = (1 if leading > 0 else -1, strict)
        gap = a.add(a.scaled(gap, 2), a.number(-1 if strict else 1))
        strict = True
    if gap.num.is_zero():
        return
    sign, poly = _without_known_factors(nf, gap)
    if not poly.is_constant():
        leading = poly.leading_coefficient()
        known[nf.field.intern(poly / leading)] = (sign if leading > 0 else -sign, strict)


def _without_known_factors(nf: NormalForm, gap: Element) -> tuple[int, Poly]:
    """What has the sign of the gap, or the opposite one: of ``2/L - x`` that is ``2 - L x``, for L > 0.

    A denominator is a factor like others: it isn't zero where the gap has a value.
    """
    constant, factors = _factors(nf.field, gap.num)
    sign, left = 1 if constant > 0 else -1, nf.field.one
    for number, power in (*factors, *((n, power % 2) for n, power in gap.den.items())):
        found = nf.signs.of(number)
        if found is None or not found[1]:
            left *= nf.field.poly(number) ** power
        elif power % 2:
            sign *= found[0]
    return sign, left


def _factors(field: Field, poly: Poly) -> tuple[Fraction, list[tuple[int, int]]]:
    """The irreducible factors; of a polynomial too large for that, itself."""
    try:
        return field.factor(poly)
    except Decline:
        leading = poly.leading_coefficient()
        return fraction(leading), [(field.intern(poly / leading), 1)]
