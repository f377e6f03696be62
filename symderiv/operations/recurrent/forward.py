"""One step of a recurrent layer.

    rnn_cell:  h' = tanh(W x + U h + b)
    lstm_cell: (i, f, g, o) = W x + U h + b;  c' = σ(f) ⊙ c + σ(i) ⊙ tanh(g),  h' = σ(o) ⊙ tanh(c')
    gru_cell:  r, z = σ(W x + b + U h + b_h);  n = tanh(W x + b + r ⊙ (U h + b_h));  h' = (1 - z) ⊙ n + z ⊙ h

Shapes: x (m), h and c (n); W (g n, m), U (g n, n), b (g n) with g = 1, 4, 3 gates, their rows in the order
written (for GRU r, z, n). lstm_cell gives a 2×n array, h' above c'.
Sources: PyTorch, torch.nn.RNNCell, LSTMCell, GRUCell.
"""

from __future__ import annotations

from symderiv.errors import ShapeError
from symderiv.expression.build import add, cases, compare, conjunction, function, mul, subtract
from symderiv.expression.tree import ONE, TRUE, ZERO, Expr, Number
from symderiv.operations.activations.entrywise import logistic
from symderiv.operations.declaring.bound import forall, over_axis
from symderiv.operations.declaring.shapes import as_tensor, same_shape
from symderiv.tensor import Meaning, Tensor


def _tanh(x: Expr) -> Expr:
    return function("tanh", x)


def _product(w: Tensor, x: Tensor, row: Expr) -> Expr:
    """Σ_k W[row,k] x[k]"""
    return over_axis("sum", x.shape[0], lambda k: mul(w.formula(row, k), x.formula(k)))


def _row(gate: int, i: Expr, n: Expr) -> Expr:
    return add(mul(Number(gate), n), i)


def _checked(
    gates: int, x: Tensor, h: Tensor, w: Tensor, u: Tensor, biases: tuple[Tensor | None, ...]
) -> None:
    if x.rank != 1 or h.rank != 1:
        raise ShapeError(f"a cell of {x.described} and {h.described}", expected="x (m) and h (n)")
    rows = mul(Number(gates), h.shape[0])
    wanted = ((w, (rows, x.shape[0])), (u, (rows, h.shape[0])), *((b, (rows,)) for b in biases if b))
    for t, shape in wanted:
        if not same_shape(t.shape, shape):
            expected = Tensor.of(shape, lambda *_: ZERO).shape_text
            raise ShapeError(
                f"a parameter of shape {t.shape_text} does not fit", expected=f"shape {expected}"
            )


def _optional(value: Meaning | None) -> Tensor | None:
    return None if value is None else as_tensor(value)


def _shift(b: Tensor | None, row: Expr) -> tuple[Expr, ...]:
    return () if b is None else (b.formula(row),)


def _all_exist(*arrays: Tensor | None) -> Expr:
    """Every entry of every array that is given."""
    conditions: list[Expr] = []
    for t in arrays:
        if t is None or t.defined == TRUE:
            continue
        conditions.append(_everywhere(t, ()))
    return conjunction(*conditions)


def _everywhere(t: Tensor, at: tuple[Expr, ...]) -> Expr:
    if len(at) == t.rank:
        return t.condition(*at)
    return forall(t.shape[len(at)], lambda k: _everywhere(t, (*at, k)))


def rnn_cell(x: Meaning, h: Meaning, W: Meaning, U: Meaning, b: Meaning | None = None) -> Tensor:
    """h' = tanh(W x + U h + b)."""
    t, s, w, u, bias = as_tensor(x), as_tensor(h), as_tensor(W), as_tensor(U), _optional(b)
    _checked(1, t, s, w, u, (bias,))

    def value(i: Expr) -> Expr:
        return _tanh(add(_product(w, t, i), _product(u, s, i), *_shift(bias, i)))

    return Tensor.of(s.shape, value, _all_exist(t, s, w, u, bias))


def lstm_cell(x: Meaning, h: Meaning, c: Meaning, W: Meaning, U: Meaning, b: Meaning | None = None) -> Tensor:
    """``c' = σ(f) c + σ(i) tanh(g)``, ``h' = σ(o) tanh(c')``; gates i, f, g, o one below another in W, U, b.

    The rows of the result are h' and c'. Raises `ShapeError` unless W is 4n×m, U 4n×n, b 4n, h and c n.
    """
    t, s, w, u, bias = as_tensor(x), as_tensor(h), as_tensor(W), as_tensor(U), _optional(b)
    cell = as_tensor(c)
    _checked(4, t, s, w, u, (bias,))
    if not same_shape(cell.shape, s.shape):
        raise ShapeError(f"a cell state of shape {cell.shape_text}", expected=f"shape {s.shape_text}, as h")
    n = s.shape[0]

    def gate(number: int, i: Expr) -> Expr:
        row = _row(number, i, n)
        return add(_product(w, t, row), _product(u, s, row), *_shift(bias, row))

    def state(i: Expr) -> Expr:
        kept = mul(logistic(gate(1, i)), cell.formula(i))
        return add(kept, mul(logistic(gate(0, i)), _tanh(gate(2, i))))

    def value(which: Expr, i: Expr) -> Expr:
        hidden = mul(logistic(gate(3, i)), _tanh(state(i)))
        return cases(((compare("eq", which, ZERO), hidden),), state(i))

    return Tensor.of((Number(2), n), value, _all_exist(t, s, cell, w, u, bias))


def gru_cell(
    x: Meaning,
    h: Meaning,
    W: Meaning,
    U: Meaning,
    b: Meaning | None = None,
    b_hidden: Meaning | None = None,
) -> Tensor:
    """``h' = (1 - σ(z)) tanh(n) + σ(z) h``, in n the state's part times σ(r); gates r, z, n as in PyTorch.

    Raises `ShapeError` unless W is 3n×m, U 3n×n, both biases 3n, h n.
    """
    t, s, w, u = as_tensor(x), as_tensor(h), as_tensor(W), as_tensor(U)
    bias, hidden_bias = _optional(b), _optional(b_hidden)
    _checked(3, t, s, w, u, (bias, hidden_bias))
    n = s.shape[0]

    def of_input(number: int, i: Expr) -> Expr:
        row = _row(number, i, n)
        return add(_product(w, t, row), *_shift(bias, row))

    def of_state(number: int, i: Expr) -> Expr:
        row = _row(number, i, n)
        return add(_product(u, s, row), *_shift(hidden_bias, row))

    def value(i: Expr) -> Expr:
        reset = logistic(add(of_input(0, i), of_state(0, i)))
        update = logistic(add(of_input(1, i), of_state(1, i)))
        new = _tanh(add(of_input(2, i), mul(reset, of_state(2, i))))
        return add(mul(subtract(ONE, update), new), mul(update, s.formula(i)))

    return Tensor.of(s.shape, value, _all_exist(t, s, w, u, bias, hidden_bias))
