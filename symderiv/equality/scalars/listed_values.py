"""Names of which the facts list the values: ``y in {-1, 1}``, or ``y^2 == 1``, is y = -1, and then y = 1.

An entry at numbers is a name, too: ``t[0] in {0, 1}``, as ``forall`` says of each at a small size. With a
number in its place a label is no name: a few simple problems are decided sooner than one with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

from symderiv.equality.cells.solving import Solution
from symderiv.equality.facts import parts
from symderiv.equality.problem import Problem
from symderiv.equality.refute.confirm import confirmed
from symderiv.equality.refute.separate import Pair
from symderiv.equality.restricted.alternatives import cases_of
from symderiv.equality.restricted.given_values import solution
from symderiv.equality.restricted.restriction import Restriction
from symderiv.equality.verdict import EVERYWHERE, Different, Equal, Verdict
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import FALSE, Apply, Binder, Expr, Index, Number, Variable, walk

MAX_CASES = 16
Decided = Callable[[Problem], Verdict]
Listed = tuple[Expr, tuple[Solution, ...]]
Name = Variable | Index


def at_each_value(given: Problem, decided: Decided) -> Verdict:
    """Equal if at each of the values, different if at one; else what is found with the names left in."""
    found = _at_each_value(given, decided) if given.facts else None
    return found or decided(given)


def _at_each_value(given: Problem, decided: Decided) -> Verdict | None:
    listed = _listed(given)
    if not listed:
        return None
    said = {fact for fact, _ in listed.values()}
    others = replace(given, facts=tuple(fact for fact in parts(given.facts) if fact not in said))
    found: list[Equal] = []
    for solutions in product(*(values for _, values in listed.values())):
        there = _put_in(others, solutions)
        if FALSE in there.problem.facts:
            continue
        verdict = decided(there.problem)
        if isinstance(verdict, Different):
            witness = confirmed(Pair(*given.sides, given.facts), there.witness(verdict.witness))
            return None if witness is None else Different(verdict.by, witness)
        if not isinstance(verdict, Equal):
            return None
        found.append(verdict)
    scopes = {verdict.scope for verdict in found} - {EVERYWHERE}
    return None if not found or len(scopes) > 1 else Equal(found[-1].by, *scopes)


def _put_in(problem: Problem, solutions: tuple[Solution, ...]) -> Restriction:
    for each in solutions:
        problem = problem.mapped(each.put_in)
    return Restriction(problem, solutions)


def _listed(given: Problem) -> dict[Name, Listed]:
    """The names that a fact lists the values of, each with the fact and those of its domain."""
    found: dict[Name, Listed] = {}
    cases = 1
    for fact in parts(given.facts):
        values = tuple(dict.fromkeys(each for each in _values(fact) if each.is_allowed))
        name = values[0].unknown if values else None
        if not isinstance(name, Name) or name in found or not _is_asked(name, given):
            continue
        if cases * len(values) <= MAX_CASES and not (isinstance(name, Variable) and _counts(name, given)):
            found[name] = fact, values
            cases *= len(values)
    return found


def _is_asked(name: Name, given: Problem) -> bool:
    if isinstance(name, Variable):
        return any(name in free_variables(side) for side in given.sides)
    return any(name == node for side in given.sides for node in walk(side) if isinstance(node, Index))


def _values(fact: Apply) -> tuple[Solution, ...]:
    """The numbers that one name has by the fact: none unless each of its cases says one of the same name."""
    cases = tuple(cases_of(fact))
    solutions = [solution(case) for case in cases if isinstance(case, Apply)] if len(cases) > 1 else []
    found = tuple(each for each in solutions if each is not None and _is_number_of_a_name(each))
    return found if len(found) == len(cases) and len({each.unknown for each in found}) == 1 else ()


def _is_number_of_a_name(found: Solution) -> bool:
    return _is_name(found.unknown) and isinstance(found.value, Number)


def _is_name(unknown: Expr) -> bool:
    match unknown:
        case Variable():
            return not unknown.kind.shape
        case Index(base=Variable(), indices=at):
            return all(isinstance(place, Number) for place in at)
        case _:
            return False


def _counts(name: Variable, given: Problem) -> bool:
    """Does it say how long something is, or which entry is read?"""
    for part in (part for side in given.expressions for part in walk(side)):
        match part:
            case Index(base=base, indices=at):
                sizes = [size for size in getattr(base, "kind", name.kind).shape if size is not None]
                inside: list[Expr] = [*at, *sizes]
            case Binder(lower=low, upper=high):
                inside = [end for end in (low, high) if end is not None]
            case _:
                continue
        if any(name in free_variables(each) for each in inside):
            return True
    return False
