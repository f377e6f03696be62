"""Integers that facts leave to a name: ``n > 50``, ``n % 16 == 0``, and ``n >= 2*k`` once k is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from flint import fmpq

from symderiv.equality.evaluate.evaluator import Evaluator
from symderiv.equality.evaluate.point import Point
from symderiv.equality.evaluate.values import NotDecided, NoValue
from symderiv.equality.facts import parts
from symderiv.equality.rationals import fraction
from symderiv.expression.kinds import Domain
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Expr, Variable, walk
from symderiv.language.bounds import intersect

Chosen = Mapping[Expr, fmpq]
MAX_PERIOD = 512


def left_by_facts(variable: Variable, facts: tuple[Expr, ...], chosen: Chosen) -> Domain:
    """The domain of an integer within what the facts say of it, where all other names are chosen.

    >>> from symderiv.expression.kinds import SIZE
    >>> from symderiv.expression.tree import Number
    >>> n, k = Variable("n", SIZE), Variable("k", SIZE)
    >>> above = (Apply("lt", (Number(50), n)), Apply("le", (k, n)))
    >>> left_by_facts(n, above, {}).lower, left_by_facts(n, above, {k: fmpq(60)}).lower
    (Fraction(50, 1), Fraction(60, 1))
    """
    domain = variable.kind.domain
    for found in _said(variable, facts, chosen):
        domain = intersect(domain, found)
    return domain


def _said(variable: Variable, facts: tuple[Expr, ...], chosen: Chosen) -> Iterator[Domain]:
    for fact in parts(facts):
        names = free_variables(fact)
        if variable not in names or not all(name == variable or name in chosen for name in names):
            continue
        found = _bound(fact, variable, chosen) or _remainder(fact, variable, chosen)
        if found is not None:
            yield found


def _bound(fact: Apply, variable: Variable, chosen: Chosen) -> Domain | None:
    """What ``n > 2 k`` and ``n + k = 100`` say of n."""
    if fact.head not in ("lt", "le", "eq") or not all(_is_linear(side, variable) for side in fact.args):
        return None
    gaps = [_gap(fact, {**chosen, variable: fmpq(at)}) for at in (0, 1)]
    if gaps[0] is None or gaps[1] is None or gaps[0] == gaps[1]:
        return None
    slope = gaps[1] - gaps[0]
    end = -gaps[0] / slope
    if fact.head == "eq":
        return Domain(lower=end, upper=end)
    is_open = fact.head == "lt"
    return Domain(upper=end, upper_open=is_open) if slope > 0 else Domain(lower=end, lower_open=is_open)


def _is_linear(side: Expr, variable: Variable) -> bool:
    """Is the name in no more than sums, and one factor of products?"""
    if variable not in free_variables(side) or side == variable:
        return True
    if not isinstance(side, Apply) or side.head not in ("add", "mul"):
        return False
    holding = [part for part in side.args if variable in free_variables(part)]
    return (side.head == "add" or len(holding) == 1) and all(_is_linear(part, variable) for part in holding)


def _gap(fact: Apply, chosen: Chosen) -> Fraction | None:
    left, right = (_value(side, chosen) for side in fact.args)
    return None if left is None or right is None else left - right


def _remainder(fact: Apply, variable: Variable, chosen: Chosen) -> Domain | None:
    """What ``n - m floor(n/m) = r`` says of n."""
    if fact.head != "eq":
        return None
    for period in _periods(walk(fact), variable, chosen):
        at = (
            residue for residue in range(period) if _holds(fact, {**chosen, variable: fmpq(period + residue)})
        )
        residue = next(at, None)
        if residue is not None:
            return Domain(integer=True, modulus=period, residue=residue)
    return None


def _periods(nodes: Iterable[Expr], variable: Variable, chosen: Chosen) -> Iterator[int]:
    """The m of each ``floor(n/m)``."""
    for node in nodes:
        if isinstance(node, Apply) and node.head == "floor":
            share = _value(node.args[0], {**chosen, variable: fmpq(1)})
            if share is not None and 1 < share.denominator <= MAX_PERIOD and share.numerator == 1:
                yield share.denominator


def _value(expr: Expr, chosen: Chosen) -> Fraction | None:
    try:
        found = Evaluator(Point(chosen)).value(expr)
    except (NoValue, NotDecided):
        return None
    return fraction(found) if isinstance(found, fmpq) else None


def _holds(fact: Expr, chosen: Chosen) -> bool:
    try:
        return Evaluator(Point(chosen)).truth(fact)
    except (NoValue, NotDecided):
        return False
