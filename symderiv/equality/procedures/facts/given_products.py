"""What is given of a product of arrays: ``Aᵀ A = I`` says ``‖A x‖ = ‖x‖``, ``A x = b`` ``Aᵀ A x = Aᵀ b``.

A fact ``Σ_k P(i, k) Q(k, j) = R(i, j)`` for all i and j is put in wherever, multiplied out, a sum runs over
k in these factors alone. All are all that there are: what is given of the rows from the second on says
nothing of the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.facts.summands import Summand, TooManySummands, summands
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import add, subtract
from symderiv.expression.contents import contents
from symderiv.expression.parts import factors_of
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import (
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Expr,
    Index,
    Variable,
    walk,
)

Indices = Mapping[Expr, Expr]
MAX_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Given:
    """``Σ_k of the factors = value`` whatever the ``free`` indices are, k running from 0 to ``end``."""

    free: frozenset[Variable]
    k: Variable
    end: Expr
    factors: tuple[Index, ...]
    value: Expr


def by_given_products(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with what is given of products put in on both sides."""
    given = [found for fact in problem.facts if (found := _product(fact, {})) is not None]
    if not given:
        return None
    names = {part.name for fact in problem.facts for part in walk(fact) if isinstance(part, Variable)}
    return with_sides_rewritten(
        problem, lambda side: _put_in(side, given, names), prove, "products that are given"
    )


def _product(fact: Expr, ends: Mapping[Variable, Expr]) -> Given | None:
    """What a fact says of a product, for every entry; ``ends`` are the last values of its free indices."""
    match fact:
        case Binder(kind="forall", variable=i, body=body, lower=lower, upper=Expr() as last):
            return _product(body, {**ends, i: last}) if lower == ZERO and fact.condition == TRUE else None
        case Apply(head="eq", args=(left, right)):
            product, value = (left, right) if isinstance(left, Binder) else (right, left)
            match product:
                case Binder(kind="sum", variable=k, lower=lower, upper=Expr() as end, condition=condition):
                    factors = factors_of(product.body)
                    entries = tuple(factor for factor in factors if isinstance(factor, Index))
                    plain = lower == ZERO and condition == TRUE and not isinstance(value, Binder)
                    reads = len(entries) == len(factors) and all(k in entry.indices for entry in entries)
                    whole = all(any(_runs_along(entry, i, ends[i]) for entry in entries) for i in ends)
                    if plain and reads and whole:
                        return Given(frozenset(ends), k, end, entries, value)
    return None


def _runs_along(entry: Index, i: Variable, last: Expr) -> bool:
    """Does the index go through a whole axis, so that whatever stands in its place is one of its values?"""
    base = entry.base
    if not isinstance(base, Variable) or base.kind.zero_outside:
        return False
    axes = (size for index, size in zip(entry.indices, base.kind.shape, strict=True) if index == i)
    return any(size is not None and is_zero(subtract(subtract(size, ONE), last)) for size in axes)


def _put_in(expr: Expr, given: list[Given], names: set[str]) -> Expr:
    """The largest parts that are sums of products, each with what is given of it."""
    if Binder not in contents(expr).classes:
        return expr
    try:
        parts = list(summands(expr, names | {v.name for v in walk(expr) if isinstance(v, Variable)}))
    except TooManySummands:
        return expr
    changed = [_simplified(part, given) for part in parts]
    if changed != parts:
        return add(*(each.written() for each in changed))
    return expr.rebuild(tuple(_put_in(child, given, names) for child in expr.children))


def _simplified(summand: Summand, given: list[Given]) -> Summand:
    for _ in range(MAX_ROUNDS):
        found = next(filter(None, (_with(summand, each) for each in given)), None)
        if found is None:
            break
        summand = found
    return summand


def _with(summand: Summand, given: Given) -> Summand | None:
    """The summand with one sum over the given factors replaced by its value."""
    for name, end in summand.ranges:
        if not is_zero(subtract(end, given.end)) or any(name in free_variables(e) for _, e in summand.ranges):
            continue
        reading = [factor for factor in summand.factors if name in free_variables(factor)]
        found = _matched(given.factors, reading, given, {given.k: name})
        if found is not None:
            ranges = tuple(each for each in summand.ranges if each[0] != name)
            rest = (factor for factor in summand.factors if factor not in reading)
            return Summand(ranges, (*rest, substitute(given.value, found)))
    return None


def _matched(
    patterns: tuple[Index, ...], factors: list[Expr], given: Given, known: Indices
) -> Indices | None:
    """What the free indices are, so that these factors are the given ones, in any order."""
    if len(patterns) != len(factors):
        return None
    if not patterns:
        return known if all(free in known for free in given.free) else None
    for place, factor in enumerate(factors):
        fitted = _fitted(patterns[0], factor, given, known)
        if fitted is not None:
            rest = [*factors[:place], *factors[place + 1 :]]
            found = _matched(patterns[1:], rest, given, fitted)
            if found is not None:
                return found
    return None


def _fitted(pattern: Index, factor: Expr, given: Given, known: Indices) -> Indices | None:
    if not isinstance(factor, Index) or factor.base != pattern.base:
        return None
    fitted = dict(known)
    for wanted, index in zip(pattern.indices, factor.indices, strict=True):
        if isinstance(wanted, Variable) and wanted in given.free and wanted not in fitted:
            fitted[wanted] = index
        elif fitted.get(wanted, wanted) != index:
            return None
    return fitted
