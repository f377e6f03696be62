"""Backpropagation through a convolution is a convolution: full, with the flipped kernel, for the input.

With H = X ⋆ K (cross-correlation, stride 1, no padding) and G = ∂L/∂H:

    ∂L/∂X[m] = Σ_i G[i] ∂H[i]/∂X[m] = Σ_i G[i] K[m - i] = Σ_a G[m - a] K[a]    full, kernel flipped
    ∂L/∂K[a] = Σ_i G[i] ∂H[i]/∂K[a] = Σ_i G[i] X[i + a]                        valid, X with G
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.derivation.rules.problem import shape
from symderiv.expression.build import add
from symderiv.expression.printing.display import readable
from symderiv.expression.substitution import free_variables, fresh
from symderiv.expression.tree import (
    MINUS_ONE,
    ZERO,
    Apply,
    Binder,
    Cases,
    Expr,
    Index,
    Text,
    Variable,
    index_variable,
)

_PLAIN = ("conv1d", "conv2d")


def form(u: Apply, k: int, G: Expr) -> Expr | None:
    """∂L/∂X = full(∂L/∂H, flip K), ∂L/∂K = valid(X, ∂L/∂H)."""
    if not is_plain(u):
        return None
    X, K = u.args
    if k == 0:
        return Apply("correlate", (G, Apply("flip", (K,)), Text("full")))
    return Apply("correlate", (X, G, Text("valid")))


def story(u: Apply, k: int, G: Expr) -> tuple[tuple[Expr, str], ...]:
    """The lines from the sum over the outputs to a convolution, for u = X ⋆ K at names, with G = ∂L/∂H."""
    if not is_plain(u):
        return ()
    X, K = u.args
    m, i, a = _letters(u, G, len(shape(X)))
    rows, taps = shape(u), shape(K)
    if k == 1:
        sums = _over(i, rows, Apply("mul", (_at(G, i), _at(X, _plus(i, m)))))
        said = "the chain rule: ∂H[{i}]/∂K[{m}] is the input entry X[{i} + {m}]"
        return ((_array(m, taps, sums), _in_letters(said, m, i, a)),)
    sums = _over(i, rows, Apply("mul", (_at(G, i), _inside(_minus(m, i), taps, K))))
    swapped = _over(a, taps, Apply("mul", (_inside(_minus(m, a), rows, G), _at(K, a))))
    return (
        (
            _array(m, shape(X), sums),
            _in_letters(
                "the chain rule: H[{i}] contains X[{m}] once, with the kernel entry K[{m} - {i}]", m, i, a
            ),
        ),
        (_array(m, shape(X), swapped), _in_letters("substitute {a} = {m} - {i}", m, i, a)),
    )


LAST = (
    "that is the full convolution with the flipped kernel",
    "that is the valid cross-correlation of the input with ∂L/∂H",
)


def is_plain(u: Apply) -> bool:
    """Stride 1, no padding, one channel."""
    if u.head not in _PLAIN or len(u.args) != 2 or u.options:
        return False
    X, K = u.args
    return len(shape(X)) == len(shape(K)) == int(u.head[4])


Letters = tuple[Variable, ...]


_STEMS = (("mn", "pq", "uv", "xy"), ("ij", "rs", "pq"), ("ab", "cd", "gh"))
"""For a place of the result, an output and an entry of the kernel: in a book's letters, or the next ones."""


def _letters(u: Expr, G: Expr, rank: int) -> tuple[Letters, Letters, Letters]:
    arrays = free_variables(u) | free_variables(G)
    sizes = (size for array in arrays for size in array.kind.shape if size is not None)
    taken = {v.name for v in arrays} | {v.name for size in sizes for v in free_variables(size)}

    def unused(stems: tuple[str, ...]) -> Letters:
        best = next((each for each in stems if taken.isdisjoint(each[:rank])), stems[0])
        names = [fresh(stem, taken) for stem in best[:rank]]
        taken.update(names)
        return tuple(map(index_variable, names))

    m, i, a = map(unused, _STEMS)
    return m, i, a


def _in_letters(said: str, m: Letters, i: Letters, a: Letters) -> str:
    """A sentence about all axes, in the letters of the first one."""
    return said.format(m=m[0].name, i=i[0].name, a=a[0].name)


def _at(array: Expr, places: tuple[Expr, ...]) -> Expr:
    return Index(array, places)


def _pairs(head: str) -> Callable[[Letters, Letters], tuple[Expr, ...]]:
    return lambda a, b: tuple(Apply(head, pair) for pair in zip(a, b, strict=True))


_minus, _plus = _pairs("sub"), _pairs("add")


def _inside(places: tuple[Expr, ...], sizes: tuple[Expr, ...], array: Expr) -> Expr:
    """``array[places]`` where these are inside, else 0."""
    limits = tuple(
        condition
        for place, size in zip(places, sizes, strict=True)
        for condition in (Apply("le", (ZERO, place)), Apply("lt", (place, size)))
    )
    return Cases(((Apply("and", limits), _at(array, places)),), ZERO)


def _over(names: Letters, sizes: tuple[Expr, ...], body: Expr) -> Expr:
    for name, size in zip(reversed(names), reversed(sizes), strict=True):
        body = Binder("sum", body, name, ZERO, readable(add(size, MINUS_ONE)))
    return body


def _array(names: Letters, sizes: tuple[Expr, ...], body: Expr) -> Expr:
    for name, size in zip(reversed(names), reversed(sizes), strict=True):
        body = Binder("array", body, name, ZERO, readable(add(size, MINUS_ONE)))
    return body
