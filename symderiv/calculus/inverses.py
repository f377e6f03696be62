"""Derivatives of inverses and determinants of matrices kept whole: ``d(M⁻¹) = -M⁻¹ dM M⁻¹``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from symderiv.calculus.bound_names import over_another_name
from symderiv.errors import MeaningError
from symderiv.expression.build import compare, mul
from symderiv.expression.tree import MINUS_ONE, ZERO, Apply, Binder, Expr, Variable, walk

if TYPE_CHECKING:
    from symderiv.calculus.derivative import Differentiation


def inverse_rule(rules: Differentiation, args: tuple[Expr, ...]) -> Expr:
    """``(M⁻¹)'[i,j] = -Σ_p Σ_q M⁻¹[i,p] M'[p,q] M⁻¹[q,j]``"""
    matrix, i, j = args
    if rules.occurs(i) or rules.occurs(j):
        raise MeaningError("no derivative by a name that an index is computed from")

    def entry(p: Variable, q: Variable, moved: Expr) -> Expr:
        left, right = (Apply("inverse", (matrix, *at)) for at in ((i, p), (q, j)))
        return mul(MINUS_ONE, left, moved, right)

    return _over_entries(rules, args, entry)


def determinant_rule(rules: Differentiation, args: tuple[Expr, ...]) -> Expr:
    """``(det M)' = det M · Σ_p Σ_q M⁻¹[q,p] M'[p,q]``"""
    return _over_entries(
        rules,
        args,
        lambda p, q, moved: mul(Apply("det", args), Apply("inverse", (*args, q, p)), moved),
    )


def has_inverse(matrix: Expr) -> Expr:
    """Where that says what the derivative of a determinant is."""
    return compare("ne", Apply("det", (matrix,)), ZERO)


def _over_entries(
    rules: Differentiation, args: tuple[Expr, ...], entry: Callable[[Variable, Variable, Expr], Expr]
) -> Expr:
    """The sum over all entries (p, q) of the matrix, each with its derivative."""
    matrix = args[0]
    assert isinstance(matrix, Binder)
    taken = rules.taken | {node.name for arg in args for node in walk(arg) if isinstance(node, Variable)}
    rows = over_another_name(matrix, taken)
    assert isinstance(rows.body, Binder)
    columns = over_another_name(rows.body, taken | {rows.variable.name})
    moved = rules.of(columns.body)
    if moved == ZERO:
        return ZERO
    value = entry(rows.variable, columns.variable, moved)
    for each in (columns, rows):
        value = Binder("sum", value, each.variable, each.lower, each.upper)
    return value
