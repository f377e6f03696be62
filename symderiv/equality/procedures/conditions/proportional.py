"""Equations whose differences are equal up to what is never 0: ``y = sin 2x`` and ``y/2 = sin x cos x``.

So are ``tan x = 0`` and ``sin x = 0`` where ``cos x ≠ 0``, and ``x/(1 + x²) = y`` and ``x = y + x² y``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.facts import parts
from symderiv.equality.normal_forms.generators import Decline
from symderiv.equality.normal_forms.normal_form import NormalForm
from symderiv.equality.normal_forms.plain import plain_forms
from symderiv.equality.normal_forms.rational import Element
from symderiv.equality.normal_forms.reading import element_expr, to_expr
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof
from symderiv.equality.rationals import fraction
from symderiv.expression.build import mul, number, power, subtract
from symderiv.expression.tree import Apply, Expr

Prove = Callable[[Problem], Proof | None]
POWERS = (0, 1, -1, 2, -2)
MAX_UNITS = 2


def by_proportion(problem: Problem, prove: Prove) -> Proof | None:
    """A proof that ``f = 0`` and ``g = 0`` hold at the same points: f is u g everywhere, u never 0.

    Which u is read off normal forms; that it is right is what ``prove`` has to show.
    """
    first, second = gap(problem.a), gap(problem.b)
    if first is None or second is None:
        return None
    factor = next(_factors(first, second, problem.facts), None)
    if factor is None:
        return None
    proof = prove(replace(problem, a=first, b=mul(factor, second)))
    if proof is None or proof.exceptions or not proof.live:
        return None
    return Proof(f"equations up to a factor, {proof.by}")


def gap(condition: Expr) -> Expr | None:
    """What is zero exactly where a condition holds: of ``f = g or u = v`` the product ``(f - g)(u - v)``.

    >>> from symderiv.expression.tree import ONE, Variable
    >>> gap(Apply("eq", (Variable("x"), ONE))).head, gap(Apply("lt", (Variable("x"), ONE)))
    ('add', None)
    """
    match condition:
        case Apply(head="eq", args=(left, right)) if not (is_condition(left) or is_condition(right)):
            return subtract(left, right)
        case Apply(head="or", args=parts):
            gaps = [found for part in parts if (found := gap(part)) is not None]
            return mul(*gaps) if len(gaps) == len(parts) else None
    return None


def _factors(first: Expr, second: Expr, facts: tuple[Expr, ...]) -> Iterator[Expr]:
    """What one may be of the other: a number; powers of what isn't 0 by the facts, times what never is."""
    units = tuple(subtract(*fact.args) for fact in parts(facts) if fact.head == "ne")[:MAX_UNITS]
    found = plain_forms(first, second, *units)
    if found is None or any(form.num.is_zero() for form in found[1]):
        return
    nf, (one, other, *others) = found
    constant = _constant(nf, one, other)
    if constant is not None:
        yield constant
    try:
        ratio = nf.arithmetic.multiply(one, nf.arithmetic.inverse(other))
        for powers in product(POWERS, repeat=len(units)):
            raised = (nf.arithmetic.power(u, -k) for u, k in zip(others, powers, strict=True) if k)
            rest = nf.arithmetic.multiply(ratio, *raised)
            if _is_never_zero(nf, rest, facts):
                known = (power(u, number(k)) for u, k in zip(units, powers, strict=True))
                yield mul(element_expr(nf.field, rest), *known)
    except Decline:
        return


def _constant(nf: NormalForm, one: Element, other: Element) -> Expr | None:
    """The number that one is of the other, should there be one."""
    (above, below), (other_above, other_below) = map(nf.arithmetic.as_polynomials, (one, other))
    left, right = above * other_below, other_above * below
    factor = left.leading_coefficient() / right.leading_coefficient()
    is_one = nf.arithmetic.reduced(left - right * factor).is_zero()
    return number(fraction(factor)) if is_one else None


def _is_never_zero(nf: NormalForm, rest: Element, facts: tuple[Expr, ...]) -> bool:
    """Have all factors, above and below, a sign by their form? Tangents of half an angle may be infinite."""
    factors = [number for number, _ in nf.field.factor(rest.num)[1]] + list(rest.den)
    polys = [nf.field.poly(each) for each in factors]
    if any(generator.kind == "tan" for poly in polys for generator in nf.field.used(poly)):
        return False
    known = knowledge(facts)
    return all(0 not in known.signs(to_expr(nf.field, poly)) for poly in polys)
