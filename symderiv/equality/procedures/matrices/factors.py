"""Factors as they are named and counted: roots squared, powers multiplied out, bound names by their depth."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.contents import contents
from symderiv.expression.parts import factors_of
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import (
    HALF,
    Apply,
    Binder,
    Expr,
    Index,
    Number,
    Variable,
    walk_once,
)
from symderiv.index.keys import key

MAX_POWER, TWO = 4, Number(2)


def reads_inverses(expr: Expr) -> bool:
    """Does an entry of an inverse stand in it?"""
    if Binder not in contents(expr).classes:
        return False
    return any(isinstance(node, Apply) and node.head == "inverse" for node in walk_once(expr))


def squared_root(node: Expr) -> Expr:
    """``√u²`` as u, wherever it exists."""
    match node:
        case Apply(head="pow", args=(Apply(head="pow", args=(base, half)), two)) if (half, two) == (
            HALF,
            TWO,
        ):
            return base
    return node


def multiplied_out(factor: Expr) -> Iterator[Expr]:
    """The factors of a product, a power as often as it counts them."""
    for part in factors_of(factor):
        match part:
            case Apply(head="pow", args=(base, Number(value=int(times)))) if 0 < times <= MAX_POWER:
                for _ in range(times):
                    yield from multiplied_out(base)
            case Apply(head="mul"):
                yield from multiplied_out(part)
            case _:
                yield part


def plain(expr: Expr, depth: int = 0) -> Expr:
    """The expression with bound names that depend on where they are bound alone."""
    if isinstance(expr, Index) and isinstance(expr.base, Variable) and expr.base.kind.symmetric:
        return Index(expr.base, tuple(sorted(expr.indices, key=key)), expr.origin)
    if isinstance(expr, Binder):
        name = Variable(f"_bound{depth}", expr.variable.kind)
        put: dict[Expr, Expr] = {expr.variable: name}
        lower, upper = (None if end is None else plain(end, depth) for end in (expr.lower, expr.upper))
        body, condition = (plain(substitute(part, put), depth + 1) for part in (expr.body, expr.condition))
        return Binder(expr.kind, body, name, lower, upper, condition)
    return expr.rebuild(tuple(plain(child, depth) for child in expr.children)) if expr.children else expr
