"""A comparison of sums, and the inequalities that hold for the sums in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.conditions.polynomial import TooLarge, atoms_of, polynomial
from symderiv.equality.facts import parts
from symderiv.equality.procedures.inequalities.claims import without_denominators
from symderiv.equality.procedures.inequalities.diagonals import of_diagonals
from symderiv.equality.procedures.inequalities.extrema_of_sums import extrema_in, of_extrema
from symderiv.equality.procedures.inequalities.gaps import of_gaps
from symderiv.equality.procedures.inequalities.means_of_functions import Settle, of_means, of_products
from symderiv.equality.procedures.inequalities.monotone_forms import rising_forms
from symderiv.equality.procedures.inequalities.several_extrema import of_several_extrema
from symderiv.equality.procedures.inequalities.squares_of_sums import of_squares, of_triangles
from symderiv.equality.procedures.inequalities.summands import (
    of_absolute_values,
    of_entries,
    of_entries_of_extrema,
    of_summands,
)
from symderiv.equality.procedures.inequalities.symmetric_gaps import is_never_negative
from symderiv.equality.procedures.inequalities.totals import Facts, Total, has_sum, totals_in
from symderiv.expression.instantiation import refold
from symderiv.expression.tree import TRUE, Apply, Binder, Expr, Index, walk
from symderiv.index import normaliser

MAX_TOTALS = 12
MAX_TOLD = 10


@dataclass(frozen=True)
class Comparison:
    """``claim`` as it was written, ``asked`` in normal form, what is given in it put in; and its sums.

    They are told of both: as it was written |u| is |u|, in normal form it is u sign(u).
    """

    claim: Expr
    asked: Expr
    facts: Facts
    totals: tuple[Total, ...]
    settle: Settle

    def follows(self) -> bool:
        """Does it follow from what is known of its sums: from one inequality, or from all?

        Of many at once the linear arithmetic would take more rows than it looks at.
        """
        if len(self.totals) > MAX_TOTALS:
            return False
        told = self._relevant()
        choices = [(each,) for each in told] + [told] * (len(told) > 1)
        if any(knowledge((*self.facts, *choice)).implies(self.asked) for choice in choices):
            return True
        return is_never_negative(self.asked, self.facts)

    def _relevant(self) -> tuple[Expr, ...]:
        """Those that bring no sum, and nothing that is said of one, but what stands in the claim."""
        met = set(walk(self.asked))
        known = knowledge(self.facts)
        found: dict[Expr, None] = {}
        for form in self.inequalities():
            if form != TRUE and _speaks_of(form, met) and not known.implies(form):
                found.setdefault(form)
            if len(found) >= MAX_TOLD:
                break
        return tuple(found)

    def inequalities(self) -> Iterator[Expr]:
        """All that is known of these sums, each wherever it has a value."""
        known = knowledge(self.facts)
        for told in self._told():
            yield from rising_forms(self.settle(told), known)

    def _told(self) -> Iterator[Expr]:
        both = self.claim, self.asked
        extrema = extrema_in(*both, self.facts)
        yield from of_gaps(self.asked, self.facts)
        yield from of_entries(self.totals, *both, self.facts)
        yield from of_entries_of_extrema(extrema, *both, self.facts)
        yield from of_several_extrema(extrema, self.facts)
        yield from of_extrema(self.totals, extrema, self.facts)
        yield from of_absolute_values(self.totals, self.facts)
        yield from of_squares(self.totals, self.facts)
        yield from of_diagonals(self.totals, self.facts)
        yield from of_triangles(self.totals)
        yield from of_means(self.totals, self.facts, self.settle)
        yield from of_products(both, self.facts, self.settle)
        yield from of_summands(self.totals, self.facts, self.settle)


def comparison(claim: Expr, given: Facts, deadline: float | None = None) -> Comparison:
    """A comparison under facts, equations of sums among them used up."""
    bring = normaliser((claim, *given), given, deadline)
    values = dict(_values(tuple(map(bring, given))))

    def settle(expr: Expr) -> Expr:
        return _put_in(bring(expr), values)

    facts = tuple(fact for fact in map(settle, given) if not _says_nothing(fact))
    asked = without_denominators(settle(claim), knowledge(facts))
    written = (claim, asked, *given)
    return Comparison(claim, asked, facts, totals_in((*written, *map(bring, written))), settle)


def _values(facts: Facts) -> Iterator[tuple[Expr, Expr]]:
    for fact in parts(facts):
        if fact.head == "eq":
            for one, other in (fact.args, fact.args[::-1]):
                if isinstance(one, Binder) and not has_sum(other):
                    yield one, other


def _put_in(expr: Expr, values: Mapping[Expr, Expr]) -> Expr:
    if expr in values:
        return values[expr]
    if not values or isinstance(expr, Binder) or not expr.children:
        return expr
    return refold(expr, tuple(_put_in(child, values) for child in expr.children))


def _says_nothing(fact: Expr) -> bool:
    return fact == TRUE or (isinstance(fact, Apply) and fact.head == "eq" and fact.args[0] == fact.args[1])


def _speaks_of(form: Expr, met: set[Expr]) -> bool:
    assert isinstance(form, Apply)
    try:
        atoms = atoms_of(map(polynomial, form.args))
    except TooLarge:
        return False
    told = [atom for atom in atoms if has_sum(atom) or isinstance(atom, Index)]
    return bool(told) and all(atom in met for atom in told)
