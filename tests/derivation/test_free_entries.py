"""What is zero on a null set only, at every size, and what is not."""

from __future__ import annotations

import pytest

from symderiv.derivation import read_given
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.proof.existence.free_entries import almost_never_zero
from symderiv.language import infer, read

GIVEN = ("W: matrix(m,n)", "x: vector(n)", "b: vector(m)", "S: symmetric(n)", "t: integer vector(m)")


def rarely_zero(text: str) -> bool:
    known = read_given(GIVEN)
    return almost_never_zero(tensor_of(read(text, infer([text], known.scope, "text"))).value)


@pytest.mark.parametrize(
    "text",
    [
        "b[0] - max(x[1], 0)",  # an entry that stands there once
        "sum(W[0,k]*x[k], (k, 0, n-1))",  # W[0,k], for x[k] is rarely 0
        "1 - b[0]*max(x[0], 0)",  # 1 where the factor is 0
        "norm(W*x + b)",
        "sum(x[k]^2, (k, 0, n-1)) + max(b[0], 0)^2",
    ],
)
def test_zero_on_a_null_set_only(text: str) -> None:
    assert rarely_zero(text)


@pytest.mark.parametrize(
    "text",
    [
        "max(b[0], 0)",
        "b[0] - b[0]",
        "b[0]*max(x[0], 0)",
        "sum((x[k] - x[n-1-k]), (k, 0, n-1))",  # zero throughout
        "sum(sum(S[i,j]*(i - j), (i, 0, n-1)), (j, 0, n-1))",  # zero by symmetry
        "sum(W[0,0]*(2*k + 1 - n), (k, 0, n-1))",  # the same entry each time: Σ (2k + 1 - n) = 0
        "t[0] - 1",  # integers
        "norm(max(W*x, 0))",
    ],
)
def test_others_are_not_said_to_be(text: str) -> None:
    assert not rarely_zero(text)
