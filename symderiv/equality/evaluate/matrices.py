"""Inverses and determinants of matrices of numbers: exact where all entries are, else in balls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import arb_mat, fmpq, fmpq_mat

from symderiv.equality.evaluate.values import NotDecided, NoValue, Value, ball
from symderiv.expression.tree import Apply, Binder, Expr, Number

MAX_SIZE = 40

Rows = list[list[Value]]


def rows_of(
    matrix: Expr,
    each: Callable[[Binder, Callable[[Expr], Any]], list[Any]],
    value: Callable[[Expr], Value],
) -> Rows:
    """The entries of a matrix that is given by its formula; ``each`` visits the body of a binder."""
    assert isinstance(matrix, Binder) and isinstance(matrix.body, Binder)
    row = matrix.body
    return each(matrix, lambda _: each(row, value))


def entry_of_inverse(matrix: Expr, at: tuple[int, ...]) -> Expr:
    """The entry of the inverse of a matrix, as an expression."""
    return Apply("inverse", (matrix, *map(Number, at)))


def entries_of_inverse(matrix: Expr, rows: Rows) -> dict[Expr, Value]:
    """The inverse of a matrix with these rows; raises `NoValue` for one that surely has none.

    >>> from symderiv.expression.tree import Variable
    >>> found = entries_of_inverse(Variable("M"), [[fmpq(2), fmpq(1)], [fmpq(1), fmpq(1)]])
    >>> list(found.values())
    [1, -1, -1, 2]
    """
    numbers = _matrix(rows)
    try:
        inverse = numbers.inv().tolist()
    except ZeroDivisionError:
        if isinstance(numbers, fmpq_mat):
            raise NoValue from None
        raise NotDecided("a matrix of balls that may have no inverse") from None
    return {
        entry_of_inverse(matrix, (i, j)): entry
        for i, row in enumerate(inverse)
        for j, entry in enumerate(row)
    }


def determinant(rows: Rows) -> Value:
    """The determinant: 1 of a matrix without entries.

    >>> determinant([[fmpq(2), fmpq(1)], [fmpq(1), fmpq(1)]])
    1
    """
    value: Value = _matrix(rows).det()
    return value


def _matrix(rows: Rows) -> fmpq_mat | arb_mat:
    if len(rows) > MAX_SIZE or any(len(row) != len(rows) for row in rows):
        raise NotDecided("a matrix too large, or not square", sharper=False)
    if all(isinstance(entry, fmpq) for row in rows for entry in row):
        return fmpq_mat(rows) if rows else fmpq_mat(0, 0)
    return arb_mat([[ball(entry) for entry in row] for row in rows])
