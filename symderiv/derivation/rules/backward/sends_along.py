"""What a reduction along axes sends back: G beside itself along them, weighed at each place.

sum    G                        mean   G/N                  max, min   G where the entry is the extremum
var    2 G (X - mean)/N         std    G (X - mean)/(N std)       logsumexp   G softmax
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.derivation.rules.problem import shape, times, transposed
from symderiv.expression.build import mul, subtract
from symderiv.expression.printing.display import readable
from symderiv.expression.tree import ZERO, Apply, Cases, Expr, Number, Sequence, Variable
from symderiv.operations.declaring.forms import array_of, entry

Axes = tuple[int, ...]


def along(u: Apply, k: int, G: Variable) -> Expr | None:
    """What the reduction u sends back to its array, of whose axes some are left."""
    size = shape(u.args[0]) if not k else ()
    axes = axes_of(dict(u.options).get("axis"), len(size))
    if len(u.args) != 1 or not axes or len(shape(u)) != len(size) - len(axes):
        return None
    return _FORMS[u.head](u, G, axes)


def axes_of(given: Expr | None, rank: int) -> Axes:
    """The axes that are named, counted from the first; none where there is another one."""
    items = given.items if isinstance(given, Sequence) else (given,)
    if not all(isinstance(item, Number) for item in items):
        return ()
    return tuple(int(item.value) % rank for item in items if isinstance(item, Number))


def _spread(part: Expr, X: Expr, axes: Axes) -> Expr:
    """An array that has the other axes of X alone, beside itself along these."""
    size = shape(X)
    if len(size) != 2:
        kept = [axis for axis in range(len(size)) if axis not in axes]
        return array_of(size, lambda *at: entry(part, *(at[axis] for axis in kept)), part, X)
    ones = Apply("ones", (readable(size[axes[0]]),))
    return times(part, transposed(ones)) if axes[0] else times(ones, transposed(part))


def _count(X: Expr, axes: Axes) -> Expr:
    return readable(mul(*(shape(X)[axis] for axis in axes)))


def _sum(u: Apply, G: Expr, axes: Axes) -> Expr:
    return _spread(G, u.args[0], axes)


def _mean(u: Apply, G: Expr, axes: Axes) -> Expr:
    (X,) = u.args
    if len(shape(X)) == 2:
        return Apply("div", (_spread(G, X, axes), _count(X, axes)))
    return _spread(Apply("div", (G, _count(X, axes))), X, axes)


def _centred(u: Apply, axes: Axes) -> Expr:
    (X,) = u.args
    axis = tuple((name, value) for name, value in u.options if name == "axis")
    return Apply("sub", (X, _spread(Apply("mean", (X,), axis), X, axes)))


def _freedom(u: Apply, axes: Axes) -> Expr:
    """N, or N - ddof."""
    count, ddof = _count(u.args[0], axes), dict(u.options).get("ddof")
    return count if ddof is None else readable(subtract(count, ddof))


def _var(u: Apply, G: Expr, axes: Axes) -> Expr:
    weighed = Apply("hadamard", (_spread(G, u.args[0], axes), _centred(u, axes)))
    return times(Apply("div", (Number(2), _freedom(u, axes))), weighed)


def _std(u: Apply, G: Expr, axes: Axes) -> Expr:
    share = Apply("div", (G, times(_freedom(u, axes), u)))
    return Apply("hadamard", (_spread(share, u.args[0], axes), _centred(u, axes)))


def _extremum(u: Apply, G: Expr, axes: Axes) -> Expr:
    (X,) = u.args
    kept = [axis for axis in range(len(shape(X))) if axis not in axes]

    def formula(*at: Expr) -> Expr:
        here = tuple(at[axis] for axis in kept)
        wins = Apply("eq", (entry(X, *at), entry(u, *here)))
        return Cases(((wins, entry(G, *here)),), ZERO)

    return array_of(shape(X), formula, G, X)


def _logsumexp(u: Apply, G: Expr, axes: Axes) -> Expr:
    (X,) = u.args
    return Apply("hadamard", (_spread(G, X, axes), Apply("softmax", (X,), u.options)))


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
