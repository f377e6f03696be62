"""Sums of what is never negative, compared with 0: ``Σ [x_k < 0] = 0`` says that no x_k is negative."""

from __future__ import annotations

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.conditions.inside import facts_inside
from symderiv.equality.conditions.signs import NONNEGATIVE
from symderiv.equality.conditions.spelled_out import spelled_out
from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import boolean, compare, conjunction, disjunction, negation
from symderiv.expression.tree import INFINITY, ZERO, Apply, Binder, Cases, Expr, Number, transform

Facts = tuple[Expr, ...]
MAX_NESTED = 3  # sums of sums


def by_vanishing_sums(problem: Problem, prove: Prove) -> Proof | None:
    """A proof of conditions that say of every summand that it is 0."""
    if not (is_condition(problem.a) and is_condition(problem.b)):
        return None

    def said(node: Expr) -> Expr:
        return _said(node, problem.facts) or node

    def all_said(side: Expr) -> Expr:
        for _ in range(MAX_NESTED):
            side = transform(side, said)
        return side

    return with_sides_rewritten(problem, all_said, prove, "sums of nothing negative")


def _said(node: Expr, facts: Facts) -> Expr | None:
    match node:
        case Apply(head="eq" | "le", args=(Binder(kind="sum") as total, low)) if low == ZERO:
            return _all_zero(total, facts)
        case Apply(head="ne", args=(Binder(kind="sum") as total, low)) if low == ZERO:
            found = _all_zero(total, facts)
        case Apply(head="lt", args=(low, Binder(kind="sum") as total)) if low == ZERO:
            found = _all_zero(total, facts)
        case _:
            return None
    return None if found is None else negation(found)


def _all_zero(total: Binder, facts: Facts) -> Expr | None:
    """That every summand is 0, should none be negative."""
    if total.lower is None or total.upper is None or INFINITY in (total.lower, total.upper):
        return None
    known = knowledge(facts_inside(total, facts))
    if not all(known.quick_signs(value) <= NONNEGATIVE for value in _values(total.body)):
        return None
    body = spelled_out(_is_zero(total.body))
    return Binder("forall", body, total.variable, total.lower, total.upper, total.condition)


def _values(body: Expr) -> tuple[Expr, ...]:
    if isinstance(body, Cases):
        return tuple(child for child in _outcomes(body) for child in _values(child))
    return (body,)


def _outcomes(body: Cases) -> tuple[Expr, ...]:
    values = tuple(value for _, value in body.branches)
    return values if body.otherwise is None else (*values, body.otherwise)


def _is_zero(body: Expr) -> Expr:
    """Where a summand is 0, in the words of its cases, its factors, what it is the greater of."""
    match body:
        case Cases(branches=branches, otherwise=otherwise):
            told = tuple((condition, _is_zero(value)) for condition, value in branches)
            return Cases(told, None if otherwise is None else _is_zero(otherwise))
        case Number(value=value):
            return boolean(value == 0)
        case Apply(head="abs", args=(u,)) | Apply(head="pow", args=(u, Number(value=1 | 2 | 3 | 4))):
            return _is_zero(u)
        case Apply(head="mul", args=factors):
            return disjunction(*map(_is_zero, factors))
        case Apply(head="max", args=args) if ZERO in args:
            return conjunction(*(compare("le", arg, ZERO) for arg in args))
    return compare("eq", body, ZERO)
