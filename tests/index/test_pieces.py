"""Ranges of a few points, digits with symbols, quotients in sums: what each may do, and where it stops."""

import pytest

from symderiv.derivation import compare


@pytest.mark.parametrize(
    ("a", "b", "given"),
    [
        ("sum(x)", "x[0] + x[1] + sum(x[i], (i, 2, n-1))", ("x: vector(n)", "n >= 2")),
        ("sum(x)", "x[n-1] + x[n-2] + sum(x[i], (i, 0, n-3))", ("x: vector(n)", "n >= 2")),
        ("sum(x[(i+k) % n], (i, 0, n-1))", "sum(x)", ("x: vector(n)", "k: nonnegative integer", "k < n")),
        ("sum(x[(i-k) % n], (i, 0, n-1))", "sum(x)", ("x: vector(n)", "k: nonnegative integer", "k <= n")),
        (
            "sum(sum(y[i]*z[a]*delta(k*i+a, k*j+b), (a, 0, k-1)), (i, 0, n-1))",
            "y[j]*z[b]",
            ("y: vector(n)", "z: vector(k)", "j: index", "j < n", "b: index", "b < k"),
        ),
        ("sum((-1)^i*x[i], (i, 0, 2*m))", "x[0] + sum(x[2*i]-x[2*i-1], (i, 1, m))", ("x: vector(2*m+1)",)),
        (
            "sum(sum(exp(A[i,j])*b[i]/sum(exp(A[i,l]), (l, 0, m-1)), (j, 0, m-1)), (i, 0, n-1))",
            "sum(b)",
            ("A: matrix(n,m)", "b: vector(n)"),
        ),
    ],
)
def test_equal_at_every_size(a: str, b: str, given: tuple[str, ...]) -> None:
    assert compare(a, b, given).verdict.verdict == "equal"


@pytest.mark.parametrize(
    ("a", "b", "given"),
    [
        ("sum(x)", "x[0] + x[1] + sum(x[i], (i, 1, n-1))", ("x: vector(n)", "n >= 2")),
        (
            "sum(x[(i+k) % n]*y[i], (i, 0, n-1))",
            "sum(x[i]*y[i], (i, 0, n-1))",
            ("x: vector(n)", "y: vector(n)"),
        ),
        (
            # a = k is no digit: k i + k is k (i + 1) + 0
            "sum(sum(y[i]*z[a]*delta(k*i+a, k*j+b), (a, 0, k)), (i, 0, n-1))",
            "y[j]*z[b]",
            ("y: vector(n)", "z: vector(k+1)", "j: index", "j < n", "b: index", "b < k"),
        ),
        (
            "sum(sum(exp(A[i,j])*b[i]/sum(exp(A[i,l]), (l, 0, m-1)), (j, 1, m-1)), (i, 0, n-1))",
            "sum(b)",
            ("A: matrix(n,m)", "b: vector(n)"),
        ),
        ("max(0, x[0])*heaviside(x[1])", "max(0, x[0])", ("x: vector(n)", "n >= 2")),
    ],
)
def test_different_at_some_size(a: str, b: str, given: tuple[str, ...]) -> None:
    assert compare(a, b, given).verdict.verdict == "different"
