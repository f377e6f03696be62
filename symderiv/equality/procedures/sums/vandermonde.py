"""Vandermonde's convolution: ``Σ_k C(n, k + a) C(m, c - k) = C(n + m, a + c)``; so ``Σ C(n, k)² = C(2n, n)``.

Outside of some k one of the two is 0, so that a range which holds those k may be any.
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.conditions.inside import facts_inside, silent_on
from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.sums.binomials import Binomial, read_binomial
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import add, compare, mul, subtract
from symderiv.expression.instantiation import instantiate
from symderiv.expression.parts import factors_of
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import TRUE, ZERO, Apply, Binder, Expr, Number, Variable, transform

Facts = tuple[Expr, ...]


def by_vandermonde(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with these sums in closed form."""

    def change(side: Expr) -> Expr:
        return transform(side, lambda node: _closed(node, problem.facts) or node)

    return with_sides_rewritten(problem, change, prove, "Vandermonde's convolution")


def _closed(node: Expr, facts: Facts) -> Expr | None:
    if not isinstance(node, Binder) or node.kind != "sum" or node.condition != TRUE:
        return None
    k, others = node.variable, silent_on(facts, node.variable)
    factors = list(_factors(node.body))
    moving = [factor for factor in factors if k in free_variables(factor)]
    inside = knowledge(facts_inside(node, facts))
    chosen = [read_binomial(factor, inside) for factor in moving] if len(moving) == 2 else []
    if len(chosen) != 2 or chosen[0] is None or chosen[1] is None:
        return None
    total = _total(chosen[0], chosen[1], node, knowledge(others))
    fixed = (factor for factor in factors if factor not in moving)
    return None if total is None else mul(*fixed, total.value)


def _factors(body: Expr) -> Iterator[Expr]:
    """The factors, each as often as it stands there."""
    for factor in factors_of(body):
        match factor:
            case Apply(head="pow", args=(base, Number(value=2))):
                yield from (base, base)
            case _:
                yield factor


def _total(one: Binomial, other: Binomial, over: Binder, known: Knowledge) -> Binomial | None:
    """The coefficient that the sum over all k is, where the range leaves out none that counts."""
    k = over.variable
    rising = one if _is_offset(subtract(one.below, k), k) else one.turned
    falling = other if _is_offset(add(other.below, k), k) else other.turned
    start, end = subtract(rising.below, k), add(falling.below, k)
    n, m = rising.above, falling.above
    if not all(_is_offset(each, k) for each in (start, end)) or any(k in free_variables(s) for s in (n, m)):
        return None
    if over.lower is None or over.upper is None or not all(map(is_integer_valued, (over.lower, over.upper))):
        return None
    if not all(known.implies(compare("le", ZERO, size)) for size in (n, m)):
        return None
    first, last = (mul(Number(-1), start), subtract(end, m)), (subtract(n, start), end)
    from_first = any(known.implies(compare("le", over.lower, _without(at, k))) for at in first)
    to_last = any(known.implies(compare("le", _without(at, k), over.upper)) for at in last)
    return Binomial(add(n, m), _without(add(start, end), k)) if from_first and to_last else None


def _is_offset(gap: Expr, k: Variable) -> bool:
    """Is it the same for every k?"""
    return is_zero(subtract(gap, _without(gap, k)))


def _without(gap: Expr, k: Variable) -> Expr:
    """What it is for k = 0, and so for every k."""
    return instantiate(gap, {k: ZERO})
