"""Convolutions whose stride and dilation are letters: the formulas hold when numbers are put in."""

from __future__ import annotations

import pytest

from symderiv.calculus import derivative_tensor
from symderiv.derivation.meaning.meaning import meaning
from symderiv.expression.kinds import SIZE, Kind
from symderiv.expression.tree import Apply, Binder, Variable, walk
from symderiv.tensor import Tensor
from symderiv.testing import Dual
from symderiv.testing.entries import DualEvaluator
from symderiv.testing.points import point, positions

n, k, s, d, p = (Variable(letter, SIZE) for letter in "nksdp")
X, K = Variable("X", Kind(shape=(n,))), Variable("K", Kind(shape=(k,)))


@pytest.mark.parametrize("wrt", [X, K], ids=["X", "K"])
@pytest.mark.parametrize("sizes", [(7, 3, 2, 1, 1), (8, 2, 3, 2, 2), (6, 3, 1, 2, 1)])
def test_one_formula_for_every_stride(wrt: Variable, sizes: tuple[int, ...]) -> None:
    options = (("stride", s), ("padding", p), ("dilation", d))
    t = meaning(Apply("conv1d", (X, K), options))
    assert isinstance(t, Tensor)
    slope = derivative_tensor(t, wrt)
    assert not any(isinstance(node, Binder) for node in walk(slope.value))
    given = dict(zip("nksdp", sizes, strict=True))
    arrays = point({"X": (given["n"],), "K": (given["k"],)}, "any", 1)
    evaluator = DualEvaluator(arrays, given)
    for at in positions(evaluator.shape(slope)):
        output: Dual = evaluator.entry(t, at[:1])
        assert evaluator.entry(slope, at).value == output.tangent.get((wrt.name, at[1:]), 0)
