"""The sparse walk visits just the entries that aren't zero, and gives their values."""

from __future__ import annotations

from typing import Any

import pytest

from symderiv.calculus import derivative_tensor, nonzero_entries
from symderiv.derivation.meaning.meaning import meaning
from symderiv.errors import ShapeError
from symderiv.expression.kinds import SIZE, Kind
from symderiv.expression.tree import ONE, ZERO, Apply, Expr, Number, Variable
from symderiv.tensor import Tensor

N = Number


def array(letters: str, *shape: int) -> Variable:
    return Variable(letters, Kind(shape=tuple(map(N, shape))))


def result(head: str, *args: Expr, **options: Any) -> Tensor:
    t = meaning(Apply(head, args, tuple((k, N(v)) for k, v in options.items())))
    assert isinstance(t, Tensor)
    return t


X, K, x = array("X", 5, 4), array("K", 2, 3), array("x", 4)
CASES = [
    (result("conv2d", X, K), X),
    (result("conv2d", X, K), K),
    (result("conv2d", X, K, padding=1, stride=2), X),
    (result("conv2d", X, K, padding=2, dilation=2), X),
    (result("conv_transpose2d", X, K, stride=2, padding=1), X),
    (result("conv_transpose2d", X, K, stride=2, padding=1), K),
    (result("relu", x), x),
    (result("softmax", x), x),
    (result("cross_entropy", x, ONE), x),
]


@pytest.mark.parametrize(("t", "wrt"), CASES)
def test_it_finds_what_looking_everywhere_finds(t: Tensor, wrt: Variable) -> None:
    slope = derivative_tensor(t, wrt)
    dense = {at: slope.entry(*map(N, at)) for at in slope.positions()}
    assert dict(nonzero_entries(slope)) == {at: value for at, value in dense.items() if value != ZERO}


def test_a_convolution_by_its_image_has_one_entry_a_product() -> None:
    image, kernel = array("X", 32, 32), array("K", 3, 3)
    slope = derivative_tensor(result("conv2d", image, kernel), image)
    assert sum(1 for _ in nonzero_entries(slope)) == 900 * 9


def test_sizes_must_be_numbers() -> None:
    v = Variable("v", Kind(shape=(Variable("n", SIZE),)))
    with pytest.raises(ShapeError):
        next(nonzero_entries(derivative_tensor(result("relu", v), v)))
