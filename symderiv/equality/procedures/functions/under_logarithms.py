"""``Σ ± log uᵢ + r = 0`` by ``Π uᵢ^± eʳ = 1``: ``log Σ e^{z_j} - z_k = log(1 + Σ_{j≠k} e^{z_j - z_k})``.

The exponential is one to one on the reals, and each u is positive wherever its logarithm exists.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import add, function, mul, negative
from symderiv.expression.contents import contents
from symderiv.expression.tree import MINUS_ONE, ZERO, Apply, Binder, Expr

MAX_LOGARITHMS = 4


def under_logarithms(problem: Problem, prove: Prove) -> Proof | None:
    """A proof that the exponentials of both sides agree, where sums stand in logarithms of both."""
    if not all(Binder in contents(side).classes for side in (problem.a, problem.b)):
        return None
    terms = [*_terms(problem.a, 1), *_terms(problem.b, -1)]
    logarithms = [(sign, term) for sign, term in terms if _is_logarithm(term)]
    if not 0 < len(logarithms) <= MAX_LOGARITHMS:
        return None
    others = (term if sign > 0 else negative(term) for sign, term in terms if not _is_logarithm(term))
    left, right = (mul(*(term.children[0] for s, term in logarithms if s == sign)) for sign in (1, -1))
    rest = add(*others)
    proof = prove(replace(problem, a=left if rest == ZERO else mul(left, function("exp", rest)), b=right))
    return proof and proof.through("logarithms")


def _is_logarithm(term: Expr) -> bool:
    return isinstance(term, Apply) and term.head == "log"


def _terms(expr: Expr, sign: int) -> Iterator[tuple[int, Expr]]:
    """The summands, each with its sign."""
    match expr:
        case Apply(head="add", args=args):
            for arg in args:
                yield from _terms(arg, sign)
        case Apply(head="mul", args=(first, inner)) if first == MINUS_ONE:
            yield from _terms(inner, -sign)
        case _:
            yield sign, expr
