"""Ranges of as many numbers wherever they begin, written out: ``Σ_{i≤a≤i+1} x_a = x_i + x_{i+1}``."""

from __future__ import annotations

from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.equality.normal_forms.plain import plain_forms
from symderiv.equality.normal_forms.reading import to_expr
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.sums.longer_ranges import steps
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import add
from symderiv.expression.contents import contents
from symderiv.expression.expansion import terms
from symderiv.expression.instantiation import expand, instantiate
from symderiv.expression.tree import ONE, TRUE, ZERO, Binder, Expr, Index, Number, Variable, transform

KINDS = frozenset(("sum", "prod", "max", "min", "forall"))
EMPTY = {"sum": ZERO, "prod": ONE, "forall": TRUE}
"""What they are where the range ends before it begins."""
MANY = 8
MANY_LEAVES = 4000
"""Of what is written out: sums that stand in sums of sums take as many more."""


def by_short_ranges(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with each range from u to u + c written out, c a small number; of none where it is negative."""
    if all(Binder not in contents(side).classes for side in problem.sides):
        return None
    if max(map(terms, problem.sides)) > MANY_LEAVES:
        return None
    restated = problem.mapped(lambda expr: transform(expr, written_out))
    if restated.sides == problem.sides:
        return None
    proof = prove(restated)
    return proof and proof.through("short ranges")


def written_out(node: Expr) -> Expr:
    """A sum, product, maximum over such a range as what it adds up; anything else as it is."""
    if not isinstance(node, Binder) or node.kind not in KINDS or node.lower is None:
        return node
    if node.kind in EMPTY and steps(node.upper, node.lower, MANY):
        return EMPTY[node.kind]
    length = steps(node.lower, node.upper, MANY)
    if length is None or not is_integer_valued(node.lower) or _is_spelt_alike(node.variable, node.lower):
        return node
    at = {node.variable: add(node.lower, node.variable)}
    body, condition = instantiate(node.body, at), instantiate(node.condition, at)
    written = expand(Binder(node.kind, body, node.variable, ZERO, Number(length), condition))
    return transform(written, _with_plain_indices)


def _is_spelt_alike(own: Variable, lower: Expr) -> bool:
    """Is another name of the same letters in it, which putting it in would take for the bound one?"""
    return any(name.name == own.name for name in contents(lower).free)


def _with_plain_indices(node: Expr) -> Expr:
    """``k[i + 1 - i]`` as ``k[1]``."""
    if not isinstance(node, Index):
        return node
    found = plain_forms(*node.indices)
    if found is None or any(form.den for form in found[1]):
        return node
    return Index(node.base, tuple(to_expr(found[0].field, form.num) for form in found[1]), node.origin)
