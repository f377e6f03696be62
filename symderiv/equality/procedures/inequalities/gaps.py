"""The gap of an inequality as one sum of what is never negative: ``Σ x² + Σ y² + 2 Σ x y = Σ (x + y)²``.

So is a sum over pairs of what is the same in both, ``Σ_k h_k Σ_i g_ki Σ_j g_kj``, for h never negative.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import reduce
from itertools import combinations
from operator import and_

from symderiv.equality.conditions.polynomial import Monomial, Polynomial, TooLarge, minus, polynomial
from symderiv.equality.conditions.signs import NONNEGATIVE
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.procedures.inequalities.signs_of_slopes import is_nonnegative
from symderiv.equality.procedures.inequalities.totals import Facts, Total, total_of
from symderiv.expression.build import add, compare, mul, power, subtract
from symderiv.expression.parts import factors_of
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import ZERO, Apply, Expr, Number, Variable

Weighted = list[tuple[Expr, Total]]


def of_gaps(asked: Expr, facts: Facts) -> Iterator[Expr]:
    """That the sums of the gap over one box are together at least 0, where each summand is."""
    if not (isinstance(asked, Apply) and asked.head in ("lt", "le")):
        return
    low, high = asked.args
    try:
        gap = minus(polynomial(high), polynomial(low))
    except TooLarge:
        return
    weighted = list(_weighted(gap))
    for ends in dict.fromkeys(total.ends for _, total in weighted):
        group = [(c, total) for c, total in weighted if total.ends == ends]
        if _is_nonnegative(group, facts):
            yield compare("le", ZERO, add(*(mul(c, total.node) for c, total in group)))


def _weighted(gap: Polynomial) -> Iterator[tuple[Expr, Total]]:
    """The terms that are something times one sum."""
    for monomial, coefficient in gap.items():
        sums = [(base, total) for base, times in monomial if times == 1 and (total := total_of(base))]
        if len(sums) == 1:
            [(base, total)] = sums
            yield mul(Number(coefficient), _without(monomial, base)), total


def _without(monomial: Monomial, base: Expr) -> Expr:
    return mul(*(power(other, Number(times)) for other, times in monomial if other != base))


def _is_nonnegative(group: Weighted, facts: Facts) -> bool:
    first = group[0][1]
    common, left = _common_factors([factors_of(total.body) for _, total in group])
    summand = add(*(mul(c, rest) for (c, _), rest in zip(group, left, strict=True)))
    known = first.known(facts)
    if known.signs(common) <= NONNEGATIVE and known.implies(compare("le", ZERO, summand)):
        return True
    return any(_is_of_squares(group, pair, facts) for pair in combinations(first.indices, 2))


def _common_factors(bodies: list[tuple[Expr, ...]]) -> tuple[Expr, list[Expr]]:
    """The product of the factors that all of them have, and what is left of each."""
    counted = [Counter(factors) for factors in bodies]
    common = reduce(and_, counted)
    return mul(*common.elements()), [mul(*(each - common).elements()) for each in counted]


def _is_of_squares(group: Weighted, pair: tuple[Variable, Variable], facts: Facts) -> bool:
    """Is it a sum over two indices of the same range, of what is the same in both, times nothing negative?"""
    one, other = pair
    first = group[0][1]
    ends = dict(zip(first.indices, first.ends, strict=True))
    apart = [_apart(total, one, other) for _, total in group]
    told = [parts for parts in apart if parts is not None]
    if ends[one] != ends[other] or len(told) < len(group):
        return False
    ours, others, _ = told[0]
    if not is_zero(subtract(substitute(ours, {one: other}), others)):
        return False
    if any(not (is_zero(subtract(u, ours)) and is_zero(subtract(v, others))) for u, v, _ in told):
        return False
    rest = add(*(mul(c, w) for (c, _), (_, _, w) in zip(group, told, strict=True)))
    return is_nonnegative(rest, first.known(facts))


def _apart(total: Total, one: Variable, other: Variable) -> tuple[Expr, Expr, Expr] | None:
    """The factors that speak of one index, of the other one, of neither; None if one speaks of both."""
    ours: list[Expr] = []
    others: list[Expr] = []
    rest: list[Expr] = []
    for factor in factors_of(total.body):
        speaks = free_variables(factor)
        if one in speaks and other in speaks:
            return None
        (ours if one in speaks else others if other in speaks else rest).append(factor)
    return mul(*ours), mul(*others), mul(*rest)
