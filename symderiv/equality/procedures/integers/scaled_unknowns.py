"""Integer parts of a multiple of a real variable: in ``D ⌊x/D + 1/2⌋`` the unknown is u = x/D."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import compare, divide, mul
from symderiv.expression.kinds import Kind
from symderiv.expression.substitution import free_variables, fresh, substitute
from symderiv.expression.tree import ZERO, Apply, Expr, Number, Variable, transform, walk


def by_scaled_unknowns(problem: Problem, prove: Prove) -> Proof | None:
    """A proof in u = c x, for a coefficient c that is never zero, x any real number."""
    for x, c in dict.fromkeys(_scaled(problem)):
        if knowledge(problem.facts).implies(compare("ne", c, ZERO)):
            taken = {v.name for side in problem.expressions for v in free_variables(side)}
            u = Variable(fresh(f"{x.name}_0", taken), Kind())
            proof = prove(problem.mapped(partial(_in_terms_of, u=u, x=x, c=c)))
            if proof is not None:
                back = tuple(substitute(each, {u: mul(c, x)}) for each in proof.exceptions)
                return Proof(proof.by, back, proof.live)
    return None


def _scaled(problem: Problem) -> Iterator[tuple[Variable, Expr]]:
    """Each unrestricted real variable with what multiplies it inside of an integer part."""
    for side in problem.sides:
        for node in walk(side):
            if isinstance(node, Apply) and node.head == "floor":
                yield from _products(node)


def _products(inside: Expr) -> Iterator[tuple[Variable, Expr]]:
    for node in walk(inside):
        if not isinstance(node, Apply) or node.head != "mul":
            continue
        for x in node.args:
            if isinstance(x, Variable) and x.kind == Kind():
                c = _coefficient(node, x)
                if not isinstance(c, Number) and x not in free_variables(c):
                    yield x, c


def _coefficient(product: Apply, x: Expr) -> Expr:
    """What multiplies x, numbers left out."""
    return mul(*(factor for factor in product.args if factor != x and not isinstance(factor, Number)))


def _in_terms_of(expr: Expr, u: Variable, x: Variable, c: Expr) -> Expr:
    """``c x`` as u, and x elsewhere as ``u/c``."""

    def put(node: Expr) -> Expr:
        if isinstance(node, Apply) and node.head == "mul" and x in node.args and _coefficient(node, x) == c:
            return mul(u, *(factor for factor in node.args if isinstance(factor, Number)))
        return node

    return substitute(transform(expr, put), {x: divide(u, c)})
