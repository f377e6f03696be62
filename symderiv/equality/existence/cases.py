"""Problems whose sides rest on ``exists(…)``: equal if they are, whether or not it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

from symderiv.equality.cells.proof import Problem
from symderiv.equality.existence.existence import exists, put, unsettled
from symderiv.equality.prove import prove
from symderiv.equality.verdict import EVERYWHERE, Equal, Undecided, Verdict
from symderiv.expression.build import boolean, mul
from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import FALSE, MINUS_ONE, Apply, Binder, Cases, Expr, Number

MAX_ASKED = 3
Decided = Callable[[Problem], Verdict]


def in_every_case(given: Problem, decided: Decided) -> Verdict:
    """The verdict on a problem: equal if it is so in each case of what isn't known to exist."""
    if not (unsettled(given.defined_a) or unsettled(given.defined_b)):
        return decided(given)
    problem = _settled(given)
    open_ones = tuple(dict.fromkeys((*unsettled(problem.defined_a), *unsettled(problem.defined_b))))
    if not open_ones:
        return decided(problem)
    found = _all_equal(problem, open_ones, decided) if len(open_ones) <= MAX_ASKED else None
    if found is not None:
        return found
    verdict = decided(problem)
    return Undecided(("existence",)) if isinstance(verdict, Equal) else verdict


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


def _says_the_same(asked: Expr, other: Expr, facts: tuple[Expr, ...]) -> bool:
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
    (where, body), (where_too, body_too) = _parts(one), _parts(two)
    name = {two.variable: one.variable}
    if where != (where_too and instantiate(where_too, name)):
        return False
    body, body_too = _without_number(body), _without_number(instantiate(body_too, name))
    return any(prove(body, each, facts) is not None for each in (body_too, mul(MINUS_ONE, body_too)))


def _parts(integral: Binder) -> tuple[Expr | None, Expr]:
    """Where the integrand is said to be defined, and its value."""
    body = integral.body
    if isinstance(body, Cases) and body.otherwise is None and len(body.branches) == 1:
        return body.branches[0]
    return None, body


def _without_number(body: Expr) -> Expr:
    if isinstance(body, Apply) and body.head == "mul" and isinstance(body.args[0], Number):
        return mul(*body.args[1:])
    return body
