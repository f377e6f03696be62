"""Functions spelt nearly as a known one: told, and still functions of their own."""

from __future__ import annotations

import pytest

from symderiv import api
from symderiv.derivation import compare


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("crossentropy(z, t)", "cross_entropy"),
        ("CrossEntropy(z, t)", "cross_entropy"),
        ("sofmax(x)", "softmax"),
        ("heavyside(x)", "heaviside"),
    ],
)
def test_what_was_meant_is_told(text: str, meant: str) -> None:
    assert meant in api.read(text).hint


@pytest.mark.parametrize("text", ["f(x)", "sigma(x)", "phi(x)", "loss(z)", "tanh(x)", "cos(x)", "x"])
def test_other_names_are_not_doubted(text: str) -> None:
    assert not api.read(text).hint


def test_a_declared_function_is_what_was_meant() -> None:
    assert not api.read("heavyside(x)", "heavyside: function").hint


def test_only_a_difference_is_explained_so() -> None:
    assert "heaviside" in compare("heavyside(x)", "heaviside(x)").hint
    assert not compare("heavyside(x)", "heavyside(x)").hint
