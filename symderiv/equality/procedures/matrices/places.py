"""Entries of products at places, ``(A⁻¹ A)[0, n - 1]``, or on the diagonal: what holds of all holds there.

Each summand is asked at names for its places; one that reads no entry stands on the diagonal, as 1 of I does.
However the names are given out, the summands asked are those of the problem where they are the places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.matrices.factors import reads_inverses
from symderiv.equality.procedures.matrices.inverses import by_inverses
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import add, delta, mul
from symderiv.expression.parts import terms_of
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ZERO, Apply, Binder, Expr, Index, Variable, index_variable

MAX_ORDERS = 16
FIRST, SECOND = index_variable("_first"), index_variable("_second")
Places = tuple[Expr, ...]
Bound = frozenset[Variable]


def by_places(problem: Problem, prove: Prove) -> Proof | None:
    """A proof of both sides at every place, where they are asked at one."""
    if not any(map(reads_inverses, problem.sides)) or is_condition(problem.a):
        return None
    for everywhere in islice(_at_names(problem), MAX_ORDERS):
        proof = by_inverses(everywhere, prove)
        if proof is not None and not any({FIRST, SECOND} & free_variables(e) for e in proof.exceptions):
            return proof
    return None


def _at_names(problem: Problem) -> Iterator[Problem]:
    """The problem with names for the places of its summands, in each order that they may have."""
    left, right = (() if side == ZERO else terms_of(side) for side in (problem.a, problem.b))
    asked = [_places(term) for term in (*left, *right)]
    shared = {tuple(sorted(each, key=repr)) for each in asked if each}
    if len(shared) != 1 or not 1 <= len(places := shared.pop()) <= 2:
        return
    if len(set(places)) < len(places):
        choices = [_in_both_orders(term, each) for term, each in zip((*left, *right), asked, strict=True)]
    elif all(asked):
        named = dict(zip(places, (FIRST, SECOND), strict=False))
        choices = [
            (_named(term, [named[place] for place in each]),)
            for term, each in zip((*left, *right), asked, strict=True)
        ]
    else:
        return
    choices[0] = choices[0][:1]  # to turn all of them round asks the same
    for terms in product(*choices):
        a, b = add(*terms[: len(left)]), add(*terms[len(left) :])
        yield replace(problem, a=a, b=b)


def _in_both_orders(term: Expr, places: Places) -> Sequence[Expr]:
    if not places:
        return (mul(delta(FIRST, SECOND), term),)
    return tuple(_named(term, names) for names in ([FIRST, SECOND], [SECOND, FIRST]))


def _places(term: Expr) -> Places:
    """The numbers at which a summand reads entries, and the open indices that it reads several at."""
    found = list(_read(term, frozenset()))
    times = Counter(found)
    return tuple(each for each in found if times[each] > 1 or not isinstance(each, Variable))


def _read(expr: Expr, bound: Bound) -> Iterator[Expr]:
    """What stands in the places of entries and isn't bound, from left to right."""
    match expr:
        case Index(base=Variable(), indices=at):
            yield from (place for place in at if _is_place(place, bound))
            return
        case Apply(head="inverse", args=(_, *at)):
            yield from (place for place in at if _is_place(place, bound))
            return
        case Binder():
            bound |= {expr.variable}
    for child in expr.children:
        yield from _read(child, bound)


def _is_place(at: Expr, bound: Bound) -> bool:
    return free_variables(at).isdisjoint(bound)


def _named(term: Expr, names: Sequence[Expr]) -> Expr:
    """The summand with these names for its places, one after the other."""
    places = set(_places(term))
    supply = iter(names)

    def renamed(at: Expr, bound: Bound) -> Expr:
        return next(supply) if at in places and _is_place(at, bound) else at

    def walked(expr: Expr, bound: Bound) -> Expr:
        match expr:
            case Index(base=Variable(), indices=at):
                return Index(expr.base, tuple(renamed(place, bound) for place in at), expr.origin)
            case Apply(head="inverse", args=(matrix, *at)):
                return Apply("inverse", (matrix, *(renamed(place, bound) for place in at)))
            case Binder():
                bound |= {expr.variable}
        return expr.rebuild(tuple(walked(child, bound) for child in expr.children)) if expr.children else expr

    return walked(term, frozenset())
