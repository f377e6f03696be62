"""The chain rule in the form in which an operation sends a gradient back, each step proved."""

from __future__ import annotations

import pytest

from symderiv.derivation.derive import derive
from symderiv.expression.kinds import Kind
from symderiv.expression.text import to_text
from symderiv.expression.tree import Apply, Expr, Number, Variable


def array(letters: str, *shape: int, definition: Expr | None = None) -> Variable:
    return Variable(letters, Kind(shape=tuple(map(Number, shape))), definition=definition)


X, K = array("X", 5, 5), array("K", 3, 3)
W, x, b = array("W", 2, 3), array("x", 3), array("b", 2)
STRIDED = Apply("conv2d", (X, K), (("stride", Number(2)), ("padding", Number(1))))

CASES = [
    (
        array("H", 3, 3, definition=STRIDED),
        X,
        "conv_transpose2d(gradient(sum(H ⊙ H), H), K, stride=2, padding=1)",
    ),
    (array("y", 2, definition=Apply("affine", (W, x, b))), W, "gradient(sum(y ⊙ y), y)*x.T"),
]


@pytest.mark.parametrize(("u", "wrt", "shown"), CASES, ids=["strided convolution", "affine"])
def test_the_first_step_is_the_textbooks(u: Variable, wrt: Variable, shown: str) -> None:
    derivation = derive(Apply("sum", (Apply("hadamard", (u, u)),)), wrt)
    assert to_text(derivation.steps[0].after) == shown
    assert derivation.is_proved
