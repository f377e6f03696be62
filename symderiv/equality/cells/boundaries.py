"""The zero sets that a proof left out: each is looked at by itself, named as an exception, or refused.

A mark that one unknown solves (x − 1: x = 1) is put in and the restricted problem proved. What stays must be
a null set: a zero set in real unknowns of something that doesn't vanish identically.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from symderiv.equality.cells.free_numbers import holds_for_few
from symderiv.equality.cells.generic import vanishes_rarely
from symderiv.equality.cells.given import known_signs
from symderiv.equality.cells.named_values import MayDiffer, agree, names_functions
from symderiv.equality.cells.null_sets import is_null, may_coincide
from symderiv.equality.cells.positivity import termwise
from symderiv.equality.cells.proof import Attempt
from symderiv.equality.cells.quadrics import is_null_on_quadric
from symderiv.equality.cells.signs import Signs
from symderiv.equality.cells.solving import Solution, solve
from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.facts import parts
from symderiv.equality.normal_forms.generators import Field, Poly
from symderiv.equality.normal_forms.reading import generator_expr, to_expr
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove
from symderiv.equality.verdict import EVERYWHERE, Policy
from symderiv.expression.build import compare
from symderiv.expression.tree import FALSE, ZERO, Apply, Cases, Expr, Index, Number, Variable, walk


class NotNull(Exception):
    """A zero set that may have positive measure; ``equation`` between indices to tell apart first, if any."""

    def __init__(self, equation: Expr | None = None) -> None:
        super().__init__()
        self.equation = equation


def settle(problem: Problem, tried: Attempt, policy: Policy, prove: Prove) -> tuple[Expr, ...]:
    """The exceptions that stay, as equations; raises `NotNull`."""
    exceptions: dict[Expr, None] = {}
    agreed = _shared_poles(problem, tried) if policy == EVERYWHERE else set()
    for number, origin in tried.marks.items():
        poly = tried.field.poly(number)
        if number in agreed or _never_vanishes(tried.field, poly):
            continue
        if number not in tried.mixed and _is_kept_from_zero(origin, problem):
            continue
        solution = solve(tried.field, poly)
        if solution is not None and not names_functions(solution.unknown):
            if solution.never:
                continue
            for exception in _restricted(problem, tried, poly, solution, policy, prove):
                exceptions[exception] = None
            continue
        if _agrees(problem, tried, poly, policy, prove):
            continue
        if not _is_shared(problem, origin):
            try:
                if agree(problem, tried.field, poly, origin, prove):
                    continue
            except MayDiffer:
                raise NotNull from None
            _assert_null(problem, tried, poly)
        exceptions[_named(tried.field, poly, origin)] = None
    return tuple(e for e in exceptions if not _is_named_by(e, exceptions))


def _is_named_by(exception: Expr, others: Iterable[Expr]) -> bool:
    """Does it hold only where a simpler one of the others does: ``s² + t² = 0`` where s = 0?"""
    simple = [e for e in others if e != exception and isinstance(e.children[0], Variable)]
    if isinstance(exception.children[0], Variable) or not simple:
        return False
    return any(knowledge((exception,)).implies(e) for e in simple)


def _never_vanishes(field: Field, poly: Poly) -> bool:
    """Γ has no zeros, on the real line or off it; (-1)^n is 1 or -1."""
    alone = field.sole_generator(poly)
    return alone is not None and alone.kind in ("gamma", "parity")


def _is_kept_from_zero(origin: Expr | None, problem: Problem) -> bool:
    """Can what a mark came from not be zero, by its form: a root and something positive?"""
    return origin is not None and 0 not in knowledge(problem.facts).quick_signs(origin)


def _shared_poles(problem: Problem, tried: Attempt) -> set[int]:
    """Where both sides divide by zero, whichever case holds there."""
    if any(isinstance(node, Cases) for side in problem.sides for node in walk(side)):
        return set()
    return _factors(tried.field, tried.shared) - _factors(tried.field, tried.lonely)


def _is_shared(problem: Problem, origin: Expr | None) -> bool:
    """Does neither side exist where the origin of a mark is zero, so that there is nothing to compare?"""
    excluded = compare("ne", ZERO if origin is None else origin, ZERO)
    return all(excluded in set(parts((defined,))) for defined in (problem.defined_a, problem.defined_b))


def _factors(field: Field, numbers: set[int]) -> set[int]:
    return {factor for number in numbers for factor, _ in field.factor(field.poly(number))[1]}


def _restricted(
    problem: Problem, tried: Attempt, poly: Poly, solution: Solution, policy: Policy, prove: Prove
) -> tuple[Expr, ...]:
    there = problem.mapped(solution.put_in)
    if FALSE in there.facts:
        return ()
    proof = _there(problem, solution, prove)
    equation = Apply("eq", (solution.unknown, solution.value))
    if proof is not None and (proof.live or policy == EVERYWHERE):
        return proof.exceptions
    if proof is None:
        _assert_null(problem, tried, poly)
    return (equation,)


def _agrees(problem: Problem, tried: Attempt, poly: Poly, policy: Policy, prove: Prove) -> bool:
    """Do the sides agree all over the zeros of ``a x - b``, solved for x where a is kept from zero?"""
    field = tried.field
    signs, known = Signs(field, known_signs(field, problem.facts)), knowledge(problem.facts)

    def never_zero(slope: Poly) -> bool:
        sign = termwise(field, slope, signs.of_generator)
        return (sign is not None and sign[1]) or known.implies(compare("ne", to_expr(field, slope), ZERO))

    solution = solve(field, poly, never_zero)
    if solution is None or solution.never:
        return solution is not None
    proof = _there(problem, solution, prove)
    return proof is not None and (proof.live or policy == EVERYWHERE) and not proof.exceptions


def _there(problem: Problem, solution: Solution, prove: Prove) -> Proof | None:
    """A proof on the set where the solution holds, between the bounds of what it is put in for."""
    there = problem.mapped(solution.put_in)
    return prove(replace(there, facts=(*there.facts, *_said_of(solution))))


def _said_of(solution: Solution) -> Iterator[Expr]:
    """The value lies between the bounds of the unknown that it is put in for."""
    array = solution.unknown.base if isinstance(solution.unknown, Index) else solution.unknown
    if isinstance(array, Variable) and not isinstance(solution.value, Number):
        domain = array.kind.domain
        if domain.lower is not None:
            yield compare("lt" if domain.lower_open else "le", Number(domain.lower), solution.value)
        if domain.upper is not None:
            yield compare("lt" if domain.upper_open else "le", solution.value, Number(domain.upper))


def _assert_null(problem: Problem, tried: Attempt, poly: Poly) -> None:
    """The zero set of a polynomial over generators is null; raises `NotNull` where that isn't known.

    Where an equation is given "null" means null on its solutions: known of quadrics (x² + y² = 1) alone.
    """
    field = tried.field
    used = field.used(poly)
    sums = any(generator.kind == "binder" for generator in used)
    if problem.free_numbers and holds_for_few(field, poly, problem.facts):
        return
    if sums and vanishes_rarely(to_expr(field, poly), problem.facts):
        return
    given = {generator.position for zero in tried.zeros for generator in field.used(zero)}
    if any(generator.position in given for generator in used):
        if is_null_on_quadric(to_expr(field, poly), ZERO, problem.facts):
            return
        raise NotNull
    coincides, equation = may_coincide(used, problem.facts)
    if coincides:
        raise NotNull(equation)
    if not is_null(field, poly, Signs(field, known_signs(field, problem.facts))):
        raise NotNull


def _named(field: Field, poly: Poly, origin: Expr | None) -> Expr:
    """``origin = 0`` where the polynomial is in auxiliary unknowns, else the polynomial itself."""
    auxiliary = any(g.kind not in ("atom", "call", "binder") for g in field.used(poly))
    if auxiliary and origin is not None:
        return Apply("eq", (origin, ZERO))
    alone = field.sole_generator(poly)
    if alone is not None:
        return Apply("eq", (generator_expr(field, alone), ZERO))
    return Apply("eq", (to_expr(field, poly), ZERO))
