"""Equations between contractions, as what adds up to zero: ``A B - B A``, ``A x - λ x``, ``‖x‖² - xᵀ x``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.procedures.facts.contractions import Combination, combination
from symderiv.equality.procedures.facts.summands import Summand
from symderiv.expression.build import mul, subtract
from symderiv.expression.contents import contents
from symderiv.expression.tree import (
    HALF,
    MINUS_ONE,
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Expr,
    Index,
    Number,
    Variable,
)

MINUS_HALF = Number(Fraction(-1, 2))


@dataclass(frozen=True, slots=True)
class Relation:
    """What adds up to zero whatever the free indices are, each with its last value; the first is 0.

    The indices of a delta among its factors run to ``unit``.
    """

    free: Mapping[Variable, Expr]
    terms: Combination
    unit: Expr | None = None

    def leading(self) -> Iterator[Summand]:
        """The terms that read each free index along a whole axis: what stands there is one of its values."""
        for term in self.terms:
            entries = [factor for factor in term.factors if isinstance(factor, Index)]
            if entries and all(
                any(_runs_along(entry, i, last) for entry in entries) for i, last in self.free.items()
            ):
                yield term


def said_by(fact: Expr) -> Relation | None:
    """What a fact says of contractions, for all entries."""
    return _relation(fact, {})


def _relation(fact: Expr, ends: Mapping[Variable, Expr]) -> Relation | None:
    match fact:
        case Binder(kind="forall", variable=i, body=body, lower=lower, upper=Expr() as last):
            plain = lower == ZERO and fact.condition == TRUE and i not in ends
            return _relation(body, {**ends, i: last}) if plain else None
        case Apply(head="eq", args=(left, right)):
            found = combination(subtract(left, right))
            return None if found is None else _with_unit(ends, found)
    return None


def _with_unit(ends: Mapping[Variable, Expr], found: Combination) -> Relation | None:
    """The relation, if its deltas are of free indices that run to one end."""
    indices = [each for term in found for part in term.factors if is_delta(part) for each in part.children]
    lasts = [ends[index] for index in indices if isinstance(index, Variable) and index in ends]
    if len(lasts) < len(indices) or not all(is_zero(subtract(lasts[0], last)) for last in lasts):
        return None
    return Relation(ends, found, lasts[0] if lasts else None)


def is_delta(factor: Expr) -> bool:
    return isinstance(factor, Apply) and factor.head == "delta"


def of_roots_and_quotients(gap: Combination) -> Iterator[Relation]:
    """``S · 1/S = 1``, ``√S · √S = S`` and ``S · (1/√S)² = 1``, wherever what is asked about exists."""
    for atom in dict.fromkeys(factor for term in gap for factor in term.factors):
        if isinstance(atom, Apply) and atom.head == "pow" and Binder in contents(atom.args[0]).classes:
            base, exponent = atom.args
            zeros: dict[Expr, Expr] = {
                MINUS_ONE: subtract(mul(base, atom), ONE),
                HALF: subtract(mul(atom, atom), base),
                MINUS_HALF: subtract(mul(base, atom, atom), ONE),
            }
            found = combination(zeros[exponent]) if exponent in zeros else None
            if found:
                yield Relation({}, found)


def _runs_along(entry: Index, i: Variable, last: Expr) -> bool:
    base = entry.base
    if not isinstance(base, Variable) or base.kind.zero_outside:
        return False
    axes = (size for index, size in zip(entry.indices, base.kind.shape, strict=True) if index == i)
    return any(size is not None and is_zero(subtract(subtract(size, ONE), last)) for size in axes)
