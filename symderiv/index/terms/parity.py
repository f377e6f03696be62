"""Even and odd functions: ``cos(-a) = cos(a)``, ``sin(-a) = -sin(a)``; sines of sums of angles."""

from __future__ import annotations

from fractions import Fraction

from symderiv.expression.instantiation import refold
from symderiv.expression.tree import Apply
from symderiv.index.every_size.positivity import is_nonnegative
from symderiv.index.integer_sets import isl
from symderiv.index.session import Session
from symderiv.index.terms.functions import EVEN, mentions_dummy
from symderiv.index.terms.reading import folded, pairs_of, prepared, read
from symderiv.index.terms.terms import Pairs, Terms, constant, product, scale, sum_of


def _of_sum(session: Session, head: str, pairs: Pairs, outer: isl.Set) -> Terms:
    """``sin(a + b) = sin(a) cos(b) + cos(a) sin(b)``, ``cos(a + b) = cos(a) cos(b) - sin(a) sin(b)``."""
    first, rest = sum_of(pairs[:1]), sum_of(pairs[1:])
    sines = [read(session, Apply("sin", (angle,)), outer) for angle in (first, rest)]
    cosines = [read(session, Apply("cos", (angle,)), outer) for angle in (first, rest)]
    if head == "sin":
        return product(sines[0], cosines[1]) + product(cosines[0], sines[1])
    return product(cosines[0], cosines[1]) + scale(product(sines[0], sines[1]), -1)


def read_signed(session: Session, expr: Apply, outer: isl.Set) -> Terms:
    """``cos(-a) = cos(a)``, ``sin(-a) = -sin(a)``, ``sign(2a) = sign(a)``, and ``|a| = a`` of an a ≥ 0."""
    if expr.head == "abs" and is_nonnegative(expr.args[0]):
        return read(session, expr.args[0], outer)
    terms = prepared(session, expr, outer)
    if terms is not None:
        return terms
    pairs = pairs_of(session, read(session, expr.args[0], outer), outer)
    if not pairs:
        return constant(1 if expr.head in ("cos", "cosh") else 0)
    if expr.head in ("sin", "cos") and len(pairs) > 1 and mentions_dummy(session, expr):
        return _of_sum(session, expr.head, pairs, outer)
    lead = pairs[0][0]
    factor = Fraction(lead) if expr.head in ("sign", "abs") else Fraction(1 if lead > 0 else -1)
    terms = folded(refold(expr, (sum_of([(c / factor, m) for c, m in pairs]),)))
    outside = abs(factor) if expr.head == "abs" else 1 if expr.head in EVEN or lead > 0 else -1
    return scale(terms, outside)
