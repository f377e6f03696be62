"""Backpropagation through a convolution is a convolution: full, with the flipped kernel, for the input.

With H = X ⋆ K (cross-correlation, stride 1, no padding) and G = ∂L/∂H:

    ∂L/∂X[m] = Σ_i G[i] ∂H[i]/∂X[m] = Σ_i G[i] K[m - i] = Σ_a G[m - a] K[a]    full, kernel flipped
    ∂L/∂K[a] = Σ_i G[i] ∂H[i]/∂K[a] = Σ_i G[i] X[i + a]                        valid, X with G
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.derivation.dependence import depends, mentions, paths
from symderiv.derivation.rules.problem import D, Problem, Rewriting, shape
from symderiv.expression.build import add
from symderiv.expression.display import readable
from symderiv.expression.substitution import fresh
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


def by_input(p: Problem) -> Rewriting | None:
    """∂L/∂X = full(∂L/∂H, flip K)."""
    found = _through_convolution(p, 0)
    if found is None:
        return None
    u, kernel = found
    G = D(p.e, u)
    m, i, a = _letters(p, len(p.wrt), 3)
    rows, taps = shape(u), shape(kernel)
    sums = _over(i, rows, Apply("mul", (_at(G, i), _inside(_minus(m, i), taps, kernel))))
    swapped = _over(a, taps, Apply("mul", (_inside(_minus(m, a), rows, G), _at(kernel, a))))
    full = Apply("correlate", (G, Apply("flip", (kernel,)), Text("full")))
    where = _where(u)
    return Rewriting(
        _array(m, p.wrt, sums),
        f"the chain rule: {u.name}[i] contains {p.x.name}[m] once, with the kernel entry m - i",
        where,
        (
            Rewriting(_array(m, p.wrt, swapped), "substitute a = m - i", where),
            Rewriting(full, "that is the full convolution with the flipped kernel", where),
        ),
    )


def by_kernel(p: Problem) -> Rewriting | None:
    """∂L/∂K = valid(X, ∂L/∂H)."""
    found = _through_convolution(p, 1)
    if found is None:
        return None
    u, x = found
    G = D(p.e, u)
    a, i, _ = _letters(p, len(p.wrt), 3)
    sums = _over(i, shape(u), Apply("mul", (_at(G, i), _at(x, _plus(i, a)))))
    valid = Apply("correlate", (x, G, Text("valid")))
    return Rewriting(
        _array(a, p.wrt, sums),
        f"the chain rule: ∂{u.name}[i]/∂{p.x.name}[a] is the input entry i + a",
        _where(u),
        (Rewriting(valid, "that is the valid cross-correlation of the input with ∂L/∂H", _where(u)),),
    )


def _through_convolution(p: Problem, position: int) -> tuple[Variable, Expr] | None:
    """The name H and the other operand, where L depends on x through H = conv(X, K) alone."""
    if p.shape or not p.wrt or isinstance(p.e, Variable) or mentions(p.e, p.x):
        return None
    through = paths(p.e, p.x)
    if len(through) != 1:
        return None
    h = through[0].definition
    if not isinstance(h, Apply) or h.head not in _PLAIN or len(h.args) != 2 or h.options:
        return None
    other = h.args[1 - position]
    if h.args[position] != p.x or depends(other, p.x) or not isinstance(other, Variable):
        return None
    return (through[0], other) if len(p.wrt) == len(shape(other)) == int(h.head[4]) else None


Letters = tuple[Variable, ...]


def _letters(p: Problem, rank: int, groups: int) -> tuple[Letters, ...]:
    taken = p.taken
    found: list[Letters] = []
    for stems in ("mn", "ij", "ab")[:groups]:
        names: list[Variable] = []
        for stem in stems[:rank]:
            name = fresh(stem, taken)
            taken.add(name)
            names.append(index_variable(name))
        found.append(tuple(names))
    return tuple(found)


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


def _where(u: Variable) -> tuple[tuple[str, Expr], ...]:
    return () if u.definition is None else ((u.name, u.definition),)
