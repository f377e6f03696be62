"""Equations of arrays of any size, entry by entry: ``A x = b`` and ``b - A x = 0`` say the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.equality.conditions.signs import range_facts
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import TRUE, Binder, Expr

MAX_AXES = 4


def by_entries(problem: Problem, prove: Prove) -> Proof | None:
    """A proof that two statements about all entries are the same one about each, by a proof about one."""
    if problem.defined_a != TRUE or problem.defined_b != TRUE:
        return None
    found = (_of_one_entry(problem, b, prove) for b in (problem.b, *_other_way_round(problem.b)))
    return next((proof for proof in found if proof is not None), None)


def _of_one_entry(problem: Problem, b: Expr, prove: Prove) -> Proof | None:
    a, facts = problem.a, problem.facts
    if not isinstance(a, Binder):
        return None
    for _ in range(MAX_AXES):
        if not isinstance(a, Binder) or not isinstance(b, Binder) or not _run_alike(a, b):
            break
        facts = (*facts, *range_facts(a), *_said_of_entry(a, facts))
        b = substitute(b.body, {b.variable: a.variable})
        a = a.body
    if isinstance(a, Binder) or isinstance(b, Binder):
        return None
    proof = prove(replace(problem, a=a, b=b, facts=facts))
    if proof is None or proof.exceptions or not proof.live:
        return None
    return proof


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
            yield substitute(fact.body, {fact.variable: a.variable})


def _run_alike(a: Binder, b: Binder) -> bool:
    return (
        a.kind == b.kind == "forall"
        and (a.lower, a.upper) == (b.lower, b.upper)
        and a.condition == b.condition == TRUE
    )
