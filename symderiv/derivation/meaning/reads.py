"""Where what a formula no longer shows has a value: ``0 * x[1]`` is 0 only where x has two entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeGuard

from symderiv.expression.build import compare, conjunction, disjunction, negation, subtract
from symderiv.expression.contents import contents, shows
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
    FALSE,
    INFINITY,
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Cases,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
    walk,
)
from symderiv.index import Ranges, may_be_beyond, without_certain
from symderiv.tensor import Meaning, Tensor

FOLDING = frozenset({"mul", "hadamard", "pow"})
PRODUCTS = frozenset({"mul", "matmul", "dot", "outer", "kron"})  # of whole arrays


def with_reads(head: str, result: Meaning, values: list[Any]) -> Meaning:
    """A product with 0, a power of 0, and what shows no entry though it is computed from some, as ``u <= u``,
    have a value only where what they are computed from has one."""
    if not isinstance(result, Tensor):
        return result
    flat = (part for value in values for part in (value if isinstance(value, tuple) else (value,)))
    parts = [part for part in flat if isinstance(part, Tensor)]
    numbers = [part.value for part in parts if not part.rank]
    folds = head in FOLDING and (ZERO in numbers or _folds_in_tables(result, parts))
    loses = head in PRODUCTS and (_multiplies_zeros(parts) or _loses_entries(result, parts))
    if not folds and not loses and not _forgets(result, parts):
        return result
    is_infinite = folds and any(map(_is_infinite, numbers))
    return result.where(FALSE if is_infinite else conjunction(*(_exists(p, result) for p in parts)))


def _folds_in_tables(result: Tensor, parts: list[Tensor]) -> bool:
    """Is some entry of a table 0 with which entries are multiplied, each by itself?"""
    alike = all(not part.rank or part.shape == result.shape for part in parts)
    tables = [part.value.base for part in parts if _is_chosen(part.value)]
    return alike and any(map(_has_zero, tables)) and any(_reads(part.value) for part in parts)


def _multiplies_zeros(parts: list[Tensor]) -> bool:
    """Does a table with a 0 stand in a product of arrays that read entries?"""
    zeros = (_has_zero(part.value.base) for part in parts if _is_chosen(part.value))
    return any(zeros) and any(_reads(part.value) for part in parts)


def _has_zero(table: Expr) -> bool:
    return any(map(_has_zero, table.items)) if isinstance(table, Sequence) else table == ZERO


def _forgets(result: Tensor, parts: list[Tensor]) -> bool:
    """Does a result read no entry, though something that it is computed from does, or fewer in a table?"""
    if not any(_reads(part.value) for part in parts):
        return False
    if not _reads(result.value):
        return True
    return any(part.shape == result.shape for part in filter(_is_table, parts)) and _loses_entries(
        result, parts
    )


def _loses_entries(result: Tensor, parts: list[Tensor]) -> bool:
    """Does a result read fewer entries than the tables that it is computed from, and what stands beside?"""
    reading = [_entries(part.value) for part in parts if _reads(part.value)]
    return (
        bool(reading) and any(map(_is_table, parts)) and not set().union(*reading) <= _entries(result.value)
    )


def _is_table(part: Tensor) -> bool:
    return Sequence in contents(part.value).classes


def _entries(value: Expr) -> set[Expr]:
    """The entries of names that an expression reads."""
    return {node for node in walk(value) if isinstance(node, Index) and not _is_chosen(node)}


def forgotten(value: Expr, of: Expr) -> Expr:
    """Where the entries are that an expression reads, and its limit, or integral, no longer shows."""
    return all_exist((of,)) if _reads(of) and not _reads(value) else TRUE


def _reads(value: Expr) -> bool:
    return shows(value, Index) and any(name.kind.shape for name in contents(value).free)


def _exists(part: Tensor, result: Tensor) -> Expr:
    """Where the same entry of a factor exists, or, in a product of matrices, each of its entries."""
    if part.shape == result.shape:
        return _wholly(part.formula(*result.indices), _axes(result))
    axes = _axes(part)
    condition = _wholly(part.value, axes)
    for index, axis in reversed(axes.items()):
        if index in free_variables(condition):
            condition = Binder("forall", condition, index, axis.lower, axis.upper)
    return condition


def _wholly(value: Expr, axes: Ranges) -> Expr:
    return conjunction(*_inside(value, axes), *_in_cases(value, axes))


def _in_cases(value: Expr, ranges: Ranges) -> Iterator[Expr]:
    """What each case reads, where it is chosen."""
    if isinstance(value, Binder) or _is_chosen(value):
        return
    if not isinstance(value, Cases):
        for child in value.children:
            yield from _in_cases(child, ranges)
        return
    passed: list[Expr] = []
    for condition, branch in value.branches:
        yield disjunction(*passed, _wholly(condition, ranges))
        yield disjunction(*passed, negation(condition), _wholly(branch, ranges))
        passed.append(condition)
    if value.otherwise is not None:
        yield disjunction(*passed, _wholly(value.otherwise, ranges))


def _axes(t: Tensor) -> Ranges:
    """Each index of an array along its axis."""
    sizes = zip(t.indices, t.shape, strict=True)
    return {index: Binder("array", ZERO, index, ZERO, subtract(size, ONE)) for index, size in sizes}


def _is_infinite(value: Expr) -> bool:
    """oo, -oo: times 0, and to the power 0, it has no value."""
    if isinstance(value, Apply) and value.head in ("add", "mul"):
        return any(map(_is_infinite, value.args))
    return value == INFINITY


def all_exist(values: Iterable[Expr]) -> Expr:
    """The condition that the entries read in these values lie inside their arrays, and no maximum is empty.

    >>> from symderiv.expression.kinds import SIZE, Kind
    >>> from symderiv.expression.tree import ONE, TRUE
    >>> n = Variable("n", SIZE)
    >>> x = Variable("x", Kind(shape=(n,)))
    >>> all_exist([Index(x, (ONE,))]) == compare("lt", ONE, n), all_exist([Index(x, (ZERO,))]) == TRUE
    (True, True)
    """
    return conjunction(*(part for value in values for part in _inside(value, {})))


def _inside(value: Expr, ranges: Ranges) -> Iterator[Expr]:
    if isinstance(value, Binder):
        yield from _in_range(value, ranges)
        return
    if isinstance(value, Cases):
        return  # read in some cases only
    if _is_chosen(value):
        yield from _in_table(value, ranges)
        return
    if isinstance(value, Index) and isinstance(value.base, Variable) and not value.base.kind.zero_outside:
        for index, size in zip(value.indices, value.base.kind.shape, strict=False):
            if size is not None and index != ZERO and _is_asked(index, size, ranges):
                yield compare("le", ZERO, index)
                yield compare("lt", index, size)
    for child in value.children:
        yield from _inside(child, ranges)


def _in_range(value: Binder, ranges: Ranges) -> Iterator[Expr]:
    """What is read for every value of the bound variable, where any entry may lie beyond its array."""
    if value.lower is None or value.upper is None or value.kind == "integral":
        return
    if value.kind in ("max", "min") and value.condition == TRUE:
        yield compare("le", value.lower, value.upper)
    for end in (value.lower, value.upper):
        yield from _inside(end, ranges)
    body = conjunction(*_inside(value.body, {**ranges, value.variable: value}))
    exists = disjunction(negation(value.condition), body)
    if exists != TRUE:
        yield Binder("forall", exists, value.variable, value.lower, value.upper)


def _is_chosen(value: Expr) -> TypeGuard[Index]:
    """One of the entries of a table that is written out."""
    return isinstance(value, Index) and isinstance(value.base, Sequence)


def _in_table(value: Index, ranges: Ranges) -> Iterator[Expr]:
    """What each entry of a table reads, where that one is chosen."""
    for at, item in _items(value.base, len(value.indices)):
        exists = _wholly(item, ranges)
        if exists != TRUE:
            others = (compare("ne", i, Number(k)) for i, k in zip(value.indices, at, strict=True))
            yield disjunction(*others, exists)


def _items(table: Expr, depth: int) -> Iterator[tuple[tuple[int, ...], Expr]]:
    """The entries of a table that read others, with their places."""
    if not _reads(table):
        return
    if not depth or not isinstance(table, Sequence):
        yield (), table
        return
    for k, row in enumerate(table.items):
        yield from (((k, *rest), item) for rest, item in _items(row, depth - 1))


def _is_asked(index: Expr, size: Expr, ranges: Ranges) -> bool:
    """May it lie beyond? A free index asks about the entries that there are, a list of places about each."""
    if isinstance(index, Index) and isinstance(index.base, Sequence):
        return not all(_is_inside(place, size) for place in index.base.items)
    if any(name.kind.index and name not in ranges for name in free_variables(index)):
        return False
    return index not in ranges or may_be_beyond(index, size, ranges)


def _is_inside(place: Expr, size: Expr) -> bool:
    """Whether both are numbers that fit."""
    return isinstance(place, Number) and isinstance(size, Number) and 0 <= place.value < size.value


def with_forgotten(derivative: Tensor, of: Tensor) -> Tensor:
    """A derivative exists only where what it is taken of does, also where it no longer shows that.

    The derivative of ``x + v[k]`` is 1, but not where v has no entry k. Its first axes are the outputs.
    """
    if contents(of.value).classes.isdisjoint((Index, Binder)):
        return derivative
    value = of.formula(*derivative.indices[: of.rank])
    shown = set(walk(derivative.value))
    forgotten = all_exist(part for part in read_in(value) if part not in shown)
    return derivative if forgotten == TRUE else derivative.where(without_certain(forgotten))


def read_in(value: Expr) -> Iterator[Expr]:
    """The entries and the ranges that a value is computed from, the outermost ones."""
    if isinstance(value, (Index, Binder)):
        yield value
    elif not isinstance(value, Cases):
        for child in value.children:
            yield from read_in(child)
