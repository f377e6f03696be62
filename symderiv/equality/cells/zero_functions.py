"""Which functions of the real names may be the zero function for some choice of the integers, as n x is.

A polynomial over generators isn't if a coefficient of it never vanishes, its real generators being
independent; nor if it moves with one of them, whatever the integers are.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from symderiv.equality.cells.positivity import domain_of
from symderiv.equality.cells.signs import Signs
from symderiv.equality.normal_forms.generators import Decline, Field, Generator, Monomial, Poly, terms
from symderiv.equality.normal_forms.inside import inner_generators
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Call, Expr, Index, Variable

Positions = frozenset[int]


def named_value(generator: Generator) -> tuple[object, tuple[Expr, ...]]:
    """The array and the indices, or the function and the arguments; None for anything else."""
    match generator.expr:
        case Index(base=Variable()) as entry if generator.kind == "atom":
            return generator.data[0], entry.indices
        case Call() as call if generator.kind == "call":
            return (call.function, call.orders), call.args
    return None, ()


class ZeroFunctions:
    """Looks at polynomials over generators that are analytic in the real names."""

    def __init__(self, field: Field, signs: Signs) -> None:
        self.field, self.signs = field, signs

    def may_include(self, poly: Poly) -> bool:
        """Whether it may be the zero function of the real names for some choice of the integers."""
        return not self._differs_from_zero(poly)

    def _differs_from_zero(self, poly: Poly) -> bool:
        used = self.field.used(poly)
        if not any(self._wholes(g) for g in used):
            return True
        real = [g for g in used if self._reals(g)]
        mixed = [g for g in real if self._wholes(g)]
        if not mixed or (len(real) == 1 and self._moves(real[0])):
            return any(map(self.is_nonzero, self._coefficients(poly, real)))
        return any(
            any(map(self._differs_from_zero, self._coefficients(poly, [x]))) for x in self._alone(used)
        )

    def _moves(self, generator: Generator) -> bool:
        """Is it constant in the real names for no choice of the integers?"""
        match generator.kind:
            case "atom" | "call":
                return bool(self._reals(generator))
            case "matrix":
                return bool(generator.data)
            case "exp" | "tan":
                exponents, below, _ = generator.data
                above = self.field.monomial(exponents)
                return below < 0 and self._poly_moves(above)
            case "log" | "root":
                return self._poly_moves(self.field.poly(generator.data))
            case "atan" | "erf" | "gamma":
                return not generator.data.den and self._poly_moves(generator.data.num)
        return False

    def _poly_moves(self, poly: Poly) -> bool:
        for x in self._alone(self.field.used(poly)):
            moving = self._coefficients(poly, [x], constant=False)
            if any(map(self._differs_from_zero, moving)):
                return True
        return False

    def _alone(self, used: list[Generator]) -> Iterator[Generator]:
        """The real names and entries on which no other generator depends."""
        for x in used:
            if x.kind == "atom" and not self._wholes(x):
                others = (self._reals(g) for g in used if g is not x)
                if not self._reals(x) & frozenset(chain.from_iterable(others)):
                    yield x

    def alone(self, poly: Poly) -> Iterator[tuple[Generator, list[Poly]]]:
        """The numbers on which no other generator depends, each with the coefficients of its powers."""
        for x in self._alone(self.field.used(poly)):
            if isinstance(x.expr, Variable) and not x.expr.kind.shape:
                yield x, self._coefficients(poly, [x])

    def _coefficients(self, poly: Poly, of: list[Generator], *, constant: bool = True) -> list[Poly]:
        """The coefficients of a polynomial in these generators, that of 1 among them or not."""
        positions = {g.position for g in of}
        found: dict[Monomial, Poly] = {}
        for exponents, coefficient in terms(poly):
            outer = tuple(pair for pair in exponents if pair[0] in positions)
            rest = self.field.monomial(tuple(pair for pair in exponents if pair[0] not in positions))
            found[outer] = found.get(outer, self.field.zero) + rest * coefficient
        return [c for outer, c in found.items() if outer or constant]

    def is_nonzero(self, coefficient: Poly) -> bool:
        """Is its sign known, and strict?"""
        if coefficient.is_constant():
            return not coefficient.is_zero()
        try:
            sign = self.signs.of(self.field.intern(coefficient / coefficient.leading_coefficient()))
        except Decline:
            return False
        return sign is not None and sign[0] != 0 and sign[1]

    def _wholes(self, generator: Generator) -> bool:
        """Does it depend on an integer? A named function's values are free, and so are an array's entries."""
        if generator.kind == "call":
            return False
        domain = domain_of(generator)
        if domain is not None:
            return domain.integer
        inner = inner_generators(self.field, generator)
        if inner is not None:
            return any(map(self._wholes, inner))
        return generator.ball is None

    def _reals(self, generator: Generator) -> Positions:
        """The real names that it depends on: their positions, or its own."""
        if generator.kind == "atom":
            domain = domain_of(generator)
            own = frozenset((generator.position,))
            return frozenset() if domain is not None and domain.integer else own | self._same_array(generator)
        inner = inner_generators(self.field, generator)
        if inner is not None:
            return frozenset(chain.from_iterable(map(self._reals, inner)))
        return frozenset() if generator.ball is not None else self._named_in(generator)

    def _same_array(self, generator: Generator) -> Positions:
        """Other entries of its array, with which it may coincide."""
        name, _ = named_value(generator)
        if name is None:
            return frozenset()
        return frozenset(g.position for g in self.field.generators if named_value(g)[0] == name)

    def _named_in(self, generator: Generator) -> Positions:
        """All that stands in an expression kept as it is; its own position for the rest."""
        own = frozenset((generator.position,))
        if generator.expr is None:
            return own
        names = free_variables(generator.expr)
        return own | frozenset(
            g.position
            for g in self.field.generators
            if g.kind == "atom" and g.expr is not None and free_variables(g.expr) & names
        )
