"""The binomial theorem: ``Σ_{k=0}^n C(n, k) c r^k = c (1 + r)^n``, with a factor k ``c n r (1 + r)^(n-1)``.

Of ``p^k q^(n-k)`` the ratio is p/q, so that nothing is said where q is zero.
"""

from __future__ import annotations

from dataclasses import replace

from symderiv.equality.cells.proof import Problem
from symderiv.equality.existence.series import parted
from symderiv.equality.prove import Proof, Prove
from symderiv.equality.refute.atoms import only_integers
from symderiv.expression.build import add, divide, function, mul, power, subtract
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ONE, TRUE, ZERO, Apply, Binder, Cases, Expr, Number, Variable, transform


def by_binomial_sums(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with sums of binomial coefficients in their closed form."""
    a, b = (transform(side, _closed) for side in (problem.a, problem.b))
    if (a, b) == (problem.a, problem.b):
        return None
    proof = prove(replace(problem, a=a, b=b))
    return proof and proof.through("the binomial theorem")


def _closed(node: Expr) -> Expr:
    """The value of a sum over k from 0 to n, n surely no less than 0."""
    match node:
        case Binder(
            kind="sum", body=body, variable=k, lower=lower, upper=Variable() as n, condition=condition
        ):
            counts = n.kind.domain.integer and n.kind.domain.is_nonnegative
            if lower == ZERO and condition == TRUE and counts:
                return _value(body, k, n) or node
    return node


def _value(body: Expr, k: Variable, n: Variable) -> Expr | None:
    factors = body.args if isinstance(body, Apply) and body.head == "mul" else (body,)
    chosen = [factor for factor in factors if _is_binomial(factor, n, k)]
    if len(chosen) != 1:
        return None
    term = parted(mul(*(factor for factor in factors if factor not in chosen)), k)
    if k in free_variables(term.ratio) or term.ratio == ZERO or not _is_safe(term.ratio):
        return None
    whole = add(ONE, term.ratio)
    if term.others == ():
        return mul(term.fixed, power(whole, n))
    if term.others == (k,) and n.kind.domain.is_positive:
        return mul(term.fixed, n, term.ratio, power(whole, subtract(n, ONE)))
    return None


def _is_safe(ratio: Expr) -> bool:
    """A number, or made of real names, whose zeros are a null set: an integer q may be 0 in ``p/q``."""
    return isinstance(ratio, Number) or not only_integers(ratio)


def _is_binomial(factor: Expr, n: Variable, k: Variable) -> bool:
    if not isinstance(factor, Cases) or len(factor.branches) != 1 or factor.otherwise != ZERO:
        return False
    above = function("gamma", add(n, ONE))
    below = mul(function("gamma", add(k, ONE)), function("gamma", add(subtract(n, k), ONE)))
    return factor.branches[0][1] == divide(above, below)
