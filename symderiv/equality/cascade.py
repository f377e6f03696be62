"""The procedures that prove, one after the other; the rare ones are asked once no witness was found."""

from __future__ import annotations

from dataclasses import replace

from symderiv.equality.cells.proof import Problem
from symderiv.equality.conditions.equal import by_conditions
from symderiv.equality.conditions.factors import of_factors
from symderiv.equality.exceptions import among
from symderiv.equality.integers.between import by_bounds_of_floors
from symderiv.equality.integers.few_values import by_few_values
from symderiv.equality.integers.proof import by_integer_parts
from symderiv.equality.integers.unit_cells import by_unit_cells, without_integers
from symderiv.equality.procedures.alternatives import by_alternatives
from symderiv.equality.procedures.arctangents import by_arctangents
from symderiv.equality.procedures.binomial_sums import by_binomial_sums
from symderiv.equality.procedures.equal_derivatives import by_equal_derivatives
from symderiv.equality.procedures.factored_deltas import by_factored_deltas
from symderiv.equality.procedures.generic import without_generic
from symderiv.equality.procedures.geometric_sums import by_geometric_sums
from symderiv.equality.procedures.induction import by_induction
from symderiv.equality.procedures.inequalities import by_inequalities
from symderiv.equality.procedures.likelihoods import with_sums_of_logarithms, without_positive_products
from symderiv.equality.procedures.nondecreasing import maxima_outside
from symderiv.equality.procedures.root_bounds import by_root_bounds
from symderiv.equality.procedures.steps_in_sums import by_steps_in_sums
from symderiv.equality.procedures.under_logarithms import under_logarithms
from symderiv.equality.prove import Proof, prove_problem
from symderiv.equality.scope import shared_poles, structural
from symderiv.equality.verdict import EVERYWHERE
from symderiv.errors import LimitExceeded
from symderiv.expression.build import subtract
from symderiv.expression.contents import contents
from symderiv.expression.tree import ZERO, Apply, Binder, Cases, Expr, Index, Number, Variable, walk
from symderiv.index import in_one_range, normaliser, without_certain

ALMOST_EVERYWHERE = "almost everywhere"
MAX_RESTATED = 3  # how many real variables are split off, one after the other


def _cascade(given: Problem, policy: str, depth: int = 0) -> Proof | None:
    """A proof of a problem that another procedure restated."""
    problem = _normalised(given)
    proof = prove_problem(problem, policy) or by_integer_parts(problem, policy)
    if proof is not None or depth >= MAX_RESTATED:
        return proof
    return by_unit_cells(problem, policy, lambda restated: _cascade(restated, policy, depth + 1))


def _along(given: Problem, policy: str, depth: int = 0) -> Proof | None:
    """The same, arc tangents and further variables included."""
    proof = _cascade(given, policy, MAX_RESTATED) or by_arctangents(given)
    if proof is not None or depth >= MAX_RESTATED:
        return proof
    return by_equal_derivatives(given, lambda restated: _along(restated, policy, depth + 1))


def proved(given: Problem, policy: str) -> Proof | None:
    generic, exceptions = _generically(_ordered(given), policy)
    problem = _normalised(generic)
    proof = (
        by_conditions(given, EVERYWHERE)
        or prove_problem(problem, policy)
        or structural(given)
        or structural(problem)
        or by_integer_parts(problem, policy)
        or by_conditions(given, policy)
        or by_geometric_sums(generic, policy, lambda restated: _cascade(restated, policy, MAX_RESTATED))
        or by_steps_in_sums(generic, policy, lambda restated: _cascade(restated, policy, MAX_RESTATED))
    )
    return _reported(given, proof, exceptions, policy)


def proved_late(given: Problem, policy: str) -> Proof | None:
    """What takes longer, and is rare: looked at when no witness was found."""
    generic, exceptions = _generically(_ordered(given), policy)
    proof = (
        _by_indices(generic, policy)
        or by_unit_cells(_normalised(generic), policy, lambda restated: _cascade(restated, policy, 1))
        or by_binomial_sums(generic, lambda restated: _cascade(restated, policy, MAX_RESTATED))
        or by_induction(_plainly_defined(generic), lambda restated: _cascade(restated, policy, MAX_RESTATED))
        or by_alternatives(generic, lambda restated: _along(restated, policy, MAX_RESTATED))
        or by_few_values(generic, lambda restated: _cascade(restated, policy, MAX_RESTATED))
        or by_bounds_of_floors(generic, lambda restated: _cascade(restated, policy, MAX_RESTATED))
        or under_logarithms(generic, lambda restated: _cascade(restated, policy, MAX_RESTATED))
        or by_factored_deltas(generic, lambda restated: prove_problem(restated, policy))
        or by_arctangents(given)
        or by_root_bounds(generic)
        or by_inequalities(given)
        or by_equal_derivatives(given, lambda restated: _along(restated, policy))
        or prove_problem(replace(_normalised(generic), free_numbers=True), policy)
    )
    return _reported(given, proof, exceptions, policy)


def _reported(given: Problem, proof: Proof | None, exceptions: tuple[Expr, ...], policy: str) -> Proof | None:
    """The proof with the exceptions of both stages; none where the policy doesn't allow them."""
    if proof is not None and exceptions:
        proof = Proof(proof.by, tuple(dict.fromkeys((*proof.exceptions, *exceptions))), proof.live)
    proof = proof and among(proof, given)
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


def _plainly_defined(given: Problem) -> Problem:
    """The sides as they are, conditions without what holds at every size."""
    if Binder not in contents(given.a).classes | contents(given.b).classes:
        return given
    normal = _in_normal_form(given)
    return replace(given, defined_a=normal.defined_a, defined_b=normal.defined_b)


def _ordered(given: Problem) -> Problem:
    """Maxima outside of nondecreasing functions, logarithms inside of products, poles said of factors."""
    a, b = with_sums_of_logarithms(maxima_outside(given.a), maxima_outside(given.b), given.facts)
    defined = (without_positive_products(side, given.facts) for side in (given.defined_a, given.defined_b))
    defined_a, defined_b = map(of_factors, defined)
    return Problem(a, b, defined_a, defined_b, given.facts, given.deadline)


def _has_index_range(side: Expr) -> bool:
    """A sum, or an array that reads zero beyond its bounds: what depends on where its indices range."""
    classes = contents(side).classes
    return Binder in classes or (Index in classes and any(map(_reads_zero_outside, walk(side))))


def _reads_zero_outside(node: Expr) -> bool:
    return isinstance(node, Index) and isinstance(node.base, Variable) and node.base.kind.zero_outside


def _jointly(given: Problem) -> tuple[Expr, Expr]:
    """Both sides in their normal form; the same one, if their difference vanishes at every size and index."""
    normal = normaliser((given.a, given.b), given.facts)
    a, b = normal.brought(given.a), normal.brought(given.b)
    if a == b:
        return a, b
    a, b = normal.settled(a), normal.settled(b)
    if a == b or not (_mixed(a, b) or _has_cases(a, b) or _sums_alike(a, b)):
        return a, b
    gap = normal(subtract(given.a, given.b))
    if gap == ZERO:
        # the form of one side may have poles that the other hasn't: where it exists, its condition tells
        return (a, a) if given.defined_a == given.defined_b else (ZERO, ZERO)
    left_over = Binder in contents(gap).classes
    return (gap, ZERO) if _sums_alike(a, b) and not left_over else (a, b)


def _has_cases(*sides: Expr) -> bool:
    return any(Cases in contents(side).classes for side in sides)


def _sums_alike(a: Expr, b: Expr) -> bool:
    """Do both sides sum the same, over ranges of which one may have an end more?"""
    summed = ({(n.kind, n.body) for n in walk(side) if isinstance(n, Binder)} for side in (a, b))
    return not next(summed).isdisjoint(next(summed))


def _mixed(*sides: Expr) -> bool:
    """Do sums stand over different denominators, so that some may cancel once these are multiplied out?"""
    powers = [
        node.args
        for side in sides
        for node in walk(side)
        if isinstance(node, Apply) and node.head == "pow" and isinstance(node.args[1], Number)
    ]
    return len({base for base, exponent in powers if isinstance(exponent, Number) and exponent.value < 0}) > 1


def _by_indices(given: Problem, policy: str) -> Proof | None:
    """``w[j - i] if 0 <= j - i <= 1 else 0`` is ``w[0] δ(i, j) + w[1] δ(i + 1, j)``, without any sum."""
    if _has_index_range(given.a) or _has_index_range(given.b) or not _has_cases(given.a, given.b):
        return None
    return prove_problem(_in_normal_form(given), policy)


def _normalised(given: Problem) -> Problem:
    """Sums with symbolic bounds in their joint normal form."""
    return _in_normal_form(given) if _has_index_range(given.a) or _has_index_range(given.b) else given


def _in_normal_form(given: Problem) -> Problem:
    """Both sides in their joint normal form, conditions without what holds at every size."""
    try:
        a, b = _jointly(given)
        defined_a = without_certain(given.defined_a, given.facts)
        defined_b = without_certain(given.defined_b, given.facts)
        if defined_a != defined_b:
            defined_a, defined_b = in_one_range((defined_a, defined_b), given.facts)
    except LimitExceeded:
        return given
    return Problem(a, b, defined_a, defined_b, given.facts, given.deadline)
