"""A shape that is read off a tree is that of what the tree means."""

from __future__ import annotations

import pytest

from symderiv.derivation import read_given
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.meaning.shapes import shape_of
from symderiv.language import read

GIVEN = read_given(
    ["x: vector(n)", "W: matrix(m, n)", "X: tensor(2, 3, 4)", "A: matrix(3, 3)", "s: real", "g: vector(4)"]
)


@pytest.mark.parametrize(
    "text",
    [
        "softmax(W*x)",
        "softmax(X, axis=1)",
        "log_softmax(W, axis=0)",
        "layer_norm(X, g, eps=1/2)",
        "batch_norm(X)",
        "sum(W)",
        "sum(W, axis=0)",
        "mean(X)",
        "mean(X, axis=(0, 2))",
        "mean(X, axis=1, keepdims=True)",
        "norm(W*x)",
        "var(x)",
        "std(W, axis=1)",
        "logsumexp(x)",
        "logsumexp(W)",
        "logsumexp(X)",
        "logsumexp(X, axis=0)",
        "logsumexp(W, keepdims=True)",
        "W/s",
        "s/2",
        "W/W",
        "X/mean(X, axis=2, keepdims=True)",
        "ones(n, 3)",
        "ones(n)",
        "zeros(2, n)",
        "sum(x)*x",
        "A*ones(3)/sum(A)",
        "linear(X, ones(2, 4))",
        "linear(W, ones(2, n), b=ones(2))",
        "attention(W, W, W)",
        "attention(W, ones(3, n), A, scale=2)",
        "mean(X, axis=-1)",
        "var(X, axis=(0, -1), keepdims=True)",
        "sum(X, axis=2, keepdims=False)",
        "diag(x)",
        "diag(A)",
        "norm(W)",
        "norm(A, 1)",
    ],
)
def test_read_off(text: str) -> None:
    tree = read(text, GIVEN.scope)
    assert shape_of(tree) == tuple(tensor_of(read(text, GIVEN.scope)).shape)
