"""One function on both sides, its arguments equal: ``‖Q (x - y)‖ = ‖x - y‖`` by what is under the roots."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.contents import contents
from symderiv.expression.parts import factors_of
from symderiv.expression.tree import Apply, Binder, Expr, Number


def by_same_functions(problem: Problem, prove: Prove) -> Proof | None:
    """A proof that sums under a root, or in another function, are equal, all else being the same."""
    one, other = (Counter(factors_of(side)) for side in (problem.a, problem.b))
    left, right = list((one - other).elements()), list((other - one).elements())
    if len(left) != 1 or len(right) != 1:
        return None
    arguments = _arguments(left[0], right[0])
    if arguments is None or all(Binder not in contents(each).classes for each in arguments):
        return None
    proof = prove(replace(problem, a=arguments[0], b=arguments[1]))
    return proof and proof.through("arguments")


def _arguments(left: Expr, right: Expr) -> tuple[Expr, Expr] | None:
    match left, right:
        case Apply(head="pow", args=(u, Number() as n)), Apply(head="pow", args=(v, m)) if n == m:
            return u, v
        case Apply(head=head, args=(u,)), Apply(head=same, args=(v,)) if head == same:
            return u, v
    return None
