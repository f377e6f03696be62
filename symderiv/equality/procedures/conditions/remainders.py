"""Conditions on remainders, each remainder by itself: ``n^2 % 8 == 1`` holds where n is odd."""

from __future__ import annotations

from symderiv.equality.integers.residues import residue_cases_inside
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, in_all_cases


def by_remainders(problem: Problem, prove: Prove) -> Proof | None:
    """A proof in each case n = dm + r of an integer that is divided inside of a comparison."""
    cases = residue_cases_inside(problem)
    return None if cases is None else in_all_cases(cases, "remainders", prove)
