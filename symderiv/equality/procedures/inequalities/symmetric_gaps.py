"""The gap of an inequality as one sum over a box, taken together with its indices exchanged.

``Σ_i x_i² Σ_j y_j² - Σ_i x_i y_i Σ_j x_j y_j = ½ Σ_i Σ_j (x_i y_j - x_j y_i)²``. A sum over a box is the same
whichever of the indices with one range is called i; so it is never negative where the mean over all such
exchanges is not. Products of sums are sums over longer boxes, and the number n of summands is ``Σ 1``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce
from itertools import permutations, product
from math import factorial, prod
from operator import or_

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.conditions.polynomial import Monomial, TooLarge, minus, polynomial
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.procedures.inequalities.claims import without_denominators
from symderiv.equality.procedures.inequalities.several_letters import is_surely_nonnegative
from symderiv.equality.procedures.inequalities.totals import (
    Facts,
    Total,
    has_sum,
    outside_of_binders,
    total_of,
)
from symderiv.expression.build import add, compare, mul, power, subtract
from symderiv.expression.kinds import Kind
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import ONE, ZERO, Apply, Expr, Index, Number, Variable, index_variable

MAX_TERMS = 12
MAX_EXCHANGES = 24

Ends = tuple[Expr, Expr]


@dataclass(frozen=True)
class Term:
    """``c · Π sums``: what doesn't run along a range, and the sums that do."""

    coefficient: Expr
    totals: tuple[Total, ...]

    @cached_property
    def ranges(self) -> Counter[Ends]:
        return Counter(ends for total in self.totals for ends in total.ends)

    def along(self, box: Counter[Ends]) -> Term | None:
        """The same over the whole box, as often ``Σ 1`` for a factor n as its ranges are missing."""
        coefficient, totals = self.coefficient, list(self.totals)
        for ends, times in (box - self.ranges).items():
            length = add(subtract(ends[1], ends[0]), ONE)
            without = _without(coefficient, length, times)
            if without is None:
                return None
            coefficient = without
            totals += [Total(ONE, (index_variable("§0"),), (ends,))] * times
        return Term(coefficient, tuple(totals))

    def summand(self, places: dict[Ends, tuple[Variable, ...]]) -> Expr:
        """What is summed, the indices of each range called as said."""
        left = {ends: iter(names) for ends, names in places.items()}
        factors = [self.coefficient]
        for total in self.totals:
            named: dict[Expr, Expr] = {
                i: next(left[ends]) for i, ends in zip(total.indices, total.ends, strict=True)
            }
            factors.append(substitute(total.body, named))
        return mul(*factors)


def is_never_negative(asked: Expr, facts: Facts) -> bool:
    """Is the greater side of a comparison of products of sums at least the other, summand by summand?"""
    if not (isinstance(asked, Apply) and asked.head == "le"):
        return False
    low, high = asked.args
    try:
        terms = [_term(*each) for each in minus(polynomial(high), polynomial(low)).items()]
        return _is_never_negative(terms, facts)
    except TooLarge:
        return False


def _is_never_negative(found: list[Term | None], facts: Facts) -> bool:
    terms = [term for term in found if term is not None]
    if len(terms) < len(found) or not 0 < len(terms) <= MAX_TERMS:
        return False
    box: Counter[Ends] = reduce(or_, (term.ranges for term in terms))
    exchanges = prod(map(factorial, box.values()))
    whole = [term.along(box) for term in terms]
    if not box or exchanges > MAX_EXCHANGES or None in whole:
        return False
    places = {ends: _names(times, at) for at, (ends, times) in enumerate(box.items())}
    names = tuple(name for each in places.values() for name in each)
    ends = tuple(ends for ends, each in places.items() for _ in each)
    summand = add(*(term.summand(places) for term in whole if term is not None))
    mean = mul(
        Number(Fraction(1, exchanges)), add(*(substitute(summand, each) for each in _exchanged(places)))
    )
    return _holds_anywhere(mean, Total(mean, names, ends).known(facts).facts)


def _names(times: int, at: int) -> tuple[Variable, ...]:
    return tuple(index_variable(f"§{at}.{k}") for k in range(times))


def _exchanged(places: dict[Ends, tuple[Variable, ...]]) -> Iterator[dict[Expr, Expr]]:
    for choice in product(*(permutations(names) for names in places.values())):
        pairs = zip(places.values(), choice, strict=True)
        yield {old: new for names, turned in pairs for old, new in zip(names, turned, strict=True)}


def _holds_anywhere(mean: Expr, facts: Facts) -> bool:
    """Is it never negative, whatever the entries are that stand in it, but for those under a bound name?"""
    letters: dict[Expr, Expr] = {}
    told: dict[Expr, Expr] = {}
    for entry in (node for node in outside_of_binders(mean) if isinstance(node, Index)):
        if isinstance(entry.base, Variable) and not entry.base.kind.function:
            same = _in_order(entry)
            letters[entry] = told.setdefault(
                same, Variable(f"§e{len(told)}", Kind(domain=entry.base.kind.domain))
            )
    plain = substitute(mean, letters)
    known = tuple(fact for each in facts if not has_sum(fact := substitute(each, letters)))
    asked = without_denominators(compare("le", ZERO, plain), knowledge(known))
    return knowledge(known).implies(asked) or is_surely_nonnegative(plain, known)


def _term(monomial: Monomial, coefficient: Fraction) -> Term | None:
    totals: list[Total] = []
    rest: list[Expr] = [Number(coefficient)]
    for base, times in monomial:
        total = total_of(base)
        if total is not None:
            totals += [total] * times
        elif has_sum(base):
            return None
        else:
            rest.append(power(base, Number(times)))
    return Term(mul(*rest), tuple(totals))


def _without(coefficient: Expr, length: Expr, times: int) -> Expr | None:
    """A product without a factor ``length`` so many times: a name in it that counts things."""
    [(monomial, c)] = polynomial(coefficient).items()
    for base, exponent in monomial:
        is_count = isinstance(base, Variable) and base.kind.counts
        if is_count and exponent >= times and is_zero(subtract(base, length)):
            others = (power(b, Number(e - times * (b == base))) for b, e in monomial)
            return mul(Number(c), *others)
    return None


def _in_order(entry: Index) -> Index:
    """One spelling of both entries ``A[i, j]`` and ``A[j, i]`` of a symmetric matrix."""
    is_symmetric = isinstance(entry.base, Variable) and entry.base.kind.symmetric
    return Index(entry.base, tuple(sorted(entry.indices, key=str))) if is_symmetric else entry
