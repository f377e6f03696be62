"""Sums beside their greatest summand: ``Σ w f ≤ max f · Σ w``, ``e^(max f) ≤ Σ e^f ≤ n e^(max f)``.

Hölder's inequality at its end is one case: ``|Σ x y| ≤ Σ |x| · max |y|``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.procedures.inequalities.totals import Facts, Total
from symderiv.expression.build import add, compare, function, mul, negative, power
from symderiv.expression.parts import factors_of, terms_of
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import TRUE, Apply, Binder, Expr, Number, walk
from symderiv.expression.unguarded import unguarded


def of_extrema(totals: Sequence[Total], extrema: Sequence[Binder], facts: Facts) -> Iterator[Expr]:
    """What the extrema over the range of a sum say of it."""
    for extremum in extrema:
        for total in totals:
            if total.ends == ((extremum.lower, extremum.upper),):
                value = substitute(extremum.body, {extremum.variable: total.indices[0]})
                yield from _said(total, value, extremum, facts)
                yield from _of_sizes(total, value, extremum, facts)


def extrema_in(claim: Expr, asked: Expr, facts: Facts) -> tuple[Binder, ...]:
    """The maxima and minima over ranges, each once, that surely run over something."""
    known = knowledge(facts)
    surely = {node for node in unguarded(claim) if isinstance(node, Binder)}
    met = (node for expr in (claim, asked) for node in walk(expr) if isinstance(node, Binder))
    extrema = dict.fromkeys(b for b in met if b.kind in ("max", "min") and b.condition == TRUE)
    return tuple(each for each in extrema if each in surely or _runs(each, known))


def _runs(range_: Binder, known: Knowledge) -> bool:
    lower, upper = range_.lower, range_.upper
    return lower is not None and upper is not None and known.implies(compare("le", lower, upper))


def _said(total: Total, value: Expr, extremum: Binder, facts: Facts) -> Iterator[Expr]:
    least = extremum.kind == "min"
    for raised in _raised(total, value, extremum, facts):
        bound = total.of(raised)
        yield compare("le", bound, total.node) if least else compare("le", total.node, bound)
        is_fixed = total.indices[0] not in free_variables(raised)
        if is_fixed and not least and total.is_nonnegative(total.body, facts):
            yield compare("le", raised, total.node)


def _of_sizes(total: Total, value: Expr, extremum: Binder, facts: Facts) -> Iterator[Expr]:
    """What is told with the greatest |u| put for a factor u, or for an even power of it."""
    if extremum.kind == "min" or not (isinstance(value, Apply) and value.head == "abs"):
        return
    (u,) = value.args
    factors = factors_of(total.body)
    for place, factor in enumerate(factors):
        times = 1 if factor == u else _whole_power(factor, u)
        if times:
            others = mul(*factors[:place], *factors[place + 1 :])
            size = others if total.is_nonnegative(others, facts) else function("abs", others)
            for taken in {1, times}:
                left = mul(size, power(value, Number(times - taken)), power(extremum, Number(taken)))
                yield compare("le", total.node, total.of(left))
                yield compare("le", negative(total.node), total.of(left))


def _whole_power(factor: Expr, u: Expr) -> int:
    match factor:
        case Apply(head="pow", args=(base, Number(value=int(times)))) if base == u:
            return max(times, 0)
    return 0


def _raised(total: Total, value: Expr, extremum: Expr, facts: Facts) -> Iterator[Expr]:
    """The summand with the extremum put for the value at a place from which it rises."""
    factors = factors_of(total.body)
    for place, factor in enumerate(factors):
        others = mul(*factors[:place], *factors[place + 1 :])
        if not total.is_nonnegative(others, facts):
            continue
        if factor == value:
            yield mul(others, extremum)
        match factor:
            case Apply(head="exp", args=(exponent,)):
                for risen in _risen(total, terms_of(exponent), value, extremum, facts):
                    yield mul(others, function("exp", risen))
            case Apply(head="pow", args=(base, Number(value=n))) if base == value and n > 0:
                if total.is_nonnegative(value, facts):
                    yield mul(others, power(extremum, Number(n)))


def _risen(
    total: Total, terms: tuple[Expr, ...], value: Expr, extremum: Expr, facts: Facts
) -> Iterator[Expr]:
    """An exponent with the extremum put for the value in a term ``c value``, c never negative."""
    for place, term in enumerate(terms):
        factors = factors_of(term)
        if value in factors:
            at = factors.index(value)
            scale = mul(*factors[:at], *factors[at + 1 :])
            if total.is_nonnegative(scale, facts):
                yield add(*terms[:place], mul(scale, extremum), *terms[place + 1 :])
