"""What the right side of a line asks for beyond the left one: what follows there needs no mention.

0 < u or j lies in no window      says that      1/u exists, or j lies in no window
0 < |x_i|                         says that      0 < Σ_j |x_j|, of which it is a term
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.derivation.meaning.closing import range_facts
from symderiv.derivation.proof.entries.kinds_of_entries import is_comparison
from symderiv.derivation.proof.existence.counted import counts_something
from symderiv.derivation.proof.sameness import in_the_names_of, numbered
from symderiv.equality.conditions.condition import holds
from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.expression.build import add, compare, conjunction, disjunction, negation
from symderiv.expression.instantiation import instantiate
from symderiv.expression.parts import conjuncts, disjuncts
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
    MINUS_ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Expr,
    Variable,
    index_variable,
    walk,
)
from symderiv.index.every_size.positivity import is_nonnegative
from symderiv.tensor import Tensor


def where_left_exists(left: Tensor, right: Tensor, facts: tuple[Expr, ...]) -> Tensor:
    """The right side asked about where the left one exists."""
    at = left.indices
    asked = conjuncts(in_the_names_of(left, right).condition(*at))
    known = [(i, range_facts(i, n)) for i, n in zip(at, left.shape, strict=True)]
    told = conjuncts(left.defined)

    def is_known(part: Expr) -> bool:
        read = free_variables(part)
        along = tuple(said for i, said in known if i in read)
        return (
            part == TRUE
            or bool(holds(part, along))
            or bool(facts and holds(part, (*facts, *along)))
            or counts_something(part, (*facts, *along))
            or _is_told(part, told, left)
        )

    rest = conjunction(*(part for part in asked if not is_known(part)))
    return Tensor(right.shape, at, right.formula(*at), conjunction(left.defined, rest))


def _is_told(part: Expr, told: tuple[Expr, ...], left: Tensor, depth: int = 0) -> bool:
    """Whether the left side says so: in one of several cases, for each index of a range."""
    if isinstance(part, Binder) and part.kind == "forall" and part.condition == TRUE:
        each = index_variable(f"each {depth}")
        inside = tuple(said for whole in told for said in _at(each, whole, part))
        asked = conjuncts(instantiate(part.body, {part.variable: each}))
        return all(_is_told(one, (*told, *inside), left, depth + 1) for one in asked)
    return any(_follows(part, case, told, left) for case in _cases(part))


def _at(each: Variable, said: Expr, ranging: Binder) -> tuple[Expr, ...]:
    """What is said for all of a range, at an index of another that is the same range."""
    if not isinstance(said, Binder) or said.kind != "forall" or said.condition != TRUE:
        return ()
    if (said.lower, said.upper) != (ranging.lower, ranging.upper):
        return ()
    return conjuncts(instantiate(said.body, {said.variable: each}))


Case = tuple[Expr, ...]
"""What indices are held to."""


def _cases(part: Expr) -> Iterator[Case]:
    """Nothing; or, of "P, or these indices are no such ones", that they are."""
    yield ()
    if isinstance(part, Apply) and part.head == "or":
        for each in part.args:
            about = [side for said in conjuncts(negation(each)) for side in said.children]
            if about and all(map(is_integer_valued, about)):
                yield conjuncts(negation(each))


def _follows(part: Expr, case: Case, told: tuple[Expr, ...], left: Tensor) -> bool:
    """Whether a part holds in a case, by what the left side says there."""
    said = (*(_in_case(each, case) for each in told), *case)
    known = tuple(numbered(each) for whole in said for each in conjuncts(whole))
    wanted = [each for each in conjuncts(numbered(_in_case(part, case))) if each not in known]
    facts = tuple(filter(is_comparison, known))
    facts = (*facts, *_positive_sums(wanted, facts, left))
    return all(any(holds(way, facts) for way in (each, *disjuncts(each))) for each in wanted)


def _in_case(condition: Expr, case: Case) -> Expr:
    """The condition where the case holds: without the alternatives that fail there, equal indices as one."""
    parts = (
        disjunction(*(each for each in disjuncts(part) if not _fails(each, case)))
        for part in conjuncts(condition)
    )
    return instantiate(conjunction(*(part for part in parts if part not in case)), dict(_as_one(case)))


def _as_one(case: Case) -> Iterator[tuple[Variable, Expr]]:
    """Of two indices that are the same the first, in the place of the second."""
    for part in case:
        match part:
            case Apply(head="eq", args=(Expr() as one, Variable() as other)) if one != other:
                yield other, one


def _fails(condition: Expr, case: Case) -> bool:
    return bool(case) and all(part in case for part in conjuncts(negation(condition)))


def _positive_sums(wanted: list[Expr], facts: tuple[Expr, ...], left: Tensor) -> Iterator[Expr]:
    """That sums of what is nowhere negative are positive, of which an entry at hand is a positive term."""
    sums = dict.fromkeys(node for each in wanted for node in walk(each) if isinstance(node, Binder))
    for total in sums:
        if total.kind != "sum" or total.condition != TRUE or not is_nonnegative(total.body):
            continue
        for index, size in zip(left.indices, left.shape, strict=True):
            if (total.lower, total.upper) != (ZERO, add(size, MINUS_ONE)):
                continue
            put: dict[Variable, Expr] = {total.variable: index}
            if holds(compare("lt", ZERO, instantiate(total.body, put)), facts):
                yield compare("lt", ZERO, total)
