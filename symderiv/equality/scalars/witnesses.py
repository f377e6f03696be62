"""A witness of one problem: at the first points, at more of them, where an equation holds, in one cell."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.problem import Problem
from symderiv.equality.refute.confirm import confirmed
from symderiv.equality.refute.integers import TELLING
from symderiv.equality.refute.search import MAX_POINTS, Search
from symderiv.equality.refute.separate import Pair
from symderiv.equality.restricted.coincidences import where_indices_agree
from symderiv.equality.restricted.failed_cell import failed_cell
from symderiv.equality.restricted.given_values import where_facts_give_values
from symderiv.equality.restricted.integer_borders import where_integers_turn
from symderiv.equality.restricted.on_equations import where_equations_hold
from symderiv.equality.restricted.restriction import Restriction
from symderiv.equality.restricted.sizes import at_small_sizes
from symderiv.equality.restricted.small_matrices import asks_for_determinants
from symderiv.equality.scalars.long_ranges import in_closed_form
from symderiv.equality.verdict import EVERYWHERE, Different, Policy, Undecided, Verdict, Witness
from symderiv.expression.contents import contents
from symderiv.expression.tree import Binder, Index
from symderiv.index import reads_bent

LARGE, LARGE_READ = 100, 25  # nodes, from which a glance comes before the proof; where entries are read
FEW, FEW_OF_CONDITIONS = 6, 3  # points, between proofs that cost little and more; not those on curves
IN_CELL = 60  # points of a cell in which a proof failed: those at large were looked at before
LOOKS = 20  # points before a proof, where that can't tell whether all entries exist


def reads_entries(problem: Problem) -> bool:
    """Does a side read an array, or run over a range? Only then it may go beyond one."""
    sides = (problem.a, problem.b)
    return any(not contents(side).classes.isdisjoint((Binder, Index)) for side in sides)


def search_of(problem: Problem, policy: Policy) -> Search:
    """The search among points of the problem as it stands."""
    return Search(Pair(*problem.sides, problem.facts), policy, problem.deadline)


def glimpsed(problem: Problem, search: Search) -> Witness | None:
    """A witness at the first points, where a look at them costs much less than a proof that fails.

    More points where a proof can't tell whether what it takes for an entry is one.
    """
    reads = reads_entries(problem)
    if reads and reads_bent(problem.a, problem.b):
        return search.among(LOOKS)
    if contents(problem.a).size + contents(problem.b).size < (LARGE_READ if reads else LARGE):
        return None
    return search.among(TELLING if reads else 1)


def told_apart_early(problem: Problem, search: Search) -> Witness | None:
    """A witness at a few points; where entries are read these cost more than the proofs that come next.

    Proofs come first where a truth stands for 1 or 0, beside a number: a look takes it for another thing.
    """
    truth = is_condition(problem.a)
    if reads_entries(problem) or truth != is_condition(problem.b):
        return None
    return search.among(FEW_OF_CONDITIONS if truth else FEW)


def refuted(problem: Problem, policy: Policy, search: Search) -> Witness | None:
    """A witness anywhere: at small points and near kinks, then on parts of the points, then in a cell."""
    closed = in_closed_form(problem)
    if closed is not None:
        problem, search = closed, search_of(closed, policy)
    witness = _at_small_matrices(problem, policy) or search.among(MAX_POINTS)
    if witness is not None:
        return witness
    for there, max_points in _restrictions(problem, policy):
        witness = searched(there.problem.shared(), policy, max_points)
        found = (
            None
            if witness is None
            else confirmed(Pair(*problem.sides, problem.facts), there.witness(witness))
        )
        if found is not None:
            return found
    return _in_failed_cell(problem, policy)


def _at_small_matrices(problem: Problem, policy: Policy) -> Witness | None:
    """A witness at the smallest sizes where a determinant is asked for, which balls can't tell from 0."""
    if not any(asks_for_determinants(defined) for defined in (problem.defined_a, problem.defined_b)):
        return None
    checked = at_small_sizes(problem, lambda there: _glance(there, policy))
    return None if checked.different is None else checked.different.witness


def _glance(problem: Problem, policy: Policy) -> Verdict:
    witness = searched(problem, policy, max_points=TELLING)
    return Undecided(()) if witness is None else Different("an exact point", witness)


def _restrictions(problem: Problem, policy: Policy) -> Iterator[tuple[Restriction, int]]:
    """Where to look by itself, and at how many points."""
    yield from ((there, MAX_POINTS) for there in where_indices_agree(problem))
    if policy == EVERYWHERE:
        yield from ((there, LOOKS) for there in where_equations_hold(problem))
    yield from ((there, LOOKS) for there in where_integers_turn(problem))
    yield from ((there, MAX_POINTS) for there in where_facts_give_values(problem))


def _in_failed_cell(problem: Problem, policy: Policy) -> Witness | None:
    """A witness in the cell in which a proof failed; the simple form there may no longer read all entries."""
    cell = failed_cell(problem)
    witness = None if cell is None else searched(cell.shared(), policy, IN_CELL)
    return None if witness is None else confirmed(Pair(*problem.sides, problem.facts), witness)


def searched(problem: Problem, policy: Policy, max_points: int = MAX_POINTS) -> Witness | None:
    """A witness among points of the problem as it stands."""
    return search_of(problem, policy).among(max_points)
