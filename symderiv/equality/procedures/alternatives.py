"""Facts that leave a choice, each case by itself: a label that is 0 or 1."""

from __future__ import annotations

from symderiv.equality.problem import Problem
from symderiv.equality.prove import Proof, Prove, in_all_cases
from symderiv.equality.restricted.alternatives import alternatives


def by_alternatives(problem: Problem, prove: Prove) -> Proof | None:
    """A proof in each case that one of the facts leaves."""
    cases = alternatives(problem)
    return in_all_cases(cases, "each case of what is given", prove) if cases else None
