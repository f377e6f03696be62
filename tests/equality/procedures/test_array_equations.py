"""Equations of arrays at every size: the same ones however their terms are arranged."""

from __future__ import annotations

import pytest

from symderiv.api import compare

GIVEN = [
    "X: matrix(n, d)",
    "w: vector(d)",
    "y: vector(n)",
    "l: positive",
    "A: matrix(n, n)",
    "B: matrix(n, n)",
    "u: vector(n)",
]

SAME = [
    ("X.T*X*w == X.T*y", "X.T*(X*w - y) == zeros(d)"),
    ("X.T*X*w + l*w == X.T*y", "X.T*(y - X*w) == l*w"),
    ("2*X.T*X*w == 2*X.T*y", "X.T*X*w - X.T*y == 0*w"),
    ("A*B == eye(n)", "eye(n) - A*B == zeros(n, n)"),
    ("X.T*(X*w - y) == zeros(d)", "-l*X.T*(y - X*w)/3 == zeros(d)"),
    ("A*(B*u - y) == u", "A*B*u == A*y + u"),
]
OTHERS = [
    ("X.T*X*w == X.T*y", "X*w == y"),
    ("X.T*X*w + l*w == X.T*y", "X.T*X*w - l*w == X.T*y"),
    ("X.T*X*w + l*w == X.T*y", "X.T*X*w + l*w == 2*X.T*y"),
    ("A*y == u", "A.T*y == u"),
    ("A*(B*u - y) == u", "B*A*u == A*y + u"),
    ("A*u == y", "a*A*u == a*y"),
    ("a == 7 and c == 11", "a == 7 and c == 12"),
    ("a == 7 and l == 1", "a == 7 and l == 0"),
    ("a + c == 17 and a - c == 5", "a == 11 and c == 7"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_the_same_equation_arranged_otherwise(a: str, b: str) -> None:
    assert compare(a, b, given=GIVEN).verdict == "equal"


@pytest.mark.parametrize(("a", "b"), OTHERS)
def test_another_equation(a: str, b: str) -> None:
    assert compare(a, b, given=GIVEN).verdict == "different"
