"""A zero set is null for the sake of one free number, not where a fact binds that number."""

from __future__ import annotations

import pytest

from symderiv.api import compare
from symderiv.errors import SymderivError

HINGE = ["w: vector(d)", "x: vector(d)", "b: real", "y: real", "y^2 == 1"]
TRIPLET = ["a: vector(d)", "p: vector(d)", "q: vector(d)", "m: positive"]
GAP = "norm(a-p)^2 - norm(a-q)^2 + m"
EQUAL = [
    ("gradient(max(0, 1 - y*(w.T*x + b)), w)", "-y*x if y*(w.T*x + b) < 1 else 0", HINGE),
    ("heaviside(y*(w.T*x + b))", "1 if y*(w.T*x + b) > 0 else 0", HINGE),
    (f"gradient(max(0, {GAP}), a)", f"2*(q-p) if {GAP} > 0 else 0", TRIPLET),
    (f"heaviside({GAP})", "1 if norm(a-q)^2 < norm(a-p)^2 + m else 0", TRIPLET),
    ("1 if b + sum(x) == 1 else 0", "0", ["b: real", "x: vector(n)", "sum(x) == 1"]),
    ("y*b/(y*b)", "1", ["b: real", "y: real", "y^2 == 1"]),
]
NOT_EQUAL = [
    ("b/b", "1", ["b: real", "b >= 0", "b <= 0"]),
    ("b/b", "1", ["b: real", "abs(b) <= 0"]),
    ("(y*b)/(y*b)", "1", ["b: integer", "y: real", "y^2 == 1"]),
    ("1 if y*b == 1 else 0", "0", ["b: real", "y: real", "y^2 == 1", "b^2 == 1"]),
    ("1 if b + c == 1 else 0", "0", ["b: real", "c: real", "b + c == 1"]),
    ("1 if b*y == 0 else 0", "0", ["b: real", "y: real", "y == 0"]),
    ("1 if b*(y^2 - 1) == 0 else 0", "0", ["b: real", "y: real", "y^2 == 1"]),
    ("1 if max(b, 0) == 0 else 0", "0", ["b: real"]),
    ("1 if b == x[0] else 0", "0", ["b: real", "x: vector(n)", "x[0] == b"]),
    ("1 if b + sum(x) == 1 else 0", "0", ["b: real", "x: vector(n)", "sum(x) + b == 1"]),
    ("1 if b*n == 0 else 0", "0", ["b: real", "n: integer"]),
]


@pytest.mark.parametrize(("left", "right", "given"), EQUAL)
def test_equal_but_for_a_null_set(left: str, right: str, given: list[str]) -> None:
    assert compare(left, right, given=given).verdict == "equal"


@pytest.mark.parametrize(("left", "right", "given"), NOT_EQUAL)
def test_never_equal(left: str, right: str, given: list[str]) -> None:
    assert compare(left, right, given=given).verdict != "equal"


@pytest.mark.parametrize("kind", ["real in [0, 0]", "real >= 2, <= 2", "vector(2) in [1, 1]"])
def test_bounds_that_leave_one_number_are_refused(kind: str) -> None:
    with pytest.raises(SymderivError, match="leave one number"):
        compare("b/b", "1", given=[f"b: {kind}"])
