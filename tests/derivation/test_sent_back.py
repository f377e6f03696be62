"""The chain rule in the form in which an operation sends a gradient back, each step proved."""

from __future__ import annotations

import pytest

from symderiv.derivation import read_given
from symderiv.derivation.derive import derive
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Apply, Binder, Expr, Number, Variable, walk
from symderiv.language import read


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


@pytest.mark.parametrize("name", ["gelu", "silu", "rnn_cell", "softmax"])
def test_a_line_that_only_reorders_factors_is_left_out(name: str) -> None:
    """diag(s) G is s ⊙ G, which is G ⊙ s; of the softmax (diag(p) - p pᵀ) G is worth a line."""
    cell = "x, h, W, U, b" if name == "rnn_cell" else "W*x"
    given = ["x: vector(n)", "h: vector(m)", "W: matrix(m,n)", "U: matrix(m,m)", "b: vector(m)"]
    scope = read_given([*given, "g: vector(m)"]).scope
    derivation = derive(read(f"sum(g ⊙ {name}({cell}))", scope), scope.names["x"])
    said = [step.reason for step in derivation.steps if "multiplied out" in step.reason]
    assert derivation.is_proved
    assert len(said) == (name == "softmax")


@pytest.mark.parametrize("loss", ["mae", "mse", "hinge", "huber", "binary_cross_entropy_with_logits"])
def test_the_mean_over_a_slice_of_a_product_is_over_its_entries(loss: str) -> None:
    known = read_given(["A: matrix(2,2)", "r: vector(2)"])
    derivation = derive(read(f"{loss}((A*A.T)[1], r)", known.scope), known.scope.names["r"])
    assert derivation.is_proved


@pytest.mark.parametrize(
    ("expression", "wrt", "given"),
    [
        ("cross_entropy(concat(f, tanh(f)), w)", "f", ["f: vector(m)", "w: vector(2*m)"]),
        ("norm(outer(conv1d(f, w, stride=2), q))^2/2", "f", ["f: vector(2)", "w: vector(1)", "q: vector(3)"]),
    ],
)
def test_sizes_written_otherwise_and_axes_of_one_entry_fit(
    expression: str, wrt: str, given: list[str]
) -> None:
    known = read_given(given)
    assert derive(read(expression, known.scope), known.scope.names[wrt]).is_proved


def test_no_bound_letter_hides_a_size() -> None:
    known = read_given(["W: tensor(d, 3, m)", "Q: matrix(3, m)", "G: tensor(d, 3, 3)"])
    derivation = derive(read("sum(G ⊙ linear(sin(W), Q))", known.scope), known.scope.names["Q"])
    bound = {node.variable.name for node in walk(derivation.result) if isinstance(node, Binder)}
    assert bound and not bound & {"m", "d"}
