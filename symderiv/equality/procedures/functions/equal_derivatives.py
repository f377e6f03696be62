"""Equal derivatives and one common value: on an interval, two smooth functions of a variable are then equal.

    a′(t) = b′(t) for all t,  a(t₀) = b(t₀)   ⟹   a = b

for each value of the other names. The domain must be connected along t: an interval, facts affine in t.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from symderiv.equality.cells.lines import affine
from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.limits.derivative import NotElementary, slope
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.functions.smoothness import is_smooth
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import add, mul, subtract
from symderiv.expression.instantiation import instantiate
from symderiv.expression.kinds import Domain
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import FALSE, TRUE, ZERO, Apply, Binder, Expr, Number, Variable, transform, walk

ANCHORS = tuple(Fraction(*pair) for pair in ((0, 1), (1, 1), (1, 2), (-1, 1), (2, 1), (-1, 2)))
_CURVED = frozenset(("atan", "asin", "acos", "asinh", "acosh", "atanh", "erf", "log", "integral"))


def by_equal_derivatives(problem: Problem, prove: Prove) -> Proof | None:
    """A proof along the first variable that allows one."""
    if not any(_is_curved(node) for side in (problem.a, problem.b) for node in walk(side)):
        return None
    known = knowledge(problem.facts)
    if not (known.implies(problem.defined_a) and known.implies(problem.defined_b)):
        return None
    for t in sorted(free_variables(problem.a) | free_variables(problem.b), key=lambda v: v.name):
        proof = _along(problem, t, prove) if _runs_over_an_interval(problem, t) else None
        if proof is not None:
            return proof
    return None


def _is_curved(node: Expr) -> bool:
    """Worth a derivative: a function whose derivative is simpler than it."""
    return (node.head if isinstance(node, Apply) else getattr(node, "kind", "")) in _CURVED


def _runs_over_an_interval(problem: Problem, t: Variable) -> bool:
    kind = t.kind
    if kind.shape or kind.function or kind.index or kind.domain.integer:
        return False
    return all(_is_convex(fact, t) for fact in problem.facts if t in free_variables(fact))


def _is_convex(fact: Expr, t: Variable) -> bool:
    """The t that satisfy it form an interval."""
    if not isinstance(fact, Apply) or fact.head not in ("lt", "le"):
        return False
    return all(affine(side, t) is not None for side in fact.args)


def _along(problem: Problem, t: Variable, prove: Prove) -> Proof | None:
    if not (is_smooth(problem.a, t, problem.facts) and is_smooth(problem.b, t, problem.facts)):
        return None
    if not any(_agree_at(problem, t, value, prove) for value in _anchors(problem, t)):
        return None
    try:
        a, b = _slope(problem.a, t), _slope(problem.b, t)
    except NotElementary:
        return None
    proof = prove(replace(problem, a=a, b=b, defined_a=TRUE, defined_b=TRUE))
    if proof is None or not proof.live:
        return None
    if any(free_variables(equation) != {t} for equation in proof.exceptions):
        return None
    # the derivatives are continuous: a null set of t is no exception
    return Proof(proof.by).through("equal derivatives and one value")


def _slope(expr: Expr, t: Variable) -> Expr:
    """The derivative, that of ``∫ₐᵇ f`` being ``f(b) b′ − f(a) a′`` (t doesn't stand in f)."""
    found = (node for node in walk(expr) if isinstance(node, Binder) and node.kind == "integral")
    named = {node: Variable(f"integral {k}") for k, node in enumerate(dict.fromkeys(found))}
    outer = substitute(expr, dict(named.items()))
    parts = [slope(outer, t)]
    for node, name in named.items():
        ends = [end for end in (node.upper, node.lower) if end is not None]
        moved = [mul(instantiate(node.body, {node.variable: end}), slope(end, t)) for end in ends]
        parts.append(mul(slope(outer, name), subtract(*moved)))
    return substitute(add(*parts), {name: node for node, name in named.items()})


def _anchors(problem: Problem, t: Variable) -> Iterator[Fraction]:
    domain: Domain = t.kind.domain
    for value in ANCHORS:
        if domain.contains(value) and not any(t in free_variables(fact) for fact in problem.facts):
            yield value


def _agree_at(problem: Problem, t: Variable, value: Fraction, prove: Prove) -> bool:
    def put_in(expr: Expr) -> Expr:
        return transform(instantiate(expr, {t: Number(value)}), _without_empty_integral)

    there = problem.mapped(put_in)
    if FALSE in there.facts:
        return False
    proof = prove(there)
    return proof is not None and proof.live and not proof.exceptions


def _without_empty_integral(node: Expr) -> Expr:
    empty = isinstance(node, Binder) and node.kind == "integral" and node.lower == node.upper
    return ZERO if empty else node
