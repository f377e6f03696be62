"""Witnesses under equations: points on spheres and among orthogonal matrices, never off them."""

from __future__ import annotations

import pytest

from symderiv.derivation import compare
from symderiv.equality.verdict import Different


@pytest.mark.parametrize(
    ("a", "b", "given"),
    [
        ("norm(Q*x)", "2*norm(x)", ("Q: matrix(n,n)", "x: vector(n)", "Q.T*Q == eye(n)")),
        ("x.T*A*y", "x.T*A*x", ("A: matrix(n,n)", "x: vector(n)", "y: vector(n)", "A == A.T")),
        ("u[0]^2", "1", ("u: vector(2)", "norm(u) == 1")),
        ("x", "0", ("x*y == 0",)),
    ],
)
def test_a_witness_satisfies_the_equations(a: str, b: str, given: tuple[str, ...]) -> None:
    assert isinstance(compare(a, b, given=given).verdict, Different)


@pytest.mark.parametrize(
    ("a", "b", "given"),
    [
        ("norm(Q*x)^2", "norm(x)^2", ("Q: matrix(n,n)", "x: vector(n)", "Q.T*Q == eye(n)")),
        ("x.T*A*y", "y.T*A*x", ("A: matrix(n,n)", "x: vector(n)", "y: vector(n)", "A == A.T")),
        ("u[0]^2 + u[1]^2", "1", ("u: vector(2)", "norm(u) == 1")),
        ("x*y", "0", ("x*y == 0",)),
        ("1/x", "abs(1/x)", ("x^2*(x-1) >= 0",)),
    ],
)
def test_no_witness_is_found_off_them(a: str, b: str, given: tuple[str, ...]) -> None:
    assert not isinstance(compare(a, b, given=given).verdict, Different)


def test_a_single_point_beside_an_interval_is_no_witness() -> None:
    """``x^2 (x - 1) >= 0`` leaves x = 0 beside x >= 1: there the two differ on a null set."""
    assert not isinstance(compare("max(x,1)", "x", given=("x^2*(x-1) >= 0",)).verdict, Different)
