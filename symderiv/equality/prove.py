"""Proofs of equality: by normal forms, by telling indices apart, by cells, and on the boundaries that stay.

A `Proof` holds wherever both sides exist, except where one of its ``exceptions`` (equations) holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.equality.cells.boundaries import NotNull, settle
from symderiv.equality.cells.deltas import told_apart, undecided_equation
from symderiv.equality.cells.half_turns import half_turns
from symderiv.equality.cells.named_values import names_functions
from symderiv.equality.cells.proof import Attempt, TooManyCells, attempt_in_cells, attempt_whole
from symderiv.equality.cells.solving import Solution
from symderiv.equality.integers.residues import residue_cases
from symderiv.equality.normal_forms.generators import Decline
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, in_all_cases
from symderiv.equality.restricted.given_values import with_equations_used
from symderiv.equality.verdict import ALMOST_EVERYWHERE, EVERYWHERE, Policy
from symderiv.expression.tree import FALSE, TRUE, Expr

MAX_DEPTH = 7


NOT_YET = Proof("not yet")


def prove(a: Expr, b: Expr, facts: tuple[Expr, ...] = (), deadline: float | None = None) -> Proof | None:
    """A proof that two entry expressions are equal wherever they exist, or None.

    >>> from symderiv.expression.tree import Apply, Variable
    >>> from symderiv.expression.build import add, mul, number
    >>> x = Variable("x")
    >>> bool(prove(mul(add(x, number(1)), add(x, number(1))), add(mul(x, x), mul(number(2), x), number(1))))
    True
    """
    return prove_problem(Problem(a, b, TRUE, TRUE, facts, deadline))


def prove_problem(problem: Problem, policy: Policy = ALMOST_EVERYWHERE, depth: int = 0) -> Proof | None:
    """The whole cascade of proofs for one pair of entries; of boundaries none that begins too late."""
    if depth and problem.is_late:
        return None
    problem = with_equations_used(problem)
    found = prove_whole(problem, policy, depth)
    return prove_in_parts(problem, policy, depth) if found is NOT_YET else found


def prove_in_parts(problem: Problem, policy: Policy, depth: int = 0) -> Proof | None:
    """A proof by telling indices, remainders or sign cells apart, once `prove_whole` said ``NOT_YET``."""
    if depth < MAX_DEPTH:
        equation = undecided_equation(problem)
        if equation is not None:
            return _apart(problem, equation, policy, depth)
        cases = residue_cases(problem)
        if cases is not None:
            return _all_cases(cases, "remainders", policy, depth)
    return _by_cells(problem, policy, depth)


def prove_whole(problem: Problem, policy: Policy, depth: int = 0) -> Proof | None:
    """With switches as unknowns: a proof, None where cells can't help either, else ``NOT_YET``.

    The equations that are given are put in already (`with_equations_used`).
    """
    try:
        tried = attempt_whole(problem)
        if tried.final:
            return None
        found = _finished(problem, tried, policy, depth) if tried.proved else None
    except (Decline, TooManyCells):
        return NOT_YET
    return found or NOT_YET


def _by_cells(problem: Problem, policy: Policy, depth: int) -> Proof | None:
    def at(value: Solution) -> bool:
        there = problem.mapped(value.put_in)
        if FALSE in there.facts:
            return True
        proof = prove_problem(there, policy, depth + 1) if depth < MAX_DEPTH else None
        return proof is not None and not proof.exceptions

    try:
        tried = attempt_in_cells(problem, at)
        return _finished(problem, tried, policy, depth) if tried.proved else None
    except (Decline, TooManyCells):
        return None


def _finished(problem: Problem, tried: Attempt, policy: Policy, depth: int) -> Proof | None:
    """The proof with its boundaries looked at; None where one of them is no null set."""

    def on_boundary(restricted: Problem) -> Proof | None:
        return prove_problem(restricted, policy, depth + 1) if depth < MAX_DEPTH else None

    try:
        exceptions = settle(problem, tried, policy, on_boundary)
        passed_over = tuple(_at_half_turns(problem, tried, policy, on_boundary, exceptions))
    except NotNull as found:
        if found.equation is None or depth >= MAX_DEPTH:
            return None
        return _apart(problem, found.equation, policy, depth)
    return Proof(_named(tried), tuple(dict.fromkeys((*exceptions, *passed_over))), tried.live)


def _at_half_turns(
    problem: Problem, tried: Attempt, policy: Policy, prove_there: Prove, named: tuple[Expr, ...]
) -> Iterator[Expr]:
    """The angles, not yet ``named``, at which nothing was shown: the tangent of their half is infinite."""
    for turn in half_turns(problem, tried.field):
        if any(map(turn.solves, named)):
            continue
        there = turn.restricted(problem)
        proof = None if there is None else prove_there(there)
        if proof is not None and (proof.live or policy == EVERYWHERE):
            yield from proof.exceptions
        elif names_functions(turn.angle):
            raise NotNull
        else:
            yield turn.equation


def _named(tried: Attempt) -> str:
    classes = sorted(tried.classes - {"sign cells"}) or ["rational functions"]
    if "sign cells" in tried.classes and tried.cells > 1:
        classes.append(f"{tried.cells} sign cells")
    return ", ".join(classes)


def _apart(problem: Problem, equation: Expr, policy: Policy, depth: int) -> Proof | None:
    """Both cases of an equation between indices: put in where it holds, false where it doesn't."""
    return _all_cases(told_apart(problem, equation), "cases of the indices", policy, depth)


def _all_cases(cases: list[Problem], reason: str, policy: Policy, depth: int) -> Proof | None:
    return in_all_cases(cases, reason, lambda case: prove_problem(case, policy, depth + 1))
