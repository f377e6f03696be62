"""Cauchy's and Schwarz's inequality: ``(Σ s)² ≤ Σ a · Σ b`` where ``s² = a b`` and neither is ever negative.

With b = 1 it is ``(Σ x)² ≤ n Σ x²``; with a = p²/q and b = q it is ``(Σ p)² ≤ Σ p²/q · Σ q``.
Minkowski's is the triangle's for norms. The other way round, ``Σ a² ≤ (Σ a)²`` where a is never negative.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.procedures.inequalities.totals import Facts, Total
from symderiv.expression.build import add, compare, mul, negative, sqrt, subtract
from symderiv.expression.parts import factors_of
from symderiv.expression.tree import ONE, Apply, Expr, Index, Number, Variable, walk

MAX_TOTALS = 8


def of_squares(totals: Sequence[Total], facts: Facts) -> Iterator[Expr]:
    """What Cauchy and Schwarz say of three of the sums, or of two and the length of their range."""
    for ends in dict.fromkeys(total.ends for total in totals):
        group = [total for total in totals if total.ends == ends][:MAX_TOTALS]
        length = Total(ONE, group[0].indices, ends)
        positive = [each for each in group if each.is_nonnegative(each.body, facts)]
        for total in group:
            for first, second in combinations((*positive, length), 2):
                if total not in (first, second) and _are_products(_square(total), first, second):
                    yield from _cauchy(total.node, first.node, second.node)
        for total in positive:
            for other in positive:
                if other != total and _are_products(_square(total), other, length):
                    yield compare("le", other.node, mul(total.node, total.node))
                    yield compare("le", sqrt(other.node), total.node)


def of_triangles(totals: Sequence[Total]) -> Iterator[Expr]:
    """``‖u‖ ≤ ‖v‖ + ‖w‖`` for each three sums of squares with u = ±v ± w."""
    bases = [(total, base) for total in totals if (base := _squared(total)) is not None][:MAX_TOTALS]
    for (total, u), (first, v), (second, w) in permutations(bases, 3):
        if total.ends == first.ends == second.ends and _is_sum(u, v, w):
            yield compare("le", sqrt(total.node), add(sqrt(first.node), sqrt(second.node)))


def _squared(total: Total) -> Expr | None:
    match total.body:
        case Apply(head="pow", args=(base, Number(value=2))):
            return base
    return None


def _is_sum(u: Expr, v: Expr, w: Expr) -> bool:
    terms = _reads(v) | _reads(w)
    return _reads(u) <= terms and any(
        is_zero(add(u, mul(Number(one), v), mul(Number(other), w))) for one in (1, -1) for other in (1, -1)
    )


def _square(total: Total) -> Expr:
    """The square of a summand, ``|u|²`` as ``u²``."""
    factors = [f.args[0] if isinstance(f, Apply) and f.head == "abs" else f for f in factors_of(total.body)]
    return mul(*factors, *factors)


def _are_products(square: Expr, first: Total, second: Total) -> bool:
    if not _reads(square) <= _reads(first.body) | _reads(second.body):
        return False
    return is_zero(subtract(square, mul(first.body, second.body)))


def _reads(body: Expr) -> frozenset[Expr]:
    return frozenset(node for node in walk(body) if isinstance(node, (Index, Variable)))


def _cauchy(total: Expr, first: Expr, second: Expr) -> Iterator[Expr]:
    yield compare("le", mul(total, total), mul(first, second))
    roots = mul(sqrt(first), sqrt(second))
    yield compare("le", total, roots)
    yield compare("le", negative(total), roots)
