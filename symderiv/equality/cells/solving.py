"""Where a polynomial vanishes, if one unknown says so: ``2x − y = 0`` means x = y/2."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from symderiv.equality.cells.positivity import domain_of, termwise
from symderiv.equality.cells.signs import Signs
from symderiv.equality.normal_forms.generators import Field, Generator, Poly
from symderiv.equality.normal_forms.integrality import is_integer_polynomial
from symderiv.equality.normal_forms.reading import generator_expr, to_expr
from symderiv.expression.build import divide
from symderiv.expression.kinds import Domain
from symderiv.expression.resizing import with_sizes
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import Call, Expr, Index, Number, Variable, walk


@dataclass(frozen=True, slots=True)
class Solution:
    """``unknown = value``; ``never`` where no allowed value solves it."""

    unknown: Expr
    value: Expr
    never: bool = False

    @property
    def is_allowed(self) -> bool:
        """Is the value surely one that the unknown may have: a number, or any real one?"""
        array = self.unknown.base if isinstance(self.unknown, Index) else self.unknown
        if not isinstance(array, Variable) or self.never:
            return False
        domain = array.kind.domain
        if isinstance(self.value, Number):
            return domain.contains(Fraction(self.value.value))
        return domain == Domain()

    def put_in(self, expr: Expr) -> Expr:
        """The expression on the set where the solution holds.

        For an index numbers fold (tables are read), for a size arrays get theirs; for a real unknown nothing
        does: x/|x| must not become 0 at x = 0.
        """
        if isinstance(self.unknown, Variable) and self.unknown.kind.domain.integer:
            return with_sizes(expr, {self.unknown: self.value})
        return substitute(expr, {self.unknown: self.value})


def solve(
    field: Field,
    poly: Poly,
    never_zero: Callable[[Poly], bool] | None = None,
    kinds: frozenset[str] = frozenset(("atom", "binder")),
) -> Solution | None:
    """A solution of ``poly = 0`` for an unknown that occurs linearly, its coefficient a number, or e.

    ``never_zero`` tells of other coefficients whether one can divide by them: ``a x = b`` for a > 0.
    """
    used = field.used(poly)
    for generator in sorted((g for g in used if g.kind in kinds), key=_preference):
        solution = _solved_for(field, poly, generator, used, never_zero)
        if solution is not None:
            return solution
    return None


def _preference(generator: Generator) -> tuple[int, int]:
    """Sums first (they are facts such as Σ t = 1), then the unknown that was met first."""
    order = {"binder": 0, "atom": 1}
    return order.get(generator.kind, 2), generator.position


def _solved_for(
    field: Field,
    poly: Poly,
    generator: Generator,
    used: list[Generator],
    never_zero: Callable[[Poly], bool] | None,
) -> Solution | None:
    if poly.degrees()[generator.position] != 1:
        return None
    rest = poly.subs({f"g{generator.position}": 0})
    slope = (poly - rest) / field.unknown(generator)
    if not (slope.is_constant() or _is_positive_constant(field, slope)) and not (
        never_zero is not None and never_zero(slope)
    ):
        return None
    unknown = generator_expr(field, generator)
    if any(_contains(generator_expr(field, g), unknown) for g in used if g is not generator):
        return None
    value, constant = -rest / slope.leading_coefficient(), slope / slope.leading_coefficient()
    if constant.is_one():
        return _allowed(field, generator, unknown, value)
    return _divided(field, generator, unknown, value, constant)


def _is_positive_constant(field: Field, slope: Poly) -> bool:
    """Is it a number times powers of π, log 2, exp(1/3) …: of constants above zero?"""
    return len(slope) == 1 and all(g.ball is not None and g.sign == 1 for g in field.used(slope))


def _divided(
    field: Field, generator: Generator, unknown: Expr, value: Poly, constant: Poly
) -> Solution | None:
    """``unknown = value/constant``, which has the sign of the value where the constant is positive."""
    domain = domain_of(generator)
    if domain is not None and domain.integer:
        return None
    expr = divide(to_expr(field, value), to_expr(field, constant))
    is_positive = _is_positive_constant(field, constant)
    return Solution(unknown, expr, is_positive and domain is not None and _is_beyond(field, value, domain))


def _contains(expr: Expr, unknown: Expr) -> bool:
    if isinstance(unknown, Call):
        return unknown in walk(expr)
    if isinstance(unknown, Index):
        return not isinstance(expr, (Variable, Index)) and unknown.base in free_variables(expr)
    return bool(free_variables(unknown) & free_variables(expr))


def _allowed(field: Field, generator: Generator, unknown: Expr, value: Poly) -> Solution | None:
    domain = domain_of(generator)
    expr = to_expr(field, value)
    if domain is None:
        return Solution(unknown, expr)
    if isinstance(expr, Number):
        return Solution(unknown, expr, never=not domain.contains(Fraction(expr.value)))
    if domain.integer and not is_integer_polynomial(field, value):
        whole = value - value.subs({f"g{g.position}": 0 for g in field.used(value)})
        return Solution(unknown, expr, never=True) if is_integer_polynomial(field, whole) else None
    return Solution(unknown, expr, never=_is_beyond(field, value, domain))


def _is_beyond(field: Field, value: Poly, domain: Domain) -> bool:
    """Has the value a sign that the domain hasn't, as -k has not the sign of a size?"""
    found = termwise(field, value, Signs(field, {}).of_generator)
    if found is None:
        return False
    sign, strict = found
    return (sign < 0 and (domain.is_positive or (strict and domain.is_nonnegative))) or (
        sign > 0 and domain.is_negative
    )
