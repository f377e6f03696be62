"""Determinants written out: Leibniz' formula."""

from __future__ import annotations

from itertools import permutations
from typing import TypeAlias

from symderiv.expression.build import add, mul, negative
from symderiv.expression.tree import Expr

Rows: TypeAlias = tuple[tuple[Expr, ...], ...]
"""The entries of a matrix, row by row."""


def determinant_of(rows: Rows) -> Expr:
    """Σ_π sign(π) Π_i rows[i][π(i)] of a square matrix, 1 of one without entries.

    >>> from symderiv.expression.tree import ONE, ZERO, Variable
    >>> x = Variable("x")
    >>> determinant_of(((x, ZERO), (ONE, ONE))) == x
    True
    """
    terms: list[Expr] = []
    for order in permutations(range(len(rows))):
        inversions = sum(order[a] > order[b] for a in range(len(order)) for b in range(a + 1, len(order)))
        product = mul(*(row[column] for row, column in zip(rows, order, strict=True)))
        terms.append(negative(product) if inversions % 2 else product)
    return add(*terms)


def cofactor(rows: Rows, i: int, j: int) -> Expr:
    """(-1)^(i+j) times the determinant without row i and column j: entry (j, i) of the adjugate."""
    rest = tuple(row[:j] + row[j + 1 :] for k, row in enumerate(rows) if k != i)
    minor = determinant_of(rest)
    return negative(minor) if (i + j) % 2 else minor
