"""What facts say of every entry of an array is what its declaration could have said.

``x[i] > 0`` for all i makes x a positive vector, ``A[i,j] = A[j,i]`` a symmetric matrix: then each read is
one of such an entry, under whatever index it stands.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from symderiv.equality.facts import bounds, in_both, without_abs
from symderiv.equality.given.throughout import Ends, for_all, read_throughout, said_throughout
from symderiv.equality.problem import Problem
from symderiv.expression.build import entry_of
from symderiv.expression.contents import contents
from symderiv.expression.kinds import Kind
from symderiv.expression.tree import Apply, Binder, Expr, Index, Variable, transform


def with_given_kinds(problem: Problem) -> Problem:
    """The problem with what its facts say of all entries of an array as the kind of the array.

    A domain of one number stays a fact: an equation there is nothing rare.

    >>> from symderiv.expression.tree import ONE, ZERO
    >>> i, x = Variable("i"), Variable("x", Kind(shape=(ONE,)))
    >>> positive = Binder("forall", Apply("lt", (ZERO, Index(x, (i,)))), i, ZERO, ZERO)
    >>> declared = with_given_kinds(Problem(Index(x, (ZERO,)), ONE, facts=(positive,)))
    >>> declared.facts, declared.a.base.kind.domain.is_positive
    ((), True)
    """
    facts = [part for fact in problem.facts for part in _parts(fact)]
    for number, (ends, said) in enumerate(facts):
        declared = _declared(said, ends)
        if declared is not None:
            others = tuple(for_all(*other) for other in facts[:number] + facts[number + 1 :])
            array, kind = declared
            renamed = partial(_renamed, array=array, again=Variable(array.name, kind))
            return with_given_kinds(replace(problem, facts=others).mapped(renamed))
    return problem


def with_symmetric_reads(problem: Problem) -> Problem:
    """The problem in which each entry of a symmetric matrix, read by number, is read under one name."""
    sides = (*problem.expressions, *problem.facts)
    if not any(name.kind.symmetric for side in sides for name in contents(side).free):
        return problem
    return problem.mapped(lambda expr: transform(expr, _above_diagonal))


def _above_diagonal(node: Expr) -> Expr:
    return entry_of(node.base, node.indices) if isinstance(node, Index) else node


def _parts(fact: Expr) -> list[tuple[Ends, Expr]]:
    """What a fact says of all values of some indices, with bounds instead of ``|u| ≤ c``."""
    if Binder not in contents(fact).classes:
        return [({}, fact)]
    return list(said_throughout(transform(fact, without_abs)))


def _renamed(expr: Expr, array: Variable, again: Variable) -> Expr:
    if array not in contents(expr).free:
        return expr
    return transform(expr, lambda node: again if node == array else node)


def _declared(said: Expr, ends: Ends) -> tuple[Variable, Kind] | None:
    """The array of which that speaks, and its kind with what it says."""
    if not ends or not isinstance(said, Apply):
        return None
    found = _of_bounds(said, ends) or _of_turns(said, ends)
    if found is None or found[0].definition is not None or found[0].value is not None:
        return None
    return found if found[1].domain.has_room else None


def _of_bounds(said: Apply, ends: Ends) -> tuple[Variable, Kind] | None:
    """``0 < x[i]``, ``x[i] ≤ 1``."""
    for read in said.args:
        array = read_throughout(read, ends)
        found = None if array is None else bounds(said, read)
        if array is not None and found is not None:
            return array, array.kind.with_domain(in_both(array.kind.domain, found))
    return None


def _of_turns(said: Apply, ends: Ends) -> tuple[Variable, Kind] | None:
    """``A[i,j] = A[j,i]``."""
    if said.head != "eq" or len(ends) != 2:
        return None
    for read, turned in (said.args, said.args[::-1]):
        array = read_throughout(read, ends)
        if array is not None and turned == Index(array, tuple(ends)[::-1]):
            return array, replace(array.kind, symmetric=True)
    return None
