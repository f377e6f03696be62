"""``sum(x[i])``: over i, unless that is one number or the row of a matrix."""

from __future__ import annotations

import pytest

from symderiv.api import compare
from symderiv.errors import ReadError
from symderiv.expression.printing.text import to_text
from symderiv.language import Scope, read_declaration, read_text

SCOPE = Scope(strict=False).declare(
    read_declaration(line) for line in ("x: vector(4)", "y: vector(4)", "A: matrix(3, 4)")
)
GIVEN = ["x: vector(4)", "y: vector(4)", "A: matrix(3, 4)"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("sum(x[i])", "sum(x[i], i)"),
        ("sum(x[i]*y[i])", "sum(x[i]*y[i], i)"),
        ("prod(2*x[i])", "prod(2*x[i], i)"),
        ("sum((x[i] - mean(x))^2)/4", "sum((x[i] - mean(x))^2, i)/4"),
        ("sum(exp(x[i] - max(x))/sum(exp(x)))", "sum(exp(x[i] - max(x))/sum(exp(x)), i)"),
        ("sum(x[i]*norm(A[i]))", "sum(x[i]*norm(A[i]), i)"),
        ("sum(x[i]*y)", "sum(x[i]*y)"),
        ("sum(x[i]*sum(A, axis=0))", "sum(x[i]*sum(A, axis=0))"),
        ("max(x[i], 0)", "max(x[i], 0)"),
        ("max(A[0])", "max(A[0])"),
        ("sum(x[3])", "sum(x[3])"),
        ("sum(x[i]*sum(y[j]) for i in range(4))", "sum(x[i]*sum(y[j], j) for i in range(0, 4))"),
        ("sum(x[j]*sum(A[i,j]) for j in range(4))", "sum(x[j]*sum(A[i, j], i) for j in range(0, 4))"),
    ],
)
def test_what_a_sum_without_an_index_runs_over(said: str, meant: str) -> None:
    assert to_text(read_text(said, SCOPE)) == to_text(read_text(meant, SCOPE))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("sum(sum(A[i]) for i in range(3))", "sum(A)"),
        ("[sum(A[i]) for i in range(3)]", "A*ones(4)"),
        ("[sum(x[i]) for i in range(4)]", "x"),
        ("sum(x[i]*y[i])", "x.T*y"),
        ("max(x[i])", "max(x)"),
        ("min(abs(x[i] - y[i]))", "min(abs(x[i] - y[i]) for i in range(4))"),
        ("mean(x[i]^2)", "mean(x[i]^2 for i in range(4))"),
    ],
)
def test_rows_and_bound_indices(first: str, second: str) -> None:
    assert compare(first, second, given=GIVEN).verdict == "equal"


def test_two_indices_are_asked_about() -> None:
    with pytest.raises(ReadError):
        read_text("sum(x[i]*y[j])", SCOPE)
