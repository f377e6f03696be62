"""The affine layer, for one vector as a textbook has it and for the rows of a batch as PyTorch has it.

    affine(W, x, b) = W x + b             ∂/∂x = W,   ∂y_i/∂W_kl = δ_ik x_l,   ∂/∂b = 1
    linear(X, W, b) = X Wᵀ + b            X (…, n), W (m, n), b (m): each vector along the last axis

Sources: Goodfellow, Bengio, Courville, Deep Learning (2016), §6.1; PyTorch, torch.nn.functional.linear.
"""

from __future__ import annotations

from symderiv.errors import ShapeError
from symderiv.expression.build import add, conjunction, mul
from symderiv.expression.tree import ONE, TRUE, ZERO, Expr, Number, Sequence
from symderiv.operations.declaring.bound import forall, over_axis
from symderiv.operations.declaring.forms import array_of, call, delta, deltas, entry, shape_of, times, total
from symderiv.operations.declaring.operation import Operation, array, optional_array
from symderiv.operations.declaring.shapes import as_tensor, same_size
from symderiv.tensor import Meaning, Tensor


def affine(W: Meaning, x: Meaning, b: Meaning | None = None) -> Tensor:
    """W x + b, entry i: Σ_k W[i,k] x[k] + b[i]; x may be a matrix, one column an example."""
    w, t = as_tensor(W, "W"), as_tensor(x, "x")
    if w.rank != 2 or t.rank not in (1, 2) or not same_size(w.shape[1], t.shape[0]):
        raise ShapeError(
            f"affine can't apply {w.described} to {t.described}",
            expected="W (m, n) and x (n)",
            cure="as many columns in W as entries in x",
        )
    bias = _bias(b, w.shape[0])

    def value(i: Expr, *column: Expr) -> Expr:
        product = over_axis("sum", w.shape[1], lambda k: mul(w.formula(i, k), t.formula(k, *column)))
        return product if bias is None else add(product, bias.formula(i))

    result = Tensor.of((w.shape[0], *t.shape[1:]), value)
    i, *column = result.indices
    reads = forall(w.shape[1], lambda k: conjunction(w.condition(i, k), t.condition(k, *column)))
    return result.where(conjunction(reads, TRUE if bias is None else bias.condition(i)))


def linear(X: Meaning, W: Meaning, b: Meaning | None = None) -> Tensor:
    """X Wᵀ + b, entry […, i]: Σ_k X[…,k] W[i,k] + b[i]."""
    t, w = as_tensor(X, "X"), as_tensor(W, "W")
    if w.rank != 2 or not t.rank or not same_size(w.shape[1], t.shape[-1]):
        raise ShapeError(
            f"linear can't apply {w.described} to {t.described}",
            expected="X (…, n) and W (m, n)",
        )
    bias = _bias(b, w.shape[0])

    def value(*at: Expr) -> Expr:
        *row, i = at
        product = over_axis("sum", w.shape[1], lambda k: mul(t.formula(*row, k), w.formula(i, k)))
        return product if bias is None else add(product, bias.formula(i))

    result = Tensor.of((*t.shape[:-1], w.shape[0]), value)
    *row, i = result.indices
    reads = forall(w.shape[1], lambda k: conjunction(t.condition(*row, k), w.condition(i, k)))
    return result.where(conjunction(reads, TRUE if bias is None else bias.condition(i)))


def _bias(b: Meaning | None, outputs: Expr) -> Tensor | None:
    if b is None:
        return None
    bias = as_tensor(b, "b")
    if bias.rank != 1 or not same_size(bias.shape[0], outputs):
        raise ShapeError(f"a bias of shape {bias.shape_text} does not fit", expected="one number an output")
    return bias


def _affine_by_x(W: Expr, x: Expr, b: Expr | None = None) -> Expr:
    """W; of several columns W[i,k] δ(c, d)."""
    if len(shape_of(x)) == 1:
        return W
    m, columns = shape_of(W)[0], shape_of(x)[1]
    return array_of((m, columns, *shape_of(x)), lambda i, c, k, d: times(entry(W, i, k), delta(c, d)), W, x)


def _affine_by_w(W: Expr, x: Expr, b: Expr | None = None) -> Expr:
    """∂y_i/∂W_kl = δ_ik x_l."""
    outputs = (shape_of(W)[0], *shape_of(x)[1:])

    def value(i: Expr, *rest: Expr) -> Expr:
        *column, k, l = rest  # noqa: E741
        return times(delta(i, k), entry(x, l, *column))

    return array_of((*outputs, *shape_of(W)), value, W, x)


def _affine_by_b(W: Expr, x: Expr, b: Expr) -> Expr:
    """The unit matrix."""
    if len(shape_of(x)) == 1:
        return call("eye", shape_of(W)[0])
    outputs = (shape_of(W)[0], *shape_of(x)[1:])
    return array_of((*outputs, shape_of(W)[0]), lambda i, c, k: delta(i, k), W, x, b)


def _linear_by_x(X: Expr, W: Expr, b: Expr | None = None) -> Expr:
    """W; of a batch δ(n, o) W[i,k], n and o all axes but the last."""
    if len(shape_of(X)) == 1:
        return W
    *rows, _ = shape_of(X)

    def value(*at: Expr) -> Expr:
        (*row, i), (*other, k) = at[: len(at) // 2], at[len(at) // 2 :]
        return times(deltas(tuple(row), tuple(other)), entry(W, i, k))

    return array_of((*rows, shape_of(W)[0], *shape_of(X)), value, X, W)


def _linear_by_w(X: Expr, W: Expr, b: Expr | None = None) -> Expr:
    """∂y[n,i]/∂W[k,l] = δ_ik X[n,l]."""
    outputs = (*shape_of(X)[:-1], shape_of(W)[0])

    def value(*at: Expr) -> Expr:
        *row, i, k, l = at  # noqa: E741
        return times(delta(i, k), entry(X, *row, l))

    return array_of((*outputs, *shape_of(W)), value, X, W)


def _linear_by_b(X: Expr, W: Expr, b: Expr) -> Expr:
    """∂y[n,i]/∂b[k] = δ_ik."""
    outputs = (*shape_of(X)[:-1], shape_of(W)[0])
    return array_of((*outputs, shape_of(W)[0]), lambda *at: deltas(at[-2:-1], at[-1:]), X, W, b)


def _linear_back_to_x(G: Expr, X: Expr, W: Expr, b: Expr | None = None) -> Expr:
    """Wᵀ G; of a batch G W, of several leading axes linear(G, Wᵀ)."""
    if len(shape_of(X)) > 2:
        return call("linear", G, call("transpose", W))
    return times(call("transpose", W), G) if len(shape_of(X)) == 1 else times(G, W)


def _linear_back_to_w(G: Expr, X: Expr, W: Expr, b: Expr | None = None) -> Expr:
    """G xᵀ; of a batch Gᵀ X, of several leading axes the sum of these over all but the last two."""
    *rows, _ = shape_of(X)
    if len(rows) < 2:
        return times(call("transpose", G), X) if rows else times(G, call("transpose", X))
    outer = tuple(rows[:-1])

    def added(at: tuple[Expr, ...]) -> Expr:
        if len(at) == len(outer):
            return times(call("transpose", entry(G, *at)), entry(X, *at))
        return total(outer[len(at)], lambda k: added((*at, k)), G, X)

    return added(())


def _linear_back_to_b(G: Expr, X: Expr, W: Expr, b: Expr | None = None) -> Expr:
    """G; of a batch its sum over all axes but the last."""
    axes = len(shape_of(X)) - 1
    if axes < 2:
        return call("sum", G, axis=ZERO) if axes else G
    return call("sum", G, axis=Sequence(tuple(map(Number, range(axes))), "tuple"))


AFFINE = (
    Operation(
        "affine",
        (array("W"), array("x"), optional_array("b")),
        affine,
        jacobians={"W": _affine_by_w, "x": _affine_by_x, "b": _affine_by_b},
        vjps={
            "W": lambda G, W, x, b=None: times(G, call("transpose", x)),
            "x": lambda G, W, x, b=None: times(call("transpose", W), G),
            "b": lambda G, W, x, b=None: G if len(shape_of(x)) == 1 else call("sum", G, axis=ONE),
        },
        formula="W x + b",
        weights=("W", "b"),
        examples=(
            {"W": (2, 3), "x": (3,), "b": (2,)},
            {"W": (2, 3), "x": (3,)},
            {"W": (3, 2), "x": (2, 2), "b": (3,)},
        ),
    ),
    Operation(
        "linear",
        (array("X"), array("W"), optional_array("b")),
        linear,
        jacobians={"X": _linear_by_x, "W": _linear_by_w, "b": _linear_by_b},
        vjps={
            "X": _linear_back_to_x,
            "W": _linear_back_to_w,
            "b": _linear_back_to_b,
        },
        formula="X Wᵀ + b",
        source="PyTorch, torch.nn.functional.linear",
        weights=("W", "b"),
        examples=(
            {"X": (3,), "W": (2, 3), "b": (2,)},
            {"X": (3,), "W": (2, 3)},
            {"X": (2, 2), "W": (3, 2), "b": (3,)},
            {"X": (2, 2, 2), "W": (3, 2), "b": (3,)},
        ),
    ),
)
