"""Problems in index form: sums with symbolic bounds in their joint normal form, on both sides at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.equality.facts import parts
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof
from symderiv.equality.prove import prove_problem
from symderiv.equality.verdict import Policy
from symderiv.errors import LimitExceeded
from symderiv.expression.build import subtract
from symderiv.expression.contents import contents
from symderiv.expression.tree import ZERO, Apply, Binder, Cases, Expr, Index, Number, Variable, walk
from symderiv.index import Normaliser, in_one_range, normalise, normaliser, without_certain

COMPARISONS = frozenset(("eq", "ne", "lt", "le"))


def normalised(given: Problem) -> Problem:
    """Sums with symbolic bounds in their joint normal form."""
    return _in_normal_form(given) if _has_index_range(given.a) or _has_index_range(given.b) else given


def plainly_defined(given: Problem) -> Problem:
    """The sides as they are, conditions without what holds at every size."""
    if Binder not in contents(given.a).classes | contents(given.b).classes:
        return given
    normal = _in_normal_form(given)
    return replace(given, defined_a=normal.defined_a, defined_b=normal.defined_b)


def sums_alike(conditions: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """Comparisons in which equal sums are one node: ``0 < Σ x_i²`` and ``Σ x_j² = 0``."""
    parts = [each for each in conditions if isinstance(each, Apply) and each.head in COMPARISONS]
    gaps = normalise(tuple(subtract(right, left) for left, right in (each.args for each in parts)))
    alike = {
        each: Apply(each.head, (ZERO, gap)) for each, gap in zip(parts, gaps, strict=True) if _has_sum(each)
    }
    return tuple(alike.get(each, each) if isinstance(each, Apply) else each for each in conditions)


def _has_sum(condition: Expr) -> bool:
    return Binder in contents(condition).classes


def by_indices(given: Problem, policy: Policy) -> Proof | None:
    """``w[j - i] if 0 <= j - i <= 1 else 0`` is ``w[0] δ(i, j) + w[1] δ(i + 1, j)``, without any sum."""
    if _has_index_range(given.a) or _has_index_range(given.b) or not _has_cases(given.a, given.b):
        return None
    return prove_problem(_in_normal_form(given), policy)


def _in_normal_form(given: Problem) -> Problem:
    """Both sides in their joint normal form, conditions without what holds at every size."""
    try:
        normal = normaliser((given.a, given.b), given.facts, given.deadline)
        a, b = _jointly(given, normal)
        facts = (*given.facts, *_alike(given, normal))
        defined_a = without_certain(given.defined_a, given.facts)
        defined_b = without_certain(given.defined_b, given.facts)
        if defined_a != defined_b:
            defined_a, defined_b = in_one_range((defined_a, defined_b), given.facts)
    except LimitExceeded:
        return given
    return Problem(a, b, defined_a, defined_b, facts, given.deadline)


def _alike(given: Problem, normal: Normaliser) -> Iterator[Expr]:
    """Inequalities about sums once more, their sums the nodes that they are in the sides."""
    for fact in parts(given.facts):
        if fact.head in ("ne", "lt", "le") and _has_sum(fact):
            brought = Apply(fact.head, tuple(map(normal, fact.args)))
            if brought != fact:
                yield brought


def _jointly(given: Problem, normal: Normaliser) -> tuple[Expr, Expr]:
    """Both sides in their normal form; the same one, if their difference vanishes at every size and index."""
    a, b = normal.brought(given.a), normal.brought(given.b)
    if a == b:
        return a, b
    a, b = normal.settled(a), normal.settled(b)
    if a == b or not (_mixed(a, b) or _has_cases(a, b) or _sums_alike(a, b)):
        return a, b
    gap = normal(subtract(given.a, given.b))
    if gap == ZERO:
        # the form of one side may have poles that the other hasn't: where it exists, its condition tells
        return (a, a) if given.defined_a == given.defined_b else (ZERO, ZERO)
    left_over = Binder in contents(gap).classes
    return (gap, ZERO) if _sums_alike(a, b) and not left_over else (a, b)


def _mixed(*sides: Expr) -> bool:
    """Do sums stand over different denominators, so that some may cancel once these are multiplied out?"""
    powers = [
        node.args
        for side in sides
        for node in walk(side)
        if isinstance(node, Apply) and node.head == "pow" and isinstance(node.args[1], Number)
    ]
    return len({base for base, exponent in powers if isinstance(exponent, Number) and exponent.value < 0}) > 1


def _has_cases(*sides: Expr) -> bool:
    return any(Cases in contents(side).classes for side in sides)


def _sums_alike(a: Expr, b: Expr) -> bool:
    """Do both sides sum the same, over ranges of which one may have an end more?"""
    summed = ({(n.kind, n.body) for n in walk(side) if isinstance(n, Binder)} for side in (a, b))
    return not next(summed).isdisjoint(next(summed))


def _has_index_range(side: Expr) -> bool:
    """A sum, or an array that reads zero beyond its bounds: what depends on where its indices range."""
    classes = contents(side).classes
    return Binder in classes or (Index in classes and any(map(_reads_zero_outside, walk(side))))


def _reads_zero_outside(node: Expr) -> bool:
    return isinstance(node, Index) and isinstance(node.base, Variable) and node.base.kind.zero_outside
