"""Layers as large as in practice: no sum over their inputs is written out."""

from time import process_time

import pytest

from symderiv import derive
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.proof.chain import proved_for_letters
from symderiv.equality import decide
from symderiv.equality.verdict import Equal, Verdict
from symderiv.expression.kinds import Kind
from symderiv.expression.tree import Apply, Number, Variable
from symderiv.tensor import Tensor

SECONDS = 3.0
"""Processor time for a derivation: each takes under 0.3 s on the machine of `benchmarks`."""

LAYERS = [
    ("cross_entropy(W*x + b, t)", "W",
     ("W: matrix(10, 784)", "x: vector(784)", "b: vector(10)", "t: vector(10)"),
     "(sum(t)*softmax(z) - t)*x.T"),
    ("mse(W*x, t)", "W", ("W: matrix(100, 784)", "x: vector(784)", "t: vector(100)"), "(z - t)*x.T/50"),
    ("mse(sigmoid(X*w), y)", "w", ("X: matrix(1000, 20)", "w: vector(20)", "y: vector(1000)"),
     "X.T*((z - y)/500 ⊙ (z ⊙ (1 - z)))"),
    ("layer_norm(x)", "x", ("x: vector(512)",),
     "(eye(512) - (1 + layer_norm(x)*layer_norm(x).T)/512)/sqrt(var(x))"),
    ("sum(t ⊙ log_softmax(W*x))", "W", ("W: matrix(1000, 2048)", "x: vector(2048)", "t: vector(1000)"),
     "(t - sum(t)*softmax(W*x))*x.T"),
    ("sum(G ⊙ conv2d(X, K))", "X", ("X: matrix(28, 28)", "K: matrix(5, 5)", "G: matrix(24, 24)"),
     "correlate(G, flip(K), 'full')"),
]  # fmt: skip


@pytest.mark.parametrize(("goal", "wrt", "given", "result"), LAYERS)
def test_a_layer_of_a_real_network(goal: str, wrt: str, given: tuple[str, ...], result: str) -> None:
    start = process_time()
    derivation = derive(goal, wrt, given=given)
    assert process_time() - start < SECONDS
    assert derivation.is_proved
    assert str(derivation.result) == result


def test_a_lemma_about_a_name_is_not_taken_for_another_of_this_name() -> None:
    """Names that stand for different things are equal as nodes."""

    def compared(left: Tensor, right: Tensor) -> Verdict:
        return decide(left, right)

    size = Kind(shape=(Number(3),))
    x = Variable("x", size)
    named = [Variable("h", size, definition=Apply(head, (x,))) for head in ("exp", "sin")]
    assert named[0] == named[1]
    verdicts = [proved_for_letters(h, Apply("exp", (x,)), compared) for h in named]
    assert [isinstance(v, Equal) for v in verdicts] == [True, False]
    assert tensor_of(named[0]).value != tensor_of(named[1]).value
