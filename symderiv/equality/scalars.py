"""One pair of entries: a proof, else a witness, else undecided."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from symderiv.equality.cascade import proved, proved_late
from symderiv.equality.cells.failed_cells import failed_cell
from symderiv.equality.cells.proof import Problem
from symderiv.equality.cells.solving import Solution
from symderiv.equality.conditions.equal import unless_known
from symderiv.equality.equations import holding, judged
from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.evidence import evidence
from symderiv.equality.exact_points import at_exact_points
from symderiv.equality.existence.cases import in_every_case
from symderiv.equality.facts import squared, with_equations, without_abs
from symderiv.equality.kinks import at_kinks
from symderiv.equality.long_ranges import in_closed_form
from symderiv.equality.normal_forms.normal_form import OutOfTime
from symderiv.equality.procedures.alternatives import equations
from symderiv.equality.prove import Proof
from symderiv.equality.refute.coincidences import coincidences
from symderiv.equality.refute.confirm import is_rational
from symderiv.equality.refute.curves import solved
from symderiv.equality.refute.integers import TELLING
from symderiv.equality.refute.search import MAX_POINTS, refute
from symderiv.equality.scope import scope_of
from symderiv.equality.sharing import Sharing
from symderiv.equality.sizes import at_small_sizes
from symderiv.equality.substitutions import definitions_used
from symderiv.equality.verdict import (
    ALMOST_EVERYWHERE,
    EVERYWHERE,
    Different,
    Equal,
    Undecided,
    Verdict,
    Witness,
)
from symderiv.errors import LimitExceeded, MeaningError
from symderiv.expression.contents import contents
from symderiv.expression.display import readable
from symderiv.expression.expansion import terms
from symderiv.expression.instantiation import expand, instantiate
from symderiv.expression.substitution import free_variables
from symderiv.expression.text import to_text
from symderiv.expression.tree import FALSE, TRUE, Binder, Expr, Index, Number, Variable, transform
from symderiv.index import is_out_of_reach, reads_apart, reads_bent, reads_computed

LARGE, LARGE_READ = 100, 25  # nodes, from which a glance comes before the proof; where entries are read
MAX_WRITTEN_FACT = 200  # terms
LOOKS = 20  # points before a proof, where that can't tell whether all entries exist

FOR_SIZES = 0.1  # of the time left
TRIED = ("normal forms", "sign cells", "points")
OUT_OF_TIME = ("time ran out",)

Prover = Callable[[Problem, str], "Proof | None"]


def decide_scalar(
    a: Expr,
    b: Expr,
    defined_a: Expr = TRUE,
    defined_b: Expr = TRUE,
    facts: tuple[Expr, ...] = (),
    *,
    policy: str = ALMOST_EVERYWHERE,
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
    if is_condition(a) and is_condition(b):
        a, b = transform(a, squared), transform(b, squared)
        a, b, defined_a, defined_b = holding(a, b, defined_a, defined_b, facts)
    known = with_equations(tuple(map(_written, facts)))
    given = _shared(Problem(a, b, defined_a, defined_b, known, deadline))
    in_time = replace(given, deadline=_before(deadline))
    verdict = in_every_case(in_time, lambda problem: judged(problem, policy, _decided))
    if not isinstance(verdict, Undecided) or verdict.tried not in (TRIED, OUT_OF_TIME) or _is_late(deadline):
        return verdict
    checked = at_small_sizes(given, lambda problem: judged(problem, policy, _decided))
    closeness = evidence(given) if verdict.tried == TRIED and not verdict.evidence else verdict.evidence
    found = "; ".join(text for text in (closeness, str(checked)) if text)
    return checked.different or Undecided(verdict.tried, found)


def _written(fact: Expr) -> Expr:
    """A fact with its sums written out, where these are short, and bounds instead of ``|u| ≤ c``."""
    return without_abs(squared(fact if terms(fact) > MAX_WRITTEN_FACT else expand(fact)))


def _before(deadline: float | None) -> float | None:
    """The end of the time for all sizes at once; the rest is for a few small ones, should that fail."""
    now = time.thread_time()
    return None if deadline is None else now + (1 - FOR_SIZES) * (deadline - now)


def _decided(given: Problem, policy: str) -> Verdict:
    return at_kinks(given, policy, _plainly_decided, _searched)


def _plainly_decided(given: Problem, policy: str) -> Verdict:
    try:
        witness = _glimpsed(given, policy)
        proof = None if witness is not None else _proved_or_none(given, policy, proved)
        if proof is None and witness is None:
            witness = _refuted(given, policy)
        if proof is None and witness is None:
            proof = _proved_where_defined(given, policy) or _proved_or_none(given, policy, proved_late)
        if proof is not None:
            return Equal(proof.by, scope_of(proof.exceptions))
        if witness is None and policy == EVERYWHERE:
            witness = at_exact_points(given, lambda problem: _plainly_decided(problem, EVERYWHERE))
    except OutOfTime:
        return Undecided(OUT_OF_TIME)
    except RecursionError:
        return Undecided(("nested too deeply",))
    except LimitExceeded as met:
        return Undecided((met.message,))
    if witness is not None:
        return Different("an exact point", witness)
    return Undecided(TRIED, "time ran out" * _is_late(given.deadline))


def _proved_where_defined(given: Problem, policy: str) -> Proof | None:
    """A proof once more, where the facts imply that a side is defined: ``log(p e^x + (1 - p) e^y)``."""
    defined_a = unless_known(given.defined_a, given.facts)
    defined_b = unless_known(given.defined_b, given.facts)
    if (defined_a, defined_b) == (given.defined_a, given.defined_b):
        return None
    return _proved_or_none(replace(given, defined_a=defined_a, defined_b=defined_b), policy, proved)


def _is_late(deadline: float | None) -> bool:
    return deadline is not None and time.thread_time() > deadline


def _glimpsed(given: Problem, policy: str) -> Witness | None:
    """A witness at the first points, where a look at them costs much less than a proof that fails.

    More points where a proof can't tell whether what it takes for an entry is one.
    """
    reads = _reads(given)
    if reads and reads_bent(given.a, given.b):
        return _searched(given, policy, max_points=LOOKS)
    if contents(given.a).size + contents(given.b).size < (LARGE_READ if reads else LARGE):
        return None
    return _searched(given, policy, max_points=TELLING if reads else 1)


def _reads(given: Problem) -> bool:
    """Does a side read an array, or run over a range? Only then it may go beyond one."""
    return any(not contents(side).classes.isdisjoint((Binder, Index)) for side in (given.a, given.b))


def _refuted(given: Problem, policy: str) -> Witness | None:
    given = in_closed_form(given) or given
    witness = _searched(given, policy)
    if witness is not None:
        return witness
    for solution, restricted in coincidences(given):
        witness = _searched(_shared(restricted), policy)
        if witness is not None:
            return _at((solution,), witness)
    for solution, restricted in solved(given) if policy == EVERYWHERE else ():
        witness = _searched(_shared(restricted), policy, max_points=LOOKS)
        if witness is not None:
            return _at((solution,), witness)
    for restated in (given, *equations(given)):
        witness = _refuted_at_values(restated, policy)
        if witness is not None:
            return witness
    cell = failed_cell(given)
    witness = None if cell is None else _searched(_shared(cell), policy)
    if witness is None or witness.has_values or not reads_computed((given.a, given.b)):
        return witness
    return None  # the simple form of a side may no longer read the entry that has no value


def _refuted_at_values(given: Problem, policy: str) -> Witness | None:
    """A witness where the facts say what a name is: there the others have null sets of their own."""
    solutions, restricted = definitions_used(given) if given.facts else ((), given)
    if not solutions or FALSE in restricted.facts:
        return None
    witness = _searched(_shared(restricted), policy)
    return None if witness is None else _at(solutions, witness)


def _searched(given: Problem, policy: str, max_points: int = MAX_POINTS) -> Witness | None:
    return refute(
        given.a,
        given.b,
        given.defined_a,
        given.defined_b,
        given.facts,
        given.deadline,
        policy=policy,
        max_points=max_points,
    )


def _shared(given: Problem) -> Problem:
    """The problem with equal subtrees made one object."""
    sides = (given.a, given.b, given.defined_a, given.defined_b)
    a, b, defined_a, defined_b = map(Sharing().shared, sides)
    return replace(given, a=a, b=b, defined_a=defined_a, defined_b=defined_b)


def _at(solutions: tuple[Solution, ...], witness: Witness) -> Witness:
    """The witness of a restricted problem, with what the equations that restricted it say there."""
    point = dict(witness.point)
    for solution in reversed(solutions):
        point[to_text(solution.unknown)] = to_text(_value_there(solution.value, point))
    return Witness(tuple(point.items()), witness.left, witness.right)


def _value_there(value: Expr, point: Mapping[str, str]) -> Expr:
    """A value at the numbers of a witness: ``1/3 - x`` at x = 1/4 is 1/12."""
    known: dict[Variable, Expr] = {
        name: Number(Fraction(point[name.name]))
        for name in free_variables(value)
        if is_rational(point.get(name.name, ""))
    }
    return readable(instantiate(value, known))


def _proved_or_none(given: Problem, policy: str, prover: Prover) -> Proof | None:
    """A proof; none where a cap, or an index out of range, was met when a boundary or a case was put in."""
    try:
        proof = prover(given, policy)
        return None if proof is not None and _says_nothing(given) else proof
    except (LimitExceeded, MeaningError):
        return None


def _says_nothing(given: Problem) -> bool:
    """Is one side without a value at every size, or at some where the other has one?"""
    if given.a == given.b or not _reads(given):
        return False
    return is_out_of_reach((given.a, given.b), given.facts) or reads_apart(given.a, given.b, given.facts)
