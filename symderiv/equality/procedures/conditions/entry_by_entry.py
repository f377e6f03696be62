"""Equations of arrays of any size, entry by entry: ``A x = b`` and ``b - A x = 0`` say the same.

Where two inequalities agree but for the border of each entry, the statements do but for that of some entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.equality.conditions.inside import apart, body_under, range_facts
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import subtract
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import TRUE, ZERO, Apply, Binder, Expr

MAX_AXES = 4


def by_entries(problem: Problem, prove: Prove) -> Proof | None:
    """A proof that two statements about all entries are the same one about each, by a proof about one.

    Or that one always holds: ``true`` says the same of each entry.
    """
    if problem.defined_a != TRUE or problem.defined_b != TRUE:
        return None
    if problem.a == TRUE:
        problem = replace(problem, a=problem.b, b=TRUE)
    found = (_of_one_entry(problem, b, prove) for b in (problem.b, *_other_way_round(problem.b)))
    return next((proof for proof in found if proof is not None), None)


def _of_one_entry(problem: Problem, b: Expr, prove: Prove) -> Proof | None:
    a, facts = problem.a, problem.facts
    if not isinstance(a, Binder):
        return None
    ranges: list[Binder] = []
    for _ in range(MAX_AXES):
        if not isinstance(a, Binder) or not (_runs_freely(a) if b == TRUE else _run_alike(a, b)):
            break
        a = apart(a, b, *facts)
        facts = (*facts, *range_facts(a), *_said_of_entry(a, facts))
        b = substitute(b.body, {b.variable: a.variable}) if isinstance(b, Binder) else b
        ranges.append(a)
        a = a.body
    if isinstance(a, Binder) or isinstance(b, Binder):
        return None
    proof = prove(replace(problem, a=a, b=b, facts=facts))
    if proof is None or not proof.live:
        return None
    return replace(proof, exceptions=tuple(_of_some(e, ranges) for e in proof.exceptions))


def _of_some(equation: Expr, ranges: list[Binder]) -> Expr:
    """``∏ x_i = 0``: the equation holds of some entry."""
    gap = subtract(*equation.children)
    for along in reversed(ranges):
        if along.variable in free_variables(gap):
            gap = Binder("prod", gap, along.variable, along.lower, along.upper)
    return Apply("eq", (gap, ZERO)) if isinstance(gap, Binder) else equation


def _other_way_round(statement: Expr) -> Iterator[Expr]:
    """The statement of all columns first, where neither range hangs on the other index."""
    match statement:
        case Binder(kind="forall", variable=i, body=Binder(kind="forall", variable=j) as row):
            ends = [end for end in (row.lower, row.upper) if end is not None]
            if i != j and not any(i in free_variables(end) for end in (*ends, row.condition)):
                inner = Binder("forall", row.body, i, statement.lower, statement.upper, statement.condition)
                yield Binder("forall", inner, j, row.lower, row.upper, row.condition)


def _said_of_entry(a: Binder, facts: tuple[Expr, ...]) -> Iterator[Expr]:
    """What is given of all entries, of the one that is looked at."""
    for fact in facts:
        if isinstance(fact, Binder) and _run_alike(a, fact):
            said = body_under(fact, a.variable)
            if said is not None:
                yield said


def _run_alike(a: Binder, b: Expr) -> bool:
    return isinstance(b, Binder) and _runs_freely(a) and _runs_freely(b) and _ends(a) == _ends(b)


def _runs_freely(statement: Binder) -> bool:
    return statement.kind == "forall" and statement.condition == TRUE


def _ends(statement: Binder) -> tuple[Expr | None, Expr | None]:
    return statement.lower, statement.upper
