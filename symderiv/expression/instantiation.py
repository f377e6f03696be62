"""Entries with expressions put in for their variables, and sums with numbers for bounds written out.

Everything goes through the constructors of `symderiv.expression.build`, so numbers fold on the way.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Map
from operator import is_

from symderiv.errors import MeaningError
from symderiv.expression.build import (
    add,
    cases,
    compare,
    conjunction,
    delta,
    disjunction,
    entry_of,
    function,
    mul,
    negation,
    power,
)
from symderiv.expression.contents import contents
from symderiv.expression.substitution import free_variables, fresh
from symderiv.expression.tree import (
    FALSE,
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Cases,
    Exact,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
)

MAX_TERMS = 5_000

_REBUILD: dict[str, Callable[..., Expr]] = {
    "add": add,
    "mul": mul,
    "pow": power,
    "delta": delta,
    "and": conjunction,
    "or": disjunction,
    "not": negation,
}


def refold(expr: Expr, children: tuple[Expr, ...]) -> Expr:
    """``expr`` over new children, through the constructors, so that numbers fold."""
    if isinstance(expr, Apply):
        constructor = _REBUILD.get(expr.head)
        if constructor is not None:
            return constructor(*children)
        if expr.head in ("lt", "le", "eq", "ne"):
            return compare(expr.head, *children)
        return function(expr.head, *children) if not expr.options else expr.rebuild(children)
    if isinstance(expr, Index):
        return entry_of(children[0], children[1:])
    if isinstance(expr, Cases):
        rebuilt = expr.rebuild(children)
        assert isinstance(rebuilt, Cases)
        return cases(rebuilt.branches, rebuilt.otherwise)
    return expr.rebuild(children)


def instantiate(expr: Expr, values: Map[Variable, Expr]) -> Expr:
    """An entry formula with expressions put in for variables, numbers folded on the way.

    A branch whose condition turns false is dropped before its value is looked at, so a table is never
    read outside its bounds; sums whose bounds become numbers stay sums (see `expand`).

    >>> i = Variable("i")
    >>> instantiate(add(i, Number(1)), {i: Number(2)}).value
    3
    """
    if isinstance(expr, Variable):
        return values.get(expr, expr)
    if isinstance(expr, Cases):
        return _instantiate_cases(expr, values)
    if isinstance(expr, Binder):
        return _instantiate_binder(expr, values)
    children = expr.children
    if not children:
        return expr
    if isinstance(expr, Index) and isinstance(expr.base, Sequence):
        position = instantiate(expr.indices[0], values)
        if isinstance(position, Number):
            row = entry_of(expr.base, (position,))
            if len(expr.indices) > 1:
                return instantiate(Index(row, expr.indices[1:]), values)
            return instantiate(row, values)
    if isinstance(expr, Apply) and expr.head in _SETTLED:
        return _instantiate_connective(expr, values)
    changed = tuple([instantiate(child, values) for child in children])
    if all(map(is_, changed, children)):
        return expr
    return refold(expr, changed)


_SETTLED = {"or": TRUE, "and": FALSE}
"""What settles a connective: a table is not read at the rest, which may lie outside it."""


def _instantiate_connective(expr: Apply, values: Map[Variable, Expr]) -> Expr:
    changed: list[Expr] = []
    for child in expr.children:
        changed.append(instantiate(child, values))
        if changed[-1] == _SETTLED[expr.head]:
            return changed[-1]
    return expr if all(map(is_, changed, expr.children)) else refold(expr, tuple(changed))


def _instantiate_cases(expr: Cases, values: Map[Variable, Expr]) -> Expr:
    branches: list[tuple[Expr, Expr]] = []
    for condition, value in expr.branches:
        holds = instantiate(condition, values)
        if holds == FALSE:
            continue
        branches.append((holds, instantiate(value, values)))
        if holds == TRUE:
            return cases(tuple(branches), None)
    otherwise = None if expr.otherwise is None else instantiate(expr.otherwise, values)
    return cases(tuple(branches), otherwise)


def _instantiate_binder(expr: Binder, values: Map[Variable, Expr]) -> Expr:
    if values and contents(expr).free.isdisjoint(values):
        return expr
    inner = {old: new for old, new in values.items() if old != expr.variable}
    names = frozenset(v.name for new in inner.values() for v in free_variables(new))
    variable = expr.variable
    if variable.name in names:
        taken = names | {v.name for v in free_variables(expr.body)}
        variable = Variable(fresh(variable.name, taken), variable.kind)
        inner[expr.variable] = variable
    lower = None if expr.lower is None else instantiate(expr.lower, values)
    upper = None if expr.upper is None else instantiate(expr.upper, values)
    body = instantiate(expr.body, inner)
    condition = instantiate(expr.condition, inner)
    return Binder(expr.kind, body, variable, lower, upper, condition)


_NEUTRAL = {"sum": ZERO, "prod": ONE, "forall": TRUE}
_JOIN = {"sum": add, "prod": mul, "forall": conjunction}


Known = dict[Expr, Expr]
"""Binders that were written out before: the maximum of a window stands in many conditions."""


def expand(expr: Expr, known: Known | None = None) -> Expr:
    """Every binder whose bounds are numbers, not too far apart, written out, innermost first.

    What is ``known`` is not written out again: pass one dictionary for all entries of an array.

    >>> i, x = Variable("i"), Variable("x")
    >>> expand(Binder("sum", add(x, i), i, Number(1), Number(2))) == add(x, x, Number(3))
    True
    """
    if Binder not in contents(expr).classes:
        return expr
    return _expanded(expr, {} if known is None else known)


def _expanded(expr: Expr, known: Known) -> Expr:
    if isinstance(expr, Binder) and expr.kind in ("sum", "prod", "forall", "max", "min"):
        if expr not in known:
            known[expr] = _binder_expanded(expr, known)
        return known[expr]
    children = expr.children
    if not children:
        return expr
    if isinstance(expr, Apply) and expr.head in _SETTLED:
        return _connective_expanded(expr, known)
    changed = tuple([_expanded(child, known) for child in children])
    if all(map(is_, changed, children)):
        return expr
    return refold(expr, changed)


def _connective_expanded(expr: Apply, known: Known) -> Expr:
    """Parts without a binder first: one of them may make the others needless."""
    children = expr.children
    for child in children:
        if Binder not in contents(child).classes and _expanded(child, known) == _SETTLED[expr.head]:
            return _SETTLED[expr.head]
    changed = tuple([_expanded(child, known) for child in children])
    return expr if all(map(is_, changed, children)) else refold(expr, changed)


def _binder_expanded(expr: Binder, known: Known) -> Expr:
    lower = None if expr.lower is None else _expanded(expr.lower, known)
    upper = None if expr.upper is None else _expanded(expr.upper, known)
    if isinstance(lower, Number) and isinstance(upper, Number) and upper.value - lower.value <= MAX_TERMS:
        return _write_out(expr, lower.value, upper.value, known)
    body, condition = _expanded(expr.body, known), _expanded(expr.condition, known)
    return Binder(expr.kind, body, expr.variable, lower, upper, condition)


def _write_out(expr: Binder, lower: Exact, upper: Exact, known: Known) -> Expr:
    first, last = -(-lower.numerator // lower.denominator), upper.numerator // upper.denominator
    terms: list[Expr] = []
    for position in range(first, last + 1):
        values: dict[Variable, Expr] = {expr.variable: Number(position)}
        holds = _expanded(instantiate(expr.condition, values), known)
        if holds == FALSE:
            continue
        term = _expanded(instantiate(expr.body, values), known)
        if term == FALSE and expr.kind == "forall" and holds == TRUE:
            return FALSE
        if holds != TRUE:
            if expr.kind not in _NEUTRAL:
                raise MeaningError(f"the condition of this {expr.kind} is not decided by its index")
            term = cases(((holds, term),), _NEUTRAL[expr.kind])
        terms.append(term)
    if expr.kind in _JOIN:
        return _JOIN[expr.kind](*terms)
    if not terms:
        raise MeaningError(f"the {expr.kind} of nothing")
    return function(expr.kind, *terms)
