"""Normal forms outside of any cell, with switches as unknowns: to look at single expressions."""

from __future__ import annotations

from symderiv.equality.cells.signs import Signs, Split
from symderiv.equality.normal_forms.generators import Decline, Field, Plan, Poly, Relearn
from symderiv.equality.normal_forms.normal_form import NormalForm, UndefinedHere
from symderiv.equality.normal_forms.rational import Element
from symderiv.equality.normal_forms.table import RULES
from symderiv.expression.tree import Expr

MAX_ATTEMPTS = 6


def plain_forms(*exprs: Expr) -> tuple[NormalForm, tuple[Element, ...]] | None:
    """The normal forms of expressions over one field; None where a procedure declines."""
    plan = Plan()
    for _ in range(MAX_ATTEMPTS):
        field = Field(plan)
        nf = NormalForm(field, Signs(field, {}), RULES, opaque=True)
        try:
            return nf, tuple(nf.convert(expr) for expr in exprs)
        except Relearn:
            continue
        except (Decline, Split, UndefinedHere):
            return None
    return None


def difference(a: Expr, b: Expr) -> tuple[Field, Element] | None:
    """The normal form of ``a − b``."""
    found = plain_forms(a, b)
    if found is None:
        return None
    nf, (left, right) = found
    return nf.field, nf.arithmetic.subtract(left, right)


def is_zero(expr: Expr) -> bool:
    """Zero as a rational function of its unknowns."""
    found = plain_forms(expr)
    return found is not None and found[0].arithmetic.is_zero(found[1][0])


def irreducible_factors(field: Field, poly: Poly) -> tuple[Poly, ...]:
    """The irreducible factors; none where the polynomial is a number, or too large to be factored."""
    if poly.is_zero():
        return ()
    try:
        return tuple(field.poly(number) for number, _ in field.factor(poly)[1])
    except Decline:
        return ()


def factors_of_fraction(field: Field, element: Element) -> tuple[Poly, ...]:
    """The factors that are 0 where it is, or where a divisor of it is; none where it can't be factored."""
    above = irreducible_factors(field, element.num)
    if not above and not element.num.is_constant():
        return ()
    return (*above, *(field.poly(number) for number in element.den))
