"""Free variables, fresh names, and substitution that no bound variable captures."""

from __future__ import annotations

from collections.abc import Mapping as Map

from symderiv.expression.contents import contents
from symderiv.expression.tree import Binder, Expr, Variable


def free_variables(expr: Expr) -> frozenset[Variable]:
    """The variables that occur outside the binders that bind them.

    >>> from symderiv.expression.tree import Apply, Binder, index_variable, Variable
    >>> i, x = index_variable("i"), Variable("x")
    >>> sorted(v.name for v in free_variables(Binder("sum", Apply("mul", (x, i)), i)))
    ['x']
    """
    return contents(expr).free


def has_free_index(expr: Expr) -> bool:
    """Whether it is said of some index that nothing in it binds."""
    return any(name.kind.index for name in free_variables(expr))


def fresh(name: str, taken: frozenset[str] | set[str]) -> str:
    """A name like ``name`` that is not taken: the name itself, else with the first number that is free.

    >>> fresh("i", {"i", "i1"})
    'i2'
    """
    if name not in taken:
        return name
    stem = name.rstrip("0123456789") or name
    number = 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


def substitute(expr: Expr, replacement: Map[Expr, Expr]) -> Expr:
    """``expr`` with whole nodes replaced, at once; a binder renames its variable if one would be captured.

    >>> from symderiv.expression.tree import Apply, Variable, Number
    >>> x = Variable("x")
    >>> substitute(Apply("exp", (x,)), {x: Number(2)}) == Apply("exp", (Number(2),))
    True
    """
    if not replacement:
        return expr
    names = frozenset(variable.name for value in replacement.values() for variable in free_variables(value))
    return _substitute(expr, dict(replacement), names)


def _substitute(expr: Expr, replacement: dict[Expr, Expr], names: frozenset[str]) -> Expr:
    found = replacement.get(expr)
    if found is not None:
        return found
    if isinstance(expr, Binder):
        return _substitute_binder(expr, replacement, names)
    children = expr.children
    if not children:
        return expr
    changed = tuple(_substitute(child, replacement, names) for child in children)
    if all(new is old for new, old in zip(changed, children, strict=True)):
        return expr
    rebuilt = expr.rebuild(changed)
    rebuilt.span = expr.span
    return rebuilt


def _substitute_binder(expr: Binder, replacement: dict[Expr, Expr], names: frozenset[str]) -> Expr:
    lower = None if expr.lower is None else _substitute(expr.lower, replacement, names)
    upper = None if expr.upper is None else _substitute(expr.upper, replacement, names)
    inner = {old: new for old, new in replacement.items() if expr.variable not in free_variables(old)}
    variable = expr.variable
    if variable.name in names:
        taken = names | {v.name for v in free_variables(expr.body) | free_variables(expr.condition)}
        variable = Variable(fresh(variable.name, taken), variable.kind)
        inner[expr.variable] = variable
    body = _substitute(expr.body, inner, names | {variable.name})
    condition = _substitute(expr.condition, inner, names | {variable.name})
    result = Binder(expr.kind, body, variable, lower, upper, condition)
    result.span = expr.span
    return result
