"""Scaled dot-product attention: what it computes, and what that costs.

    A = softmax(Q Kᵀ / √d + M) by rows,   attention(Q, K, V) = A V

Shapes: Q (m, d), K (n, d), V (n, e), the mask M (m, n) optional; ``scale`` stands for 1/√d where it is given;
with ``is_causal=true`` query i sees the keys 0 … i alone.
Axes before these (a batch, heads) are the same for Q, K and V: each of their places has an attention of its
own; the mask has them too, or one serves all.
Source: Vaswani et al., Attention is all you need (2017), eq. 1.
"""

from __future__ import annotations

from symderiv.errors import ShapeError
from symderiv.expression.build import add, compare, conjunction, divide, function, mul, sqrt
from symderiv.expression.tree import FALSE, Expr
from symderiv.operations.activations.softmax import softmax
from symderiv.operations.declaring.bound import forall, over_axis
from symderiv.operations.declaring.counting import Work, work_of
from symderiv.operations.declaring.counting import array as letters
from symderiv.operations.declaring.options import flag_option, scalar_option
from symderiv.operations.declaring.shapes import as_tensor, same_shape, same_size
from symderiv.tensor import Meaning, Tensor

Places = tuple[Expr, ...]


def attention(
    Q: Meaning,
    K: Meaning,
    V: Meaning,
    mask: Meaning | None = None,
    scale: Expr | None = None,
    is_causal: Expr = FALSE,
) -> Tensor:
    """``softmax(Q Kᵀ scale + M) V``: of Q (…, m, d), K (…, n, d), V (…, n, e) an array (…, m, e).

    Raises `ShapeError` for other shapes, and for a mask that is neither m×n nor of the scores' shape.
    """
    q, k, v = as_tensor(Q, "Q"), as_tensor(K, "K"), as_tensor(V, "V")
    m = None if mask is None else as_tensor(mask, "mask")
    _check(q, k, v, m)
    d, n = q.shape[-1], k.shape[-2]
    sees_no_later = flag_option(is_causal, "is_causal")

    def value(*at: Expr) -> Expr:
        *b, i, c = at

        def weight(j: Expr) -> Expr:
            return function("exp", score(q, k, m, scale, (*b, i, j)))

        seen = (lambda j: compare("le", j, i)) if sees_no_later else None
        weighted = over_axis("sum", n, lambda j: mul(weight(j), v.formula(*b, j, c)), condition=seen)
        return divide(weighted, over_axis("sum", n, weight, condition=seen))

    result = Tensor.of((*q.shape[:-1], v.shape[-1]), value)
    *b, i, c = result.indices
    reads = forall(
        n, lambda j: conjunction(v.condition(*b, j, c), forall(d, lambda x: k.condition(*b, j, x)))
    )
    masked = forall(n, lambda j: m.condition(*_of_mask(m, (*b, i, j)))) if m is not None else conjunction()
    return result.where(conjunction(reads, masked, forall(d, lambda x: q.condition(*b, i, x))))


def score(q: Tensor, k: Tensor, mask: Meaning | None, scale: Expr | None, at: Places) -> Expr:
    """q_i·k_j / √d + M_ij"""
    *b, i, j = at
    d = q.shape[-1]
    product = over_axis("sum", d, lambda x: mul(q.formula(*b, i, x), k.formula(*b, j, x)))
    scaled = divide(product, sqrt(d)) if scale is None else mul(scalar_option(scale, "scale"), product)
    if mask is None:
        return scaled
    m = as_tensor(mask)
    return add(scaled, m.formula(*_of_mask(m, at)))


def _of_mask(mask: Tensor, at: Places) -> Places:
    """Which place of the mask a score takes: a mask without the axes before serves all of them."""
    return at[-mask.rank :]


def _check(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> None:
    fits = (
        q.rank == k.rank == v.rank >= 2
        and same_shape(q.shape[:-2], k.shape[:-2])
        and same_shape(q.shape[:-2], v.shape[:-2])
        and same_size(q.shape[-1], k.shape[-1])
        and same_size(k.shape[-2], v.shape[-2])
    )
    if not fits:
        raise ShapeError(
            f"attention of {q.described}, {k.described} and {v.described}",
            expected="Q (m, d), K (n, d), V (n, e), or these behind the same axes",
        )
    scores = (*q.shape[:-1], k.shape[-2])
    if mask is not None and not any(same_shape(mask.shape, shape) for shape in (scores, scores[-2:])):
        raise ShapeError(
            f"a mask of shape {mask.shape_text} does not fit", expected="one number a pair (m, n)"
        )


def attention_work(
    Q: Meaning,
    K: Meaning,
    V: Meaning,
    mask: Meaning | None = None,
    scale: Expr | None = None,
    is_causal: Expr = FALSE,
) -> Work:
    """The scores, their softmax by rows, and the weighted sums of the rows of V, one after another."""
    q, k, v = as_tensor(Q), as_tensor(K), as_tensor(V)
    shape, n = (*q.shape[:-1], k.shape[-2]), k.shape[-2]
    scores = work_of(Tensor.of(shape, lambda *at: score(q, k, mask, scale, at)))
    weights = letters("A", *shape)
    mixed = Tensor.of(
        (*q.shape[:-1], v.shape[-1]),
        lambda *at: over_axis(
            "sum", n, lambda j: mul(weights.formula(*at[:-1], j), v.formula(*at[:-2], j, at[-1]))
        ),
    )
    return scores + work_of(softmax(letters("S", *shape))) + work_of(mixed)
