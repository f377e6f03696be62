"""Small values for sizes, integers and indices that agree with the facts about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flint import fmpq

from symderiv.equality.evaluate.evaluator import Evaluator
from symderiv.equality.evaluate.point import Point, human_numbers
from symderiv.equality.evaluate.values import NotDecided, NoValue
from symderiv.equality.facts import only_integers
from symderiv.equality.rationals import fraction
from symderiv.equality.refute.left_by_facts import left_by_facts
from symderiv.expression.kinds import Domain
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Expr, Variable

Assignment = dict[Expr, fmpq]

_INDICES = tuple(fmpq(k) for k in (0, 1, 2, 3, 4, 5, -1, -2))
MAX_TRIALS = 4000
TELLING = 2  # assignments that are meant to tell wrong from right, each by itself
VARIED = 12
FEW = 2  # small numbers that the facts allow
MANY = 5  # names, from which on mixed assignments follow
MIXED = 120


def assignments(variables: tuple[Variable, ...], facts: tuple[Expr, ...]) -> Iterator[Assignment]:
    """Assignments that satisfy the facts, first a varied few, then all over small ranges.

    All over small ranges only the last of many names would ever change: these are mixed for longer.
    """
    if not variables:
        yield {}
        return
    search = _in_some_order(variables, facts)
    seen = set()
    for turn in range(VARIED if len(variables) < MANY else VARIED + MIXED):
        for found in search.solutions(turn):
            key = tuple(found.values())
            if key not in seen:
                seen.add(key)
                yield found
            break
    for found in search.solutions(0):
        if tuple(found.values()) not in seen:
            yield found


def small_assignments(variables: tuple[Variable, ...], facts: tuple[Expr, ...]) -> Iterator[Assignment]:
    """Assignments that satisfy the facts, all over small ranges."""
    return _in_some_order(variables, facts).solutions(0)


def _in_some_order(variables: tuple[Variable, ...], facts: tuple[Expr, ...]) -> _Assignments:
    """A search that finds something, if need be from the last name on: of ``k > 2 n``, n comes before k."""
    search = _Assignments(variables, facts)
    if len(variables) > 1 and next(search.solutions(0), None) is None:
        return _Assignments(variables[::-1], facts)
    return search


class _Assignments:
    """Depth-first search, a fact checked as soon as all its names have values."""

    def __init__(self, variables: tuple[Variable, ...], facts: tuple[Expr, ...]) -> None:
        self.variables = variables
        self.checks = _checks(variables, facts)
        self.trials = 0

    def solutions(self, turn: int) -> Iterator[Assignment]:
        self.trials = 0
        yield from self._extend({}, turn)

    def _extend(self, chosen: Assignment, turn: int) -> Iterator[Assignment]:
        depth = len(chosen)
        if depth == len(self.variables):
            yield dict(chosen)
            return
        variable = self.variables[depth]
        facts = tuple(self.checks[depth])
        domain = left_by_facts(variable, facts, chosen) if facts else variable.kind.domain
        for value in _candidates(variable, domain, turn, depth, len(self.variables)):
            self.trials += 1
            if self.trials > MAX_TRIALS:
                return
            chosen[variable] = value
            if all(_true(fact, chosen) for fact in self.checks[depth]):
                yield from self._extend(chosen, turn)
            del chosen[variable]


def _candidates(variable: Variable, domain: Domain, turn: int, depth: int, count: int) -> tuple[fmpq, ...]:
    """Numbers to try, in turn: small ones, or those that the facts leave where hardly a small one is left."""
    most = 12 if count < 3 else 8 if count < 5 else 5
    values = (_INDICES if variable.kind.index else human_numbers(variable.kind.domain))[:most]
    if sum(domain.contains(fraction(value)) for value in values) < FEW:
        values = human_numbers(domain)[:most]
    if not values:
        return ()
    shift = turn * (depth + 1) % len(values)
    if turn < TELLING:
        shift = _telling(variable, turn, depth, count)
    if turn >= VARIED:
        shift = _mixed(turn, depth, len(values))
        if variable.kind.index:  # small ones are more often inside an array
            shift = min(shift, _mixed(turn + MIXED, depth, len(values)))
    return values[shift:] + values[:shift]


def _telling(variable: Variable, turn: int, depth: int, count: int) -> int:
    """First neighbours differ: x[i] is not x[j] there, nor n what m is; then each is what the others are."""
    if variable.kind.index:
        return 1 if turn else (count - depth) % 2
    return 0 if turn else depth % 2 * 2


def _mixed(turn: int, depth: int, count: int) -> int:
    """A number below ``count`` without a visible pattern, the same in each run."""
    return (((turn * 48_271 + depth + 1) * 48_271 % 2_147_483_647) >> 8) % count


def _checks(variables: tuple[Variable, ...], facts: tuple[Expr, ...]) -> list[list[Expr]]:
    """For each depth of the search the facts that become checkable there."""
    checks: list[list[Expr]] = [[] for _ in variables]
    for fact in facts:
        if only_integers(fact):
            depths = [variables.index(v) for v in free_variables(fact) if v in variables]
            if depths:
                checks[max(depths)].append(fact)
    return checks


def _true(fact: Expr, chosen: Mapping[Expr, fmpq]) -> bool:
    try:
        return Evaluator(Point(chosen)).truth(fact)
    except (NoValue, NotDecided):
        return False
