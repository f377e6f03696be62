"""Derivations for sizes that are letters, each step proved for all sizes at once."""

from __future__ import annotations

from time import process_time

import pytest

from symderiv.derivation import read_given
from symderiv.derivation.derive import derive
from symderiv.derivation.proof.entries.flattening import unflattened
from symderiv.derivation.proof.lines import equal
from symderiv.equality.verdict import Equal
from symderiv.expression.printing.text import to_text
from symderiv.language import read

CASES = [
    ("batch_norm(x)", ("x: vector(n)",), None),
    ("batch_norm(x)", ("x: matrix(n, m)",), None),
    ("layer_norm(x, eps=1)", ("x: vector(n)",), None),
    ("rms_norm(x)", ("x: matrix(n, m)",), None),
    ("sum(hadamard(G, layer_norm(x)))", ("x: vector(n)", "G: vector(n)"),
     "(G - mean(G) - layer_norm(x)*mean(layer_norm(x) ⊙ G))/sqrt(var(x))"),
    ("sum(hadamard(G, softmax(x)))", ("x: vector(n)", "G: vector(n)"), "softmax(x) ⊙ (G - G.T*softmax(x))"),
    ("max_pool2d(x, 2)", ("x: matrix(2*n, 2*m)",), None),
    ("max_pool2d(x, 2)", ("x: tensor(3, 2, 4, 2)",), None),
    ("max_pool2d(x, 3, stride=2, padding=1)", ("x: matrix(7, 7)",), None),
    ("sum(hadamard(G, max_pool2d(x, 3, stride=2)))", ("x: tensor(2, 4, 4)", "G: tensor(2, 1, 1)"),
     "max_pool2d_backward(G, x, 3, stride=2)"),
    ("focal_loss(t, x, gamma=1/2, reduction='sum')", ("x: vector(3)", "t: vector(3)"), None),
    ("lp_pool1d(x, p, 2)", ("x: vector(n)", "p: positive"), None),
    ("sum(G ⊙ lp_pool2d(x, p, 2))", ("x: tensor(c, n, m)", "p: positive",
     "G: tensor(c, floor((n-2)/2) + 1, floor((m-2)/2) + 1)"), None),
    ("avg_pool2d(x, 3, stride=2, padding=1, count_include_pad=False)", ("x: matrix(n, m)",), None),
    ("sum(G ⊙ kron(x, B))", ("x: matrix(n, m)", "B: matrix(k, l)", "G: matrix(n*k, m*l)"),
     "[[sum(sum(G[k*i + s, l*j + q]*B[s, q], (q, 0, l - 1)), (s, 0, k - 1)) "
     "for j in range(0, m)] for i in range(0, n)]"),
    ("sum(G ⊙ pixel_shuffle(x, 2))", ("x: tensor(4*c, h, w)", "G: tensor(c, 2*h, 2*w)"), None),
    ("multi_head_attention(x, x, x, A, B, C, D)", ("x: matrix(n, d)", "A: tensor(h, d, k)",
     "B: tensor(h, d, k)", "C: tensor(h, d, v)", "D: matrix(h*v, d)"), None),
    ("lstm_cell(x, lstm_cell(x, h, c, W, U)[0], lstm_cell(x, h, c, W, U)[1], W, U)",
     ("x: vector(m)", "h: vector(n)", "c: vector(n)", "W: matrix(4*n, m)", "U: matrix(4*n, n)"), None),
    ("sum(G ⊙ adaptive_max_pool2d(x, 1))", ("x: matrix(2, 2*n)", "G: matrix(1, 1)"), None),
    ("rope(x)", ("x: matrix(n, 2*d)",), None),
    ("norm(x, 1/2)", ("x: vector(n)",), None),
    ("conv1d(x, x, padding='full')", ("x: vector(n)",), None),
    ("conv2d(x, K)", ("x: matrix(n, m)", "K: matrix(2, 2)", "n > 2", "m > 2"), None),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "given", "shown"), CASES)
def test_is_proved_for_all_sizes(expression: str, given: tuple[str, ...], shown: str | None) -> None:
    known = read_given(given)
    derivation = derive(read(expression, known.scope), known.scope.names["x"], known.facts)
    assert [step.rule for step in derivation.steps if not step.is_proved] == []
    assert shown is None or to_text(derivation.result) == shown


def test_the_largest_entry_of_a_matrix_is_told_soon() -> None:
    """A maximum of maxima is one of all entries: to try their order took seconds."""
    known = read_given(("x: matrix(3, 4)",))
    began = process_time()
    derivation = derive(read("max(x)", known.scope), known.scope.names["x"])
    assert derivation.is_proved
    assert process_time() - began < 4


def test_self_attention_is_told_place_by_place() -> None:
    """Entry by entry its Jacobian filled pages; a name for each place stays a name."""
    known = read_given(("X: matrix(2, 2)",))
    derivation = derive(read("attention(X, X, X)", known.scope), known.scope.names["X"])
    assert derivation.is_proved
    assert "jacobian(Z, Q)*jacobian(Q, X)" in to_text(derivation.steps[1].after)
    assert len(to_text(derivation.result)) < 500


def test_each_part_of_a_joined_array_stands_in_its_own_rows() -> None:
    known = read_given(("x: matrix(n, m)", "y: matrix(k, m)"))
    names = known.scope.names
    derivation = derive(read("concat(x, y)", known.scope), names["y"])
    assert derivation.is_proved
    swapped = read("concat(eye(k*m), zeros(n*m, k*m))", known.scope)
    sides = unflattened(derivation.goal, swapped)
    assert not isinstance(equal(*sides, (), 1.0), Equal)
