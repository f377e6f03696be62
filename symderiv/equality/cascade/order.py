"""The procedures that prove, one after the other; the rare ones are asked once no witness was found.

`AT_ONCE`, `EARLY`, `LATE` are read from top to bottom: the first proof counts, if its exceptions may. Before
`EARLY` lies a glance at points, before `LATE` the search for a witness. What is restated is `Asked.again`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from symderiv.equality.cascade.asked import MAX_RESTATED, Asked, cascaded
from symderiv.equality.cascade.exceptions import reported
from symderiv.equality.cascade.index_form import by_indices, normalised, plainly_defined
from symderiv.equality.normal_forms.generators import Decline
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.divergences import by_divergences
from symderiv.equality.procedures.conditions.entry_by_entry import by_entries
from symderiv.equality.procedures.conditions.equal import by_conditions
from symderiv.equality.procedures.conditions.implications import by_implications
from symderiv.equality.procedures.conditions.inequalities import by_inequalities
from symderiv.equality.procedures.conditions.monotone_sides import by_monotone_sides
from symderiv.equality.procedures.conditions.proportional import by_proportion
from symderiv.equality.procedures.conditions.remainders import by_remainders
from symderiv.equality.procedures.conditions.roots import by_squared_roots
from symderiv.equality.procedures.conditions.settled import by_settled_parts
from symderiv.equality.procedures.conditions.square_free import by_square_free
from symderiv.equality.procedures.conditions.vanishing_sums import by_vanishing_sums
from symderiv.equality.procedures.deltas.deltas_in_products import by_deltas_in_products
from symderiv.equality.procedures.deltas.factored_deltas import by_factored_deltas
from symderiv.equality.procedures.facts.alternatives import by_alternatives
from symderiv.equality.procedures.facts.equations_in_sums import by_equations_in_sums
from symderiv.equality.procedures.facts.given_arrays import by_given_arrays
from symderiv.equality.procedures.facts.given_polynomials import by_equal_ideals, by_given_polynomials
from symderiv.equality.procedures.facts.given_products import by_given_products
from symderiv.equality.procedures.facts.given_relations import by_given_relations
from symderiv.equality.procedures.facts.given_turns import by_given_turns
from symderiv.equality.procedures.facts.instances_of_facts import by_instances_of_facts
from symderiv.equality.procedures.facts.labels_in_sums import by_labels_in_sums
from symderiv.equality.procedures.facts.solved_facts import by_solved_facts
from symderiv.equality.procedures.facts.sorted_arrays import by_sorted_arrays
from symderiv.equality.procedures.facts.turned_inverses import by_turned_inverses
from symderiv.equality.procedures.functions.absolute_values import by_absolute_values
from symderiv.equality.procedures.functions.common_bases import by_common_bases
from symderiv.equality.procedures.functions.equal_derivatives import by_equal_derivatives
from symderiv.equality.procedures.functions.odd_functions import by_odd_functions
from symderiv.equality.procedures.functions.ordered_values import by_ordered_values
from symderiv.equality.procedures.functions.same_functions import by_same_functions
from symderiv.equality.procedures.functions.structural_signs import by_structural_signs
from symderiv.equality.procedures.functions.under_logarithms import under_logarithms
from symderiv.equality.procedures.inequalities.completed_squares import by_completed_squares
from symderiv.equality.procedures.inequalities.growth import by_growth
from symderiv.equality.procedures.inequalities.known_factors import by_known_factors
from symderiv.equality.procedures.inequalities.known_of_sums import by_known_inequalities
from symderiv.equality.procedures.inequalities.letters_for_parts import by_letters_for_parts
from symderiv.equality.procedures.inequalities.several_letters import by_several_letters
from symderiv.equality.procedures.integers.any_quotients import by_any_quotients
from symderiv.equality.procedures.integers.between import by_bounds_of_floors
from symderiv.equality.procedures.integers.compared_parts import by_compared_parts
from symderiv.equality.procedures.integers.few_values import by_few_values
from symderiv.equality.procedures.integers.finite_sets import by_finite_sets
from symderiv.equality.procedures.integers.given_quotients import by_given_quotients
from symderiv.equality.procedures.integers.multiples import by_multiples
from symderiv.equality.procedures.integers.proof import by_integer_parts
from symderiv.equality.procedures.integers.residues_of_powers import by_residues_of_powers
from symderiv.equality.procedures.integers.scaled_unknowns import by_scaled_unknowns
from symderiv.equality.procedures.integers.thresholds import by_thresholds
from symderiv.equality.procedures.integers.unit_cells import by_unit_cells
from symderiv.equality.procedures.matrices.determinants import by_determinants
from symderiv.equality.procedures.matrices.equations import by_equations_of_matrices
from symderiv.equality.procedures.matrices.inverses import by_inverses
from symderiv.equality.procedures.matrices.places import by_places
from symderiv.equality.procedures.numbers.arctangents import by_arctangents
from symderiv.equality.procedures.numbers.infinities import by_infinities
from symderiv.equality.procedures.numbers.root_bounds import by_root_bounds
from symderiv.equality.procedures.sums.binomial_sums import by_binomial_sums
from symderiv.equality.procedures.sums.cut_products import by_cut_products
from symderiv.equality.procedures.sums.digits_of_ranges import by_digits_of_ranges
from symderiv.equality.procedures.sums.geometric_sums import by_geometric_sums
from symderiv.equality.procedures.sums.hypergeometric.creative_telescoping import by_creative_telescoping
from symderiv.equality.procedures.sums.induction import by_induction
from symderiv.equality.procedures.sums.longer_ranges import by_longer_ranges
from symderiv.equality.procedures.sums.one_spelling import by_one_spelling
from symderiv.equality.procedures.sums.rising_extrema import by_rising_extrema
from symderiv.equality.procedures.sums.short_ranges import by_short_ranges
from symderiv.equality.procedures.sums.signs_in_sums import by_signs_in_sums
from symderiv.equality.procedures.sums.steps_in_sums import by_steps_in_sums
from symderiv.equality.procedures.sums.values_of_maxima import by_values_of_maxima
from symderiv.equality.procedures.sums.vandermonde import by_vandermonde
from symderiv.equality.proof import Proof
from symderiv.equality.prove import NOT_YET, prove_in_parts, prove_problem
from symderiv.equality.scope import structural
from symderiv.equality.verdict import EVERYWHERE, Policy


def _by_proportional_gaps(entry: Problem) -> Proof | None:
    """A proof of equations between entries, in joint normal form."""
    return by_proportion(normalised(entry), lambda gaps: prove_problem(normalised(gaps), EVERYWHERE))


Procedure = Callable[[Asked], Proof | None]

AT_ONCE: tuple[Procedure, ...] = (
    lambda it: by_conditions(it.given, EVERYWHERE),
    lambda it: by_entries(it.given, _by_proportional_gaps),
    lambda it: by_inverses(it.generic, it.again) or by_places(it.generic, it.again),
    lambda it: by_equations_of_matrices(it.generic, it.again),
    lambda it: None if it.whole is NOT_YET else it.whole,
)

EARLY: tuple[Procedure, ...] = (
    lambda it: prove_in_parts(it.plain, it.policy) if it.whole is NOT_YET else None,
    lambda it: structural(it.given),
    lambda it: structural(it.normal),
    lambda it: by_integer_parts(it.normal, it.policy),
    lambda it: by_conditions(it.given, it.policy),
    lambda it: by_conditions(it.normal, it.policy) if it.normal.sides != it.given.sides else None,
    lambda it: by_known_inequalities(it.given),
    lambda it: by_completed_squares(it.given, lambda plain: _of_conditions(plain, it.policy)),
    lambda it: by_several_letters(it.given),
    lambda it: by_any_quotients(it.given, lambda plain: _of_conditions(plain, it.policy)),
    lambda it: by_geometric_sums(it.generic, it.policy, it.again),
    lambda it: by_steps_in_sums(it.generic, it.policy, it.again),
    lambda it: by_given_arrays(it.given, lambda plain: _by_any(plain, it.policy)),
    lambda it: by_given_products(it.given, lambda told: it.again(told) or by_same_functions(told, it.again)),
    lambda it: by_given_turns(it.given, it.again),
    lambda it: by_turned_inverses(it.given, lambda turned: _of_products(turned, it.policy)),
    lambda it: by_given_relations(it.given, it.again) or by_given_relations(it.normal, it.again),
    lambda it: by_determinants(it.given, lambda plain: _by_any(plain, it.policy)),
    lambda it: by_divergences(it.given, lambda plain: _in_one_spelling(plain, it.policy)),
    lambda it: by_digits_of_ranges(it.generic, it.again),
)

LATE: tuple[Procedure, ...] = (
    lambda it: by_proportion(it.generic, lambda gaps: cascaded(gaps, EVERYWHERE, MAX_RESTATED)),
    lambda it: by_entries(it.given, lambda entry: _of_an_entry(entry) or _of_conditions(entry, it.policy)),
    lambda it: by_settled_parts(it.given, lambda plain: _by_any(plain, it.policy)),
    lambda it: by_square_free(it.given, lambda plain: _of_conditions(plain, it.policy)),
    lambda it: by_indices(it.generic, it.policy),
    lambda it: by_infinities(it.given, it.again),
    lambda it: by_common_bases(it.given, it.again),
    lambda it: by_absolute_values(it.given, it.again_in_cells),
    lambda it: by_monotone_sides(it.given, lambda plain: _of_conditions(plain, it.policy)),
    lambda it: by_vanishing_sums(it.given, lambda plain: _in_one_spelling(plain, it.policy)),
    lambda it: by_one_spelling(it.given, lambda plain: _of_conditions(plain, it.policy)),
    lambda it: by_squared_roots(it.given, lambda plain: _of_conditions(plain, it.policy)),
    lambda it: by_compared_parts(it.given, lambda plain: _of_conditions(plain, it.policy)),
    lambda it: by_thresholds(it.given, lambda plain: _of_conditions(plain, it.policy)),
    lambda it: by_implications(it.given, lambda part: _of_conditions(part, EVERYWHERE)),
    lambda it: by_equal_ideals(it.given),
    lambda it: by_given_polynomials(it.given, it.again),
    lambda it: by_solved_facts(it.given, it.again),
    lambda it: by_structural_signs(it.generic, it.again),
    lambda it: by_signs_in_sums(it.generic, it.again),
    lambda it: by_equations_in_sums(it.generic, it.again),
    lambda it: by_labels_in_sums(it.generic, lambda told: it.again(told) or by_signs_in_sums(told, it.again)),
    lambda it: by_short_ranges(it.given, it.again),
    lambda it: by_longer_ranges(it.generic, lambda told: it.again(told) or by_short_ranges(told, it.again)),
    lambda it: by_cut_products(it.generic, it.again),
    lambda it: by_multiples(it.generic, it.again),
    lambda it: by_given_quotients(it.given, lambda plain: _of_conditions(plain, it.policy)),
    lambda it: by_rising_extrema(it.generic, lambda told: it.again(told) or structural(normalised(told))),
    lambda it: by_values_of_maxima(it.generic, it.again),
    lambda it: by_unit_cells(it.normal, it.policy, lambda restated: cascaded(restated, it.policy, 1)),
    lambda it: by_scaled_unknowns(it.generic, lambda scaled: cascaded(scaled, it.policy, 0)),
    lambda it: by_binomial_sums(it.generic, it.again),
    lambda it: by_vandermonde(it.generic, it.again),
    lambda it: by_sorted_arrays(it.generic, it.again),
    lambda it: by_instances_of_facts(it.generic, it.again),
    lambda it: by_remainders(it.generic, lambda case: _of_conditions(case, it.policy)),
    lambda it: by_residues_of_powers(it.generic, it.again),
    lambda it: by_induction(plainly_defined(it.generic), it.again_with_longer_ranges),
    lambda it: by_creative_telescoping(plainly_defined(it.generic), it.again_with_longer_ranges),
    lambda it: by_alternatives(it.generic, lambda case: _along(case, it.policy, MAX_RESTATED)),
    lambda it: by_few_values(it.generic, it.again),
    lambda it: by_finite_sets(it.given, it.again),
    lambda it: by_bounds_of_floors(it.generic, it.again),
    lambda it: under_logarithms(it.generic, it.again),
    lambda it: by_factored_deltas(it.generic, it.again_in_cells),
    lambda it: by_deltas_in_products(it.generic, it.again),
    lambda it: by_arctangents(it.given),
    lambda it: by_odd_functions(it.given, it.again),
    lambda it: by_ordered_values(it.generic, lambda plain: _of_conditions(plain, it.policy)),
    lambda it: by_root_bounds(it.generic),
    lambda it: by_inequalities(it.given) or by_letters_for_parts(it.given),
    lambda it: by_known_factors(it.given, lambda plain: _of_inequalities(plain, it.policy)),
    lambda it: by_growth(it.given, lambda step: _of_inequalities(step, it.policy)),
    lambda it: by_equal_derivatives(it.given, lambda slope: _along(slope, it.policy, 0)),
    lambda it: prove_problem(replace(it.normal, free_numbers=True), it.policy),
)


def proved(problem: Asked, procedures: tuple[Procedure, ...]) -> Proof | None:
    """The first proof, of those whose exceptions aren't too many."""
    proofs = (_unless_declined(procedure, problem) for procedure in procedures)
    found = (
        reported(proof, problem.given, problem.policy, problem.exceptions)
        for proof in proofs
        if proof is not None
    )
    return next((proof for proof in found if proof is not None), None)


def _by_any(given: Problem, policy: Policy) -> Proof | None:
    return proved(Asked(given, policy), (*AT_ONCE, *EARLY, *LATE))


def _unless_declined(procedure: Procedure, problem: Asked) -> Proof | None:
    """What a procedure proves; nothing where a polynomial that it meets is no longer its class."""
    try:
        return procedure(problem)
    except Decline:
        return None


def _along(given: Problem, policy: Policy, depth: int) -> Proof | None:
    """The same, arc tangents and further variables included."""
    proof = cascaded(given, policy, MAX_RESTATED) or by_arctangents(given)
    if proof is not None or depth >= MAX_RESTATED:
        return proof
    return by_equal_derivatives(given, lambda restated: _along(restated, policy, depth + 1))


def _of_conditions(given: Problem, policy: Policy) -> Proof | None:
    return by_conditions(given, policy) or cascaded(given, policy, MAX_RESTATED)


def _of_inequalities(given: Problem, policy: Policy) -> Proof | None:
    found = _of_conditions(given, policy) or by_known_inequalities(given)
    return found or by_several_letters(given) or by_inequalities(given)


def _of_an_entry(entry: Problem) -> Proof | None:
    proof = by_proportion(entry, lambda gaps: cascaded(gaps, EVERYWHERE, MAX_RESTATED))
    return proof or _of_conditions(entry, EVERYWHERE)


def _in_one_spelling(given: Problem, policy: Policy) -> Proof | None:
    found = by_entries(given, _by_proportional_gaps) or _of_conditions(given, policy)
    return found or by_one_spelling(given, lambda plain: _of_conditions(plain, policy))


def _of_products(given: Problem, policy: Policy) -> Proof | None:
    """A proof of conditions on products, or with what is given of these."""
    return _of_conditions(given, policy) or by_given_products(
        given, lambda restated: cascaded(restated, policy, MAX_RESTATED)
    )
