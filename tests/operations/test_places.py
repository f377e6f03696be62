"""The index of a class, or of a row of a table, is one that there is."""

from __future__ import annotations

import pytest

from symderiv import read
from symderiv.errors import MeaningError

GIVEN = (
    "Z: matrix(2, 3)",
    "z: vector(3)",
    "W: matrix(4, 2)",
    "c: integer vector(2)",
    "r: vector(2)",
    "k: index",
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cross_entropy(z, 3)", "there is no class 3"),
        ("cross_entropy(z, -1)", "there is no class -1"),
        ("cross_entropy(Z, [0, 3])", "there is no class 3"),
        ("cross_entropy(Z, [0, 1/2])", "there is no class 1/2"),
        ("cross_entropy(Z, r)", "r holds real numbers"),
        ("nll_loss(z, 7)", "there is no class 7"),
        ("nll_loss(Z, r)", "r holds real numbers"),
        ("embedding(W, 4)", "there is no row 4"),
        ("embedding(W, [0, 4])", "there is no row 4"),
        ("embedding_bag(W, [1, 9])", "there is no row 9"),
        ("one_hot(4, 4)", "there is no class 4"),
        ("one_hot([0, 4], 4)", "there is no class 4"),
    ],
)
def test_what_is_none_is_refused(text: str, said: str) -> None:
    with pytest.raises(MeaningError, match=said):
        read(text, GIVEN)


@pytest.mark.parametrize(
    "text",
    [
        "cross_entropy(z, 2)",
        "cross_entropy(z, k)",
        "cross_entropy(Z, c)",
        "cross_entropy(Z, [0, -100], ignore_index=-100)",
        "nll_loss(Z, [0, 2])",
        "embedding(W, [0, 3])",
        "one_hot(3, 4)",
    ],
)
def test_what_is_one_is_taken(text: str) -> None:
    assert read(text, GIVEN).meaning is not None
