"""Problems whose sides rest on ``exists(…)``: equal if they are, whether or not it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product

from symderiv.equality.existence.existence import (
    exists,
    infinite_value,
    put,
    unsettled,
    value_of,
    without_condition,
)
from symderiv.equality.integrals.single_points import at_single_points
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof
from symderiv.equality.prove import prove
from symderiv.equality.scalars.branches import in_branches
from symderiv.equality.verdict import EVERYWHERE, Equal, Undecided, Verdict
from symderiv.expression.build import boolean, mul
from symderiv.expression.contents import contents
from symderiv.expression.instantiation import instantiate
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import FALSE, MINUS_ONE, TRUE, Apply, Binder, Expr, Number, Variable

MAX_ASKED = 3
Decided = Callable[[Problem], Verdict]
Facts = tuple[Expr, ...]


def in_every_case(given: Problem, decided: Decided) -> Verdict:
    """The verdict on a problem: equal if it is so in each case of what isn't known to exist."""
    given = _valued(given)
    if not (unsettled(given.defined_a) or unsettled(given.defined_b)):
        return decided(given)
    problem = _settled(_found(_grown(given)))
    open_ones = tuple(dict.fromkeys((*unsettled(problem.defined_a), *unsettled(problem.defined_b))))
    if not open_ones:
        return decided(problem)
    found: Verdict | None = _all_equal(problem, open_ones, decided) if len(open_ones) <= MAX_ASKED else None
    found = found or in_branches(problem, lambda case: in_every_case(case, decided))
    if found is not None:
        return found
    verdict = decided(problem)
    return Undecided(("existence",)) if isinstance(verdict, Equal) else verdict


def _valued(given: Problem) -> Problem:
    """The integrals that only the facts place the switches of, as what they are: ``∫ max(a t + b, 0) dt``."""
    sides = (given.a, given.b)
    if not given.facts or all(Binder not in contents(side).classes for side in sides):
        return given
    found: dict[Expr, Expr] = {}
    for node in (node for side in sides for node in _integrals(side)):
        value = value_of(node, given.facts)
        if value is not None:
            found[node] = value
    return replace(given, a=substitute(given.a, found), b=substitute(given.b, found)) if found else given


def _integrals(side: Expr) -> Iterator[Binder]:
    """Those that no other range is around: what the facts say of a bound name isn't said of it."""
    if isinstance(side, Binder):
        if side.kind == "integral":
            yield side
        return
    for child in side.children:
        yield from _integrals(child)


def _grown(given: Problem) -> Problem:
    """What is infinite wherever the facts hold, as that: ``Σ r^i`` where 1 < r is given."""
    if not given.facts:
        return given
    (a, defined_a), (b, defined_b) = (
        _infinite(side, defined, given.facts)
        for side, defined in ((given.a, given.defined_a), (given.b, given.defined_b))
    )
    return replace(given, a=a, b=b, defined_a=defined_a, defined_b=defined_b)


def _infinite(side: Expr, defined: Expr, facts: Facts) -> tuple[Expr, Expr]:
    for condition in unsettled(defined):
        value = condition.children[0]
        found = infinite_value(value, facts)
        if found is not None:
            side = substitute(side, {without_condition(value)[1]: found})
            defined = put(defined, {condition: TRUE})
    return side, defined


def _found(given: Problem) -> Problem:
    """The values that the facts lead to put in: ``Σ g^i`` for a g that is given to lie between 0 and 1."""
    asked = dict.fromkeys((*unsettled(given.defined_a), *unsettled(given.defined_b))) if given.facts else {}
    values = {condition: value_of(condition.children[0], given.facts) for condition in asked}
    put_in = {without_condition(c.children[0])[1]: value for c, value in values.items() if value is not None}
    if not put_in:
        return given
    known: dict[Expr, Expr] = {condition: TRUE for condition, value in values.items() if value is not None}
    return replace(
        given,
        a=substitute(given.a, put_in),
        b=substitute(given.b, put_in),
        defined_a=put(given.defined_a, known),
        defined_b=put(given.defined_b, known),
    )


def _settled(given: Problem) -> Problem:
    """What the facts say about existence put in, and one condition for those that say the same."""
    known: dict[Expr, Expr] = {}
    for asked in (*unsettled(given.defined_a), *unsettled(given.defined_b)):
        answer = exists(asked.children[0], given.facts)
        same = (
            other for other in known.values() if answer == asked and _says_the_same(asked, other, given.facts)
        )
        known[asked] = next(same, answer)
    return replace(given, defined_a=put(given.defined_a, known), defined_b=put(given.defined_b, known))


def _all_equal(problem: Problem, asked: tuple[Expr, ...], decided: Decided) -> Equal | None:
    found: list[Equal] = []
    for answers in product((True, False), repeat=len(asked)):
        known = {condition: boolean(answer) for condition, answer in zip(asked, answers, strict=True)}
        defined_a, defined_b = put(problem.defined_a, known), put(problem.defined_b, known)
        if defined_a == defined_b == FALSE:
            continue
        verdict = decided(replace(problem, defined_a=defined_a, defined_b=defined_b))
        if not isinstance(verdict, Equal):
            return None
        found.append(verdict)
    scopes = {verdict.scope for verdict in found} - {EVERYWHERE}
    return None if not found or len(scopes) > 1 else Equal(found[0].by, *scopes)


def _says_the_same(asked: Expr, other: Expr, facts: Facts) -> bool:
    """Integrals of the same over the same range, up to a number for a factor and the order of the ends."""
    if asked == other:
        return True
    if not isinstance(other, Apply) or not isinstance(asked, Apply):
        return False
    one, two = asked.args[0], other.args[0]
    if not (isinstance(one, Binder) and isinstance(two, Binder) and one.kind == two.kind):
        return False
    if {one.lower, one.upper} != {two.lower, two.upper}:
        return False
    (where, one_plain), (where_too, two_plain) = map(without_condition, (one, two))
    assert isinstance(one_plain, Binder) and isinstance(two_plain, Binder)
    name = {two.variable: one.variable}
    if where != instantiate(where_too, name):
        return False
    body, body_too = (_without_number(plain.body) for plain in (one_plain, two_plain))
    body_too = instantiate(body_too, name)
    proofs = (prove(body, each, facts) for each in (body_too, mul(MINUS_ONE, body_too)))
    return any(proof is not None and _at_points_only(proof, one.variable, facts) for proof in proofs)


def _at_points_only(proof: Proof, t: Variable, facts: Facts) -> bool:
    """Exceptions at single values of the bound variable, whatever the other names are, count for nothing."""
    pairs = (exception.children for exception in proof.exceptions)
    return all(at_single_points(left, right, t, facts) for left, right in pairs)


def _without_number(body: Expr) -> Expr:
    if isinstance(body, Apply) and body.head == "mul" and isinstance(body.args[0], Number):
        return mul(*body.args[1:])
    return body
