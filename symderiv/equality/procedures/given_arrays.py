"""Arrays that are given entry by entry: ``p == softmax(z)`` puts ``exp(z[i])/Σ exp(z)`` in for p[i].

A fact ``p[i] = value(i)`` for all i defines p where i runs along the whole axis: then whatever index stands
in a read of p is one for which the fact speaks. That each read is one of an entry is asked of what was given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.problem import Problem
from symderiv.equality.prove import Proof, Prove
from symderiv.expression.build import subtract
from symderiv.expression.contents import contents
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import ONE, TRUE, ZERO, Apply, Binder, Expr, Index, Variable, transform, walk

MAX_ARRAYS = 4
Ends = Mapping[Variable, Expr]


@dataclass(frozen=True, slots=True)
class Definition:
    """``array[indices] = value`` for each entry of the array, which the value doesn't read."""

    array: Variable
    indices: tuple[Variable, ...]
    value: Expr

    def put_in(self, expr: Expr) -> Expr:
        """The expression with each read of the array as its value there."""
        if Index not in contents(expr).classes or self.array not in free_variables(expr):
            return expr
        return transform(expr, self._read)

    def _read(self, node: Expr) -> Expr:
        if not isinstance(node, Index) or node.base != self.array:
            return node
        return substitute(self.value, dict(zip(self.indices, node.indices, strict=True)))


def by_given_arrays(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with the arrays put in that the facts define, one after the other."""
    restated = problem
    for _ in range(MAX_ARRAYS):
        found = next((each for each in _definitions(restated) if not _captures(restated, each[1])), None)
        if found is None:
            break
        fact, definition = found
        others = tuple(each for each in restated.facts if each is not fact)
        restated = replace(restated, facts=others).mapped(definition.put_in)
    if (restated.a, restated.b) == (problem.a, problem.b):
        return None
    proof = prove(restated)
    return proof and proof.through("arrays that are given")


def _definitions(problem: Problem) -> Iterator[tuple[Expr, Definition]]:
    return ((fact, each) for fact in problem.facts for each in _defined_by(fact))


def _defined_by(fact: Expr) -> Iterator[Definition]:
    """What a fact says an array is."""
    of_all = of_all_entries(fact)
    if of_all is None:
        return
    body, ends = of_all
    if isinstance(body, Apply) and body.head == "eq":
        for read, value in (body.args, body.args[::-1]):
            array = whole_axes(read, ends)
            if array is not None and array not in free_variables(value):
                yield Definition(array, tuple(ends), value)


def _captures(problem: Problem, definition: Definition) -> bool:
    """Would a name of the value become that of a sum around a read?"""
    names = {name.name for name in free_variables(definition.value).difference(definition.indices)}
    nodes = (node for each in problem.expressions for node in walk(each))
    bound = (node.variable.name for node in nodes if isinstance(node, Binder))
    return not names.isdisjoint(bound)


def of_all_entries(fact: Expr) -> tuple[Expr, Ends] | None:
    """What is said for all values of some indices from 0 on, and their last values."""
    ends: dict[Variable, Expr] = {}
    while isinstance(fact, Binder) and fact.kind == "forall":
        if fact.lower != ZERO or fact.upper is None or fact.condition != TRUE:
            return None
        ends[fact.variable] = fact.upper
        fact = fact.body
    return (fact, ends) if ends else None


def whole_axes(read: Expr, ends: Ends) -> Variable | None:
    """The array that is read at these indices, in order, each running along the whole axis."""
    if not isinstance(read, Index) or tuple(read.indices) != tuple(ends):
        return None
    array = read.base
    if not isinstance(array, Variable) or array.kind.zero_outside:
        return None
    axes = zip(array.kind.shape, ends.values(), strict=True)
    whole = all(size is not None and is_zero(subtract(subtract(size, ONE), last)) for size, last in axes)
    return array if whole else None
