"""Conditions by cases in the words of logic: ``u if c else v`` is ``c and u, or v and not c``."""

from __future__ import annotations

from symderiv.expression.build import conjunction, disjunction, negation
from symderiv.expression.tree import Apply, Cases, Expr


def spelled_out(condition: Expr) -> Expr:
    """The condition without cases, wherever it has a value.

    >>> from symderiv.expression.tree import Variable
    >>> c, u, v = (Apply("lt", (Variable(name), Variable("x"))) for name in "cuv")
    >>> spelled_out(Cases(((c, u),), v)) == disjunction(conjunction(c, u), conjunction(negation(c), v))
    True
    """
    match condition:
        case Apply(head="and", args=parts):
            return conjunction(*map(spelled_out, parts))
        case Apply(head="or", args=parts):
            return disjunction(*map(spelled_out, parts))
        case Apply(head="not", args=(part,)):
            return negation(spelled_out(part))
        case Cases(branches=branches, otherwise=otherwise):
            return _by_cases(branches, otherwise)
    return condition


def _by_cases(branches: tuple[tuple[Expr, Expr], ...], otherwise: Expr | None) -> Expr:
    """Each value where its case holds and none before it does; what has no value elsewhere fails there."""
    found: list[Expr] = []
    before: list[Expr] = []
    for case, value in branches:
        found.append(conjunction(*before, case, spelled_out(value)))
        before.append(negation(case))
    if otherwise is not None:
        found.append(conjunction(*before, spelled_out(otherwise)))
    return disjunction(*found)
