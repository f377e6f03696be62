"""Where a derivative exists almost everywhere, and where it does not."""

from __future__ import annotations

import pytest

from symderiv.derivation import read_given
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.proof.existence.generic import exists_almost_everywhere
from symderiv.language import infer, read


def exists(text: str, *given: str) -> bool:
    known = read_given(given)
    return exists_almost_everywhere(tensor_of(read(text, infer([text], known.scope, "text"))), known.facts)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("jacobian(max_pool1d(x, 2), x)", ("x: vector(4)",)),
        ("jacobian(relu(A*x), x)", ("A: matrix(2,3)", "x: vector(3)")),
    ],
)
def test_off_a_null_set(text: str, given: tuple[str, ...]) -> None:
    assert exists(text, *given)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("log(x)", ("x: real",)),  # exists for half of all x
        ("1/(x - x)", ("x: real",)),
        ("1/((x + 1)^2 - x^2 - 2*x - 1)", ("x: real",)),
        ("1/(x - y)", ("x: real", "y: real", "x == y")),  # the facts leave only a null set
    ],
)
def test_not_off_a_null_set(text: str, given: tuple[str, ...]) -> None:
    assert not exists(text, *given)
