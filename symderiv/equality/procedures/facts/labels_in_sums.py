"""Labels inside of sums: where each t[i] is 0 or 1, ``F(t[i]) = t[i] F(1) + (1 - t[i]) F(0)``.

So reads a log-likelihood, ``log(p^t (1-p)^(1-t)) = t log p + (1-t) log(1-p)``. Both F(0) and F(1) have to
exist under every index, for both stand in each term then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.conditions.inside import range_facts, silent_on
from symderiv.equality.given.throughout import said_along
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import add, compare, conjunction, divide, mul, subtract
from symderiv.expression.contents import contents
from symderiv.expression.instantiation import refold
from symderiv.expression.parts import conjuncts
from symderiv.expression.tree import ZERO, Apply, Binder, Expr, Index, Number, Variable, transform, walk

Facts = tuple[Expr, ...]
TOTAL = frozenset(("add", "mul", "exp", "abs", "max", "min", "sin", "cos", "tanh", "atan", "sinh", "cosh"))


def by_labels_in_sums(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with the terms of sums as what they are for each of two labels."""
    facts = problem.facts
    if not any(_choices(fact.body) for fact in facts if isinstance(fact, Binder)):
        return None
    a, b = (_rewritten(side, facts) for side in (problem.a, problem.b))
    if (a, b) == (problem.a, problem.b):
        return None
    defined_a, defined_b = (_left_open(each, facts) for each in (problem.defined_a, problem.defined_b))
    proof = prove(replace(problem, a=a, b=b, defined_a=defined_a, defined_b=defined_b))
    return proof and proof.through("labels inside of sums")


def _left_open(condition: Expr, facts: Facts) -> Expr:
    """The condition without what holds under every index, whichever label stands there."""
    return conjunction(*(part for part in conjuncts(condition) if not _holds(part, facts)))


def _holds(part: Expr, facts: Facts) -> bool:
    if not isinstance(part, Binder) or part.kind != "forall":
        return False
    here, along = _facts_within(part, facts)
    said = [part.body]
    for read, *labels in (found for fact in along for found in _choices(fact)):
        said = [_at(each, read, label) for each in said for label in labels]
    known = knowledge(here)
    return all(known.implies(each) for each in said)


def _facts_within(binder: Binder, facts: Facts) -> tuple[Facts, Facts]:
    """What is known of a binder's index and what is under it; the second part is said of all its values."""
    others = silent_on(facts, binder.variable)
    along = tuple(said_along(binder, others))
    return (*others, *range_facts(binder), *along), along


def _rewritten(expr: Expr, facts: Facts) -> Expr:
    if Binder not in contents(expr).classes:
        return expr
    if not isinstance(expr, Binder):
        return expr.rebuild(tuple([_rewritten(child, facts) for child in expr.children]))
    here, along = _facts_within(expr, facts)
    body = _rewritten(expr.body, here)
    for read, one, other in (found for fact in along for found in _choices(fact)):
        body = _told_apart(body, read, (one, other), knowledge(here))
    return expr.rebuild((body, *expr.children[1:]))


def _choices(fact: Expr) -> list[tuple[Index, Number, Number]]:
    """An entry and the two numbers of which it is one."""
    return [found for part in conjuncts(fact) if (found := _choice(part)) is not None]


def _choice(part: Expr) -> tuple[Index, Number, Number] | None:
    match part:
        case Apply(
            head="or",
            args=(
                Apply(head="eq", args=(Index() as read, Number() as one)),
                Apply(head="eq", args=(Index() as again, Number() as other)),
            ),
        ) if read == again and one != other:
            return read, one, other
    return None


def _told_apart(body: Expr, read: Index, labels: tuple[Number, Number], known: Knowledge) -> Expr:
    """``F(a) (t - b)/(a - b) + F(b) (t - a)/(b - a)``, where F(a) and F(b) surely exist."""
    nodes = list(walk(body))
    binds = {node.variable.name for node in nodes if isinstance(node, Binder)}
    named = {name.name for index in read.indices for name in contents(index).free}
    if read not in nodes or binds & named:
        return body
    values = [_at(body, read, label) for label in labels]
    if not all(_has_value(node, known) for value in values for node in walk(value)):
        return body
    return add(*_shares(read, values, labels))


def _shares(read: Index, values: Iterable[Expr], labels: tuple[Number, Number]) -> Iterator[Expr]:
    for value, (label, other) in zip(values, (labels, labels[::-1]), strict=True):
        yield mul(value, divide(subtract(read, other), subtract(label, other)))


def _at(body: Expr, read: Index, label: Number) -> Expr:
    """The term for one label."""
    return transform(body, lambda node: label if node == read else _folded(node))


def _folded(node: Expr) -> Expr:
    return refold(node, node.children) if node.children else node


def _has_value(node: Expr, known: Knowledge) -> bool:
    """Has it one wherever its parts have?"""
    match node:
        case Apply(head="log", args=(u,)):
            return known.implies(compare("lt", ZERO, u))
        case Apply(head="pow", args=(base, exponent)):
            natural = isinstance(exponent, Number) and isinstance(exponent.value, int) and exponent.value > 0
            return natural or known.implies(compare("lt", ZERO, base))
        case Apply(head=head):
            return head in TOTAL
    return isinstance(node, Number | Variable | Index)
