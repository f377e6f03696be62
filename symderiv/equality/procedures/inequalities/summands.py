"""Sums compared summand by summand: ``|Σ u| ≤ Σ |u|``, ``p_k ≤ Σ p`` of what is never negative."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.conditions.signs import NONPOSITIVE
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.procedures.inequalities.means_of_functions import Settle
from symderiv.equality.procedures.inequalities.totals import (
    Facts,
    Total,
    outside_of_binders,
    total_of,
)
from symderiv.expression.build import add, compare, function, mul, negative, subtract
from symderiv.expression.parts import factors_of, terms_of
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import ONE, ZERO, Apply, Binder, Expr, Index, Variable, walk
from symderiv.expression.unguarded import unguarded

MAX_TOTALS = 8
MAX_ENTRIES = 4


def of_absolute_values(totals: Sequence[Total], facts: Facts) -> Iterator[Expr]:
    """``-Σ w |u| ≤ Σ w u ≤ Σ w |u|`` and ``Σ w |u + v| ≤ Σ w |u| + Σ w |v|``, for w never negative."""
    for total in totals:
        factors = factors_of(total.body)
        for place, factor in enumerate(factors):
            if not (isinstance(factor, Apply) and factor.head == "abs"):
                continue
            others = mul(*factors[:place], *factors[place + 1 :])
            if not total.is_nonnegative(others, facts):
                continue
            (u,) = factor.args
            plain = total.of(mul(others, u))
            yield compare("le", plain, total.node)
            yield compare("le", negative(plain), total.node)
            terms = terms_of(u)
            if len(terms) > 1:
                sizes = [total.of(mul(others, _size(term, total, facts))) for term in terms]
                yield compare("le", total.node, add(*sizes))


def _size(term: Expr, total: Total, facts: Facts) -> Expr:
    if total.is_nonnegative(term, facts):
        return term
    turned = negative(term)
    return turned if total.is_nonnegative(turned, facts) else function("abs", term)


def of_summands(totals: Sequence[Total], facts: Facts, settle: Settle) -> Iterator[Expr]:
    """Sums of which one has the smaller summands, where none of these is more than its own sum."""
    for ends in dict.fromkeys(total.ends for total in totals):
        group = [total for total in totals if total.ends == ends][:MAX_TOTALS]
        known = group[0].known(facts, *(_bound(each, settle) for each in group if _grows(each, facts)))
        for total in group:
            if _grows(total, facts):
                yield compare("le", ZERO, total.node)
            elif known.signs(total.body) <= NONPOSITIVE:
                yield compare("le", total.node, ZERO)
        for total, other in permutations(group, 2):
            alike = _arrays(total.body) == _arrays(other.body)
            if alike and known.implies(compare("le", total.body, other.body)):
                yield compare("le", total.node, other.node)


def _bound(total: Total, settle: Settle) -> Expr:
    return compare("le", total.body, settle(total.node))


def _grows(total: Total, facts: Facts) -> bool:
    return total.is_nonnegative(total.body, facts)


def _arrays(body: Expr) -> frozenset[Expr]:
    return frozenset(node.base for node in walk(body) if isinstance(node, Index))


def of_entries(totals: Sequence[Total], claim: Expr, asked: Expr, facts: Facts) -> Iterator[Expr]:
    """``g(k) ≤ Σ g``, for each k at which an entry is read of an array that the sum runs along as a whole."""
    for total in totals:
        if len(total.indices) == 1 and _grows(total, facts):
            places = _entries_of(total, claim, asked, facts)
            for place in places:
                yield compare("lt" if _has_others(total, facts) else "le", _at(total, place), total.node)
            for one, other in combinations(places, 2):
                if knowledge(facts).implies(compare("ne", one, other)):
                    yield compare("le", add(_at(total, one), _at(total, other)), total.node)


def of_entries_of_extrema(
    extrema: Sequence[Binder], claim: Expr, asked: Expr, facts: Facts
) -> Iterator[Expr]:
    """``g(k) ≤ max g`` and ``min g ≤ g(k)``, for each such k."""
    for extremum in extrema:
        run = total_of(Binder("sum", *_run(extremum)))
        if run is None or len(run.indices) != 1:
            continue
        for place in _entries_of(run, claim, asked, facts):
            sides = (_at(run, place), extremum)
            yield compare("le", *(sides if extremum.kind == "max" else sides[::-1]))


def _entries_of(total: Total, claim: Expr, asked: Expr, facts: Facts) -> list[Expr]:
    """The first places of entries that are read of what it runs along; all of these surely exist."""
    known = knowledge(facts)
    [(lower, upper)] = total.ends
    surely = {node for node in unguarded(claim) if isinstance(node, Index)}
    reads = {node: node in surely for node in outside_of_binders(claim) if isinstance(node, Index)}
    reads |= {node: node in surely for node in outside_of_binders(asked) if isinstance(node, Index)}
    places: dict[Expr, None] = {}
    for read, exists in reads.items():
        for place in _places(total, read):
            inside = compare("le", lower, place), compare("le", place, upper)
            if exists or all(map(known.implies, inside)):
                places.setdefault(place)
    return list(places)[:MAX_ENTRIES]


def _run(extremum: Binder) -> tuple[Expr, Variable, Expr | None, Expr | None, Expr]:
    return extremum.body, extremum.variable, extremum.lower, extremum.upper, extremum.condition


def _has_others(total: Total, facts: Facts) -> bool:
    """Are there two summands at least, and all of them positive?"""
    [(lower, upper)] = total.ends
    return total.is_positive(total.body, facts) and knowledge(facts).implies(compare("lt", lower, upper))


def _at(total: Total, place: Expr) -> Expr:
    return substitute(total.body, {total.indices[0]: place})


def _places(total: Total, read: Index) -> Iterator[Expr]:
    """Where the index of the sum would have to be for the summand to read this entry."""
    [index], [(lower, upper)] = total.indices, total.ends
    for node in walk(total.body):
        if not isinstance(node, Index) or node.base != read.base or not isinstance(node.base, Variable):
            continue
        if node.base.kind.zero_outside:
            continue
        moving = [axis for axis, at in enumerate(node.indices) if index in free_variables(at)]
        if len(moving) != 1 or node.indices[moving[0]] != index:
            continue
        [axis] = moving
        fixed = [(a, b) for k, (a, b) in enumerate(zip(node.indices, read.indices, strict=True)) if k != axis]
        whole = lower == ZERO and _is_last(
            upper, node.base.kind.shape[axis] if node.base.kind.shape else None
        )
        if whole and all(a == b for a, b in fixed):
            yield read.indices[axis]


def _is_last(upper: Expr, size: Expr | None) -> bool:
    return size is not None and is_zero(subtract(subtract(size, ONE), upper))
