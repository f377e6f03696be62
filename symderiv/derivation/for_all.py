"""An index that only what is given speaks of: ``x[i] > 0`` beside ``sum(x)`` says it of every entry."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations
from typing import NamedTuple

from symderiv.errors import MeaningError
from symderiv.expression.build import add, compare, conjunction, subtract
from symderiv.expression.contents import contents
from symderiv.expression.instantiation import instantiate
from symderiv.expression.printing.text import entry_text
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import TRUE, ZERO, Apply, Binder, Exact, Expr, Index, Number, Variable, walk

Place = tuple[Expr, Exact]
"""The length of an axis, and what is added to the index that reads along it."""


class Range(NamedTuple):
    """From the first to the last value, where the condition holds."""

    first: Expr
    last: Expr
    condition: Expr


def said_of_all(
    facts: tuple[Expr, ...], declared: Collection[str], open_indices: Collection[Variable]
) -> tuple[Expr, ...]:
    """The facts, those over undeclared indices that no formula leaves open for all of their values.

    The values are those at which every read is one of an entry, and at which hold what facts say of the
    indices alone (``i < j``).

    Raises MeaningError where a fact over two indices fails where they agree: ``x[i] != x[j]``.

    >>> from symderiv.expression.build import compare
    >>> from symderiv.expression.kinds import SIZE, Kind
    >>> from symderiv.expression.tree import ZERO, index_variable
    >>> i, x = index_variable("i"), Variable("x", Kind(shape=(Variable("n", SIZE),)))
    >>> positive = compare("lt", ZERO, Index(x, (i,)))
    >>> [type(fact).__name__ for fact in said_of_all((positive,), {"x", "n"}, ())]
    ['Binder']
    >>> said_of_all((positive,), {"x", "n"}, {i}) == (positive,)
    True
    """
    kept = {*declared, *(index.name for index in open_indices)}
    limits = tuple(fact for fact in facts if Index not in contents(fact).classes)
    found: list[Expr] = []
    used: set[Expr] = set()
    for fact in facts:
        ranges = _ranges(fact, kept)
        mine = [limit for limit in limits if _names(limit) & {index.name for index in ranges}]
        if ranges and all(_names(limit) - kept <= {index.name for index in ranges} for limit in mine):
            used.update(mine)
            fact = _for_all(fact, ranges, mine)
        found.append(fact)
    return tuple(fact for fact in found if fact not in used)


def _names(fact: Expr) -> set[str]:
    return {variable.name for variable in free_variables(fact)}


def _ranges(fact: Expr, kept: set[str]) -> dict[Variable, Range]:
    """The indices of which a fact may speak for all values, and those at which all reads are of entries."""
    indices = sorted((v for v in free_variables(fact) if v.kind.index and v.name not in kept), key=_name)
    places = {index: _places(fact, index) for index in indices}
    return {index: _range(index, found) for index, found in places.items() if found}


def _name(variable: Variable) -> str:
    return variable.name


def _for_all(fact: Expr, ranges: dict[Variable, Range], limits: Sequence[Expr]) -> Expr:
    """The fact for all values of its indices at which the limits hold."""
    if not limits:
        _refuse_equal(fact, tuple(ranges))
    named: dict[str, Expr] = {index.name: index for index in ranges}
    speaks = {v for limit in limits for v in free_variables(limit) if v.name in named}
    within = [substitute(limit, {v: named[v.name] for v in speaks}) for limit in limits]
    condition = conjunction(*within, *(each.condition for each in ranges.values()))
    for index, found in reversed(ranges.items()):
        fact, condition = _from_zero(fact, index, found, condition), TRUE
    return fact


def _from_zero(fact: Expr, index: Variable, found: Range, condition: Expr) -> Expr:
    """The fact for all values, counted from 0: ``x[i] == 2*x[i-1]`` is one of i + 1 and i."""
    there: dict[Variable, Expr] = {index: add(index, found.first)}
    fact, condition = (instantiate(part, there) for part in (fact, condition))
    last = subtract(found.last, found.first)
    return Binder("forall", fact, index, ZERO, last, condition)


def _refuse_equal(fact: Expr, indices: Sequence[Variable]) -> None:
    """Refuse ``x[i] != x[j]``, which fails where the two agree: of which pairs is it said?"""
    for one, other in combinations(indices, 2):
        alike = substitute(fact, {other: one})
        if isinstance(alike, Apply) and alike.head in ("ne", "lt") and alike.args[0] == alike.args[1]:
            message = f"{entry_text(fact)} fails where {one.name} = {other.name}"
            raise MeaningError(
                message, cure=f"state {one.name} != {other.name} or {one.name} < {other.name} too"
            )


def _places(fact: Expr, index: Variable) -> list[Place] | None:
    """Where the index reads arrays, always by itself or shifted; None where it reads none, or otherwise."""
    found: list[Place] = []
    for node in walk(fact):
        if isinstance(node, Index):
            for axis, at in enumerate(node.indices):
                if index in free_variables(at):
                    size, shift = _size(node.base, axis), _shift(at, index)
                    if size is None or shift is None:
                        return None
                    found.append((size, shift))
    return found or None


def _size(base: Expr, axis: int) -> Expr | None:
    """How long an axis is beyond which nothing is read."""
    is_bounded = isinstance(base, Variable) and not base.kind.zero_outside
    return base.kind.shape[axis] if is_bounded and isinstance(base, Variable) else None


def _shift(at: Expr, index: Variable) -> Exact | None:
    """c of ``i + c``."""
    match at:
        case Variable():
            return 0
        case Apply(head="add", args=(Variable(), Number(value=shift))):
            return shift
    return None


def _range(index: Variable, places: list[Place]) -> Range:
    """The range along one axis, the others as a condition."""
    size = places[0][0]
    along = [shift for each, shift in places if each == size]
    others = (compare("lt", add(index, Number(shift)), each) for each, shift in places if each != size)
    first = Number(-min(shift for _, shift in places))
    return Range(first, add(size, Number(-1 - max(along))), conjunction(*others))
