"""One pair of entries: a proof, else a witness, else undecided."""

from __future__ import annotations

import time
from dataclasses import replace

from symderiv.equality.cells import Problem
from symderiv.equality.coincidences import coincidences
from symderiv.equality.conditions_equal import by_conditions
from symderiv.equality.evidence import evidence
from symderiv.equality.failed_cells import failed_cell
from symderiv.equality.generic import without_generic
from symderiv.equality.geometric_sums import by_geometric_sums
from symderiv.equality.integers_proof import by_integer_parts
from symderiv.equality.nondecreasing import maxima_outside
from symderiv.equality.normal_form import OutOfTime
from symderiv.equality.prove import Proof, prove_problem
from symderiv.equality.refute import refute
from symderiv.equality.scope import scope_of, shared_poles, structural
from symderiv.equality.sharing import Table, shared
from symderiv.equality.solving import Solution
from symderiv.equality.unit_cells import by_unit_cells, without_integers
from symderiv.equality.verdict import Different, Equal, Undecided, Verdict, Witness
from symderiv.errors import LimitExceeded, MeaningError
from symderiv.expression.build import subtract
from symderiv.expression.instantiation import expand
from symderiv.expression.text import to_text
from symderiv.expression.tree import TRUE, ZERO, Binder, Cases, Expr, Index, Number, Variable, walk
from symderiv.index import normalise, without_certain

ALMOST_EVERYWHERE = "almost everywhere"
MAX_RESTATED = 3  # how many real variables under integer parts are split, one after the other


def decide_scalar(
    a: Expr,
    b: Expr,
    defined_a: Expr = TRUE,
    defined_b: Expr = TRUE,
    facts: tuple[Expr, ...] = (),
    *,
    policy: str = ALMOST_EVERYWHERE,
    deadline: float | None = None,
) -> Verdict:
    """Whether two entry expressions are equal where the facts hold.

    >>> from symderiv.expression.build import divide
    >>> from symderiv.expression.tree import ONE, Variable
    >>> x = Variable("x")
    >>> decide_scalar(divide(x, x), ONE).scope
    'except where x = 0'
    """
    if isinstance(a, Number) and a == b and defined_a == defined_b == TRUE:
        return Equal("structure")
    given = Problem(a, b, defined_a, defined_b, tuple(map(expand, facts)), deadline)
    try:
        proof = _proved_or_none(given, policy)
        if proof is not None:
            return Equal(proof.by, scope_of(proof.exceptions))
        witness = _refuted(given, policy)
    except OutOfTime:
        return Undecided(("time ran out",))
    except RecursionError:
        return Undecided(("nested too deeply",))
    except LimitExceeded as met:
        return Undecided((met.message,))
    if witness is not None:
        return Different("an exact point", witness)
    if deadline is not None and time.monotonic() > deadline:
        return Undecided(("normal forms", "sign cells", "points"), "time ran out")
    return Undecided(("normal forms", "sign cells", "points"), evidence(given))


def _refuted(given: Problem, policy: str) -> Witness | None:
    witness = _searched(given, policy)
    if witness is not None:
        return witness
    for solution, restricted in coincidences(given):
        witness = _searched(restricted, policy)
        if witness is not None:
            return _at(solution, witness)
    cell = failed_cell(given)
    return None if cell is None else _searched(cell, policy)


def _searched(given: Problem, policy: str) -> Witness | None:
    table: Table = {}
    sides = (given.a, given.b, given.defined_a, given.defined_b)
    a, b, defined_a, defined_b = (shared(side, table) for side in sides)
    return refute(a, b, defined_a, defined_b, given.facts, given.deadline, policy=policy)


def _at(solution: Solution, witness: Witness) -> Witness:
    """The witness of a restricted problem, with the equation that restricted it."""
    equation = (to_text(solution.unknown), to_text(solution.value))
    return Witness((*witness.point, equation), witness.left, witness.right)


def _proved_or_none(given: Problem, policy: str) -> Proof | None:
    """A proof; none where a cap, or an index out of range, was met when a boundary or a case was put in."""
    try:
        return _proved(given, policy)
    except (LimitExceeded, MeaningError):
        return None


def _cascade(given: Problem, policy: str, depth: int = 0) -> Proof | None:
    """A proof of a problem that another procedure restated."""
    problem = _normalised(given)
    proof = prove_problem(problem, policy) or by_integer_parts(problem, policy)
    if proof is not None or depth >= MAX_RESTATED:
        return proof
    return by_unit_cells(problem, policy, lambda restated: _cascade(restated, policy, depth + 1))


def _proved(given: Problem, policy: str) -> Proof | None:
    generic, exceptions = _generically(_ordered(given), policy)
    problem = _normalised(generic)
    proof = (
        prove_problem(problem, policy)
        or structural(given)
        or structural(problem)
        or by_integer_parts(problem, policy)
        or by_conditions(given, policy)
        or by_geometric_sums(generic, policy, lambda restated: _cascade(restated, policy, MAX_RESTATED))
        or by_unit_cells(problem, policy, lambda restated: _cascade(restated, policy, 1))
    )
    if proof is not None and exceptions:
        proof = Proof(proof.by, tuple(dict.fromkeys((*proof.exceptions, *exceptions))), proof.live)
    if proof is not None and policy != ALMOST_EVERYWHERE:
        proof = Proof(proof.by, shared_poles(given, proof.exceptions), proof.live)
        return proof if not proof.exceptions else None
    return proof


def _generically(given: Problem, policy: str) -> tuple[Problem, tuple[Expr, ...]]:
    """The problem off the null sets on which a condition "for all" entries fails, and their equations."""
    if policy != ALMOST_EVERYWHERE or given.defined_a == given.defined_b:
        return given, ()
    defined_a, first = without_generic(given.defined_a, given.facts)
    defined_b, second = without_generic(given.defined_b, given.facts)
    defined_a, third = without_integers(defined_a, given.facts)
    defined_b, fourth = without_integers(defined_b, given.facts)
    return replace(given, defined_a=defined_a, defined_b=defined_b), (*first, *second, *third, *fourth)


def _ordered(given: Problem) -> Problem:
    """The problem with maxima outside of nondecreasing functions."""
    a, b = maxima_outside(given.a), maxima_outside(given.b)
    return Problem(a, b, given.defined_a, given.defined_b, given.facts, given.deadline)


def _has_index_range(node: Expr) -> bool:
    """A sum, or an array that reads zero beyond its bounds: what depends on where its indices range."""
    if isinstance(node, Index):
        return isinstance(node.base, Variable) and node.base.kind.zero_outside
    return isinstance(node, Binder)


def _jointly(given: Problem) -> tuple[Expr, Expr]:
    """Both sides in their normal form; the same one, if their difference vanishes at every size and index."""
    a, b = normalise((given.a, given.b), given.facts)
    if a == b or not any(isinstance(node, Cases) for side in (a, b) for node in walk(side)):
        return a, b
    gap = normalise((given.a, given.b, subtract(given.a, given.b)), given.facts)[2]
    return (a, a) if gap == ZERO else (a, b)


def _normalised(given: Problem) -> Problem:
    """Sums with symbolic bounds in their joint normal form, conditions without what holds at every size."""
    if not any(_has_index_range(node) for side in (given.a, given.b) for node in walk(side)):
        return given
    try:
        a, b = _jointly(given)
        defined_a = without_certain(given.defined_a, given.facts)
        defined_b = without_certain(given.defined_b, given.facts)
    except LimitExceeded:
        return given
    return Problem(a, b, defined_a, defined_b, given.facts, given.deadline)
