"""What a fact says of every entry of an array: ``x[i] > 0`` where i runs along the whole axis."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from symderiv.equality.conditions.inside import body_under
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.expression.build import subtract
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ONE, TRUE, ZERO, Apply, Binder, Expr, Index, Number, Variable

Ends = Mapping[Variable, Expr]
"""The last value of each index that a fact speaks of, in order; the first is 0."""


def said_throughout(fact: Expr) -> Iterator[tuple[Ends, Expr]]:
    """The parts of a fact, each with the indices from 0 on for all values of which it holds.

    What is said of one triangle of a matrix alone stays whole: of that row, no product can be told.

    >>> i, x = Variable("i"), Variable("x")
    >>> positive = Apply("lt", (ZERO, Index(x, (i,))))
    >>> all_positive = Binder("forall", positive, i, ZERO, ONE)
    >>> [(ends[i], said == positive) for ends, said in said_throughout(all_positive)]
    [(1, True)]
    """
    yield from _said(fact, {})


def _said(fact: Expr, ends: Ends) -> Iterator[tuple[Ends, Expr]]:
    match fact:
        case Binder(kind="forall", variable=i, body=body, lower=lower, upper=Expr() as last):
            whole = lower == ZERO and fact.condition == TRUE
            if whole and i not in ends and free_variables(last).isdisjoint(ends):
                yield from _said(body, {**ends, i: last})
            else:
                yield ends, fact
        case Apply(head="lt" | "le", args=(low, Binder(kind="min") as least)) if isinstance(low, Number):
            yield from _said(_for_all(least, lambda each: Apply(fact.head, (low, each))), ends)
        case Apply(head="lt" | "le", args=(Binder(kind="max") as most, high)) if isinstance(high, Number):
            yield from _said(_for_all(most, lambda each: Apply(fact.head, (each, high))), ends)
        case Apply(head="and"):
            for part in fact.args:
                yield from _said(part, ends)
        case Expr():
            yield ends, fact


def _for_all(extremum: Binder, say: Callable[[Expr], Expr]) -> Binder:
    """What is said of the least or greatest of some numbers is said of each; there is at least one."""
    ends = extremum.lower, extremum.upper
    return Binder("forall", say(extremum.body), extremum.variable, *ends, extremum.condition)


def for_all(ends: Ends, said: Expr) -> Expr:
    """The fact again, index by index."""
    for index, last in reversed(tuple(ends.items())):
        said = Binder("forall", said, index, ZERO, last)
    return said


def read_throughout(read: Expr, ends: Ends) -> Variable | None:
    """The array that is read at these indices, in order, each running along the whole axis."""
    if not isinstance(read, Index) or tuple(read.indices) != tuple(ends):
        return None
    array = read.base
    if not isinstance(array, Variable) or array.kind.zero_outside:
        return None
    axes = zip(array.kind.shape, ends.values(), strict=True)
    whole = all(size is not None and is_zero(subtract(subtract(size, ONE), last)) for size, last in axes)
    return array if whole else None


def said_along(binder: Binder, facts: Iterable[Expr]) -> Iterator[Expr]:
    """What facts say of all values of an index, of the one that a binder lets run over the same."""
    for fact in facts:
        if not isinstance(fact, Binder) or fact.kind != "forall" or fact.condition != TRUE:
            continue
        ends = ((fact.lower, binder.lower), (fact.upper, binder.upper))
        said = body_under(fact, binder.variable)
        if said is not None and all(one is not None and one == other for one, other in ends):
            yield said
