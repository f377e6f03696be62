"""Scaled dot-product attention.

    A = softmax(Q Kᵀ / √d + M) by rows,   attention(Q, K, V) = A V

Shapes: Q (m, d), K (n, d), V (n, e), the mask M (m, n) optional. With a row of A as p and o = Σ_j p_j V_j:
∂o/∂V_k = p_k, and ∂o/∂s_k = p_k (V_k - o) for the scores s, which are linear in Q and in K.
Source: Vaswani et al., Attention is all you need (2017), eq. 1.
"""

from __future__ import annotations

from symderiv.errors import ShapeError
from symderiv.expression.build import add, conjunction, divide, function, mul, sqrt
from symderiv.expression.tree import Expr
from symderiv.operations.bound import forall, over_axis
from symderiv.operations.forms import array_of, call, delta, entry, minus, over, plus, shape_of, times, total
from symderiv.operations.operation import Operation, array, optional_array
from symderiv.operations.shapes import as_tensor, same_shape, same_size
from symderiv.tensor import Meaning, Tensor


def attention(Q: Meaning, K: Meaning, V: Meaning, mask: Meaning | None = None) -> Tensor:
    q, k, v = as_tensor(Q, "Q"), as_tensor(K, "K"), as_tensor(V, "V")
    m = None if mask is None else as_tensor(mask, "mask")
    _check(q, k, v, m)
    d, n = q.shape[1], k.shape[0]

    def score(i: Expr, j: Expr) -> Expr:
        product = over_axis("sum", d, lambda l: mul(q.formula(i, l), k.formula(j, l)))  # noqa: E741
        scaled = divide(product, sqrt(d))
        return scaled if m is None else add(scaled, m.formula(i, j))

    def weight(i: Expr, j: Expr) -> Expr:
        return function("exp", score(i, j))

    def value(i: Expr, c: Expr) -> Expr:
        weighted = over_axis("sum", n, lambda j: mul(weight(i, j), v.formula(j, c)))
        return divide(weighted, over_axis("sum", n, lambda j: weight(i, j)))

    result = Tensor.of((q.shape[0], v.shape[1]), value)
    i, c = result.indices
    reads = forall(n, lambda j: conjunction(v.condition(j, c), forall(d, lambda l: k.condition(j, l))))  # noqa: E741
    masked = forall(n, lambda j: m.condition(i, j)) if m is not None else conjunction()
    return result.where(conjunction(reads, masked, forall(d, lambda l: q.condition(i, l))))  # noqa: E741


def _check(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> None:
    fits = q.rank == k.rank == v.rank == 2 and same_size(q.shape[1], k.shape[1])
    if not fits or not same_size(k.shape[0], v.shape[0]):
        raise ShapeError(
            f"attention of a {q.shape_text}, a {k.shape_text} and a {v.shape_text}",
            expected="Q (m, d), K (n, d), V (n, e)",
        )
    if mask is not None and not same_shape(mask.shape, (q.shape[0], k.shape[0])):
        raise ShapeError(
            f"a mask of shape {mask.shape_text} does not fit", expected="one number a pair (m, n)"
        )


def _weights(Q: Expr, K: Expr, mask: Expr | None) -> Expr:
    """A, row by row."""
    scores = over(times(Q, call("transpose", K)), call("sqrt", shape_of(Q)[1]))
    return call("softmax", scores if mask is None else plus(scores, mask))


def by_values(Q: Expr, K: Expr, V: Expr, mask: Expr | None = None) -> Expr:
    """∂Y_ic/∂V_jd = A_ij δ_cd."""
    A = _weights(Q, K, mask)
    outputs = (shape_of(Q)[0], shape_of(V)[1])
    return array_of((*outputs, *shape_of(V)), lambda i, c, j, d: times(entry(A, i, j), delta(c, d)), Q, K, V)


def by_queries(Q: Expr, K: Expr, V: Expr, mask: Expr | None = None) -> Expr:
    """∂Y_ic/∂Q_kl = δ_ik Σ_j A_ij (V_jc - Y_ic) K_jl / √d."""
    A, Y = _weights(Q, K, mask), _output(Q, K, V, mask)
    n, d = shape_of(K)

    def value(i: Expr, c: Expr, k: Expr, l: Expr) -> Expr:  # noqa: E741
        def term(j: Expr) -> Expr:
            return times(entry(A, i, j), minus(entry(V, j, c), entry(Y, i, c)), entry(K, j, l))

        return times(delta(i, k), over(total(n, term, Q, K, V), call("sqrt", d)))

    return array_of((shape_of(Q)[0], shape_of(V)[1], *shape_of(Q)), value, Q, K, V)


def by_keys(Q: Expr, K: Expr, V: Expr, mask: Expr | None = None) -> Expr:
    """∂Y_ic/∂K_jl = A_ij (V_jc - Y_ic) Q_il / √d."""
    A, Y = _weights(Q, K, mask), _output(Q, K, V, mask)
    root = call("sqrt", shape_of(Q)[1])

    def value(i: Expr, c: Expr, j: Expr, l: Expr) -> Expr:  # noqa: E741
        return over(times(entry(A, i, j), minus(entry(V, j, c), entry(Y, i, c)), entry(Q, i, l)), root)

    return array_of((shape_of(Q)[0], shape_of(V)[1], *shape_of(K)), value, Q, K, V)


def _output(Q: Expr, K: Expr, V: Expr, mask: Expr | None) -> Expr:
    return call("attention", Q, K, V, **({} if mask is None else {"mask": mask}))


ATTENTION = (
    Operation(
        "attention",
        (array("Q"), array("K"), array("V"), optional_array("mask")),
        attention,
        jacobians={"Q": by_queries, "K": by_keys, "V": by_values},
        vjps={"V": lambda G, Q, K, V, mask=None: times(call("transpose", _weights(Q, K, mask)), G)},
        formula="softmax(Q Kᵀ / √d) V",
        examples=(
            {"Q": (2, 2), "K": (3, 2), "V": (3, 2)},
            {"Q": (1, 3), "K": (2, 3), "V": (2, 1)},
            {"Q": (2, 1), "K": (2, 1), "V": (2, 2), "mask": (2, 2)},
        ),
    ),
)
