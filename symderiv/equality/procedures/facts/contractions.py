"""Sums of products of array entries as combinations of contractions, each with one name.

A contraction is a product of entries summed over some of their indices: ``Σ_k A[i,k] x[k]``. Two of them that
differ in the names of what is summed over, and in the order of the factors, are one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import groupby, permutations, product
from math import factorial, prod

from symderiv.equality.procedures.facts.summands import Summand, TooManySummands, summands
from symderiv.expression.parts import factors_of
from symderiv.expression.printing.text import entry_text
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import Apply, Expr, Index, Number, Variable, index_variable, walk

MAX_INDICES, MAX_POWER = 6, 4
MAX_NAMINGS = 120

Combination = Mapping[Summand, Fraction]
"""What is added up: contractions with their coefficients."""


def combination(expr: Expr) -> Combination | None:
    """An expression as a combination; None where something else depends on an index that is summed over.

    >>> from symderiv.expression.build import mul, power, subtract
    >>> from symderiv.expression.kinds import SIZE, Kind
    >>> from symderiv.expression.tree import ZERO, Binder
    >>> i, j, n = index_variable("i"), index_variable("j"), Variable("n", SIZE)
    >>> x = Variable("x", Kind(shape=(n,)))
    >>> total, again = (Binder("sum", Index(x, (k,)), k, ZERO, n) for k in (i, j))
    >>> combination(subtract(power(total, Number(2)), mul(again, total)))
    {}
    """
    taken = {node.name for node in walk(expr) if isinstance(node, Variable)}
    found: dict[Summand, Fraction] = {}
    try:
        for coefficient, summand in map(_parted, summands(expr, taken)):
            named = contraction(summand)
            if named is None:
                return None
            found[named] = found.get(named, Fraction(0)) + coefficient
    except TooManySummands:
        return None
    return {summand: c for summand, c in found.items() if c}


def _parted(summand: Summand) -> tuple[Fraction, Summand]:
    """The number in a product, and its other factors, a power as often as it counts them."""
    coefficient, factors = Fraction(1), list[Expr]()
    for factor in (part for each in summand.factors for part in _factors(each)):
        if isinstance(factor, Number):
            coefficient *= factor.value
        else:
            factors.append(factor)
    return coefficient, Summand(summand.ranges, tuple(factors))


def _factors(factor: Expr) -> Iterator[Expr]:
    match factor:
        case Apply(head="pow", args=(base, Number(value=int(times)))) if 0 < times <= MAX_POWER:
            for _ in range(times):
                yield from _factors(base)
        case _:
            yield from factors_of(factor)


def contraction(summand: Summand) -> Summand | None:
    """The contraction under the names that all that are equal to it get; None where it is none.

    What is summed over only stands as an index of arrays, and no range depends on another one.
    """
    if not _contracts(summand):
        return None
    namings = _namings(summand)
    return None if namings is None else min((_named(summand, each) for each in namings), key=_key)


def _contracts(summand: Summand) -> bool:
    names = {name for name, _ in summand.ranges}
    if any(free_variables(end) & names for _, end in summand.ranges):
        return False
    entries = [factor for factor in summand.factors if free_variables(factor) & names]
    return all(
        isinstance(entry, Index)
        and isinstance(entry.base, Variable)
        and all(index in names or not free_variables(index) & names for index in entry.indices)
        for entry in entries
    )


def _namings(summand: Summand) -> Iterator[tuple[int, ...]] | None:
    """The orders in which the indices may be named: those that stand in other places are told apart first."""
    if len(summand.ranges) > MAX_INDICES:
        return None
    places = [_places(summand, name, end) for name, end in summand.ranges]
    order = sorted(range(len(places)), key=places.__getitem__)
    alike = [tuple(group) for _, group in groupby(order, key=places.__getitem__)]
    if prod(factorial(len(group)) for group in alike) > MAX_NAMINGS:
        return None
    return (tuple(n for group in chosen for n in group) for chosen in product(*map(permutations, alike)))


def _places(summand: Summand, name: Variable, end: Expr) -> tuple[str, ...]:
    """Where an index runs to, and what it reads: nothing of it depends on the names of indices."""
    found = Counter(
        f"{entry_text(factor.base)} {'' if factor.base.kind.symmetric else axis}"
        for factor in summand.factors
        if isinstance(factor, Index) and isinstance(factor.base, Variable)
        for axis, index in enumerate(factor.indices)
        if index == name
    )
    return (entry_text(end), *sorted(f"{place} {times}" for place, times in found.items()))


def _named(summand: Summand, order: tuple[int, ...]) -> Summand:
    names: dict[Expr, Expr] = {
        summand.ranges[old][0]: index_variable(f"_c{new}") for new, old in enumerate(order)
    }
    factors = sorted((_turned(substitute(factor, names)) for factor in summand.factors), key=entry_text)
    ranges = ((index_variable(f"_c{new}"), summand.ranges[old][1]) for new, old in enumerate(order))
    return Summand(tuple(ranges), tuple(factors))


def _turned(factor: Expr) -> Expr:
    """An entry of a symmetric matrix under one of its two names."""
    if isinstance(factor, Index) and isinstance(factor.base, Variable) and factor.base.kind.symmetric:
        return Index(factor.base, tuple(sorted(factor.indices, key=entry_text)))
    return factor


def _key(summand: Summand) -> tuple[str, ...]:
    return tuple(map(entry_text, summand.factors))
