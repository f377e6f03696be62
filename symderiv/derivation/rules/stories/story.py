"""How a teacher tells a derivative: what comes between the definition of an operation and its closed form."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.derivation.rules.problem import Problem, Rewriting
from symderiv.expression.build import add
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.display import readable
from symderiv.expression.substitution import fresh
from symderiv.expression.tree import (
    MINUS_ONE,
    ONE,
    ZERO,
    Apply,
    Binder,
    Cases,
    Expr,
    Index,
    Number,
    Variable,
    index_variable,
)

Story = Callable[[Problem], tuple[Rewriting, ...]]


def matrix(n: Expr, m: Expr, i: Variable, j: Variable, body: Expr) -> Expr:
    """``[[body for j in range(m)] for i in range(n)]``."""
    row = Binder("array", body, j, ZERO, readable(add(m, MINUS_ONE)))
    return Binder("array", row, i, ZERO, readable(add(n, MINUS_ONE)))


def probabilities(
    p: Problem, e: Expr, size: tuple[Expr, ...]
) -> tuple[Variable, tuple[tuple[str, Expr], ...]]:
    """The name of a softmax, and what is said of it: the one that it has already, else p."""
    known = p.named(e)
    if known is not None:
        return known, ()
    name = Variable(fresh("p", p.taken), Kind(shape=size), definition=e)
    return name, ((name.name, e),)


def softmax(p: Problem) -> tuple[Rewriting, ...]:
    """The quotient rule, then the two cases i = j and i ≠ j."""
    if len(p.shape) != 1 or not isinstance(p.e, Apply) or p.e.options:
        return ()
    n = p.shape[0]
    i, j, k = letters(p, 3)
    exp_i, exp_j = (Apply("exp", (Index(p.x, (letter,)),)) for letter in (i, j))
    total = Binder("sum", Apply("exp", (Index(p.x, (k,)),)), k, ZERO, readable(add(n, MINUS_ONE)))
    same = Apply("mul", (Apply("delta", (i, j)), exp_i, total))
    quotient = Apply(
        "div", (Apply("sub", (same, Apply("mul", (exp_i, exp_j)))), Apply("pow", (total, Number(2))))
    )
    s, where = probabilities(p, p.e, tuple(p.shape))
    at_i, at_j = Index(s, (i,)), Index(s, (j,))
    diagonal = Apply("mul", (at_i, Apply("sub", (ONE, at_i))))
    two = Cases(((Apply("eq", (i, j)), diagonal),), Apply("neg", (Apply("mul", (at_i, at_j)),)))
    return (
        Rewriting(
            matrix(n, n, i, j, quotient),
            "(u/v)' = (u' v - u v') / v², and ∂e^(x_i)/∂x_j is e^(x_i) if i = j, else 0",
            rule="quotient rule",
        ),
        Rewriting(
            matrix(n, n, i, j, two),
            "two cases: for i = j the first term stays, for i ≠ j it is zero",
            where,
            rule="cases",
        ),
    )


def relu(p: Problem) -> tuple[Rewriting, ...]:
    """The limit of the difference quotient from both sides, and why 0 is left out."""
    if p.shape or p.wrt:
        return ()
    x = p.x
    h = Variable(fresh("h", p.taken))
    shifted = Apply("max", (Apply("add", (x, h)), ZERO))
    quotient = Apply("div", (Apply("sub", (shifted, Apply("max", (x, ZERO)))), h))
    sides = Cases(
        ((Apply("gt", (x, ZERO)), ONE), (Apply("lt", (x, ZERO)), ZERO)),
    )
    return (
        Rewriting(
            Apply("limit", (quotient, h, ZERO)), "the limit of the difference quotient", rule="definition"
        ),
        Rewriting(
            sides,
            "for x > 0 the quotient is (x + h - x)/h = 1, for x < 0 it is 0; at 0 the limit from the right "
            "is 1 and from the left 0, so there is no derivative (the subdifferential is [0, 1])",
            rule="cases",
        ),
    )


def letters(p: Problem, count: int) -> tuple[Variable, ...]:
    taken = p.taken
    found: list[Variable] = []
    for letter in ("i", "j", "k"):
        name = fresh(letter, taken)
        taken.add(name)
        found.append(index_variable(name))
    return tuple(found[:count])
