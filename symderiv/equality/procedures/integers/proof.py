"""Proofs by integer parts: both sides with their floors in normal form, then the cascade once more."""

from __future__ import annotations

from symderiv.equality.integers.parts import normalise_integers
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, with_sides_rewritten
from symderiv.equality.prove import prove_problem
from symderiv.equality.verdict import Policy


def by_integer_parts(problem: Problem, policy: Policy) -> Proof | None:
    """A proof after nested floors are flattened and known remainders put in, if that changes anything."""
    return with_sides_rewritten(
        problem,
        lambda side: normalise_integers(side, problem.facts),
        lambda restated: prove_problem(restated, policy),
        "integer parts",
    )
