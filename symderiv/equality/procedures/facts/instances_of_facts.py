"""What is given of all entries, said of those that stand in the sides: ``x[i] <= c`` is ``x[0] <= c``, too.

Only of entries that are read wherever their side has a value: elsewhere there may be no such entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import subtract
from symderiv.expression.contents import contents
from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import ONE, TRUE, ZERO, Apply, Binder, Expr, Index, Variable, walk

MAX_INSTANCES = 12
NOT_ALWAYS = frozenset(("and", "or", "not"))


def by_instances_of_facts(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with the facts about these entries beside those about all."""
    statements = [fact for fact in problem.facts if isinstance(fact, Binder) and fact.kind == "forall"]
    reads = list(dict.fromkeys(read for side in (problem.a, problem.b) for read in _reads(side)))
    if not statements or not reads:
        return None
    found = dict.fromkeys(each for fact in statements for read in reads for each in _said(fact, read))
    new = tuple(each for each in found if each not in problem.facts and each != TRUE)
    if not 0 < len(new) <= MAX_INSTANCES:
        return None
    proof = prove(replace(problem, facts=(*problem.facts, *new)))
    return proof and proof.through("what is given of an entry")


def _reads(expr: Expr) -> Iterator[Index]:
    """The entries that are read wherever the expression has a value."""
    if isinstance(expr, Index):
        yield expr
    elif isinstance(expr, Apply) and expr.head not in NOT_ALWAYS:
        for arg in expr.args:
            yield from _reads(arg)


def _said(fact: Binder, read: Index) -> Iterator[Expr]:
    """What a fact says where one of the entries that it speaks of is the one that is read."""
    ends: dict[Variable, Expr] = {}
    body: Expr = fact
    while isinstance(body, Binder) and body.kind == "forall":
        if body.lower != ZERO or body.upper is None or body.condition != TRUE or body.variable in ends:
            return
        ends[body.variable] = body.upper
        body = body.body
    if Binder in contents(body).classes:
        return
    for entry in dict.fromkeys(node for node in walk(body) if isinstance(node, Index)):
        fitted = _fitted(entry, read, ends)
        if fitted is not None:
            yield instantiate(body, fitted)


def _fitted(entry: Index, read: Index, ends: Mapping[Variable, Expr]) -> dict[Variable, Expr] | None:
    """What the indices are, each of which runs along a whole axis of the array."""
    base = entry.base
    if base != read.base or not isinstance(base, Variable) or base.kind.zero_outside:
        return None
    fitted: dict[Variable, Expr] = {}
    for index, at, size in zip(entry.indices, read.indices, base.kind.shape, strict=True):
        if isinstance(index, Variable) and index in ends:
            whole = size is not None and is_zero(subtract(subtract(size, ONE), ends[index]))
            if not whole or fitted.setdefault(index, at) != at:
                return None
        elif index != at:
            return None
    return fitted if fitted.keys() == ends.keys() else None
