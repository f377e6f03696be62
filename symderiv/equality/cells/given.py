"""What is given beside the expressions, over generators: inequalities are signs, equations are zeros."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symderiv.equality.cells.positivity import Sign
from symderiv.equality.cells.signs import Signs, Split
from symderiv.equality.facts import parts, squares
from symderiv.equality.normal_forms.generators import Decline, Field, Poly
from symderiv.equality.normal_forms.integrality import is_integer
from symderiv.equality.normal_forms.normal_form import NormalForm, UndefinedHere
from symderiv.equality.normal_forms.rational import Element
from symderiv.equality.normal_forms.table import RULES
from symderiv.equality.rationals import fraction
from symderiv.expression.tree import Apply, Expr, Number

STRICT = frozenset(("lt", "le", "add", "mul", "pow", "exp", "log", "abs", "max", "min"))


def known_signs(field: Field, facts: tuple[Expr, ...]) -> dict[int, Sign]:
    """The signs of polynomials that the facts state."""
    known: dict[int, Sign] = {}
    stated = [fact for fact in parts(facts) if fact.head in ("lt", "le")]
    for fact in (*stated, *(square for each in stated for square in squares(each))):
        try:
            radicands = _radicands(field, fact)
            known.update(radicands)
            _enter(NormalForm(field, Signs(field, radicands), RULES, opaque=True), fact, known)
        except (Decline, Split, UndefinedHere):
            continue
    return known


def _radicands(field: Field, fact: Apply) -> dict[int, Sign]:
    """What stands under a root in a fact isn't negative: there the fact has a value."""
    nf = NormalForm(field, Signs(field, {}), RULES, opaque=True)
    found: dict[int, Sign] = {}
    for base in _under_roots(fact):
        radicand = nf.convert(base)
        if not radicand.den and not radicand.num.is_constant():
            leading = radicand.num.leading_coefficient()
            found[field.intern(radicand.num / leading)] = (1 if leading > 0 else -1, False)
    return found


def _under_roots(expr: Expr) -> Iterator[Expr]:
    """The radicands that are evaluated wherever the expression is: none in cases, or in a range."""
    if isinstance(expr, Apply) and expr.head in STRICT:
        if expr.head == "pow" and isinstance(expr.args[1], Number) and expr.args[1].value.denominator > 1:
            yield expr.args[0]
        for arg in expr.args:
            yield from _under_roots(arg)


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
