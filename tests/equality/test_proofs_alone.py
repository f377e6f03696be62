"""Claims that are false: no procedure proves one, though nobody looks for a point that refutes it."""

from __future__ import annotations

import pytest

from symderiv.derivation import compare
from symderiv.equality.verdict import Equal
from tests.equality.without_witnesses import no_witnesses

NEGATIVE = "d: real < 0"


@pytest.mark.parametrize(
    ("a", "b", "given"),
    [
        ("d^2*x*exp(y) <= d^2*y*exp(y)", "x >= y", (NEGATIVE,)),  # an even power of a negative factor
        ("d^2*exp(x) <= d^2*(1+x)", "1 > 0", (NEGATIVE,)),
        ("log(1+x[0]) <= x[0]", "1 > 0", ("x: vector(n)",)),  # an entry of any sign
        (
            "sum(A[i,i]^2, (i,0,n-1)) <= sum(sum(A[i,j]^2, (j,0,m-1)), (i,0,n-1))",  # over no square
            "1 > 0",
            ("A: matrix(n,n)", "m: positive integer", "m < n"),
        ),
        (
            "sum(A[i,i]^2, (i,0,n-1)) <= sum(sum(A[i,j]^2, (j,0,m-1)), (i,0,m-1))",  # over a smaller one
            "1 > 0",
            ("A: matrix(n,n)", "m: positive integer", "m < n"),
        ),
        (
            "prod(a[r], (r,k,t))",
            "prod(a[r], (r,k,m))*prod(a[r], (r,m+1,t))",  # cut before the range begins
            (
                "a: vector(N)",
                "k: nonnegative integer",
                "m: nonnegative integer",
                "t: integer",
                "m <= t",
                "t < N",
            ),
        ),
        ("x/x", "1", ("abs(x) <= y", "y <= 0")),  # the exception is all that is left
    ],
)
def test_what_is_false_is_proved_by_none(a: str, b: str, given: tuple[str, ...]) -> None:
    with no_witnesses():
        assert not isinstance(compare(a, b, given=given).verdict, Equal)
