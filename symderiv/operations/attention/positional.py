"""Where a vector stands in a sequence: sines and cosines to be added to it, or by which it is turned.

    positional_encoding(n, d):  P[m, 2 k] = sin(m θ_k),  P[m, 2 k + 1] = cos(m θ_k),   θ_k = base^(-2 k/d)
    rope(X):  the pair (X[m, 2 k], X[m, 2 k + 1]) turned by the angle m θ_k

A rotation is linear, and what it sends back is turned the other way round.

d is even, base 10000 unless given.
Sources: Vaswani et al. (2017), §3.5; Su et al., RoFormer (2021), eq. 34: neighbouring entries are a pair.
"""

from __future__ import annotations

from symderiv.errors import ShapeError
from symderiv.expression.build import add, cases, compare, conjunction, divide, function, mul, power, subtract
from symderiv.expression.tree import MINUS_ONE, ONE, ZERO, Apply, Cases, Expr, Number
from symderiv.operations.arrays.made import size_of
from symderiv.operations.declaring.counting import Work
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
)
from symderiv.operations.declaring.operation import Operation, array, option
from symderiv.operations.declaring.options import scalar_option
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.tensor import Meaning, Tensor

TWO = Number(2)
BASE = Number(10000)
At = tuple[Expr, ...]


def _pair(j: Expr) -> Expr:
    """⌊j/2⌋"""
    return function("floor", divide(j, TWO))


def _is_first(j: Expr) -> Expr:
    """Whether j is even: the first of its pair."""
    return compare("eq", subtract(j, mul(TWO, _pair(j))), ZERO)


def _angle(m: Expr, j: Expr, d: Expr, base: Expr) -> Expr:
    """m base^(-2 ⌊j/2⌋/d)"""
    return mul(m, power(base, divide(mul(Number(-2), _pair(j)), d)))


def _even(d: Expr) -> Expr:
    if isinstance(d, Number) and d.value % 2:
        raise ShapeError(f"{d.value} entries in pairs", expected="an even number of entries")
    return d


def positional_encoding(n: Meaning, d: Meaning, base: Expr = BASE) -> Tensor:
    """P[m, j] for m = 0 … n-1 and j = 0 … d-1."""
    rows, width, number = size_of(n), _even(size_of(d)), scalar_option(base, "base")

    def value(m: Expr, j: Expr) -> Expr:
        angle = _angle(m, j, width, number)
        return cases(((_is_first(j), function("sin", angle)),), function("cos", angle))

    return Tensor.of((rows, width), value)


def rope(X: Meaning, base: Expr = BASE) -> Tensor:
    """X (…, n, d), each of its rows turned by where it stands."""
    t = as_tensor(X, "X")
    if t.rank < 2:
        raise ShapeError(f"the places in {t.described}", expected="X (…, n, d), a row for each place")
    d, number = _even(t.shape[-1]), scalar_option(base, "base")

    def value(*at: Expr) -> Expr:
        *b, m, j = at
        angle = _angle(m, j, d, number)
        own = mul(function("cos", angle), t.formula(*at))
        before, behind = (t.formula(*b, m, add(j, step)) for step in (MINUS_ONE, ONE))
        second = add(own, mul(function("sin", angle), before))
        return cases(((_is_first(j), subtract(own, mul(function("sin", angle), behind))),), second)

    result = Tensor.of(t.shape, value)
    *b, m, j = result.indices
    first = mul(TWO, _pair(j))
    both = (t.condition(*b, m, place) for place in (first, add(first, ONE)))
    return result.where(conjunction(*both))


def rope_work(X: Meaning, base: Expr = BASE) -> Work:
    """Two products and a sum an entry; sines and cosines are known beforehand."""
    entries = mul(*as_tensor(X).shape)
    return Work(mul(TWO, entries), entries)


class Turned:
    """rope at names: a place, its angle and its partner, as trees."""

    def __init__(self, X: Expr, base: Expr) -> None:
        self.shape, self.base = shape_of(X), base

    def wave(self, head: str, m: Expr, j: Expr) -> Expr:
        """sin or cos of m θ"""
        exponent = over(times(Number(-2), Apply("floordiv", (j, TWO))), self.shape[-1])
        return call(head, times(m, Apply("pow", (self.base, exponent))))

    def by_parity(self, j: Expr, first: Expr, second: Expr) -> Expr:
        even = Apply("eq", (Apply("mod", (j, TWO)), ZERO))
        return Cases(((even, first),), second)

    def by_entry(self, *at: Expr) -> Expr:
        """δ_mp (cos(m θ) δ_jq ∓ sin(m θ) δ_j'q), j' the partner of j"""
        rank = len(self.shape)
        (*b, m, j), (*c, q) = at[:rank], at[rank:]
        own, sine = times(self.wave("cos", m, j), delta(j, q)), self.wave("sin", m, j)
        first = minus(own, times(sine, delta(plus(j, ONE), q)))
        second = plus(own, times(sine, delta(minus(j, ONE), q)))
        return times(deltas((*b, m), tuple(c)), self.by_parity(j, first, second))

    def sent(self, G: Expr) -> Expr:
        """G turned by -m θ."""

        def value(*at: Expr) -> Expr:
            *b, m, j = at
            own, sine = times(self.wave("cos", m, j), entry(G, *at)), self.wave("sin", m, j)
            first = plus(own, times(sine, entry(G, *b, m, plus(j, ONE))))
            second = minus(own, times(sine, entry(G, *b, m, minus(j, ONE))))
            return self.by_parity(j, first, second)

        return array_of(self.shape, value, G)


def _by_x(X: Expr, base: Expr) -> Expr:
    turned = Turned(X, base)
    return array_of((*turned.shape, *turned.shape), turned.by_entry, X)


POSITIONAL = (
    Operation(
        "positional_encoding",
        (array("n"), array("d"), option("base", BASE)),
        positional_encoding,
        formula="sin(m base^(-2k/d)) at [m, 2k], cos at [m, 2k+1]",
        source="Vaswani et al. (2017), §3.5",
    ),
    Operation(
        "rope",
        (array("X"), option("base", BASE)),
        rope,
        jacobians={"X": _by_x},
        vjps={"X": lambda G, X, base: Turned(X, base).sent(G)},
        formula="each pair (X[m, 2k], X[m, 2k+1]) turned by m base^(-2k/d)",
        source="Su et al., RoFormer (2021), eq. 34",
        work=rope_work,
        examples=({"X": (3, 2)}, {"X": (2, 4), "base": Number(100)}, {"X": (2, 2, 2), "base": TWO}),
    ),
)
