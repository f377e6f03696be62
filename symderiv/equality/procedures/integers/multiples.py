"""Sums over the numbers with one remainder: ``Σ_{a≤i≤b, i mod s = r} f(i) = Σ_q f(s q + r)``, any s > 0.

q runs from ``⌈(a - r)/s⌉`` to ``⌊(b - r)/s⌋``. So many steps of a stride fit: ``⌈n/s⌉`` multiples below n.
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import add, compare, conjunction, divide, function, mul, negative, subtract
from symderiv.expression.contents import contents
from symderiv.expression.instantiation import instantiate
from symderiv.expression.parts import conjuncts
from symderiv.expression.substitution import fresh
from symderiv.expression.tree import (
    INFINITY,
    ZERO,
    Apply,
    Binder,
    Expr,
    Variable,
    index_variable,
    transform,
    walk,
)


def by_multiples(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with such sums over the quotients."""
    known = knowledge(problem.facts)

    def change(side: Expr) -> Expr:
        return transform(side, lambda node: _over_quotients(node, known) or node)

    return with_sides_rewritten(problem, change, prove, "numbers with one remainder")


def _over_quotients(node: Expr, known: Knowledge) -> Expr | None:
    if not isinstance(node, Binder) or node.kind != "sum" or node.lower is None or node.upper is None:
        return None
    if INFINITY in (node.lower, node.upper):
        return None
    i = node.variable
    parts = conjuncts(node.condition)
    for part in parts:
        for s, r in remainders(part, i):
            if is_remainder(s, r, known):
                taken = {each.name for each in walk(node) if isinstance(each, Variable)}
                q = index_variable(fresh("q", taken))
                at = {i: add(mul(s, q), r)}
                others = conjunction(*(instantiate(other, at) for other in parts if other is not part))
                first = negative(function("floor", divide(subtract(r, node.lower), s)))
                last = function("floor", divide(subtract(node.upper, r), s))
                return Binder("sum", instantiate(node.body, at), q, first, last, others)
    return None


def remainders(part: Expr, i: Variable) -> Iterator[tuple[Expr, Expr]]:
    """The s and r of ``i - s ⌊i/s⌋ = r``, neither of which holds i."""
    if not isinstance(part, Apply) or part.head != "eq":
        return
    for remainder, r in (part.args, part.args[::-1]):
        if i in contents(r).free:
            continue
        for node in walk(remainder):
            match node:
                case Apply(
                    head="floor", args=(Apply(head="mul", args=(first, Apply(head="pow", args=(s, _)))),)
                ):
                    whole = subtract(i, mul(s, function("floor", divide(i, s))))
                    if first == i and i not in contents(s).free and is_zero(subtract(remainder, whole)):
                        yield s, r


def is_remainder(s: Expr, r: Expr, known: Knowledge) -> bool:
    """Are both integers, and ``0 <= r < s``?"""
    whole = is_integer_valued(s) and is_integer_valued(r)
    bounds = compare("lt", ZERO, s), compare("le", ZERO, r), compare("lt", r, s)
    return whole and all(map(known.implies, bounds))
