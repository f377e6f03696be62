"""A text for every expression, to put things in an order that no hash decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, wraps
from typing import TypeVar

from symderiv.expression.tree import (
    Apply,
    Binder,
    Call,
    Cases,
    Constant,
    Expr,
    Index,
    Mapping,
    Number,
    Sequence,
    Text,
    Variable,
    walk,
)

T = TypeVar("T")
MAX_KEPT = 20_000


def _once_a_node(function: Callable[[Expr], T]) -> Callable[[Expr], T]:
    """The function, its values kept node by node: to compare trees would take longer than to look anew."""
    kept: dict[int, tuple[Expr, T]] = {}

    @wraps(function)
    def found(expr: Expr) -> T:
        known = kept.get(id(expr))
        if known is not None:
            return known[1]
        value = function(expr)
        if len(kept) >= MAX_KEPT:
            kept.clear()
        kept[id(expr)] = (expr, value)
        return value

    return found


@_once_a_node
def key(expr: Expr) -> str:
    """A text that two expressions share only if they read the same.

    >>> key(Apply("exp", (Index(Variable("x"), (Variable("i"),)),)))
    '(exp x[i])'
    """
    parts = " ".join(key(child) for child in expr.children)
    match expr:
        case Number():
            return str(expr.value)
        case Variable() | Constant():
            return expr.name
        case Text():
            return repr(expr.value)
        case Apply():
            options = "".join(f" {name}" for name, _ in expr.options)
            return f"({expr.head}{options} {parts})"
        case Index():
            base, *indices = (key(child) for child in expr.children)
            return f"{base}[{','.join(indices)}]"
        case Call():
            return f"({expr.function.name}{''.join(map(str, expr.orders))} {parts})"
        case Binder():
            ends = ("" if end is None else "." for end in (expr.lower, expr.upper))
            return f"({expr.kind} {expr.variable.name} {','.join(ends)} {parts})"
        case Cases() | Sequence():
            return f"({type(expr).__name__} {getattr(expr, 'kind', '')} {parts})"
        case Mapping():
            return f"(Mapping {[str(name) for name, _ in expr.items]} {parts})"
    return repr(expr)


@_once_a_node
def names(expr: Expr) -> frozenset[str]:
    """The names of all variables in an expression, bound ones too."""
    if isinstance(expr, Variable):
        return frozenset((expr.name,))
    return frozenset().union(*(names(child) for child in expr.children))


@_once_a_node
def has_range(expr: Expr) -> bool:
    """Does a sum, or another binder, stand inside?"""
    return isinstance(expr, Binder) or any(map(has_range, expr.children))


@_once_a_node
def has_quotient(expr: Expr) -> bool:
    """Does ``⌊a/n⌋`` with a symbol for n stand inside?"""
    if isinstance(expr, Apply) and expr.head == "floor":
        return any(isinstance(node, Apply) and node.head == "pow" for node in walk(expr))
    return any(map(has_quotient, expr.children))


@lru_cache(maxsize=20_000)
def height(prefix: str, expr: Expr) -> int:
    """How many canonical summation variables are taken inside: the next free number."""
    inside = max((height(prefix, child) for child in expr.children), default=0)
    if isinstance(expr, Binder) and expr.variable.name.startswith(prefix):
        return max(inside, int(expr.variable.name[len(prefix) :]) + 1)
    return inside


def free_position(prefix: str, exprs: Iterable[Expr], own: frozenset[str], count: int) -> int:
    """The first of ``count`` numbers for summation variables that no expression uses, bound or free.

    ``own`` are the names that will be replaced.
    """
    parts = list(exprs)
    first = max((height(prefix, part) for part in parts), default=0)
    taken = {name for part in parts for name in names(part) if name.startswith(prefix) and name not in own}
    numbers = {int(name[len(prefix) :]) for name in taken}
    return first if numbers.isdisjoint(range(first, first + count)) else 1 + max(numbers)
