"""Ranges by induction over a name: what both ways of it ask. One side is solved for the range."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.facts import parts
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.equal import unless_known
from symderiv.expression.build import add, divide, mul, subtract
from symderiv.expression.instantiation import instantiate
from symderiv.expression.kinds import Domain, Kind
from symderiv.expression.substitution import free_variables, fresh
from symderiv.expression.tree import TRUE, Apply, Binder, Expr, Index, Number, Variable, walk

MAX_RANGES = 3
KINDS = frozenset(("sum", "prod", "max", "min"))


def solved_ranges(problem: Problem) -> Iterator[tuple[Binder, Expr]]:
    """A range without a condition on one side, and what it is where the two sides are equal."""
    for side, other in ((problem.a, problem.b), (problem.b, problem.a)):
        for found in list(dict.fromkeys(_outermost(side)))[:MAX_RANGES]:
            value = _solved(side, other, found, problem.facts)
            if value is not None and found not in set(walk(value)) and found.condition == TRUE:
                yield found, value


def integer_from(last: int, n: Variable, problem: Problem) -> Variable:
    """Any integer from the last of the first ones on, in the place of n."""
    taken = {name.name for side in (problem.a, problem.b, *problem.facts) for name in free_variables(side)}
    domain = Domain(integer=True, lower=Fraction(last))
    return Variable(fresh(f"{n.name}_0", taken), Kind(domain=domain))


def exist_alike(problem: Problem, n: Variable, k: Variable, always: tuple[Expr, ...]) -> bool:
    """Do both sides exist at the same points, and the value at each k wherever it does at n?

    What asks for more than a fact about every k says must not speak of n.
    """
    a, b = (unless_known(side, problem.facts) for side in (problem.defined_a, problem.defined_b))
    if a != b:
        return False
    asked = (part for side in (problem.defined_a, problem.defined_b) for part in parts((side,)))
    speaking = [part for part in asked if n in free_variables(part)]
    known = knowledge(always)
    return all(known.implies(instantiate(part, {n: k})) for part in speaking)


def _outermost(side: Expr) -> Iterator[Binder]:
    """The ranges that stand in no other one."""
    if isinstance(side, Binder):
        if side.kind in KINDS:
            yield side
        return
    for child in side.children:
        yield from _outermost(child)


def _solved(side: Expr, other: Expr, found: Binder, facts: tuple[Expr, ...]) -> Expr | None:
    """The value of the range where ``side = other``; None where it isn't one term, or one factor."""
    if side == found:
        return other
    if not isinstance(side, Apply) or side.head not in ("add", "mul"):
        return None
    inside = [arg for arg in side.args if found in set(walk(arg))]
    rest = [arg for arg in side.args if arg not in inside]
    if len(inside) != 1 or len(rest) != len(side.args) - 1:
        return None
    if side.head == "add":
        return _solved(inside[0], subtract(other, add(*rest)), found, facts)
    if not knowledge(facts).implies(Apply("ne", (mul(*rest), Number(0)))):
        return None
    return _solved(inside[0], divide(other, mul(*rest)), found, facts)


def reads_at(value: Expr, n: Variable) -> bool:
    """Does it hold what may have no value at a smaller n, though it has one at n: an entry, a limit?"""
    return any(_may_fail(node) and n in free_variables(node) for node in walk(value))


def _may_fail(node: Expr) -> bool:
    return isinstance(node, Index) or (isinstance(node, Apply) and node.head == "limit")


def least_of(n: Variable, facts: tuple[Expr, ...]) -> int | None:
    """The least integer that the domain of n and the facts about it alone allow."""
    domain = n.kind.domain
    ends = [] if domain.lower is None else [_from(domain.lower, domain.lower_open)]
    for fact in parts(facts):
        if fact.head in ("le", "lt") and fact.args[1] == n and isinstance(fact.args[0], Number):
            ends.append(_from(Fraction(fact.args[0].value), fact.head == "lt"))
    return max(ends, default=None)


def _from(end: Fraction, is_open: bool) -> int:
    return floor(end) + 1 if is_open else ceil(end)
