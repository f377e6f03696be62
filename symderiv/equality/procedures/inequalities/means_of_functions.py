"""Jensen's inequality: with weights w ≥ 0 and W = Σ w > 0 the mean of logarithms is at most that of the mean.

``Σ w log u ≤ W log(Σ w u / W)``, of which Gibbs' inequality is one case; ``Σ w e^v ≥ W e^(Σ w v / W)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import permutations

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.conditions.signs import POSITIVE
from symderiv.equality.procedures.inequalities.totals import Facts, Total, outside_of_binders, total_of
from symderiv.expression.build import add, compare, divide, function, mul, negative, power, subtract
from symderiv.expression.parts import factors_of
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ONE, TRUE, Apply, Binder, Expr

Settle = Callable[[Expr], Expr]
"""Sums in the form in which they stand in the problem, with what is given of them put in."""

MAX_TOTALS = 5


def of_means(totals: Sequence[Total], facts: Facts, settle: Settle) -> Iterator[Expr]:
    """What Jensen says of weighted logarithms, of the quotients of two of them, and of exponentials."""
    logarithms = [(total, w, u) for total in totals for w, u in _apart(total, "log")]
    usable = [(t, w, u) for t, w, u in logarithms if t.is_nonnegative(w, facts) and t.is_positive(u, facts)][
        :MAX_TOTALS
    ]
    for total, weight, u in usable:
        yield from _of_logarithms(total, weight, u, total.node, facts, settle)
        yield from _of_logarithms(total, weight, divide(ONE, u), negative(total.node), facts, settle)
    for (total, weight, u), (other, same, v) in permutations(usable, 2):
        if total.ends == other.ends and weight == same:
            gap = subtract(total.node, other.node)
            yield from _of_logarithms(total, weight, divide(u, v), gap, facts, settle)
    for total, weight, u in usable:
        if weight == u:
            yield from _of_variations(total, u, totals, facts, settle)
    for total in totals[:MAX_TOTALS]:
        for weight, v in _apart(total, "exp"):
            if total.is_nonnegative(weight, facts):
                yield from _of_exponentials(total, weight, v, facts, settle)


def _of_variations(
    total: Total, w: Expr, totals: Sequence[Total], facts: Facts, settle: Settle
) -> Iterator[Expr]:
    """``Σ w log v - Σ w log w ≤ W log(Σ v / W)`` for positive v, among them ``v = e^q``."""
    for other in totals[:MAX_TOTALS]:
        if other.ends == total.ends and other.body != w and other.is_positive(other.body, facts):
            gap = subtract(settle(total.of(mul(w, _logarithm(other.body)))), total.node)
            yield from _of_logarithms(total, w, divide(other.body, w), gap, facts, settle)


def _logarithm(v: Expr) -> Expr:
    match v:
        case Apply(head="exp", args=(q,)):
            return q
    return function("log", v)


def of_products(exprs: Sequence[Expr], facts: Facts, settle: Settle) -> Iterator[Expr]:
    """``Π u ≤ (Σ u / n)ⁿ`` and ``n ≤ (Π u)^(1/n) Σ 1/u`` for n positive u, said of logarithms, too."""
    for node in dict.fromkeys(node for expr in exprs for node in outside_of_binders(expr)):
        if not isinstance(node, Binder) or node.kind != "prod" or node.condition != TRUE:
            continue
        total = total_of(Binder("sum", node.body, node.variable, node.lower, node.upper))
        if total is None or len(total.indices) != 1 or not total.is_positive(total.body, facts):
            continue
        length, product = settle(total.of(ONE)), settle(node)
        if knowledge(facts).signs(length) == POSITIVE:
            mean = divide(settle(total.node), length)
            yield compare("le", power(product, divide(ONE, length)), mean)
            yield compare("le", product, power(mean, length))
            turned = settle(total.of(divide(ONE, total.body)))
            yield compare("le", length, mul(power(product, divide(ONE, length)), turned))
            yield compare("le", function("log", product), mul(length, function("log", mean)))
            logarithms = subtract(function("log", settle(total.node)), function("log", length))
            yield compare("le", function("log", product), mul(length, logarithms))


def _apart(total: Total, head: str) -> Iterator[tuple[Expr, Expr]]:
    """The weight w and the argument u of a summand ``w log u``, u another at each place."""
    factors = factors_of(total.body)
    for place, factor in enumerate(factors):
        if isinstance(factor, Apply) and factor.head == head:
            (u,) = factor.args
            if not free_variables(u).isdisjoint(total.indices):
                yield mul(*factors[:place], *factors[place + 1 :]), u


def _of_logarithms(
    total: Total, weight: Expr, u: Expr, value: Expr, facts: Facts, settle: Settle
) -> Iterator[Expr]:
    """``Σ w log u ≤ W (log Σ w u - log W)``, of a sum with this value."""
    whole, weighted = settle(total.of(weight)), settle(total.of(mul(weight, u)))
    known = knowledge(facts)
    if known.signs(whole) == POSITIVE and known.signs(weighted) == POSITIVE:
        rise = subtract(function("log", weighted), function("log", whole))
        yield compare("le", value, mul(whole, rise))


def _of_exponentials(total: Total, weight: Expr, v: Expr, facts: Facts, settle: Settle) -> Iterator[Expr]:
    """``log Σ w e^v ≥ log W + Σ w v / W``, and the same of what these are logarithms of."""
    whole = settle(total.of(weight))
    if knowledge(facts).signs(whole) != POSITIVE:
        return
    mean = divide(settle(total.of(mul(weight, v))), whole)
    yield compare("le", mul(whole, function("exp", mean)), total.node)
    yield compare("le", add(function("log", whole), mean), function("log", total.node))
