"""The exceptions of a proof among the points that the facts leave.

One that can't happen there isn't named. One that fills them is no exception: x = 0, where ``abs(x) <= 0``
is given, says that nothing was proved.
"""

from __future__ import annotations

from dataclasses import replace

from symderiv.equality.cascade.index_form import sums_alike
from symderiv.equality.cascade.orthogonal_arrays import without_orthogonal_arrays
from symderiv.equality.cells.free_numbers import is_for_few
from symderiv.equality.cells.open_facts import fills_a_plane, leaves_room, strictly
from symderiv.equality.cells.quadrics import is_null_on_quadric, within_open_bounds
from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof
from symderiv.equality.refute.search import refute
from symderiv.equality.restricted.alternatives import alternatives
from symderiv.equality.restricted.given_values import with_values_put_in
from symderiv.equality.restricted.sizes import at_each_size
from symderiv.equality.scope import shared_poles
from symderiv.equality.verdict import ALMOST_EVERYWHERE, EVERYWHERE, Policy
from symderiv.expression.build import compare, conjunction
from symderiv.expression.contents import contents
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import TRUE, Apply, Binder, Expr

MAX_POINTS = 60
MAX_SIZE = 60  # nodes of an exception, up to which it is asked whether it can happen

Facts = tuple[Expr, ...]


def reported(proof: Proof, given: Problem, policy: Policy, first: tuple[Expr, ...]) -> Proof | None:
    """The proof with the exceptions of both stages; none where the policy doesn't allow them."""
    exceptions = tuple(dict.fromkeys((*proof.exceptions, *first)))
    found = among(Proof(proof.by, exceptions, proof.live), given)
    if found is None or policy == ALMOST_EVERYWHERE:
        return found
    found = Proof(found.by, shared_poles(given, found.exceptions), found.live)
    return found if not found.exceptions else None


def among(proof: Proof, given: Problem) -> Proof | None:
    """The proof with the exceptions that can happen; ``None`` where they may be all that the facts leave.

    >>> from symderiv.expression.build import number
    >>> from symderiv.expression.tree import TRUE, ZERO, Variable
    >>> x = Variable("x")
    >>> proof = Proof("", (compare("eq", x, ZERO),))
    >>> among(proof, Problem(x, x, TRUE, TRUE, (compare("lt", number(1), x),))).exceptions
    ()
    >>> print(among(proof, Problem(x, x, TRUE, TRUE, (compare("le", Apply("abs", (x,)), ZERO),))))
    None
    """
    if not proof.exceptions:
        return proof
    found = tuple(e for e in proof.exceptions if not _is_impossible(e, _about(e, given.facts)))
    own = shared_poles(given, found)  # elsewhere neither side exists
    if all(_is_rare(exception, _about(exception, given.facts), given.deadline) for exception in own):
        return replace(proof, exceptions=found)
    return None


def _about(exception: Expr, facts: Facts) -> Facts:
    """The facts that speak of its names, or of names that such facts speak of."""
    names = set(free_variables(exception))
    left = [(fact, free_variables(fact)) for fact in without_orthogonal_arrays(facts, exception)]
    found: list[Expr] = []
    while True:
        near = [each for each in left if not names.isdisjoint(each[1])]
        if not near:
            return tuple(found)
        left = [each for each in left if names.isdisjoint(each[1])]
        found.extend(fact for fact, _ in near)
        names.update(*(free for _, free in near))


def _is_impossible(exception: Expr, facts: Facts) -> bool:
    if not isinstance(exception, Apply) or contents(exception).size > MAX_SIZE:
        return False
    if Binder in contents(exception).classes:
        exception, *known = sums_alike((exception, *facts))
        facts = tuple(known)
    return knowledge(facts).implies(compare("ne", *exception.children))


def _is_rare(exception: Expr, facts: Facts, deadline: float | None) -> bool:
    """Does it fail at a point around which, or on the plane through which, the facts hold?

    Its two sides are analytic, so that it then holds on a null set among these points. At the smallest sizes
    too: ``t[0] = 1`` is all that ``sum(t) == 1`` leaves where there is one t.
    """
    left, right = exception.children
    if is_for_few(left, right, facts):
        return True
    problem = Problem(left, right, TRUE, TRUE, facts, deadline)
    if is_null_on_quadric(left, right, facts):
        bounds = within_open_bounds(conjunction(compare("ne", left, right), *facts))
        return _fails_somewhere(_inside(problem, (*map(strictly, facts), *bounds)))
    cases = alternatives(problem)
    if cases:
        return all(_is_rare(exception, case.facts, deadline) for case in cases)
    restricted = with_values_put_in(problem)
    there = restricted.problem
    if there.a == there.b:
        return False
    if not restricted.solutions and all(map(leaves_room, there.facts)):
        return True
    if not all(map(fills_a_plane, there.facts)):
        return False
    inside = _inside(there, tuple(map(strictly, there.facts)))
    return all(map(_fails_somewhere, (inside, *at_each_size(inside))))


def _inside(problem: Problem, strict: Facts) -> Problem:
    where = conjunction(*strict)
    return replace(problem, defined_a=where, defined_b=where, facts=strict)


def _fails_somewhere(equation: Problem) -> bool:
    a, b, where, facts = equation.a, equation.b, equation.defined_a, equation.facts
    found = refute(a, b, where, where, facts, equation.deadline, policy=EVERYWHERE, max_points=MAX_POINTS)
    return found is not None and found.has_values
