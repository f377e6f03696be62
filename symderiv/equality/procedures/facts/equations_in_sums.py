"""Equations for all values of an index, inside of sums over it: ``Σ (1 - yᵢ fᵢ)²`` where ``yᵢ² = 1``.

The body of the sum, as a polynomial, is divided by each of them: what is left is the same wherever they hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symderiv.equality.conditions.inside import silent_on
from symderiv.equality.given.throughout import said_along
from symderiv.equality.normal_forms.plain import plain_forms
from symderiv.equality.normal_forms.rational import Element
from symderiv.equality.normal_forms.reading import element_expr
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import mul, subtract
from symderiv.expression.contents import contents
from symderiv.expression.parts import conjuncts, disjuncts
from symderiv.expression.tree import Apply, Binder, Expr, Number

Facts = tuple[Expr, ...]


def by_equations_in_sums(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with the bodies of sums as what the equations leave of them."""
    facts = tuple(fact for fact in problem.facts if isinstance(fact, Binder))
    if not facts:
        return None
    return with_sides_rewritten(
        problem, lambda side: _rewritten(side, facts), prove, "equations inside of sums"
    )


def _rewritten(expr: Expr, facts: Facts) -> Expr:
    if Binder not in contents(expr).classes:
        return expr
    if not isinstance(expr, Binder):
        return expr.rebuild(tuple([_rewritten(child, facts) for child in expr.children]))
    others = silent_on(facts, expr.variable)
    along = tuple(said_along(expr, others)) if expr.kind == "sum" else ()
    body = _rewritten(expr.body, (*others, *along))
    return expr.rebuild((_rest(body, zeros(along)), *expr.children[1:]))


def zeros(facts: Iterable[Expr]) -> Iterator[Expr]:
    """What facts say is zero: a difference, the product of those of which one is; ``|u| = c`` by squares."""
    for fact in facts:
        for part in conjuncts(fact):
            gaps = [_gap(each) for each in disjuncts(part)]
            known = [gap for gap in gaps if gap is not None]
            if known and len(known) == len(gaps):
                yield mul(*known)


def _gap(fact: Expr) -> Expr | None:
    match fact:
        case Apply(head="eq", args=(Apply(head="abs", args=(u,)), Number() as c)):
            return subtract(mul(u, u), mul(c, c))
        case Apply(head="eq", args=(left, right)):
            return subtract(left, right)
    return None


def _rest(body: Expr, zero: Iterable[Expr]) -> Expr:
    """What is left of the body, divided by what is zero."""
    found = plain_forms(body, *zero)
    if found is None:
        return body
    nf, (whole, *gaps) = found
    rest = whole.num
    for gap in gaps:
        if not gap.den and not gap.num.is_constant():
            rest = rest % gap.num
    return body if rest == whole.num else element_expr(nf.field, Element(rest, whole.den))
