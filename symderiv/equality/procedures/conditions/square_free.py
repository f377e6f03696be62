"""Equations of polynomials by their factors, each once: ``(ad - bc)^2 = 0`` holds where ``ad = bc``."""

from __future__ import annotations

from math import prod

from symderiv.equality.normal_forms.plain import irreducible_factors, plain_forms
from symderiv.equality.normal_forms.reading import to_expr
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.proportional import gap
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import compare
from symderiv.expression.tree import ZERO, Expr


def by_square_free(problem: Problem, prove: Prove) -> Proof | None:
    """A proof for two equations, repeated factors and those that are never zero left out."""
    return with_sides_rewritten(problem, _square_free, prove, "factors of equations")


def _square_free(condition: Expr) -> Expr:
    """``∏ pₖ = 0`` of ``∏ pₖ^mₖ = 0``, where that is a polynomial in names."""
    difference = gap(condition)
    found = None if difference is None else plain_forms(difference)
    if found is None:
        return condition
    nf, (form,) = found
    if form.den or form.num.is_zero() or any(g.kind != "atom" for g in nf.field.used(form.num)):
        return condition
    factors = irreducible_factors(nf.field, form.num)
    signs = (nf.signs.of(nf.field.intern(factor)) for factor in factors)
    left = [factor for factor, sign in zip(factors, signs, strict=True) if sign is None or not sign[1]]
    product = prod(left, start=nf.field.one)
    if not factors or product.total_degree() == form.num.total_degree():
        return condition
    return compare("eq", to_expr(nf.field, product), ZERO)
