"""Conditions as alternatives of polynomial relations: ``p ≥ 0``, ``p > 0``, ``p = 0``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from hashlib import blake2b

from symderiv.equality.conditions.denominators import cleared
from symderiv.equality.conditions.inside import range_facts
from symderiv.equality.conditions.polynomial import (
    UNIT,
    Comparison,
    Polynomial,
    TooLarge,
    atoms_of,
    constant,
    minus,
    plus,
    polynomial,
    primitive,
    scaled,
)
from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.expression.build import conjunction, disjunction, negation
from symderiv.expression.printing.text import to_text
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import FALSE, Apply, Binder, Expr, Variable

MAX_ALTERNATIVES = 24


@dataclass(frozen=True, slots=True)
class Relation:
    """``poly ≥ 0`` (ge), ``> 0`` (gt) or ``= 0`` (eq)."""

    poly: Polynomial
    kind: Comparison

    @property
    def violated(self) -> bool:
        """Whether it says something false about a number."""
        if any(monomial != UNIT for monomial in self.poly):
            return False
        value = self.poly.get(UNIT, Fraction(0))
        return {"ge": value < 0, "gt": value <= 0, "eq": value != 0}[self.kind]


Alternatives = list[list[Relation]]
NO_INFORMATION: Alternatives = [[]]


def tightened(relation: Relation) -> Relation:
    """Over the integers p > 0 is p - 1 ≥ 0, coefficients made coprime first."""
    poly = primitive(relation.poly)
    if not all(is_integer_valued(base) for base in atoms_of((poly,))):
        return Relation(poly, relation.kind)
    if relation.kind == "gt":
        return Relation(_divided(minus(poly, constant(1))), "ge")
    return Relation(_divided(poly), "ge") if relation.kind == "ge" else Relation(poly, "eq")


def _divided(poly: Polynomial) -> Polynomial:
    """``a·p + b ≥ 0`` over the integers is ``p + ⌊b/a⌋ ≥ 0``."""
    free = {m: c for m, c in poly.items() if m != UNIT}
    if not free:
        return poly
    content = next(iter(primitive(free).values())) / next(iter(free.values()))
    rest = poly.get(UNIT, Fraction(0)) * content
    return plus(scaled(free, content), constant(rest.numerator // rest.denominator))


def alternatives(condition: Expr) -> Alternatives:
    """A condition as a disjunction of conjunctions; what can't be read says nothing."""
    if condition == FALSE:
        return []
    if isinstance(condition, Apply):
        match condition.head:
            case "and":
                return combined(map(alternatives, condition.args))
            case "or":
                return _capped([case for part in condition.args for case in alternatives(part)])
            case "not":
                return _denied(condition.args[0])
            case "lt" | "le" | "eq" | "ne":
                return _comparison(condition)
    return NO_INFORMATION


def combined(parts: Iterable[Alternatives]) -> Alternatives:
    """All of several conditions at once."""
    result: Alternatives = NO_INFORMATION
    for part in parts:
        if len(result) * len(part) <= MAX_ALTERNATIVES:
            result = [[*before, *case] for before in result for case in part]
    return result


def _capped(cases: Alternatives) -> Alternatives:
    return cases if len(cases) <= MAX_ALTERNATIVES else NO_INFORMATION


def _denied(condition: Expr) -> Alternatives:
    if isinstance(condition, Apply) and condition.head in ("and", "or"):
        join = disjunction if condition.head == "and" else conjunction
        return alternatives(join(*(negation(part) for part in condition.args)))
    if isinstance(condition, Binder) and condition.kind == "forall":
        one = _with_own_index(condition)
        return alternatives(conjunction(*range_facts(one), negation(one.body)))
    opposite = negation(condition)
    if isinstance(opposite, Apply) and opposite.head == "not":
        return NO_INFORMATION
    return alternatives(opposite)


def _with_own_index(condition: Binder) -> Binder:
    """The index at which it fails has a name of its own: another statement may fail at another one.

    It is short: a statement inside of statements would have all of their names in its own.
    """
    told = blake2b(to_text(condition).encode(), digest_size=16).hexdigest()
    index = Variable(f"∃ {told}", condition.variable.kind)
    body, where = (
        substitute(part, {condition.variable: index}) for part in (condition.body, condition.condition)
    )
    return Binder(condition.kind, body, index, condition.lower, condition.upper, where)


def _comparison(condition: Apply) -> Alternatives:
    a, b = condition.args
    try:
        gap = cleared(minus(polynomial(b), polynomial(a)))
    except TooLarge:
        return NO_INFORMATION
    match condition.head:
        case "lt":
            return [[Relation(gap, "gt")]]
        case "le":
            return [[Relation(gap, "ge")]]
        case "eq":
            return [[Relation(gap, "eq")]]
    return [[Relation(gap, "gt")], [Relation(scaled(gap, -1), "gt")]]
