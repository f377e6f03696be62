"""Products over two ranges, one cut where the other ends: ``Π_{s<r≤t} a_r = Π_{s<r≤m} a_r Π_{m<r≤t} a_r``.

Under a sum over s, as in ``h_t = Σ_{s≤t} Π_{s<r≤t} a_r x_s``, it is cut for s ≤ m, the sum parted there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.sums.longer_ranges import steps
from symderiv.equality.procedures.sums.short_ranges import written_out
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import add, compare, mul, number, subtract
from symderiv.expression.contents import contents
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import ONE, TRUE, Binder, Expr, Variable, index_variable, transform, walk

MAX_PRODUCTS = 8
PLACE = index_variable("§place")


def by_cut_products(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with the longer of two products as the shorter one and the rest of it."""
    known = knowledge(problem.facts)
    for cut in _cuts(problem, known):
        restated = problem.mapped(cut.in_all)
        if restated.sides != problem.sides:
            proof = prove(restated)
            return proof and proof.through("cut products")
    return None


@dataclass(frozen=True)
class Cut:
    """Products of ``body`` up to ``end``, each to be cut at ``at``, which is at most that."""

    body: Expr
    end: Expr
    at: Expr
    known: Knowledge

    def in_all(self, expr: Expr) -> Expr:
        """An expression with all of them cut that may be."""
        if Binder not in contents(expr).classes:
            return expr
        if isinstance(expr, Binder):
            if self._is_meant(expr):
                return self._cut(expr) if self._may_be_cut(expr.lower) else expr
            if expr.kind == "sum" and expr.condition == TRUE:
                found = self._in_sum(expr)
                if found is not None:
                    return found
            if expr.variable in free_variables(self.at) | free_variables(self.end):
                return expr
        children = tuple(map(self.in_all, expr.children))
        return expr if children == expr.children else expr.rebuild(children)

    def _is_meant(self, node: Expr) -> bool:
        return (
            isinstance(node, Binder)
            and node.kind == "prod"
            and _body(node) == self.body
            and node.upper == self.end
        )

    def _may_be_cut(self, lower: Expr | None) -> bool:
        if lower is None or is_zero(subtract(subtract(lower, self.at), ONE)):
            return False
        return self.known.implies(compare("le", lower, add(self.at, ONE)))

    def _cut(self, node: Binder) -> Expr:
        """``Π_{r≤at} · Π_{at<r≤end}``, the second written out where it has few factors."""
        first = Binder("prod", node.body, node.variable, node.lower, self.at)
        return mul(first, _run("prod", node.body, node.variable, add(self.at, ONE), self.end))

    def _in_sum(self, total: Binder) -> Expr | None:
        """The sum over the places at which its products may be cut, and over the others."""
        s, low, high = total.variable, total.lower, total.upper
        found = [node for node in walk(total.body) if self._is_meant(node)]
        starts = {_start(node, s) for node in found if isinstance(node, Binder)}
        if len(starts) != 1 or low is None or high is None:
            return None
        [start] = starts
        if start is None:
            return None
        last = subtract(add(self.at, ONE), start)
        cut: dict[Expr, Expr] = {node: self._cut(node) for node in found if isinstance(node, Binder)}
        body = substitute(total.body, cut)
        if self.known.implies(compare("le", high, last)):
            return Binder("sum", body, s, low, high)
        within = compare("le", low, add(last, ONE)), compare("le", last, high)
        if not all(map(self.known.implies, within)):
            return None
        return add(Binder("sum", body, s, low, last), _run("sum", total.body, s, add(last, ONE), high))


def _run(kind: Literal["sum", "prod"], body: Expr, index: Variable, low: Expr, high: Expr) -> Expr:
    """A sum or a product that is never empty by more than one place; one of few values written out."""
    length = steps(low, add(high, ONE))
    if length is None:
        return Binder(kind, body, index, low, high)
    values = (transform(substitute(body, {index: add(low, number(k))}), written_out) for k in range(length))
    return (add if kind == "sum" else mul)(*values)


def _cuts(problem: Problem, known: Knowledge) -> Iterator[Cut]:
    products = [node for side in (problem.a, problem.b) for node in _products(side)]
    products = list(dict.fromkeys(products))[:MAX_PRODUCTS]
    free = free_variables(problem.a) | free_variables(problem.b)
    for body in dict.fromkeys(map(_body, products)):
        ends = [node.upper for node in products if _body(node) == body and node.upper is not None]
        ends = [end for end in dict.fromkeys(ends) if free_variables(end) <= free]
        for at in ends:
            for end in ends:
                if not is_zero(subtract(end, at)) and known.implies(compare("le", at, end)):
                    yield Cut(body, end, at, known)


def _products(side: Expr) -> Iterator[Binder]:
    if Binder in contents(side).classes:
        for node in walk(side):
            if isinstance(node, Binder) and node.kind == "prod" and node.condition == TRUE:
                yield node


def _body(node: Binder) -> Expr:
    return substitute(node.body, {node.variable: PLACE})


def _start(node: Binder, s: Variable) -> Expr | None:
    """c of a product that begins at s + c."""
    if node.lower is None or s not in free_variables(node.lower):
        return None
    start = subtract(node.lower, s)
    for c in range(-3, 4):
        if is_zero(subtract(start, number(c))):
            return number(c)
    return None
