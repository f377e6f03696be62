"""Determinants and inverses of small given sizes, written out: there is seen which are always singular.

``I - u uᵀ/uᵀ u`` has the determinant 0 wherever it exists. At a point, exact arithmetic says so, around it
balls can't: here it is the zero of a rational function.
"""

from __future__ import annotations

from symderiv.equality.normal_forms.plain import is_zero
from symderiv.expression.build import divide
from symderiv.expression.contents import contents
from symderiv.expression.instantiation import expand, instantiate
from symderiv.expression.leibniz import Rows, cofactor, determinant_of
from symderiv.expression.tree import FALSE, ZERO, Apply, Binder, Expr, Number, transform, walk_once

MAX_SIZE = 3


def small_matrices_written_out(expr: Expr) -> Expr:
    """The expression with determinants written out, entries of inverses as cofactors over them.

    What asks a determinant that is 0 as a function not to be 0 is false.

    >>> from symderiv.expression.tree import ONE, Index, Variable, index_variable
    >>> i, j, u = index_variable("i"), index_variable("j"), Variable("u")
    >>> of_rank_1 = Apply("mul", (Index(u, (i,)), Index(u, (j,))))
    >>> matrix = Binder("array", Binder("array", of_rank_1, j, ZERO, ONE), i, ZERO, ONE)
    >>> small_matrices_written_out(Apply("ne", (Apply("det", (matrix,)), ZERO))) == FALSE
    True
    """
    return transform(expr, _written_out)


def asks_for_determinants(condition: Expr) -> bool:
    """Does a condition speak of a determinant?"""
    if Binder not in contents(condition).classes:
        return False
    return any(isinstance(node, Apply) and node.head == "det" for node in walk_once(condition))


def _written_out(node: Expr) -> Expr:
    match node:
        case Apply(head="det", args=(Binder() as matrix,)):
            rows = _rows(matrix)
            return node if rows is None else determinant_of(rows)
        case Apply(head="inverse", args=(Binder() as matrix, Number(value=i), Number(value=j))):
            rows = _rows(matrix)
            if rows is not None and min(i, j) >= 0 and max(i, j) < len(rows):
                return divide(cofactor(rows, int(j), int(i)), determinant_of(rows))
        case Apply(head="ne", args=(value, zero)) if zero == ZERO and is_zero(value):
            return FALSE
    return node


def _rows(matrix: Binder) -> Rows | None:
    """The entries of a matrix that is given by its formula, if it is small."""
    sizes = _size(matrix), _size(matrix.body)
    if sizes[0] is None or sizes[0] != sizes[1]:
        return None
    indices = range(sizes[0])
    return tuple(tuple(_entry(matrix, Number(i), Number(j)) for j in indices) for i in indices)


def _size(along: Expr) -> int | None:
    match along:
        case Binder(kind="array", lower=lower, upper=Number(value=int() as last)) if lower == ZERO:
            return last + 1 if 0 <= last < MAX_SIZE else None
    return None


def _entry(matrix: Binder, i: Expr, j: Expr) -> Expr:
    row = instantiate(matrix.body, {matrix.variable: i})
    assert isinstance(row, Binder)
    return expand(instantiate(row.body, {row.variable: j}))
