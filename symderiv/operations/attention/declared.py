"""The derivatives of scaled dot-product attention, ``A V`` with ``A = softmax(Q Kᵀ / √d + M)`` by rows.

With a row of A as p and o = Σ_j p_j V_j: ∂o/∂V_k = p_k, and ∂o/∂s_k = p_k (V_k - o) for the scores s, which
are linear in Q, in K and in M.
Source: Vaswani et al., Attention is all you need (2017), eq. 1.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.tree import FALSE, ONE, TRUE, Apply, Expr, Number
from symderiv.operations.attention.forward import Places, attention, attention_work
from symderiv.operations.declaring.forms import (
    array_of,
    call,
    delta,
    deltas,
    entry,
    minus,
    over,
    plus,
    shape_of,
    times,
    total,
)
from symderiv.operations.declaring.operation import Operation, array, option, optional_array
from symderiv.operations.declaring.options import flag_option


class Attention:
    """The arguments of one attention, ``at`` a place of the axes before, and the words of its derivatives."""

    def __init__(
        self,
        at: Places,
        Q: Expr,
        K: Expr,
        V: Expr,
        mask: Expr | None = None,
        scale: Expr | None = None,
        is_causal: Expr = FALSE,
    ) -> None:
        self.m, self.d = shape_of(Q)[-2:]
        self.n, self.e = shape_of(V)[-2:]
        self.Q, self.K, self.V = entry(Q, *at), entry(K, *at), entry(V, *at)
        is_shared = mask is None or len(shape_of(mask)) == 2
        self.mask, self.scale = mask if mask is None or is_shared else entry(mask, *at), scale
        self.is_causal = flag_option(is_causal, "is_causal")

    def scaled(self, term: Expr) -> Expr:
        """Over √d, or times the scale."""
        return over(term, call("sqrt", self.d)) if self.scale is None else times(self.scale, term)

    @property
    def weights(self) -> Expr:
        """A, row by row; where no later key is seen, as attention of 1; a single 1 of one query and key."""
        if self.is_causal:
            return self._of(call("eye", self.n))
        if self.m == self.n == ONE:
            return call("ones", self.m, self.n)
        scores = self.scaled(times(self.Q, call("transpose", self.K)))
        return call("softmax", scores if self.mask is None else plus(scores, self.mask))

    @property
    def output(self) -> Expr:
        return self._of(self.V)

    def _of(self, values: Expr) -> Expr:
        causal = TRUE if self.is_causal else None
        given = (("mask", self.mask), ("scale", self.scale), ("is_causal", causal))
        return Apply("attention", (self.Q, self.K, values), tuple((n, t) for n, t in given if t is not None))

    def byscore(self, i: Expr, c: Expr, j: Expr) -> Expr:
        """∂Y_ic/∂s_ij = A_ij (V_jc - Y_ic)."""
        return times(entry(self.weights, i, j), minus(entry(self.V, j, c), entry(self.output, i, c)))


def _written(trees: tuple[Expr, ...]) -> tuple[Expr, ...]:
    return tuple(tree for tree in trees if tree is not None)


def _jacobian(wrt: int, value: Callable[[Attention, Expr, Expr, Expr, Expr], Expr]) -> Callable[..., Expr]:
    """∂Y_ic/∂u_kl at each place of the axes before, each of which depends on its own rows only."""

    def jacobian(*trees: Expr) -> Expr:
        before, inner = shape_of(trees[0])[:-2], shape_of(trees[wrt])
        axes = len(before)

        def formula(*at: Expr) -> Expr:
            b, (i, c), b2, (k, x) = at[:axes], at[axes : axes + 2], at[axes + 2 : -2], at[-2:]
            here = deltas(b, b2) if b2 else ONE
            return times(here, value(Attention(b, *trees), i, c, k, x))

        m, e = shape_of(trees[0])[-2], shape_of(trees[2])[-1]
        return array_of((*before, m, e, *inner), formula, *_written(trees))

    return jacobian


def _by_values(a: Attention, i: Expr, c: Expr, j: Expr, d: Expr) -> Expr:
    """∂Y_ic/∂V_jd = A_ij δ_cd."""
    return times(entry(a.weights, i, j), delta(c, d))


def _by_queries(a: Attention, i: Expr, c: Expr, k: Expr, x: Expr) -> Expr:
    """∂Y_ic/∂Q_kx = δ_ik Σ_j A_ij (V_jc - Y_ic) K_jx / √d."""
    summed = total(a.n, lambda j: times(a.byscore(i, c, j), entry(a.K, j, x)), a.Q, a.V, i, c, k, x)
    return times(delta(i, k), a.scaled(summed))


def _by_keys(a: Attention, i: Expr, c: Expr, j: Expr, x: Expr) -> Expr:
    """∂Y_ic/∂K_jx = A_ij (V_jc - Y_ic) Q_ix / √d."""
    return a.scaled(times(a.byscore(i, c, j), entry(a.Q, i, x)))


def _by_mask(a: Attention, i: Expr, c: Expr, k: Expr, j: Expr) -> Expr:
    """∂Y_ic/∂M_kj = δ_ik A_ij (V_jc - Y_ic)."""
    return times(delta(i, k), a.byscore(i, c, j))


def _sent_back(form: Callable[[Expr, Attention], Expr]) -> Callable[..., Expr]:
    """What goes back to an argument that has the axes before: at each of their places by itself."""

    def vjp(G: Expr, *trees: Expr) -> Expr:
        before = shape_of(trees[0])[:-2]
        return array_of(before, lambda *b: form(entry(G, *b), Attention(b, *trees)), G, *_written(trees))

    return vjp


def _to_values(G: Expr, a: Attention) -> Expr:
    """Aᵀ G."""
    return times(call("transpose", a.weights), G)


def _to_scores(G: Expr, a: Attention) -> Expr:
    """∂L/∂S = A ⊙ (D - rows of A ⊙ D added up) with D = G Vᵀ; so much goes back to the mask."""
    weighed = times(G, call("transpose", a.V))
    added = call("sum", call("hadamard", a.weights, weighed), axis=ONE)
    across = times(added, call("transpose", call("ones", a.n)))
    return call("hadamard", a.weights, minus(weighed, across))


def _to_queries(G: Expr, a: Attention) -> Expr:
    """∂L/∂S K / √d."""
    return a.scaled(times(_to_scores(G, a), a.K))


def _to_keys(G: Expr, a: Attention) -> Expr:
    """(∂L/∂S)ᵀ Q / √d."""
    return a.scaled(times(call("transpose", _to_scores(G, a)), a.Q))


def back_to_mask(G: Expr, *trees: Expr) -> Expr:
    """∂L/∂S; added up over the axes before for a mask that serves all their places."""
    before, mask = shape_of(trees[0])[:-2], trees[3]
    if not before or len(shape_of(mask)) > 2:
        return _sent_back(_to_scores)(G, *trees)
    sent = _sent_back(_to_scores)(G, *trees)
    for _ in before:
        sent = call("sum", sent, axis=Number(0))
    return sent


ATTENTION = (
    Operation(
        "attention",
        (
            array("Q"),
            array("K"),
            array("V"),
            optional_array("mask"),
            option("scale"),
            option("is_causal", FALSE),
        ),
        attention,
        jacobians={
            "Q": _jacobian(0, _by_queries),
            "K": _jacobian(1, _by_keys),
            "V": _jacobian(2, _by_values),
            "mask": _jacobian(3, _by_mask),
        },
        vjps={
            "Q": _sent_back(_to_queries),
            "K": _sent_back(_to_keys),
            "V": _sent_back(_to_values),
            "mask": back_to_mask,
        },
        formula="softmax(Q Kᵀ / √d) V",
        work=attention_work,
        examples=(
            {"Q": (2, 2), "K": (3, 2), "V": (3, 2)},
            {"Q": (1, 3), "K": (2, 3), "V": (2, 1)},
            {"Q": (2, 1), "K": (2, 1), "V": (2, 2), "mask": (2, 2)},
            {"Q": (2, 2), "K": (2, 2), "V": (2, 1), "scale": Number(2)},
            {"Q": (3, 1), "K": (3, 1), "V": (3, 2), "is_causal": TRUE},
            {"Q": (2, 1, 2), "K": (2, 2, 2), "V": (2, 2, 1)},
            {"Q": (2, 2, 1), "K": (2, 2, 1), "V": (2, 2, 1), "mask": (2, 2)},
            {"Q": (2, 1, 2, 1), "K": (2, 1, 2, 1), "V": (2, 1, 2, 1), "mask": (2, 1, 2, 2)},
        ),
    ),
)
