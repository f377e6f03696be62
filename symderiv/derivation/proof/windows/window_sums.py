"""Sums over windows, told by the places of the arrays that they read.

    Σ_a w[a] G[(j - a)/s], s dividing j - a,    and    Σ_i G[i] w[j - s i], 0 ≤ j - s i < k

are one sum: of w[a] G[i] over all places a of w and i of G at which s i + a = j. Strides, paddings and
dilations may be letters. Only products of entries are read so; every other sum is left to other proofs.
"""

from __future__ import annotations

from collections import Counter

from symderiv.derivation.proof.windows.places import Places, Told, last
from symderiv.derivation.proof.windows.size_polynomials import Polynomial
from symderiv.derivation.proof.windows.sum_terms import Term, terms_of
from symderiv.expression.tree import Binder, Expr, Variable, walk
from symderiv.tensor import Tensor


def alike_by_places(left: Tensor, right: Tensor) -> bool:
    """Whether the entries of both are the same sums over the places of the arrays that they read.

    >>> from symderiv.expression.kinds import SIZE, Kind
    >>> from symderiv.expression.tree import MINUS_ONE, ZERO, Apply, Index, Variable, index_variable
    >>> n = Variable("n", SIZE)
    >>> x, y = (Variable(name, Kind(shape=(n,))) for name in "xy")
    >>> def product(k):
    ...     entries = Apply("mul", (Index(x, (k,)), Index(y, (k,))))
    ...     return Tensor.scalar(Binder("sum", entries, k, ZERO, Apply("add", (n, MINUS_ONE))))
    >>> alike_by_places(product(index_variable("i")), product(index_variable("j")))
    True
    """
    if left.rank != right.rank or not (_has_sum(left.value) or _has_sum(right.value)):
        return False
    at = left.indices
    free = {i: last(n) for i, n in zip(at, left.shape, strict=True)}
    terms = [terms_of(t.formula(*at)) or [] for t in (left, right)]
    if not any(term.ends for each in terms for term in each):
        return False
    told = _told(terms[0], free)
    return told is not None and told == _told(terms[1], free)


def _has_sum(e: Expr) -> bool:
    return any(isinstance(node, Binder) and node.kind == "sum" for node in walk(e))


def _told(terms: list[Term], free: dict[Variable, Polynomial]) -> Counter[Told] | None:
    """Each term in its normal form; None where one can't be read, or there is none."""
    found: Counter[Told] = Counter()
    for term in terms:
        told = Places(term, free).told()
        if told is None:
            return None
        found[told] += 1
    return found or None
