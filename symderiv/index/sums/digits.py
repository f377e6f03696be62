"""Two digits of one number: ``Σ_{i<n} Σ_{a<k} f(k i + a) = Σ_{j<nk} f(j)``, and they are unique."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from symderiv.expression.build import add, mul
from symderiv.expression.parts import all_but
from symderiv.expression.substitution import free_variables, fresh
from symderiv.expression.tree import (
    MINUS_ONE,
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Expr,
    Variable,
    index_variable,
    transform,
)
from symderiv.index.every_size.positivity import is_nonnegative
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.affine import Affine, variable_form
from symderiv.index.integer_sets.integers import affine_form, is_integer, polynomial
from symderiv.index.session import Session

LEADING = (-2, -1, 0, 1)


def joined_digits(expr: Expr) -> Expr:
    """Double sums over the digits of one index as single sums.

    >>> from symderiv.expression.kinds import SIZE, Kind
    >>> from symderiv.expression.printing.text import to_text
    >>> from symderiv.expression.tree import Index
    >>> n, k, i, a = Variable("n", SIZE), Variable("k", SIZE), index_variable("i"), index_variable("a")
    >>> entry = Index(Variable("x", Kind(shape=(None,))), (add(mul(k, i), a),))
    >>> inner = Binder("sum", entry, a, ZERO, add(k, MINUS_ONE))
    >>> to_text(joined_digits(Binder("sum", inner, i, ZERO, add(n, MINUS_ONE))))
    'sum(x[i1], (i1, 0, n*k + -1))'
    """
    return transform(expr, lambda node: _joined(node) or node)


def _joined(outer: Expr) -> Expr | None:
    if not isinstance(outer, Binder):
        return None
    inner = _factors_inside(outer.body)
    if inner is None:
        return None
    counts = [_count(binder) for binder in (outer, inner)]
    if outer.variable in free_variables(inner.upper or ZERO) or None in counts:
        return None
    first, second = (c for c in counts if c is not None)
    return _as_one(outer.variable, inner.variable, first, second, inner.body) or _as_one(
        inner.variable, outer.variable, second, first, inner.body
    )


def _factors_inside(body: Expr) -> Binder | None:
    """``c Σ_a f(a)`` as ``Σ_a c f(a)``."""
    if isinstance(body, Binder):
        return body
    if not isinstance(body, Apply) or body.head != "mul":
        return None
    sums = [arg for arg in body.args if isinstance(arg, Binder) and arg.kind == "sum"]
    rest = [arg for arg in body.args if arg not in sums]
    if len(sums) != 1 or any(sums[0].variable in free_variables(arg) for arg in rest):
        return None
    inner = sums[0]
    return Binder("sum", mul(*rest, inner.body), inner.variable, inner.lower, inner.upper, inner.condition)


def _count(binder: Binder) -> Expr | None:
    """The n of a sum over 0 … n - 1 that is surely not negative."""
    if binder.kind != "sum" or binder.lower != ZERO or binder.upper is None or binder.condition != TRUE:
        return None
    count = add(binder.upper, ONE)
    return count if is_nonnegative(count) and all(map(is_integer, free_variables(count))) else None


def _as_one(high: Variable, low: Variable, times: Expr, base: Expr, body: Expr) -> Expr | None:
    """The single sum, if the two occur as ``base · high + low`` only."""
    taken = {v.name for v in free_variables(body)} | {high.name, low.name}
    joint = index_variable(fresh(high.name, taken))

    def replaced(node: Expr) -> Expr:
        if not isinstance(node, Apply) or node.head != "add" or low not in node.args:
            return node
        step = next((arg for arg in node.args if _is_product(arg, base, high)), None)
        if step is None:
            return node
        return add(joint, *all_but(all_but(node.args, low), step))

    changed = transform(body, replaced)
    if free_variables(changed) & {high, low}:
        return None
    return Binder("sum", changed, joint, ZERO, add(mul(times, base), MINUS_ONE))


def _is_product(expr: Expr, base: Expr, high: Variable) -> bool:
    return isinstance(expr, Apply) and expr.head == "mul" and expr.args in ((base, high), (high, base))


def compared_digits(session: Session, difference: Expr, relation: str, outer: isl.Set) -> isl.Set | None:
    """Where ``k p + r`` is 0 (``=``) or not negative (``>=``), for an r that is small all over ``outer``.

    Where ``m k ≤ r < (m + 1) k`` it is not negative for p ≥ -m, and 0 at p = -m and r = m k.
    """
    if relation == ">":
        return compared_digits(session, add(difference, MINUS_ONE), ">=", outer)
    found = polynomial(session, difference)
    if found is None or relation == "!=":
        return None
    for base in dict.fromkeys(v for monomial in found if len(monomial) == 2 for v in monomial):
        high = affine_form(session, {_without(m, base): c for m, c in found.items() if base in m})
        low = affine_form(session, {m: c for m, c in found.items() if base not in m})
        if high is None or low is None or session.is_dummy(base):
            continue
        slices = {m: _slice(session, low, variable_form(base), m) for m in LEADING}
        if outer.intersect(session.context).is_subset(_united(slices.values())):
            return _united(
                points.intersect(session.compare(high + Affine({}, m), relation))
                if relation == ">="
                else session.compare(low - variable_form(base).scaled(m), "=").intersect(
                    session.compare(high + Affine({}, m), "=")
                )
                for m, points in slices.items()
            )
    return None


def _slice(session: Session, low: Affine, base: Affine, m: int) -> isl.Set:
    """``m k ≤ low < (m + 1) k``."""
    return session.within(low, base.scaled(m), base.scaled(m + 1) - Affine({}, 1))


def _united(parts: Iterable[isl.Set]) -> isl.Set:
    return reduce(isl.Set.union, parts)


def _without(monomial: tuple[Variable, ...], factor: Variable) -> tuple[Variable, ...]:
    at = monomial.index(factor)
    return monomial[:at] + monomial[at + 1 :]
