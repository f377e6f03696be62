"""One pair of entries: a proof, else a witness, else undecided."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from symderiv.equality.cascade.asked import Asked
from symderiv.equality.cascade.order import AT_ONCE, EARLY, LATE, Procedure, proved
from symderiv.equality.conditions.condition import above_nought
from symderiv.equality.conditions.contradictions import contradicting
from symderiv.equality.conditions.spelled_out import spelled_out
from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.facts import squared, with_equations, without_abs
from symderiv.equality.given.kinds import with_given_kinds, with_symmetric_reads
from symderiv.equality.normal_forms.normal_form import OutOfTime
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.equal import unless_known
from symderiv.equality.procedures.integers.compared_parts import without_integer_part
from symderiv.equality.proof import Proof
from symderiv.equality.restricted.exact_points import at_exact_points
from symderiv.equality.restricted.sizes import at_small_sizes
from symderiv.equality.scalars.cases import in_every_case
from symderiv.equality.scalars.equations import holding, judged, neither_holds
from symderiv.equality.scalars.evidence import evidence
from symderiv.equality.scalars.kinks import at_kinks
from symderiv.equality.scalars.listed_values import at_each_value
from symderiv.equality.scalars.off_zeros import off_zeros
from symderiv.equality.scalars.said_by_reads import with_reads_said
from symderiv.equality.scalars.witnesses import (
    glimpsed,
    reads_entries,
    refuted,
    search_of,
    searched,
    told_apart_early,
)
from symderiv.equality.scope import scope_of
from symderiv.equality.verdict import (
    ALMOST_EVERYWHERE,
    EVERYWHERE,
    Different,
    Equal,
    Policy,
    Undecided,
    Verdict,
    Witness,
)
from symderiv.errors import LimitExceeded, MeaningError
from symderiv.expression.bound_names import bound_apart
from symderiv.expression.contents import contents
from symderiv.expression.expansion import terms
from symderiv.expression.instantiation import expand
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import TRUE, Binder, Expr, Number, transform
from symderiv.index import is_out_of_reach, reads_apart, without_certain
from symderiv.index.deadlines import until

MAX_WRITTEN_FACT = 200  # terms
FOR_SIZES = 0.1  # of the time left
TRIED = ("normal forms", "sign cells", "points")
OUT_OF_TIME = ("time ran out",)


def decide_scalar(
    a: Expr,
    b: Expr,
    defined_a: Expr = TRUE,
    defined_b: Expr = TRUE,
    facts: tuple[Expr, ...] = (),
    *,
    policy: Policy = ALMOST_EVERYWHERE,
    deadline: float | None = None,
) -> Verdict:
    """Whether two entry expressions are equal where the facts hold.

    >>> from symderiv.expression.build import divide
    >>> from symderiv.expression.tree import ONE, Variable
    >>> x = Variable("x")
    >>> decide_scalar(divide(x, x), ONE).scope
    'except where x = 0'
    """
    if isinstance(a, Number) and a == b and defined_a == defined_b == TRUE:
        return Equal("structure")
    a, b, defined_a, defined_b, *facts_apart = _bound_apart((a, b, defined_a, defined_b, *facts))
    facts = tuple(facts_apart)
    if is_condition(a) and is_condition(b):
        a, b = (transform(spelled_out(side), squared) for side in (a, b))
        a, b, defined_a, defined_b = holding(a, b, defined_a, defined_b, facts)
    asked = with_reads_said(Problem(a, b, defined_a, defined_b, facts, deadline))
    given = with_given_kinds(asked)
    known = with_equations(tuple(map(_written, given.facts)))
    given = with_symmetric_reads(replace(given, facts=known)).shared()
    in_time = replace(given, deadline=_before(deadline))

    def decided(problem: Problem) -> Verdict:
        return in_every_case(problem, lambda case: at_each_value(case, lambda there: _judged(there, policy)))

    verdict = decided(in_time)
    if isinstance(verdict, Undecided) and policy == ALMOST_EVERYWHERE:
        verdict = off_zeros(in_time, verdict, decided)
    if not isinstance(verdict, Undecided) or verdict.tried not in (TRIED, OUT_OF_TIME) or given.is_late:
        return verdict
    impossible = contradicting(facts)
    if impossible is not None:
        said = f"'{to_text(impossible)}' can't hold beside what else is given: nothing can be decided"
        return Undecided(verdict.tried, said)
    closeness = evidence(given) if verdict.tried == TRIED and not verdict.evidence else verdict.evidence
    checked = at_small_sizes(given, lambda problem: _judged(problem, policy))
    found = "; ".join(text for text in (closeness, str(checked)) if text)
    return checked.different or Undecided(verdict.tried, found)


def _bound_apart(asked: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """All that is asked, bound names told apart from free ones: what is known of one isn't of the other."""
    if all(Binder not in contents(each).classes for each in asked):
        return asked
    free = frozenset(name.name for each in asked for name in contents(each).free)
    return tuple(bound_apart(each, free) for each in asked)


def _written(fact: Expr) -> Expr:
    """A fact with short sums written out, and bounds instead of ``|u| ≤ c`` and ``⌊u⌋ = c``."""
    fact = squared(fact if terms(fact) > MAX_WRITTEN_FACT else expand(fact))
    return without_abs(without_integer_part(above_nought(fact)))


def _before(deadline: float | None) -> float | None:
    """The end of the time for all sizes at once; the rest is for a few small ones, should that fail."""
    now = time.thread_time()
    return None if deadline is None else now + (1 - FOR_SIZES) * (deadline - now)


def _judged(given: Problem, policy: Policy) -> Verdict:
    verdict = judged(given, policy, _decided)
    return Undecided(TRIED) if neither_holds(given, verdict) else verdict


def _decided(given: Problem, policy: Policy) -> Verdict:
    return at_kinks(given, policy, _plainly_decided, searched)


def _plainly_decided(given: Problem, policy: Policy) -> Verdict:
    try:
        with until(given.deadline):
            found = next((found for step in _steps(given, policy) if (found := step()) is not None), None)
    except OutOfTime:
        return Undecided(OUT_OF_TIME)
    except RecursionError:
        return Undecided(("nested too deeply",))
    except LimitExceeded as met:
        return Undecided(OUT_OF_TIME if given.is_late else (met.message,))
    if isinstance(found, Proof):
        return Equal(found.by, scope_of(found.exceptions))
    if found is not None:
        return Different("an exact point", found)
    return Undecided(TRIED, "time ran out" * given.is_late)


def _steps(given: Problem, policy: Policy) -> Iterator[Callable[[], Proof | Witness | None]]:
    """Proofs and witnesses by turns, what is cheap and likely first."""
    problem, search = Asked(given, policy), search_of(given, policy)
    yield lambda: glimpsed(given, search)
    yield lambda: _proved_or_none(problem, AT_ONCE)
    yield lambda: told_apart_early(given, search)
    yield lambda: _proved_or_none(problem, EARLY)
    yield lambda: refuted(given, policy, search)
    yield lambda: _proved_where_defined(given, policy)
    yield lambda: _proved_or_none(problem, LATE)
    if policy == EVERYWHERE:
        yield lambda: at_exact_points(given, lambda point: _plainly_decided(point, EVERYWHERE))


def _proved_where_defined(given: Problem, policy: Policy) -> Proof | None:
    """A proof once more, where the facts imply that a side is defined: ``log(p e^x + (1 - p) e^y)``."""
    defined_a, defined_b = (_left_open(each, given.facts) for each in (given.defined_a, given.defined_b))
    if (defined_a, defined_b) == (given.defined_a, given.defined_b):
        return None
    there = replace(given, defined_a=defined_a, defined_b=defined_b)
    return _proved_or_none(Asked(there, policy), (*AT_ONCE, *EARLY))


def _left_open(condition: Expr, facts: tuple[Expr, ...]) -> Expr:
    """What the facts don't say of a condition; if that isn't all of it, without what holds at every size."""
    left = unless_known(condition, facts)
    return left if left == TRUE else unless_known(without_certain(left, facts), facts)


def _proved_or_none(problem: Asked, procedures: tuple[Procedure, ...]) -> Proof | None:
    """A proof; none where a cap, or an index out of range, was met when a boundary or a case was put in."""
    try:
        proof = proved(problem, procedures)
        return None if proof is not None and _says_nothing(problem.given, proof.exceptions) else proof
    except (LimitExceeded, MeaningError):
        return None


def _says_nothing(given: Problem, exceptions: tuple[Expr, ...]) -> bool:
    """Is one side without a value at every size, or at some where the other has one?"""
    if given.a == given.b or not reads_entries(given):
        return False
    if is_out_of_reach((given.a, given.b), given.facts):
        return True
    return reads_apart(given.a, given.b, given.facts, exceptions)
