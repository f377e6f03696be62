"""Scaled dot-product attention.

    A = softmax(Q Kᵀ / √d + M) by rows,   attention(Q, K, V) = A V

Shapes: Q (m, d), K (n, d), V (n, e), the mask M (m, n) optional; ``scale`` stands for 1/√d where it is given.
With a row of A as p and o = Σ_j p_j V_j: ∂o/∂V_k = p_k, and ∂o/∂s_k = p_k (V_k - o) for the scores s, which
are linear in Q, in K and in M.
Source: Vaswani et al., Attention is all you need (2017), eq. 1.
"""

from __future__ import annotations

from symderiv.errors import ShapeError
from symderiv.expression.build import add, conjunction, divide, function, mul, sqrt
from symderiv.expression.tree import ONE, Apply, Expr, Number
from symderiv.operations.bound import forall, over_axis
from symderiv.operations.counting import Work, work_of
from symderiv.operations.counting import array as letters
from symderiv.operations.forms import array_of, call, delta, entry, minus, over, plus, shape_of, times, total
from symderiv.operations.operation import Operation, array, option, optional_array
from symderiv.operations.options import scalar_option
from symderiv.operations.shapes import as_tensor, same_shape, same_size
from symderiv.operations.softmax import softmax
from symderiv.tensor import Meaning, Tensor


def attention(
    Q: Meaning, K: Meaning, V: Meaning, mask: Meaning | None = None, scale: Expr | None = None
) -> Tensor:
    q, k, v = as_tensor(Q, "Q"), as_tensor(K, "K"), as_tensor(V, "V")
    m = None if mask is None else as_tensor(mask, "mask")
    _check(q, k, v, m)
    d, n = q.shape[1], k.shape[0]

    def weight(i: Expr, j: Expr) -> Expr:
        return function("exp", _score(q, k, m, scale, i, j))

    def value(i: Expr, c: Expr) -> Expr:
        weighted = over_axis("sum", n, lambda j: mul(weight(i, j), v.formula(j, c)))
        return divide(weighted, over_axis("sum", n, lambda j: weight(i, j)))

    result = Tensor.of((q.shape[0], v.shape[1]), value)
    i, c = result.indices
    reads = forall(n, lambda j: conjunction(v.condition(j, c), forall(d, lambda l: k.condition(j, l))))  # noqa: E741
    masked = forall(n, lambda j: m.condition(i, j)) if m is not None else conjunction()
    return result.where(conjunction(reads, masked, forall(d, lambda l: q.condition(i, l))))  # noqa: E741


def _score(q: Tensor, k: Tensor, mask: Meaning | None, scale: Expr | None, i: Expr, j: Expr) -> Expr:
    """q_i·k_j / √d + M_ij"""
    d = q.shape[1]
    product = over_axis("sum", d, lambda l: mul(q.formula(i, l), k.formula(j, l)))  # noqa: E741
    scaled = divide(product, sqrt(d)) if scale is None else mul(scalar_option(scale, "scale"), product)
    return scaled if mask is None else add(scaled, as_tensor(mask).formula(i, j))


def _check(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> None:
    fits = q.rank == k.rank == v.rank == 2 and same_size(q.shape[1], k.shape[1])
    if not fits or not same_size(k.shape[0], v.shape[0]):
        raise ShapeError(
            f"attention of {q.described}, {k.described} and {v.described}",
            expected="Q (m, d), K (n, d), V (n, e)",
        )
    if mask is not None and not same_shape(mask.shape, (q.shape[0], k.shape[0])):
        raise ShapeError(
            f"a mask of shape {mask.shape_text} does not fit", expected="one number a pair (m, n)"
        )


class Attention:
    """The arguments of one attention, and the words that its derivatives are written in."""

    def __init__(
        self, Q: Expr, K: Expr, V: Expr, mask: Expr | None = None, scale: Expr | None = None
    ) -> None:
        self.Q, self.K, self.V, self.mask, self.scale = Q, K, V, mask, scale
        self.trees = tuple(tree for tree in (Q, K, V, mask, scale) if tree is not None)
        self.shape = (shape_of(Q)[0], shape_of(V)[1])

    def scaled(self, term: Expr) -> Expr:
        """Over √d, or times the scale."""
        if self.scale is not None:
            return times(self.scale, term)
        return over(term, call("sqrt", shape_of(self.Q)[1]))

    @property
    def weights(self) -> Expr:
        """A, row by row; of one query and one key a single 1."""
        m, n = shape_of(self.Q)[0], shape_of(self.K)[0]
        if m == n == ONE:
            return call("ones", m, n)
        scores = self.scaled(times(self.Q, call("transpose", self.K)))
        return call("softmax", scores if self.mask is None else plus(scores, self.mask))

    @property
    def output(self) -> Expr:
        given = (("mask", self.mask), ("scale", self.scale))
        return Apply("attention", (self.Q, self.K, self.V), tuple((n, t) for n, t in given if t is not None))

    def by_score(self, i: Expr, c: Expr, j: Expr) -> Expr:
        """∂Y_ic/∂s_ij = A_ij (V_jc - Y_ic)."""
        return times(entry(self.weights, i, j), minus(entry(self.V, j, c), entry(self.output, i, c)))


def by_values(*trees: Expr) -> Expr:
    """∂Y_ic/∂V_jd = A_ij δ_cd."""
    a = Attention(*trees)
    shape = (*a.shape, *shape_of(a.V))
    return array_of(shape, lambda i, c, j, d: times(entry(a.weights, i, j), delta(c, d)), *a.trees)


def by_queries(*trees: Expr) -> Expr:
    """∂Y_ic/∂Q_kl = δ_ik Σ_j A_ij (V_jc - Y_ic) K_jl / √d."""
    a = Attention(*trees)

    def value(i: Expr, c: Expr, k: Expr, l: Expr) -> Expr:  # noqa: E741
        summed = total(shape_of(a.K)[0], lambda j: times(a.by_score(i, c, j), entry(a.K, j, l)), *a.trees)
        return times(delta(i, k), a.scaled(summed))

    return array_of((*a.shape, *shape_of(a.Q)), value, *a.trees)


def by_keys(*trees: Expr) -> Expr:
    """∂Y_ic/∂K_jl = A_ij (V_jc - Y_ic) Q_il / √d."""
    a = Attention(*trees)

    def value(i: Expr, c: Expr, j: Expr, l: Expr) -> Expr:  # noqa: E741
        return a.scaled(times(a.by_score(i, c, j), entry(a.Q, i, l)))

    return array_of((*a.shape, *shape_of(a.K)), value, *a.trees)


def by_mask(*trees: Expr) -> Expr:
    """∂Y_ic/∂M_kj = δ_ik A_ij (V_jc - Y_ic)."""
    a = Attention(*trees)
    shape = (*a.shape, shape_of(a.Q)[0], shape_of(a.K)[0])
    return array_of(shape, lambda i, c, k, j: times(delta(i, k), a.by_score(i, c, j)), *a.trees)


def back_to_values(G: Expr, *trees: Expr) -> Expr:
    """Aᵀ G."""
    return times(call("transpose", Attention(*trees).weights), G)


def back_to_scores(G: Expr, *trees: Expr) -> Expr:
    """∂L/∂S = A ⊙ (D - rows of A ⊙ D added up) with D = G Vᵀ; so much goes back to the mask."""
    a = Attention(*trees)
    weighed = times(G, call("transpose", a.V))
    added = call("sum", call("hadamard", a.weights, weighed), axis=ONE)
    across = times(added, call("transpose", call("ones", shape_of(a.K)[0])))
    return call("hadamard", a.weights, minus(weighed, across))


def back_to_queries(G: Expr, *trees: Expr) -> Expr:
    """∂L/∂S K / √d."""
    a = Attention(*trees)
    return a.scaled(times(back_to_scores(G, *trees), a.K))


def back_to_keys(G: Expr, *trees: Expr) -> Expr:
    """(∂L/∂S)ᵀ Q / √d."""
    a = Attention(*trees)
    return a.scaled(times(call("transpose", back_to_scores(G, *trees)), a.Q))


def attention_work(
    Q: Meaning, K: Meaning, V: Meaning, mask: Meaning | None = None, scale: Expr | None = None
) -> Work:
    """The scores, their softmax by rows, and the weighted sums of the rows of V, one after another."""
    q, k, v = as_tensor(Q), as_tensor(K), as_tensor(V)
    m, n = q.shape[0], k.shape[0]
    scores = work_of(Tensor.of((m, n), lambda i, j: _score(q, k, mask, scale, i, j)))
    weights = letters("A", m, n)
    mixed = Tensor.of(
        (m, v.shape[1]),
        lambda i, c: over_axis("sum", n, lambda j: mul(weights.formula(i, j), v.formula(j, c))),
    )
    return scores + work_of(softmax(letters("S", m, n))) + work_of(mixed)


ATTENTION = (
    Operation(
        "attention",
        (array("Q"), array("K"), array("V"), optional_array("mask"), option("scale")),
        attention,
        jacobians={"Q": by_queries, "K": by_keys, "V": by_values, "mask": by_mask},
        vjps={"Q": back_to_queries, "K": back_to_keys, "V": back_to_values, "mask": back_to_scores},
        formula="softmax(Q Kᵀ / √d) V",
        work=attention_work,
        examples=(
            {"Q": (2, 2), "K": (3, 2), "V": (3, 2)},
            {"Q": (1, 3), "K": (2, 3), "V": (2, 1)},
            {"Q": (2, 1), "K": (2, 1), "V": (2, 2), "mask": (2, 2)},
            {"Q": (2, 2), "K": (2, 2), "V": (2, 1), "scale": Number(2)},
        ),
    ),
)
