"""What a reduction along axes sends back: G beside itself along them, weighed at each place.

sum    G                        mean   G/N                  max, min   G where the entry is the extremum
var    2 G (X - mean)/N         std    G (X - mean)/(N std)       logsumexp   G softmax
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.derivation.rules.problem import entrywise, shape, times, transposed
from symderiv.expression.build import mul, subtract
from symderiv.expression.printing.display import readable
from symderiv.expression.tree import (
    MINUS_ONE,
    ONE,
    TRUE,
    ZERO,
    Apply,
    Cases,
    Expr,
    Number,
    Sequence,
    Variable,
)
from symderiv.operations.declaring.forms import array_of, entry

Axes = tuple[int, ...]


def along(u: Apply, k: int, G: Variable) -> Expr | None:
    """What the reduction u sends back to its array, of whose axes some are left, or have one place each."""
    size = shape(u.args[0]) if not k else ()
    last = MINUS_ONE if u.head == "logsumexp" and size else None
    axes = axes_of(dict(u.options).get("axis", last), len(size))
    if u.head in _OF_TWO and len(u.args) == 2:
        return _OF_TWO[u.head](u, k, G)
    left = len(size) - len(axes)
    fits = len(size) > 2 or left > 0 if _is_kept(u) else len(shape(u)) == left
    if len(u.args) != 1 or not axes or not fits:
        return None
    return _FORMS[u.head](u, G, axes)


def _is_kept(u: Apply) -> bool:
    """Whether the axes that are reduced keep one place each."""
    return dict(u.options).get("keepdims") == TRUE


def _larger(u: Apply, k: int, G: Expr) -> Expr | None:
    """max(a, b) sends G to a where a is the larger one."""
    a, b = u.args[k], u.args[1 - k]
    if shape(a) != shape(u):
        return None
    return entrywise(G, Apply("heaviside", (Apply("sub", (a, b)),)))


def _smaller(u: Apply, k: int, G: Expr) -> Expr | None:
    a, b = u.args[k], u.args[1 - k]
    if shape(a) != shape(u):
        return None
    return entrywise(G, Apply("heaviside", (Apply("sub", (b, a)),)))


_OF_TWO: dict[str, Callable[[Apply, int, Expr], Expr | None]] = {"max": _larger, "min": _smaller}


def axes_of(given: Expr | None, rank: int) -> Axes:
    """The axes that are named, counted from the first; none where there is another one."""
    items = given.items if isinstance(given, Sequence) else (given,)
    if not all(isinstance(item, Number) for item in items):
        return ()
    return tuple(int(item.value) % rank for item in items if isinstance(item, Number))


def _spread(part: Expr, u: Apply, axes: Axes) -> Expr:
    """An array that has the other axes of X alone, beside itself along these; what keeps its axes does it."""
    (X,), size = u.args, shape(u.args[0])
    if _is_kept(u) and len(size) > 2:
        return part
    if len(size) != 2:
        kept = [axis for axis in range(len(size)) if axis not in axes]
        return array_of(size, lambda *at: entry(part, *(at[axis] for axis in kept)), part, X)
    length = readable(size[axes[0]])
    if _is_kept(u):
        return times(part, _ones(ONE, length)) if axes[0] else times(_ones(length, ONE), part)
    return times(part, transposed(_ones(length))) if axes[0] else times(_ones(length), transposed(part))


def _ones(*sizes: Expr) -> Expr:
    return Apply("ones", sizes)


def _everywhere(part: Expr, u: Apply, axes: Axes) -> Expr:
    """The same in the shape of X, also of what keeps its axes."""
    spread, size = _spread(part, u, axes), shape(u.args[0])
    return Apply("hadamard", (part, _ones(*map(readable, size)))) if spread == part else spread


def _count(X: Expr, axes: Axes) -> Expr:
    return readable(mul(*(shape(X)[axis] for axis in axes)))


def _sum(u: Apply, G: Expr, axes: Axes) -> Expr:
    return _everywhere(G, u, axes)


def _mean(u: Apply, G: Expr, axes: Axes) -> Expr:
    (X,) = u.args
    if len(shape(X)) == 2 or _is_kept(u):
        return Apply("div", (_everywhere(G, u, axes), _count(X, axes)))
    return _spread(Apply("div", (G, _count(X, axes))), u, axes)


def _centred(u: Apply, axes: Axes) -> Expr:
    (X,) = u.args
    axis = tuple((name, value) for name, value in u.options if name != "ddof")
    return Apply("sub", (X, _spread(Apply("mean", (X,), axis), u, axes)))


def _freedom(u: Apply, axes: Axes) -> Expr:
    """N, or N - ddof."""
    count, ddof = _count(u.args[0], axes), dict(u.options).get("ddof")
    return count if ddof is None else readable(subtract(count, ddof))


def _var(u: Apply, G: Expr, axes: Axes) -> Expr:
    weighed = Apply("hadamard", (_spread(G, u, axes), _centred(u, axes)))
    return times(Apply("div", (Number(2), _freedom(u, axes))), weighed)


def _std(u: Apply, G: Expr, axes: Axes) -> Expr:
    share = Apply("div", (G, times(_freedom(u, axes), u)))
    return Apply("hadamard", (_spread(share, u, axes), _centred(u, axes)))


def _extremum(u: Apply, G: Expr, axes: Axes) -> Expr:
    (X,), kept = u.args, _is_kept(u)

    def formula(*at: Expr) -> Expr:
        own = ((k, i) for k, i in enumerate(at) if kept or k not in axes)
        here = tuple(ZERO if k in axes else i for k, i in own)
        wins = Apply("eq", (entry(X, *at), entry(u, *here)))
        return Cases(((wins, entry(G, *here)),), ZERO)

    return array_of(shape(X), formula, G, X)


def _logsumexp(u: Apply, G: Expr, axes: Axes) -> Expr:
    (X,) = u.args
    axis = tuple((name, value) for name, value in u.options if name == "axis")
    return Apply("hadamard", (_spread(G, u, axes), Apply("softmax", (X,), axis)))


_FORMS: dict[str, Callable[[Apply, Expr, Axes], Expr]] = {
    "sum": _sum,
    "mean": _mean,
    "var": _var,
    "std": _std,
    "max": _extremum,
    "min": _extremum,
    "logsumexp": _logsumexp,
}

REDUCTIONS = tuple(_FORMS)
