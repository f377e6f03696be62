"""What is given beside an expression: declarations (``x: vector(n)``) and conditions (``k <= d``)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from symderiv.derivation.choices import whole_choices
from symderiv.derivation.for_all import said_of_all
from symderiv.derivation.meaning.forms import FORMS
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.errors import ShapeError, SymderivError
from symderiv.expression.build import add
from symderiv.expression.contents import contents
from symderiv.expression.parts import says_it_of_all
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import MINUS_ONE, TRUE, ZERO, Apply, Binder, Expr, Index, Variable, walk
from symderiv.language import Scope, read_condition, read_declaration
from symderiv.language.spelling import normal
from symderiv.operations import OPERATIONS
from symderiv.operations.declaring.shapes import drop_ones

ALL_FUNCTIONS: Mapping[str, str] = {name: name for name in (*OPERATIONS, *FORMS, "hessian")}
"""Every operation by its own name: what `compare`, `read` and `derive` let a text use."""

_WORDS = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Given:
    """A scope, and the facts that hold in it, read from ``conditions``; ``declared`` are the names given."""

    scope: Scope
    facts: tuple[Expr, ...] = ()
    conditions: tuple[str, ...] = ()
    declared: frozenset[str] = frozenset()

    def within(self, scope: Scope) -> Given:
        """The same in a scope that has since found out what a name is."""
        return replace(self, scope=scope, facts=self._facts_in(scope))

    def with_choices(self, scope: Scope) -> Given:
        """The same, numbers that are one of a few integers known as integers; ``scope`` knows all names."""
        chosen = tuple(whole_choices(self.facts, scope.names))
        if not chosen:
            return self
        inner = self.scope.declare(chosen)
        return replace(self, scope=inner, facts=_facts(self.conditions, inner))

    def facts_beside(self, open_indices: Collection[Variable]) -> tuple[Expr, ...]:
        """The facts, over an index that nothing else speaks of for all its values: ``x[i] > 0``."""
        return said_of_all(self.facts, self.declared, open_indices)

    def _facts_in(self, scope: Scope) -> tuple[Expr, ...]:
        """The facts, where texts have since told what a name is: in ``i < j`` an index."""
        names = {variable.name for fact in self.facts for variable in free_variables(fact)}
        if names <= self.scope.names.keys():
            return self.facts
        return _facts(self.conditions, replace(scope, strict=self.scope.strict))


def read_given(
    given: Sequence[str] = (),
    *,
    strict: bool = False,
    index_from: int | Mapping[str, int] = 0,
    functions: Mapping[str, str] = ALL_FUNCTIONS,
) -> Given:
    """A scope with the names that ``given`` declares; a line without a colon is a condition.

    >>> given = read_given(["x: vector(n)", "n > 2"])
    >>> sorted(given.scope.names), len(given.facts)
    (['n', 'x'], 1)
    """
    starts = index_from.values() if isinstance(index_from, Mapping) else (index_from,)
    if not {0, 1}.issuperset(starts):
        raise SymderivError("indices count from 0 or from 1", expected="index_from=0 or index_from=1")
    scope = Scope(functions=functions, strict=strict, index_from=index_from)
    conditions: list[str] = []
    for line in _in_order(given):
        if _declares(line):
            variable = read_declaration(line, scope)
            scope = scope.declare((*_sizes(variable, scope), variable))
        else:
            conditions.append(line)
    facts, declared = _facts(conditions, scope), frozenset(scope.names)
    compared = (v for fact in facts for v in free_variables(fact) if not (v.kind.shape or v.kind.function))
    numbers = frozenset(v.name for v in compared) - declared
    return Given(replace(scope, numbers=numbers), facts, tuple(conditions), declared)


def _facts(conditions: Sequence[str], scope: Scope) -> tuple[Expr, ...]:
    return tuple(fact for line in conditions for fact in said(read_condition(line, scope)))


def said(condition: Expr) -> tuple[Expr, ...]:
    """A condition that holds, and that its sides have values: ``p == log(z)`` says that z is positive.

    Of a vector it holds entry by entry; what ``A > 0`` says of a matrix, or ``x != 0``, isn't clear.
    """
    found = drop_ones(tensor_of(condition))
    negates = any(isinstance(node, Apply) and node.head == "not" for node in walk(condition))
    if found.rank == 1 and says_it_of_all(found.value) and not negates:
        (index,), (size,) = found.indices, found.shape
        return (Binder("forall", found.value, index, ZERO, add(size, MINUS_ONE)),)
    if found.rank:
        cure = "write norm(x) != 0 of a vector, A[i,j] > 0 of each entry"
        raise ShapeError(
            f"a condition on {found.described}", expected="one on numbers, or on each entry", cure=cure
        )
    of_entries = not contents(found.defined).classes.isdisjoint((Binder, Index))
    return (found.value,) if found.defined == TRUE or of_entries else (found.value, found.defined)


def _in_order(given: Sequence[str]) -> list[str]:
    """The lines, each after those that declare what it mentions: in ``A: matrix(n, n)`` and then
    ``n: positive integer`` the two n are one.
    """
    by_name = {normal(line.partition(":")[0].strip()): line for line in given if _declares(line)}
    ordered: dict[str, None] = {}
    visiting: set[str] = set()

    def place(line: str) -> None:
        if line in ordered or line in visiting:
            return
        visiting.add(line)
        for word in _WORDS.findall(line.partition(":")[2]) if _declares(line) else ():
            earlier = by_name.get(normal(word))
            if earlier is not None:
                place(earlier)
        ordered[line] = None

    for line in given:
        place(line)
    return list(ordered)


def _declares(line: str) -> bool:
    name, colon, _ = line.partition(":")
    return bool(colon) and not any(sign in name for sign in "<>=!")


def _sizes(variable: Variable, scope: Scope) -> tuple[Variable, ...]:
    """The sizes that a declared shape names for the first time."""
    shape = variable.kind.shape
    found = {v for size in shape if size is not None for v in free_variables(size)}
    return tuple(sorted((v for v in found if v.name not in scope.names), key=lambda v: v.name))
