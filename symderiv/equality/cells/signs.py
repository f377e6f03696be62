"""The signs of irreducible polynomials: what is declared, what a cell assumes, what follows.

A *cell* is where each polynomial that a switch asked about keeps its sign. Inside, the assumed signs are
strict; on the closed cell, where poles and jumps are looked for, they are not.
"""

from __future__ import annotations

from fractions import Fraction

from symderiv.equality.cells.intervals import between_bounds
from symderiv.equality.cells.positivity import (
    Sign,
    after_shift,
    all_positive,
    domain_of,
    of_constant,
    quadratic_form,
    shifted,
    termwise,
    univariate,
)
from symderiv.equality.conditions.linear import Constraint, infeasible, whole
from symderiv.equality.normal_forms.generators import Decline, Field, Generator, Poly, terms
from symderiv.equality.normal_forms.integrality import over_integers
from symderiv.equality.normal_forms.rational import Element
from symderiv.equality.rationals import fraction

MAX_TERMS = 600


class Split(Exception):
    """A sign that isn't known: the cells in which to go on, each a tuple of (polynomial, sign)."""

    def __init__(self, cells: tuple[tuple[tuple[int, int], ...], ...]) -> None:
        super().__init__()
        self.cells = cells


class Signs:
    """The oracle for one cell: ``facts`` hold anyway, ``assumed`` holds in the cell (polynomial → sign).

    ``base`` is the oracle without the cell; what it knows for sure isn't asked again in every cell.
    ``sharpened``: polynomials in integers, m > 0, of which m ≥ 1 was used: at m = 0 nothing was shown.
    """

    def __init__(self, field: Field, facts: dict[int, Sign], assumed: dict[int, Sign] | None = None) -> None:
        self.field = field
        self.facts = facts
        self.assumed = assumed or {}
        self.known = {**self.assumed, **facts}
        self.base = self
        self.sharpened: set[int] = set()
        self._memo: dict[int, Sign | None] = {}
        self._rows: list[Constraint] | None = None

    def cell(self, assumed: dict[int, Sign]) -> Signs:
        """The oracle of a cell inside this one."""
        inner = Signs(self.field, self.facts, {**self.assumed, **assumed})
        inner.base = self.base
        return inner

    def of(self, number: int) -> Sign | None:
        """The sign of an irreducible (or any) polynomial, where it follows; None where it doesn't."""
        if number in self.known:
            return self.known[number]
        if self.base is not self:
            found = self.base.of(number)
            if found is not None and found[1]:
                return found
        if number not in self._memo:
            self._memo[number] = None  # whoever asks again while it is being found out gets "not known"
            self._memo[number] = self._find(self.field.poly(number))
        return self._memo[number]

    def _find(self, poly: Poly) -> Sign | None:
        """What is known of a polynomial is known of its multiples, so the monic one is asked."""
        leading = poly.leading_coefficient()
        if poly and leading != 1:
            found = self.of(self.field.intern(poly / leading))
            return found if found is None or leading > 0 else (-found[0], found[1])
        if all_positive(self.field, poly, self.of_generator):
            return 1, True
        if len(poly) > MAX_TERMS:
            return None
        found = termwise(self.field, poly, self.of_generator)
        if found is not None and found[1]:
            return found
        if all(g.ball is not None for g in self.field.used(poly)):
            sign = of_constant(self.field, poly)
            if sign is None:
                raise Decline("the sign of a constant")
            return sign
        return self._better(poly, found)

    def _better(self, poly: Poly, found: Sign | None) -> Sign | None:
        rules = (
            self._by_lower_bounds,
            self._by_upper_bounds,
            self._between_bounds,
            self._by_form,
            self._by_roots,
            self._by_facts,
        )
        for rule in rules:
            sign = rule(poly)
            if sign is not None and (found is None or sign[1]):
                if sign[1]:
                    return sign
                found = sign
        return found

    def _by_lower_bounds(self, poly: Poly) -> Sign | None:
        return self._by_bounds(poly, "lower")

    def _by_upper_bounds(self, poly: Poly) -> Sign | None:
        return self._by_bounds(poly, "upper")

    def _by_bounds(self, poly: Poly, ends: str) -> Sign | None:
        moved = shifted(self.field, poly, ends)

        def sign_of(generator: Generator) -> Sign | None:
            domain = domain_of(generator)
            after = after_shift(domain, ends) if domain else None
            return after or self.of_generator(generator)

        return None if moved is None else termwise(self.field, moved, sign_of)

    def _between_bounds(self, poly: Poly) -> Sign | None:
        return between_bounds(self.field, poly, self.of_generator)

    def _by_form(self, poly: Poly) -> Sign | None:
        return quadratic_form(self.field, poly, self.of_generator)

    def _by_roots(self, poly: Poly) -> Sign | None:
        return univariate(self.field, poly, self.of_generator)

    def _by_facts(self, poly: Poly) -> Sign | None:
        """Linear arithmetic over the signs known in this cell."""
        if not self.known:
            return None
        rows = self.constraints(poly)
        for sign in (1, -1):
            if infeasible([*rows, self._row(poly, -sign, False)]):
                self._note_sharpened(poly, sign)
                return sign, True
        for sign in (1, -1):
            if infeasible([*rows, self._row(poly, -sign, True)]):
                self._note_sharpened(poly, sign)
                return sign, False
        return None

    def _note_sharpened(self, poly: Poly, sign: int) -> None:
        """What is continuous agrees on the border of a cell, if its signs don't change there."""
        integral = {n for n in self.assumed if over_integers(self.field, self.field.poly(n))}
        if not integral <= self.sharpened:
            closed = self.closed()
            if not infeasible([*closed.constraints(poly), self._row(poly, -sign, True)]):
                self.sharpened |= integral

    def _row(self, poly: Poly, sign: int, strict: bool) -> Constraint:
        """``sign·poly > 0`` (or ``≥ 0``), sharpened where all its unknowns are integers."""
        row = constraint(poly, sign, strict)
        return row.tightened() if row.terms and over_integers(self.field, poly) else row

    def constraints(self, poly: Poly) -> list[Constraint]:
        """What is known that could bear on a polynomial, as linear rows over its monomials."""
        if self._rows is None:
            polys = {n: self.field.poly(n) for n in self.known}
            self._rows = [self._row(polys[n], s, strict) for n, (s, strict) in self.known.items()]
            self._rows += self._bounds({g.position: g for p in polys.values() for g in self.field.used(p)})
        return self._rows + self._bounds({g.position: g for g in self.field.used(poly)})

    def _bounds(self, used: dict[int, Generator]) -> list[Constraint]:
        rows = []
        for generator in used.values():
            unknown = self.field.unknown(generator)
            if generator.sign:
                rows.append(constraint(unknown, 1, generator.sign == 1))
            domain = domain_of(generator)
            if domain is not None and domain.lower is not None:
                rows.append(constraint(unknown, 1, domain.lower_open, -domain.lower))
            if domain is not None and domain.upper is not None:
                rows.append(constraint(unknown, -1, domain.upper_open, domain.upper))
        return rows

    def _is_positive(self, element: Element) -> bool:
        """Of a polynomial alone."""
        if element.den or element.num.is_constant():
            return not element.den and element.num.leading_coefficient() > 0
        lead = element.num.leading_coefficient()
        return self.of(self.field.intern(element.num / lead)) == (1 if lead > 0 else -1, True)

    def of_generator(self, generator: Generator) -> Sign | None:
        """The sign of one generator: by its class, its domain, or this cell."""
        if generator.kind == "root":
            inner = self.of(generator.data)
            return 1, inner is not None and inner[1]
        if generator.kind == "gamma" and self._is_positive(generator.data):
            return 1, True
        if generator.sign:
            return 1, generator.sign == 1
        domain = domain_of(generator)
        if domain is not None and domain.is_positive:
            return 1, True
        if domain is not None and domain.is_negative:
            return -1, True
        known = self.known.get(self.field.intern(self.field.unknown(generator)))
        if known is not None:
            return known
        if domain is not None and domain.is_nonnegative:
            return 1, False
        if domain is not None and domain.upper == 0:
            return -1, False
        if generator.ball is not None:
            return of_constant(self.field, self.field.unknown(generator))
        return None

    def closed(self) -> Signs:
        """The same cell with its boundary: assumed signs are no longer strict."""
        return self.base.cell({n: (s, False) for n, (s, _) in self.assumed.items()})


def constraint(poly: Poly, sign: int, strict: bool, offset: Fraction = Fraction(0)) -> Constraint:
    """``sign·poly + offset > 0`` (or ``≥ 0``) as a row over monomials."""
    constant, row = offset, []
    for exponents, coefficient in terms(poly):
        value = sign * fraction(coefficient)
        if exponents:
            row.append((exponents, value))
        else:
            constant += value
    return whole(row, constant, strict)
