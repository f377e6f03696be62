"""Bound variables that clash with nothing: sums and quantifiers over the axes of an array."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.build import add, conjunction
from symderiv.expression.parts import conjuncts
from symderiv.expression.substitution import free_variables, fresh
from symderiv.expression.tree import (
    MINUS_ONE,
    TRUE,
    ZERO,
    Binder,
    BinderKind,
    Expr,
    Number,
    Variable,
    index_variable,
    walk,
)


def names_in(*exprs: Expr) -> frozenset[str]:
    """Every name that occurs, bound or free."""
    return frozenset(name for expr in exprs for node in walk(expr) for name in _names(node))


def _names(node: Expr) -> tuple[str, ...]:
    if isinstance(node, Variable):
        return (node.name,)
    if isinstance(node, Binder):
        return (node.variable.name,)
    return ()


def over_axis(
    kind: BinderKind,
    size: Expr,
    body: Callable[[Variable], Expr],
    *,
    condition: Callable[[Variable], Expr] | None = None,
) -> Expr:
    """``kind`` over k = 0 … size-1 of ``body(k)``, k a name that the body doesn't have.

    >>> from symderiv.expression.tree import Number
    >>> over_axis("sum", Number(3), lambda k: k).variable.name
    '_s'
    """
    probe = index_variable("_s")
    written = body(probe)
    filtered = condition(probe) if condition else TRUE
    taken = names_in(written, filtered, size)
    name = fresh("_s", bound_names(written) | bound_names(filtered))
    if name != "_s" and name in taken:
        name = fresh("_s", taken)
    if name != "_s":
        probe = index_variable(name)
        written = body(probe)
        filtered = condition(probe) if condition else TRUE
    return Binder(kind, written, probe, ZERO, add(size, MINUS_ONE), filtered)


def bound_names(expr: Expr) -> frozenset[str]:
    return frozenset(node.variable.name for node in walk(expr) if isinstance(node, Binder))


def forall(size: Expr, condition: Callable[[Variable], Expr]) -> Expr:
    """The condition for every k = 0 … size-1; ``true`` stays ``true``.

    What of it doesn't speak of k is said once, if there surely is a k.

    >>> from symderiv.expression.kinds import Kind
    >>> from symderiv.expression.tree import Apply, Index, Number
    >>> p, two = Variable("p", Kind((Number(2), Number(2)))), Number(2)
    >>> said = forall(two, lambda i: forall(two, lambda j: Apply("lt", (ZERO, Index(p, (i, j))))))
    >>> said.variable != said.body.variable
    True
    """
    whole = over_axis("forall", size, condition)
    assert isinstance(whole, Binder)
    if whole.body == TRUE:
        return TRUE
    parts = conjuncts(whole.body) if _is_never_empty(size) else ()
    apart = [part for part in parts if whole.variable not in free_variables(part)]
    if not apart:
        return whole
    rest = conjunction(*(part for part in parts if part not in apart))
    within = TRUE if rest == TRUE else Binder("forall", rest, whole.variable, whole.lower, whole.upper)
    return conjunction(*apart, within)


def _is_never_empty(size: Expr) -> bool:
    if isinstance(size, Number):
        return size.value >= 1
    return isinstance(size, Variable) and size.kind.domain.is_positive
