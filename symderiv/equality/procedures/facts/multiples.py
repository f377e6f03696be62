"""A relation between contractions multiplied so that one of its terms becomes a given one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.procedures.facts.contractions import Combination, contraction
from symderiv.equality.procedures.facts.relations import Relation
from symderiv.equality.procedures.facts.summands import Summand
from symderiv.expression.build import subtract
from symderiv.expression.substitution import fresh, substitute
from symderiv.expression.tree import Apply, Expr, Index, Variable, index_variable, walk

Fitted = Mapping[Expr, Expr]
"""What the indices of a relation are in what it is put into."""


def multiples(relation: Relation, target: Summand) -> Iterator[Combination]:
    """The products of a relation in which one of its terms has become the target."""
    for term in relation.leading():
        open_ones = {*relation.free, *(name for name, _ in term.ranges)}
        for fitted, rest in _fits(term.factors, target.factors, open_ones, {}):
            if _is_summed_alone(term, target, fitted, rest):
                used = {fitted[name] for name, _ in term.ranges}
                outer = Summand(tuple(each for each in target.ranges if each[0] not in used), rest)
                found = _times(relation, fitted, outer)
                if found is not None:
                    yield found


def _fits(
    patterns: tuple[Expr, ...], factors: tuple[Expr, ...], open_ones: set[Variable], known: Fitted
) -> Iterator[tuple[Fitted, tuple[Expr, ...]]]:
    """What the indices are, so that the patterns are among the factors, and the factors that are left."""
    if not patterns:
        yield known, factors
        return
    for place, factor in enumerate(factors):
        for fitted in _fitted(patterns[0], factor, open_ones, known):
            rest = (*factors[:place], *factors[place + 1 :])
            yield from _fits(patterns[1:], rest, open_ones, fitted)


def _fitted(pattern: Expr, factor: Expr, open_ones: set[Variable], known: Fitted) -> Iterator[Fitted]:
    if not isinstance(pattern, Index):
        if pattern == factor:
            yield known
        return
    if not isinstance(factor, Index) or factor.base != pattern.base:
        return
    orders = [factor.indices]
    if isinstance(pattern.base, Variable) and pattern.base.kind.symmetric:
        orders.append(factor.indices[::-1])
    for indices in dict.fromkeys(orders):
        fitted = dict(known)
        pairs = zip(pattern.indices, indices, strict=True)
        if all(_is_read(wanted, index, open_ones, fitted) for wanted, index in pairs):
            yield fitted


def _is_read(wanted: Expr, index: Expr, open_ones: set[Variable], fitted: dict[Expr, Expr]) -> bool:
    if wanted in open_ones:
        return fitted.setdefault(wanted, index) == index
    return wanted == index


def _is_summed_alone(term: Summand, target: Summand, fitted: Fitted, rest: tuple[Expr, ...]) -> bool:
    """Does the target sum over what the term sums over, along the same range and nowhere else?"""
    ends: dict[Expr, Expr] = dict(target.ranges)
    own = dict(term.ranges)
    used = [fitted[name] for name in own]
    if len(set(used)) < len(used) or not ends.keys() >= set(used):
        return False
    if not all(is_zero(subtract(ends[fitted[name]], end)) for name, end in own.items()):
        return False
    free = (index for name, index in fitted.items() if name not in own)
    return {node for part in (*rest, *free) for node in walk(part)}.isdisjoint(used)


def _times(relation: Relation, fitted: Fitted, outer: Summand) -> Combination | None:
    """The relation at these indices, times the factors that are left, summed over what is left."""
    values: Fitted = {name: fitted[name] for name in relation.free}
    found: dict[Summand, Fraction] = {}
    for term, coefficient in relation.terms.items():
        product = contraction(_without_deltas(_beside(term, values, outer), relation.unit))
        if product is None:
            return None
        found[product] = found.get(product, Fraction(0)) + coefficient
    return {summand: c for summand, c in found.items() if c}


def _beside(term: Summand, values: Fitted, outer: Summand) -> Summand:
    """The product of both, each with indices of its own to sum over."""
    parts = (*outer.factors, *values.values(), *term.factors)
    taken = {node.name for part in parts for node in walk(part) if isinstance(node, Variable)}
    ranges: list[tuple[Variable, Expr]] = []
    for _, end in term.ranges:
        ranges.append((index_variable(fresh("_h", taken)), end))
        taken.add(ranges[-1][0].name)
    own: Fitted = {old: new for (old, _), (new, _) in zip(term.ranges, ranges, strict=True)}
    factors = (substitute(factor, {**values, **own}) for factor in term.factors)
    return Summand((*outer.ranges, *ranges), (*outer.factors, *factors))


def _without_deltas(summand: Summand, unit: Expr | None) -> Summand:
    """``Σ_k δ(k, j) f(k)`` as f(j), where k runs to the end to which j does, ``unit``."""
    ends: dict[Expr, Expr] = dict(summand.ranges)
    for place, factor in enumerate(summand.factors):
        if not isinstance(factor, Apply) or factor.head != "delta" or unit is None:
            continue
        p, q = factor.args
        rest = (*summand.factors[:place], *summand.factors[place + 1 :])
        if p == q:
            return _without_deltas(Summand(summand.ranges, rest), unit)
        for name, other in ((p, q), (q, p)):
            if name in ends and is_zero(subtract(ends[name], unit)):
                left = tuple(substitute(each, {name: other}) for each in rest)
                ranges = tuple(each for each in summand.ranges if each[0] != name)
                return _without_deltas(Summand(ranges, left), unit)
    return summand
