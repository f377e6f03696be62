"""Arrays that are given entry by entry: ``p == softmax(z)`` puts ``exp(z[i])/Σ exp(z)`` in for p[i].

A fact ``p[i] = value(i)`` for all i defines p where i runs along the whole axis: then whatever index stands
in a read of p is one for which the fact speaks. That each read is one of an entry is asked of what was given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from symderiv.equality.given.throughout import read_throughout, said_throughout
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.contents import contents
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import Apply, Binder, Expr, Index, Variable, transform, walk

MAX_ARRAYS = 4


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
        found = next((each for each in _definitions(restated) if not captures(restated, each[1])), None)
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
    for ends, said in said_throughout(fact) if isinstance(fact, Binder) else ():
        if isinstance(said, Apply) and said.head == "eq":
            for read, value in (said.args, said.args[::-1]):
                array = read_throughout(read, ends)
                if array is not None and array not in free_variables(value):
                    yield Definition(array, tuple(ends), value)


def captures(problem: Problem, definition: Definition) -> bool:
    """Would a name of the value become that of a sum around a read?"""
    names = {name.name for name in free_variables(definition.value).difference(definition.indices)}
    nodes = (node for each in problem.expressions for node in walk(each))
    bound = (node.variable.name for node in nodes if isinstance(node, Binder))
    return not names.isdisjoint(bound)
