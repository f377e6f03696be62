"""One problem as the procedures take it, and how what they restate is proved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from symderiv.equality.cascade.generic_form import generically, ordered
from symderiv.equality.cascade.index_form import normalised
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.integers.proof import by_integer_parts
from symderiv.equality.procedures.integers.unit_cells import by_unit_cells
from symderiv.equality.procedures.sums.cut_products import by_cut_products
from symderiv.equality.procedures.sums.longer_ranges import by_longer_ranges
from symderiv.equality.proof import Proof
from symderiv.equality.prove import prove_problem, prove_whole
from symderiv.equality.restricted.given_values import with_equations_used
from symderiv.equality.verdict import Policy
from symderiv.expression.tree import Expr

MAX_RESTATED = 3  # how many real variables are split off, one after the other


@dataclass(frozen=True)
class Asked:
    """One problem in the forms that procedures take, and what was found of it already.

    ``given`` is as it was asked; ``generic`` without the null sets (``exceptions``) on which a condition "for
    all" fails; in ``normal`` sums are in their joint normal form, in ``plain`` given equations are put in.
    """

    given: Problem
    policy: Policy

    @cached_property
    def _generically(self) -> tuple[Problem, tuple[Expr, ...]]:
        return generically(ordered(self.given), self.policy)

    @property
    def generic(self) -> Problem:
        return self._generically[0]

    @property
    def exceptions(self) -> tuple[Expr, ...]:
        return self._generically[1]

    @cached_property
    def normal(self) -> Problem:
        return normalised(self.generic)

    @cached_property
    def plain(self) -> Problem:
        return with_equations_used(self.normal)

    @cached_property
    def whole(self) -> Proof | None:
        """The proof by one normal form; ``NOT_YET`` where cells may tell more."""
        return prove_whole(self.plain, self.policy)

    def again(self, restated: Problem) -> Proof | None:
        """A proof of what a procedure restated, no real variable split off."""
        return cascaded(restated, self.policy, MAX_RESTATED)

    def again_with_longer_ranges(self, restated: Problem) -> Proof | None:
        """The same, where the step of an induction leaves a range up to k + 1 beside one up to k."""
        found = self.again(restated) or by_longer_ranges(restated, self.again)
        return found or by_cut_products(restated, self.again)

    def again_in_cells(self, restated: Problem) -> Proof | None:
        """The same by normal forms and sign cells alone."""
        return prove_problem(restated, self.policy)


def cascaded(given: Problem, policy: Policy, depth: int) -> Proof | None:
    """A proof of a problem that another procedure restated."""
    problem = normalised(given)
    proof = prove_problem(problem, policy) or by_integer_parts(problem, policy)
    if proof is not None or depth >= MAX_RESTATED:
        return proof
    return by_unit_cells(problem, policy, lambda restated: cascaded(restated, policy, depth + 1))
