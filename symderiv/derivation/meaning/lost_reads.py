"""Where an index lies beyond its array, and the value no longer shows it: ``Σ_{i≤n} 0 x[i]``, ``ones(n)[n]``.

A value that reads ``x[i]`` asks by itself whether x has such an entry. One in which the entry was folded
away, or which is computed from its position (``δ(i, j)``, 1), needs the condition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from symderiv.derivation.meaning.surely_read import Entries, surely_read, unless_said
from symderiv.expression.build import compare, conjunction, disjunction, negation, subtract
from symderiv.expression.contents import contents
from symderiv.expression.parts import conjuncts
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
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
)
from symderiv.tensor import Tensor

Of = Callable[[Expr], Tensor]
"""What a part of a tree means."""


def within_axes(base: Expr, at: tuple[Expr, ...], shape: tuple[Expr, ...], value: Expr) -> Expr:
    """The condition that each position lies along its axis, as far as ``value`` doesn't read there itself.

    Free indices ask only about the entries that there are.

    >>> from symderiv.expression.kinds import INTEGER, SIZE, Kind
    >>> from symderiv.expression.tree import ONE, Apply
    >>> k, n = Variable("k", Kind(domain=INTEGER)), Variable("n", SIZE)
    >>> print(within_axes(Apply("ones", (n,)), (k,), (n,), ONE))
    0 <= k and k < n
    """
    asked = [
        (position, size)
        for position, size in zip(at, shape, strict=False)
        if not any(name.kind.index for name in free_variables(position))
    ]
    return _unless_read(base, at, asked, frozenset(surely_read(value)) if asked else frozenset())


def lost_in_range(tree: Binder, value: Expr, of: Of) -> Expr:
    """The condition that what the body reads at the bound index, and ``value`` doesn't, exists."""
    if Index not in contents(tree.body).classes:
        return TRUE
    return conjunction(*_lost(tree.body, tree.variable, Read(value), of))


@dataclass(frozen=True)
class Read:
    """The entries that a value reads; those in ranges, and in cases, for what stands in such."""

    value: Expr
    in_ranges: bool = False
    in_cases: bool = False

    @cached_property
    def entries(self) -> Entries:
        if Index not in contents(self.value).classes:
            return frozenset()
        return frozenset(surely_read(self.value, in_ranges=self.in_ranges, in_cases=self.in_cases))

    @cached_property
    def in_range(self) -> Read:
        return self if self.in_ranges else replace(self, in_ranges=True)

    @cached_property
    def in_case(self) -> Read:
        return self if self.in_cases else replace(self, in_ranges=True, in_cases=True)


def _lost(tree: Expr, index: Variable, value: Read, of: Of) -> Iterator[Expr]:
    """That what is read at the index, and not in the value, exists."""
    if Index not in contents(tree).classes or index not in free_variables(tree):
        return
    if isinstance(tree, Index):
        at = tuple(subtract(of(position).value, Number(tree.origin)) for position in tree.indices)
        shape = of(tree.base).shape
        asked = [(p, n) for p, n in zip(at, shape, strict=False) if index in free_variables(p)]
        yield _unless_read(tree.base, at, asked, value.entries)
    if isinstance(tree, Cases):
        yield from _lost_in_cases(tree, index, value, of)
        return
    inside = value.in_range if isinstance(tree, Binder) else value
    for child in tree.children:
        found = conjunction(*_lost(child, index, inside, of))
        if isinstance(tree, Binder) and tree.lower is not None and tree.upper is not None and found != TRUE:
            ends = (of(tree.lower).value, of(tree.upper).value)
            found = Binder("forall", found, tree.variable, *ends, of(tree.condition).value)
        yield found


def _lost_in_cases(tree: Cases, index: Variable, value: Read, of: Of) -> Iterator[Expr]:
    """A branch is read only where it is chosen."""
    passed: list[Expr] = []
    for condition, branch in tree.branches:
        yield disjunction(*passed, conjunction(*_lost(condition, index, value, of)))
        value = value.in_case
        guard = of(condition).value
        lost = _unsaid(conjunction(*_lost(branch, index, value, of)), guard)
        yield disjunction(*passed, negation(guard), lost)
        passed.append(guard)
    if tree.otherwise is not None:
        yield disjunction(*passed, conjunction(*_lost(tree.otherwise, index, value, of)))


def _unsaid(condition: Expr, guard: Expr) -> Expr:
    """What is asked without what the guard says in so many words; ``a <= n - 1`` says ``a < n``."""
    said = set(conjuncts(guard))
    return conjunction(*(part for part in conjuncts(condition) if said.isdisjoint(_wordings(part))))


def _wordings(part: Expr) -> Iterator[Expr]:
    yield part
    if isinstance(part, Apply) and part.head == "lt":
        a, b = part.args
        yield compare("le", a, subtract(b, ONE))


def _unless_read(base: Expr, at: tuple[Expr, ...], asked: list[tuple[Expr, Expr]], read: Entries) -> Expr:
    """Bounds of the positions that are asked about, unless the value reads the same entry."""
    if not asked or isinstance(base, Sequence) or (isinstance(base, Variable) and base.kind.zero_outside):
        return TRUE
    if isinstance(base, Variable) and base.definition is None and base.value is None:
        sizes_known = None not in base.kind.shape
        lost = sizes_known and Index(base, at) not in read
        return conjunction(*_bounds(asked)) if lost else TRUE
    return conjunction(*unless_said(_bounds(asked), read))


def _bounds(asked: list[tuple[Expr, Expr]]) -> Iterator[Expr]:
    for position, size in asked:
        yield compare("le", ZERO, position)
        yield compare("lt", position, size)
