"""Square matrices: ``A B = I`` exactly where ``B A = I``; so ``Aᵀ A = I`` says ``A Aᵀ = I``, too."""

from __future__ import annotations

from dataclasses import replace

from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import mul, subtract
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import TRUE, ZERO, Apply, Binder, Expr, transform


def by_turned_inverses(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with the products that are the identity taken the other way round, asked or given."""
    facts = (*problem.facts, *filter(None, map(turned, problem.facts)))
    b = transform(problem.b, lambda node: turned(node) or node)
    if b == problem.b and len(facts) == len(problem.facts):
        return None
    changed = (replace(problem, facts=facts), replace(problem, b=b, facts=facts))
    proofs = (prove(restated) for restated in changed if restated != problem)
    found = next((proof for proof in proofs if proof is not None), None)
    return found and found.through("inverses of square matrices")


def turned(statement: Expr) -> Expr | None:
    """``Q P = I`` for ``P Q = I`` said entry by entry of square matrices, else nothing."""
    match statement:
        case Binder(
            kind="forall",
            variable=i,
            body=Binder(kind="forall", variable=j, body=Apply(head="eq", args=(left, right))) as inner,
        ):
            product, unit = (left, right) if isinstance(left, Binder) else (right, left)
            if not isinstance(product, Binder) or product.kind != "sum":
                return None
            is_unit = isinstance(unit, Apply) and unit.head == "delta" and set(unit.args) == {i, j}
            if not is_unit or not _of_one_size(statement, inner, product):
                return None
            other = _turned_product(product, i, j)
            return other and statement.rebuild(
                (inner.rebuild((Apply("eq", (other, unit)), *inner.children[1:])), *statement.children[1:])
            )
    return None


def _of_one_size(*ranges: Binder) -> bool:
    """Do all run from 0 to the same end, without a condition?"""
    ends = [each.upper for each in ranges if each.lower == ZERO and each.condition == TRUE]
    known = [end for end in ends if end is not None]
    return len(known) == len(ranges) and all(is_zero(subtract(end, known[0])) for end in known[1:])


def _turned_product(product: Binder, i: Expr, j: Expr) -> Binder | None:
    """``Σ_k R(i, k) L(k, j)`` for ``Σ_k L(i, k) R(k, j)``."""
    k = product.variable
    factors = product.body.args if isinstance(product.body, Apply) and product.body.head == "mul" else ()
    left = [factor for factor in factors if j not in free_variables(factor)]
    right = [factor for factor in factors if factor not in left and i not in free_variables(factor)]
    if len(left) + len(right) != len(factors) or not left or not right:
        return None
    first = substitute(mul(*right), {k: i, j: k})
    second = substitute(mul(*left), {i: k, k: j})
    return Binder("sum", mul(first, second), k, product.lower, product.upper)
