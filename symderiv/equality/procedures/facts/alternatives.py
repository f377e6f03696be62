"""Facts that leave a choice, each case by itself: a label that is 0 or 1."""

from __future__ import annotations

from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, in_all_cases
from symderiv.equality.restricted.alternatives import MAX_CHOICES, alternatives


def by_alternatives(problem: Problem, prove: Prove, choices: int = MAX_CHOICES) -> Proof | None:
    """A proof in each case that one of the facts leaves, or in each case of the next one there."""
    cases = alternatives(problem) if choices else ()
    if not cases:
        return None

    def in_case(case: Problem) -> Proof | None:
        return prove(case) or by_alternatives(case, prove, choices - 1)

    return in_all_cases(cases, "each case of what is given", in_case)
