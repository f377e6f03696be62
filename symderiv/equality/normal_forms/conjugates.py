"""Polynomials that are linear in one square root: p = α + β r, its conjugate, its norm α² − β² r²."""

from __future__ import annotations

from symderiv.equality.normal_forms.generators import Generator, Poly
from symderiv.equality.normal_forms.normal_form import NormalForm
from symderiv.equality.normal_forms.rational import Element

ROOTS = ("root", "root prime")


def linear_root(nf: NormalForm, poly: Poly) -> Generator | None:
    """The last square root of a polynomial, if it occurs to the first power only."""
    degrees = poly.degrees()
    for generator in reversed(nf.field.generators):
        if generator.kind in ROOTS and degrees[generator.position]:
            relation = nf.arithmetic.relations.get(generator.position)
            is_square = relation is not None and relation.q == 2
            return generator if is_square and degrees[generator.position] == 1 else None
    return None


def coefficients(nf: NormalForm, poly: Poly, generator: Generator) -> tuple[Poly, Poly]:
    """α and β of ``p = α + β r``."""
    unknown = nf.field.unknown(generator)
    alpha = poly.subs({f"g{generator.position}": 0})
    return alpha, (poly - alpha) / unknown


def in_square_root(nf: NormalForm, poly: Poly) -> tuple[Element, Element, Element] | None:
    """α, β r and the norm α² − β² r², where a polynomial is linear in a square root."""
    generator = linear_root(nf, poly)
    if generator is None:
        return None
    alpha, beta = coefficients(nf, poly, generator)
    radicand = nf.arithmetic.relations[generator.position].radicand
    norm = nf.arithmetic.reduced(alpha * alpha - beta * beta * radicand)
    return Element(alpha), Element(beta * nf.field.unknown(generator)), Element(norm)


def sign_by_norm(nf: NormalForm, number: int) -> tuple[int, tuple[int, ...]] | None:
    """The sign of α + β r: that of the greater part, told by the norm."""
    split = in_square_root(nf, nf.field.poly(number))
    if split is None or any(nf.arithmetic.is_zero(part) for part in split):
        return None
    alpha, beta_root, norm = split
    dominant, seen = nf.sign(norm)
    sign, more = nf.sign(alpha if dominant > 0 else beta_root)
    return sign, (*seen, *more)
