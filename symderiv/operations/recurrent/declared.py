"""The recurrent cells as operations, and the Jacobians of the plain one.

rnn_cell: ∂h'/∂x = diag(1 - h'²) W,   ∂h'/∂h = diag(1 - h'²) U,   ∂h'_i/∂W_kl = δ_ik (1 - h'_i²) x_l
"""

from __future__ import annotations

from symderiv.expression.tree import ONE, Expr
from symderiv.operations.declaring.forms import (
    array_of,
    call,
    delta,
    entry,
    minus,
    shape_of,
    squared,
    times,
)
from symderiv.operations.declaring.operation import Example, Operation, array, optional_array
from symderiv.operations.recurrent.counts import gru_work, lstm_work
from symderiv.operations.recurrent.forward import gru_cell, lstm_cell, rnn_cell
from symderiv.operations.recurrent.gated_jacobians import Gru, Lstm


def _cell(x: Expr, h: Expr, W: Expr, U: Expr, b: Expr | None) -> Expr:
    return call("rnn_cell", x, h, W, U, **({} if b is None else {"b": b}))


def _slope(new: Expr, i: Expr) -> Expr:
    """1 - h'_i²"""
    return minus(ONE, squared(entry(new, i)))


def _slopes(x: Expr, h: Expr, W: Expr, U: Expr, b: Expr | None) -> Expr:
    new = _cell(x, h, W, U, b)
    return call("diag", minus(ONE, call("hadamard", new, new)))


def _by_weights(source: int, x: Expr, h: Expr, W: Expr, U: Expr, b: Expr | None) -> Expr:
    new, read = _cell(x, h, W, U, b), (x, h)[source]
    shape = (*shape_of(h), *shape_of(h), *shape_of(read))

    def value(i: Expr, k: Expr, l: Expr) -> Expr:  # noqa: E741
        return times(delta(i, k), _slope(new, i), entry(read, l))

    return array_of(shape, value, x, h, W, U)


def _delta(G: Expr, x: Expr, h: Expr, W: Expr, U: Expr, b: Expr | None) -> Expr:
    """δ = G ⊙ (1 - h' ⊙ h')"""
    new = _cell(x, h, W, U, b)
    return call("hadamard", G, minus(ONE, call("hadamard", new, new)))


_CELL = (array("x"), array("h"), array("W"), array("U"), optional_array("b"))


def _examples(gates: int, **extra: tuple[int, ...]) -> tuple[Example, ...]:
    def example(m: int, n: int, bias: bool) -> Example:
        shapes = {"x": (m,), "h": (n,), "W": (gates * n, m), "U": (gates * n, n)}
        biases = {"b": (gates * n,)} if bias else {}
        return {**shapes, **biases, **(dict.fromkeys(extra, (n,)))}

    return example(2, 2, True), example(3, 2, False), example(1, 3, True)


RECURRENT = (
    Operation(
        "rnn_cell",
        _CELL,
        rnn_cell,
        jacobians={
            "x": lambda x, h, W, U, b: times(_slopes(x, h, W, U, b), W),
            "h": lambda x, h, W, U, b: times(_slopes(x, h, W, U, b), U),
            "W": lambda *trees: _by_weights(0, *trees),
            "U": lambda *trees: _by_weights(1, *trees),
            "b": lambda x, h, W, U, b: _slopes(x, h, W, U, b),
        },
        vjps={
            "x": lambda G, x, h, W, U, b: times(call("transpose", W), _delta(G, x, h, W, U, b)),
            "h": lambda G, x, h, W, U, b: times(call("transpose", U), _delta(G, x, h, W, U, b)),
            "W": lambda G, x, h, W, U, b: times(_delta(G, x, h, W, U, b), call("transpose", x)),
            "U": lambda G, x, h, W, U, b: times(_delta(G, x, h, W, U, b), call("transpose", h)),
            "b": _delta,
        },
        formula="tanh(W x + U h + b)",
        weights=("W", "U", "b"),
        examples=_examples(1),
    ),
    Operation(
        "lstm_cell",
        (array("x"), array("h"), array("c"), array("W"), array("U"), optional_array("b")),
        lstm_cell,
        jacobians={
            "x": lambda x, h, c, W, U, b: Lstm(x, h, c, W, U, b).by_read(x, W),
            "h": lambda x, h, c, W, U, b: Lstm(x, h, c, W, U, b).by_read(h, U),
            "c": lambda x, h, c, W, U, b: Lstm(x, h, c, W, U, b).by_state(),
            "W": lambda x, h, c, W, U, b: Lstm(x, h, c, W, U, b).by_matrix(W, x),
            "U": lambda x, h, c, W, U, b: Lstm(x, h, c, W, U, b).by_matrix(U, h),
            "b": lambda x, h, c, W, U, b: Lstm(x, h, c, W, U, b).by_bias(b),
        },
        formula="c' = σ(f) c + σ(i) tanh(g), h' = σ(o) tanh(c')",
        weights=("W", "U", "b"),
        work=lstm_work,
        gates=4,
        examples=_examples(4, c=()),
    ),
    Operation(
        "gru_cell",
        (*_CELL, optional_array("b_hidden")),
        gru_cell,
        jacobians={
            "x": lambda *trees: Gru(*trees).by_input(),
            "h": lambda *trees: Gru(*trees).by_hidden(),
            "W": lambda x, h, W, U, b, e: Gru(x, h, W, U, b, e).by_matrix(W, x, False),
            "U": lambda x, h, W, U, b, e: Gru(x, h, W, U, b, e).by_matrix(U, h, True),
            "b": lambda x, h, W, U, b, e: Gru(x, h, W, U, b, e).by_bias(b, False),
            "b_hidden": lambda x, h, W, U, b, e: Gru(x, h, W, U, b, e).by_bias(e, True),
        },
        formula="h' = (1 - z) n + z h",
        weights=("W", "U", "b", "b_hidden"),
        work=gru_work,
        gates=3,
        examples=(*_examples(3), {"x": (1,), "h": (2,), "W": (6, 1), "U": (6, 2), "b_hidden": (6,)}),
    ),
)
