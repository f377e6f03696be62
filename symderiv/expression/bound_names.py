"""Bound names that no other name is spelt like, so that what is said of one is said of it alone."""

from __future__ import annotations

from symderiv.expression.contents import contents
from symderiv.expression.substitution import fresh, substitute
from symderiv.expression.tree import Binder, Expr, Variable, walk


def bound_apart(expr: Expr, taken: frozenset[str]) -> Expr:
    """The same, no bound name one of ``taken``, nor that of a binder around it.

    In ``Σ_{i=i+1}^n |i|`` the i of the range is another one than that of the sum.

    >>> from symderiv.expression.tree import Apply, index_variable
    >>> i, n = index_variable("i"), Variable("n")
    >>> apart = bound_apart(Binder("sum", Apply("exp", (i,)), i, i, n), frozenset("in"))
    >>> apart.variable.name, apart.lower.name, str(apart.body)
    ('i1', 'i', 'exp(i1)')
    """
    if Binder not in contents(expr).classes:
        return expr
    if isinstance(expr, Binder):
        return _binder_apart(expr, taken)
    children = tuple([bound_apart(child, taken) for child in expr.children])
    if all(new is old for new, old in zip(children, expr.children, strict=True)):
        return expr
    return expr.rebuild(children)


def _binder_apart(expr: Binder, taken: frozenset[str]) -> Expr:
    own, body, condition = expr.variable, expr.body, expr.condition
    if own.name in taken:
        inside = {
            node.name for part in (body, condition) for node in walk(part) if isinstance(node, Variable)
        }
        own = Variable(fresh(own.name, taken | inside), own.kind)
        body, condition = (substitute(part, {expr.variable: own}) for part in (body, condition))
    within = taken | {own.name}
    lower, upper = (None if end is None else bound_apart(end, taken) for end in (expr.lower, expr.upper))
    body, condition = bound_apart(body, within), bound_apart(condition, within)
    parts = ((body, expr.body), (condition, expr.condition), (lower, expr.lower), (upper, expr.upper))
    if own == expr.variable and all(new is old for new, old in parts):
        return expr
    found = Binder(expr.kind, body, own, lower, upper, condition)
    found.span = expr.span
    return found
