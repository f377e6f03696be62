"""Kronecker deltas used up: ``Σ_j δ(f(j), n) g(j)`` is g at the solution, where there is one in the range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symderiv.expression.build import (
    add,
    cases,
    compare,
    conjunction,
    divide,
    function,
    mul,
)
from symderiv.expression.instantiation import instantiate, refold
from symderiv.expression.parts import conjuncts
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import FALSE, ONE, ZERO, Apply, Binder, Cases, Expr, Number, Variable
from symderiv.index.integer_sets.affine import Affine
from symderiv.index.integer_sets.integers import affine, integer_expr
from symderiv.index.integer_sets.simplifying import without_implied
from symderiv.index.normal import new_session
from symderiv.index.session import Session


def collapse_deltas(expr: Expr, facts: tuple[Expr, ...] = ()) -> Expr:
    """Every sum over a delta replaced by the term at which the delta is 1, if there is one.

    ``Σ_{j=lower}^{upper} δ(c j + r, s) g(j)`` is ``g((s - r)/c)`` where c divides s - r and
    lower ≤ (s - r)/c ≤ upper, else 0. Conditions that ``facts`` imply are left out.

    >>> from symderiv.expression.build import delta
    >>> from symderiv.expression.kinds import SIZE
    >>> from symderiv.expression.tree import Index, index_variable
    >>> i, j, n, k = index_variable("i"), index_variable("j"), index_variable("n"), Variable("k", SIZE)
    >>> body = mul(delta(add(i, j, Number(-1)), n), Index(Variable("w"), (j,)))
    >>> found = collapse_deltas(Binder("sum", body, j, ONE, k))
    >>> isinstance(found, Cases), found.branches[0][1].indices[0].args[-1].value
    (True, 1)
    """
    return _collapsed(new_session((expr,), facts), expr)


def _collapsed(session: Session, expr: Expr) -> Expr:
    children = expr.children
    if not children:
        return expr
    changed = tuple(_collapsed(session, child) for child in children)
    if any(new is not old for new, old in zip(changed, children, strict=True)):
        expr = refold(expr, changed)
    if isinstance(expr, Binder) and expr.kind == "sum" and expr.lower is not None and expr.upper is not None:
        return _collapsed_sum(session, expr)
    return expr


@dataclass(frozen=True)
class _Product:
    """``[conditions] · Π factors``."""

    factors: tuple[Expr, ...]
    conditions: tuple[Expr, ...] = ()

    def expr(self) -> Expr:
        return _where(conjunction(*self.conditions), mul(*self.factors))


def _where(condition: Expr, value: Expr) -> Expr:
    return ZERO if value == ZERO else cases(((condition, value),), ZERO)


def _collapsed_sum(session: Session, expr: Binder) -> Expr:
    kept: list[Expr] = []
    found: list[Expr] = []
    for term in _products(expr.body, expr.variable):
        solved = _solved(session, expr, term)
        if solved is not None:
            found.append(solved)
        elif _free_parts(term, expr.variable) != term:
            found.append(_pulled_out(session, expr, term))
        else:
            kept.append(term.expr())
    if not found:
        return expr
    if kept:
        found.append(Binder("sum", add(*kept), expr.variable, expr.lower, expr.upper, expr.condition))
    return add(*found)


def _products(body: Expr, variable: Variable) -> list[_Product]:
    """The body as a sum of products, multiplied out only where a delta of the variable is inside."""
    if isinstance(body, Apply) and body.head == "add" and _has_delta(body):
        return [term for arg in body.args for term in _products(arg, variable)]
    if isinstance(body, Apply) and body.head == "mul":
        result = [_Product(())]
        for factor in body.args:
            result = [
                _Product(a.factors + b.factors, a.conditions + b.conditions)
                for a in result
                for b in _products(factor, variable)
            ]
        return result
    if isinstance(body, Cases) and len(body.branches) == 1 and body.otherwise == ZERO:
        condition, value = body.branches[0]
        inside = _products(value, variable)
        return [_Product(p.factors, (*conjuncts(condition), *p.conditions)) for p in inside]
    return [_Product((body,))]


def _has_delta(expr: Expr) -> bool:
    if isinstance(expr, Apply) and expr.head == "delta":
        return True
    if isinstance(expr, Cases) or (isinstance(expr, Apply) and expr.head in ("add", "mul")):
        return isinstance(expr, Cases) or any(_has_delta(child) for child in expr.children)
    return False


def _equations(term: _Product) -> Iterator[tuple[Expr, _Product]]:
    """Each delta, and each condition that is an equality, with the rest of the product."""
    for k, factor in enumerate(term.factors):
        if isinstance(factor, Apply) and factor.head == "delta":
            yield factor, _Product(term.factors[:k] + term.factors[k + 1 :], term.conditions)
    for k, condition in enumerate(term.conditions):
        if isinstance(condition, Apply) and condition.head == "eq":
            yield condition, _Product(term.factors, term.conditions[:k] + term.conditions[k + 1 :])


def _solved(session: Session, expr: Binder, term: _Product) -> Expr | None:
    """The value at the solution of an equation that determines the variable (unit coefficients first)."""
    best: tuple[int, Affine, _Product] | None = None
    for equation, rest in _equations(term):
        left, right = (affine(session, side) for side in equation.children)
        if left is None or right is None:
            continue
        form = left - right
        c = form.coefficient(expr.variable)
        if c != 0 and isinstance(c, int) and form.is_integral() and (best is None or abs(c) < best[0]):
            best = (abs(c), (form - Affine({expr.variable: c})).scaled(-1 if c > 0 else 1), rest)
    return None if best is None else _at_solution(session, expr, *best)


def _at_solution(session: Session, expr: Binder, divisor: int, form: Affine, rest: _Product) -> Expr:
    """``rest`` where the variable is ``form / divisor``."""
    assert expr.lower is not None and expr.upper is not None
    whole = form.to_expr() if not session.hidden else integer_expr(session, form)
    conditions: list[Expr] = []
    solution = whole
    if divisor > 1:
        solution = function("floor", divide(whole, Number(divisor)))
        conditions.append(compare("eq", add(whole, mul(Number(-divisor), solution)), ZERO))
    scale = Number(divisor)
    lower, upper = (_times(session, scale, end) for end in (expr.lower, expr.upper))
    conditions += [compare("le", lower, whole), _below(session, whole, upper)]
    put = {expr.variable: solution}
    conditions += [instantiate(c, put) for c in (*conjuncts(expr.condition), *rest.conditions)]
    value = instantiate(mul(*rest.factors), put)
    condition = without_implied(session, conditions)
    return ZERO if condition == FALSE else _where(condition, value)


def _times(session: Session, factor: Number, bound: Expr) -> Expr:
    if factor == ONE:
        return bound
    form = affine(session, bound)
    return mul(factor, bound) if form is None else integer_expr(session, form.scaled(factor.value))


def _below(session: Session, solution: Expr, upper: Expr) -> Expr:
    """``solution < k`` rather than ``solution <= k - 1``."""
    form = affine(session, upper)
    if form is not None and form.constant == -1 and form.terms:
        return compare("lt", solution, add(upper, ONE))
    return compare("le", solution, upper)


def _free_parts(term: _Product, variable: Variable) -> _Product:
    """The product without deltas and conditions that don't depend on the variable."""
    factors = tuple(f for f in term.factors if not (_is_delta(f) and _free_of(f, variable)))
    conditions = tuple(c for c in term.conditions if not _free_of(c, variable))
    return _Product(factors, conditions)


def _is_delta(factor: Expr) -> bool:
    return isinstance(factor, Apply) and factor.head == "delta"


def _free_of(expr: Expr, variable: Variable) -> bool:
    return variable not in free_variables(expr)


def _pulled_out(session: Session, expr: Binder, term: _Product) -> Expr:
    """``Σ_j δ(a, b) g(j) = δ(a, b) Σ_j g(j)``, and the same for conditions."""
    inside = _free_parts(term, expr.variable)
    factors = [f for f in term.factors if f not in inside.factors]
    conditions = [c for c in term.conditions if c not in inside.conditions]
    total = Binder("sum", inside.expr(), expr.variable, expr.lower, expr.upper, expr.condition)
    condition = without_implied(session, conditions)
    return ZERO if condition == FALSE else _where(condition, mul(*factors, total))
