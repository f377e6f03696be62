"""Proofs by integer parts: both sides with their floors in normal form, then the cascade once more."""

from __future__ import annotations

from symderiv.equality.cells.proof import Problem
from symderiv.equality.integers.parts import normalise_integers
from symderiv.equality.prove import Proof, prove_problem


def by_integer_parts(problem: Problem, policy: str) -> Proof | None:
    """A proof after nested floors are flattened and known remainders put in, if that changes anything."""
    a, b = (normalise_integers(side, problem.facts) for side in (problem.a, problem.b))
    if (a, b) == (problem.a, problem.b):
        return None
    restated = Problem(a, b, problem.defined_a, problem.defined_b, problem.facts, problem.deadline)
    proof = prove_problem(restated, policy)
    return proof and proof.through("integer parts")
