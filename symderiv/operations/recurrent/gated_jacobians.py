"""The Jacobians of gated cells: through every gate, by one table of slopes.

LSTM, gates a = W x + U h + b: i, f, o = σ(a_i), σ(a_f), σ(a_o), g = tanh(a_g), q = o (1 - tanh(c')²)

    ∂c'/∂a = (g i (1-i),  c f (1-f),  i (1-g²),  0)
    ∂h'/∂a = q times that, but tanh(c') o (1-o) for o

GRU, a = W x + b and m = U h + b_h: r = σ(a_r + m_r), z = σ(a_z + m_z), n = tanh(a_n + r m_n), and
s = (1-z)(1-n²)

    ∂h'/∂a = (s m_n r (1-r),  (h - n) z (1-z),  s)
    ∂h'/∂m = the same, but s r for the last;   ∂h'/∂h also diag(z)
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.tree import ONE, ZERO, Expr, Number
from symderiv.operations.declaring.forms import (
    array_of,
    call,
    delta,
    entry,
    minus,
    plus,
    shape_of,
    squared,
    times,
    where,
)


def _row(gate: int, i: Expr, n: Expr) -> Expr:
    return plus(times(Number(gate), n), i)


def _affine(W: Expr, x: Expr, b: Expr | None) -> Expr:
    return call("affine", W, x) if b is None else call("affine", W, x, b)


def _through(slopes: tuple[Expr, ...], parts: tuple[Expr, ...]) -> Expr:
    """Σ_gate slope · part"""
    return plus(*(times(slope, part) for slope, part in zip(slopes, parts, strict=True)))


def _by_read(n: Expr, slopes: tuple[Expr, ...], W: Expr, i: Expr, k: Expr) -> Expr:
    """Through every gate to entry k of what W multiplies."""
    return _through(slopes, tuple(entry(W, _row(g, i, n), k) for g in range(len(slopes))))


def _by_row(n: Expr, slopes: tuple[Expr, ...], i: Expr, row: Expr) -> Expr:
    """Through the gate that reads a row of the parameters."""
    return _through(slopes, tuple(delta(row, _row(g, i, n)) for g in range(len(slopes))))


class Lstm:
    """The gates of an LSTM cell and what they do, entry by entry."""

    def __init__(self, x: Expr, h: Expr, c: Expr, W: Expr, U: Expr, b: Expr | None = None) -> None:
        self.trees = tuple(tree for tree in (x, h, c, W, U, b) if tree is not None)
        self.x, self.h, self.c, self.W, self.U = x, h, c, W, U
        self.n = shape_of(h)[0]
        self.gates = plus(_affine(W, x, b), _affine(U, h, None))
        self.new = call("lstm_cell", x, h, c, W, U, **({} if b is None else {"b": b}))

    def sigmoid(self, gate: int, i: Expr) -> Expr:
        return call("sigmoid", entry(self.gates, _row(gate, i, self.n)))

    def steepness(self, gate: int, i: Expr) -> Expr:
        """σ(a) (1 - σ(a))"""
        value = self.sigmoid(gate, i)
        return times(value, minus(ONE, value))

    def cell_slopes(self, i: Expr) -> tuple[Expr, ...]:
        """∂c'_i by each gate."""
        proposal = call("tanh", entry(self.gates, _row(2, i, self.n)))
        return (
            times(proposal, self.steepness(0, i)),
            times(entry(self.c, i), self.steepness(1, i)),
            times(self.sigmoid(0, i), minus(ONE, squared(proposal))),
            ZERO,
        )

    def opening(self, i: Expr) -> Expr:
        """∂h'_i/∂c'_i = o (1 - tanh(c')²)"""
        state = call("tanh", entry(self.new, ONE, i))
        return times(self.sigmoid(3, i), minus(ONE, squared(state)))

    def hidden_slopes(self, i: Expr) -> tuple[Expr, ...]:
        """∂h'_i by each gate."""
        through_cell = tuple(times(self.opening(i), slope) for slope in self.cell_slopes(i)[:3])
        return (*through_cell, times(call("tanh", entry(self.new, ONE, i)), self.steepness(3, i)))

    def by(self, shape: tuple[Expr, ...], inner: Callable[..., Expr]) -> Expr:
        """h' above c', each with its slopes."""

        def value(which: Expr, i: Expr, *at: Expr) -> Expr:
            hidden = inner(self.hidden_slopes(i), i, *at)
            return where(call("eq", which, ZERO), hidden, inner(self.cell_slopes(i), i, *at))

        return array_of((Number(2), self.n, *shape), value, *self.trees)

    def by_read(self, read: Expr, W: Expr) -> Expr:
        return self.by(shape_of(read), lambda slopes, i, k: _by_read(self.n, slopes, W, i, k))

    def by_matrix(self, matrix: Expr, read: Expr) -> Expr:
        def inner(slopes: tuple[Expr, ...], i: Expr, row: Expr, k: Expr) -> Expr:
            return times(_by_row(self.n, slopes, i, row), entry(read, k))

        return self.by(shape_of(matrix), inner)

    def by_bias(self, bias: Expr) -> Expr:
        return self.by(shape_of(bias), lambda slopes, i, row: _by_row(self.n, slopes, i, row))

    def by_state(self) -> Expr:
        """∂c'/∂c = diag(f), ∂h'/∂c = diag(o (1 - tanh(c')²) f)."""

        def value(which: Expr, i: Expr, k: Expr) -> Expr:
            kept = self.sigmoid(1, i)
            hidden = times(self.opening(i), kept)
            return times(delta(i, k), where(call("eq", which, ZERO), hidden, kept))

        return array_of((Number(2), self.n, self.n), value, *self.trees)


class Gru:
    """The gates of a GRU cell and what they do, entry by entry."""

    def __init__(
        self,
        x: Expr,
        h: Expr,
        W: Expr,
        U: Expr,
        b: Expr | None = None,
        b_hidden: Expr | None = None,
    ) -> None:
        self.trees = tuple(tree for tree in (x, h, W, U, b, b_hidden) if tree is not None)
        self.x, self.h, self.W, self.U = x, h, W, U
        self.n = shape_of(h)[0]
        self.read, self.kept = _affine(W, x, b), _affine(U, h, b_hidden)

    def gate(self, gate: int, i: Expr) -> Expr:
        row = _row(gate, i, self.n)
        return call("sigmoid", plus(entry(self.read, row), entry(self.kept, row)))

    def slopes(self, i: Expr, last: bool) -> tuple[Expr, ...]:
        """∂h'_i by each entry of a, or with ``last`` by each of m, where r stands before m_n."""
        r, z, row = self.gate(0, i), self.gate(1, i), _row(2, i, self.n)
        new = call("tanh", plus(entry(self.read, row), times(r, entry(self.kept, row))))
        s = times(minus(ONE, z), minus(ONE, squared(new)))
        return (
            times(s, entry(self.kept, row), r, minus(ONE, r)),
            times(minus(entry(self.h, i), new), z, minus(ONE, z)),
            times(s, r) if last else s,
        )

    def by_input(self) -> Expr:
        def value(i: Expr, k: Expr) -> Expr:
            return _by_read(self.n, self.slopes(i, False), self.W, i, k)

        return array_of((self.n, *shape_of(self.x)), value, *self.trees)

    def by_hidden(self) -> Expr:
        def value(i: Expr, k: Expr) -> Expr:
            through = _by_read(self.n, self.slopes(i, True), self.U, i, k)
            return plus(times(delta(i, k), self.gate(1, i)), through)

        return array_of((self.n, self.n), value, *self.trees)

    def by_matrix(self, matrix: Expr, read: Expr, last: bool) -> Expr:
        def value(i: Expr, row: Expr, k: Expr) -> Expr:
            return times(_by_row(self.n, self.slopes(i, last), i, row), entry(read, k))

        return array_of((self.n, *shape_of(matrix)), value, *self.trees)

    def by_bias(self, bias: Expr, last: bool) -> Expr:
        def value(i: Expr, row: Expr) -> Expr:
            return _by_row(self.n, self.slopes(i, last), i, row)

        return array_of((self.n, *shape_of(bias)), value, *self.trees)
