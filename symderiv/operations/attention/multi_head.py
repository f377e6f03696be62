"""Multi-head attention: several attentions beside each other, and one linear map of them all.

    head_i = attention(Q W_i^Q, K W_j^K, V W_j^V),   MultiHead = (head_1, …, head_h) W^O

Shapes: Q (m, d), K and V (n, d), W^Q (h, d, k), W^K (g, d, k), W^V (g, d, v), W^O (h v, o). With g < h the
keys and values serve h/g heads each: head i takes j = ⌊i g/h⌋ (grouped queries; with g = 1, multi-query).
Sources: Vaswani et al. (2017), §3.2.2; Ainslie et al., GQA (2023).
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.errors import ShapeError
from symderiv.expression.build import add, conjunction, divide, mul
from symderiv.expression.tree import FALSE, ONE, ZERO, Apply, Expr, Number
from symderiv.operations.arrays.elementwise import floor
from symderiv.operations.arrays.joining import concat
from symderiv.operations.arrays.matrix_products import matmul
from symderiv.operations.attention.forward import attention, attention_work
from symderiv.operations.convolution.window import over_kernel
from symderiv.operations.declaring.bound import forall, over_axis
from symderiv.operations.declaring.counting import Work, work_of
from symderiv.operations.declaring.counting import array as letters
from symderiv.operations.declaring.forms import call, entry, plus, shape_of, times, total
from symderiv.operations.declaring.operation import Example, Operation, array, option, optional_array
from symderiv.operations.declaring.shapes import as_tensor, same_shape, same_size
from symderiv.operations.losses.forward import every_entry
from symderiv.tensor import Meaning, Tensor


def _place(shape: tuple[Expr, ...], keys: tuple[Expr, ...]) -> Callable[[Expr], Expr]:
    """Which keys head i takes: ⌊i g/h⌋; g divides h."""
    h, g = shape[0], keys[0]
    if same_size(h, g):
        return lambda i: i
    if g == ONE:
        return lambda i: ZERO
    if not (isinstance(h, Number) and isinstance(g, Number)) or int(h.value) % int(g.value):
        raise ShapeError(
            "the number of heads of multi_head_attention",
            expected="as many heads for keys and values, or a divisor of the number of heads",
        )
    return lambda i: floor(divide(i, divide(h, g)))


def _of_all(
    inputs: tuple[Tensor, Tensor, Tensor],
    weights: tuple[Tensor, Tensor, Tensor],
    place: Callable[[Expr], Expr],
) -> tuple[Tensor, Tensor, Tensor]:
    """Q W_i, K W_j and V W_j for all heads i."""
    (q, k, v), (wq, wk, wv), heads = inputs, weights, weights[0].shape[0]
    own = _projected(q, wq, lambda i: i, heads)
    return own, _projected(k, wk, place, heads), _projected(v, wv, place, heads)


def _projected(x: Tensor, weights: Tensor, place: Callable[[Expr], Expr], heads: Expr) -> Tensor:
    d = weights.shape[1]

    def value(i: Expr, m: Expr, j: Expr) -> Expr:
        return over_axis("sum", d, lambda l: mul(x.formula(m, l), weights.formula(place(i), l, j)))  # noqa: E741

    result = Tensor.of((heads, x.shape[0], weights.shape[2]), value)
    i, m, j = result.indices
    return result.where(
        forall(d, lambda l: conjunction(x.condition(m, l), weights.condition(place(i), l, j)))  # noqa: E741
    )


def multi_head_attention(
    Q: Meaning,
    K: Meaning,
    V: Meaning,
    W_Q: Meaning,
    W_K: Meaning,
    W_V: Meaning,
    W_O: Meaning,
    mask: Meaning | None = None,
    is_causal: Expr = FALSE,
) -> Tensor:
    """The heads beside each other, times W^O: an array (m, o)."""
    names = ("Q", "K", "V", "W_Q", "W_K", "W_V", "W_O")
    given = (Q, K, V, W_Q, W_K, W_V, W_O)
    q, k, v, wq, wk, wv, wo = (as_tensor(a, name) for a, name in zip(given, names, strict=True))
    _check(q, k, v, wq, wk, wv, wo)
    place = _place(wq.shape, wk.shape)
    if not isinstance(wq.shape[0], Number):
        heads = _of_all((q, k, v), (wq, wk, wv), place)
        return _added_up(attention(*heads, mask=mask, is_causal=is_causal), wo)

    def head(i: Expr) -> Tensor:
        projected = matmul(q, _slice(wq, i)), matmul(k, _slice(wk, place(i))), matmul(v, _slice(wv, place(i)))
        return attention(*projected, mask=mask, is_causal=is_causal)

    return matmul(concat(tuple(map(head, map(Number, range(int(wq.shape[0].value))))), ONE), wo)


def multi_head_work(
    Q: Meaning,
    K: Meaning,
    V: Meaning,
    W_Q: Meaning,
    W_K: Meaning,
    W_V: Meaning,
    W_O: Meaning,
    mask: Meaning | None = None,
    is_causal: Expr = FALSE,
) -> Work:
    """Queries of each head, keys and values of each that has its own, the heads, and the map of them all."""
    q, k, v, wq, wk, wv, wo = (as_tensor(a) for a in (Q, K, V, W_Q, W_K, W_V, W_O))
    (m, n), (h, width) = (q.shape[0], k.shape[0]), (wq.shape[0], wv.shape[2])
    projected = (_projected(x, w, lambda i: i, w.shape[0]) for x, w in ((q, wq), (k, wk), (v, wv)))
    heads = letters("Q", h, m, wq.shape[2]), letters("K", h, n, wk.shape[2]), letters("V", h, n, width)
    mixed = matmul(letters("H", m, mul(h, width)), letters("W", *wo.shape))
    parts = (*map(work_of, projected), attention_work(*heads, mask), work_of(mixed))
    return sum(parts[1:], parts[0])


def _slice(weights: Tensor, at: Expr) -> Tensor:
    result = Tensor.of(weights.shape[1:], lambda *inner: weights.formula(at, *inner))
    return result.where(weights.condition(at, *result.indices))


def _added_up(heads: Tensor, wo: Tensor) -> Tensor:
    """Σ_i head_i W_i^O over so many heads as a letter says, W_i^O the rows of W^O that meet head i."""
    own, m, width = heads.shape

    def row(i: Expr, c: Expr) -> Expr:
        return add(mul(i, width), c)

    def value(at: Expr, o: Expr) -> Expr:
        return over_kernel(
            "sum", (own, width), lambda i, c: mul(heads.formula(i, at, c), wo.formula(row(i, c), o))
        )

    result = Tensor.of((m, wo.shape[1]), value)
    at, o = result.indices
    exist = every_entry(
        (own, width), lambda i, c: conjunction(heads.condition(i, at, c), wo.condition(row(i, c), o))
    )
    return result.where(exist)


def _check(q: Tensor, k: Tensor, v: Tensor, wq: Tensor, wk: Tensor, wv: Tensor, wo: Tensor) -> None:
    ranks = [t.rank for t in (q, k, v, wq, wk, wv, wo)]
    fits = (
        ranks == [2, 2, 2, 3, 3, 3, 2]
        and all(same_size(t.shape[1], w.shape[1]) for t, w in ((q, wq), (k, wk), (v, wv)))
        and same_shape((wq.shape[2], wk.shape[0]), (wk.shape[2], wv.shape[0]))
        and same_size(wo.shape[0], mul(wq.shape[0], wv.shape[2]))
    )
    if not fits:
        raise ShapeError(
            "the arguments of multi_head_attention do not fit",
            expected="Q (m, d), K and V (n, d), W_Q (h, d, k), W_K (g, d, k), W_V (g, d, v), W_O (h v, o)",
        )


def _made_of(
    Q: Expr,
    K: Expr,
    V: Expr,
    W_Q: Expr,
    W_K: Expr,
    W_V: Expr,
    W_O: Expr,
    mask: Expr | None,
    is_causal: Expr,
) -> Expr | None:
    h, place = shape_of(W_Q)[0], _place(shape_of(W_Q), shape_of(W_K))
    given = (("mask", mask), ("is_causal", None if is_causal == FALSE else is_causal))
    options = tuple((name, tree) for name, tree in given if tree is not None)

    def head(own: Expr) -> Expr:
        shared = place(own)
        projected = times(Q, entry(W_Q, own)), times(K, entry(W_K, shared)), times(V, entry(W_V, shared))
        return Apply("attention", projected, options)

    if not isinstance(h, Number):
        return _term_by_term(head, h, W_O, shape_of(W_V)[2])
    heads = [head(Number(i)) for i in range(int(h.value))]
    return times(heads[0] if len(heads) == 1 else call("concat", *heads, axis=ONE), W_O)


def _term_by_term(head: Callable[[Expr], Expr], heads: Expr, W_O: Expr, width: Expr) -> Expr:
    """Σ_i head_i W_i^O, W_i^O the rows of W^O that meet head i."""

    def term(i: Expr) -> Expr:
        rows = call("slice", W_O, start=times(i, width), stop=times(plus(i, ONE), width))
        return times(head(i), rows)

    return total(heads, term, W_O)


_WEIGHTS = ("W_Q", "W_K", "W_V", "W_O")

_EXAMPLES: tuple[Example, ...] = tuple(
    dict(zip(("Q", "K", "V", *_WEIGHTS), shapes, strict=True))
    for shapes in (
        ((2, 2), (3, 2), (3, 2), (1, 2, 1), (1, 2, 1), (1, 2, 1), (1, 2)),
        ((2, 2), (2, 2), (2, 2), (2, 2, 1), (2, 2, 1), (2, 2, 1), (2, 2)),
        ((2, 1), (2, 1), (2, 1), (2, 1, 1), (1, 1, 1), (1, 1, 1), (2, 1)),
        ((2, 1), (2, 1), (2, 1), (1, 1, 1), (1, 1, 1), (1, 1, 2), (2, 1)),
    )
)

MULTI_HEAD = (
    Operation(
        "multi_head_attention",
        (
            *map(array, ("Q", "K", "V", *_WEIGHTS)),
            optional_array("mask"),
            option("is_causal", FALSE),
        ),
        multi_head_attention,
        made_of=_made_of,
        formula="(head_1, …, head_h) W_O, head_i = attention(Q W_Q[i], K W_K[i], V W_V[i])",
        weights=_WEIGHTS,
        source="Vaswani et al. (2017), §3.2.2",
        work=multi_head_work,
        examples=(
            *_EXAMPLES,
            {**_EXAMPLES[1], "mask": (2, 2)},
        ),
    ),
)
