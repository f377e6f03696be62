"""The binomial theorem, a polynomial beside it: ``Σ_{k=0}^n C(n, k) (k)ⱼ r^k = (n)ⱼ r^j (1 + r)^(n-j)``.

``(k)ⱼ = k (k-1) … (k-j+1)``; every polynomial is a sum of these. Of ``p^k q^(n-k)`` the ratio is p/q, so that
nothing is said where q is zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.facts import only_integers
from symderiv.equality.normal_forms.plain import plain_forms
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.sums.binomials import Binomial, read_binomial
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import add, compare, mul, number, power, subtract
from symderiv.expression.coefficients import coefficients_in
from symderiv.expression.parts import factors_of
from symderiv.expression.progressions import parted
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ONE, TRUE, ZERO, Apply, Binder, Expr, Number, Variable, transform

MAX_DEGREE = 6


def by_binomial_sums(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with sums of binomial coefficients in their closed form."""
    broken: list[Expr] = []
    a, b = (transform(side, lambda node: _closed(node, broken)) for side in (problem.a, problem.b))
    if (a, b) == (problem.a, problem.b):
        return None
    proof = prove(replace(problem, a=a, b=b))
    return proof and proof.through("the binomial theorem", broken)


def _closed(node: Expr, broken: list[Expr]) -> Expr:
    """The value of a sum over k from 0 to n, n surely no less than 0; noted is where it may have none."""
    match node:
        case Binder(
            kind="sum", body=body, variable=k, lower=lower, upper=Variable() as n, condition=condition
        ):
            counts = n.kind.domain.integer and n.kind.domain.is_nonnegative
            if lower == ZERO and condition == TRUE and counts:
                return _value(body, k, n, broken) or node
    return node


def _value(body: Expr, k: Variable, n: Variable, broken: list[Expr]) -> Expr | None:
    factors = factors_of(body)
    chosen = [factor for factor in factors if _is_binomial(factor, n, k)]
    if len(chosen) != 1:
        return None
    term = parted(mul(*(factor for factor in factors if factor not in chosen)), k)
    if k in free_variables(term.ratio) or term.ratio == ZERO or not _is_safe(term.ratio):
        return None
    polynomial = coefficients_in(mul(*term.others), k)
    if polynomial is None or len(polynomial) > MAX_DEGREE:
        return None
    whole = add(ONE, term.ratio)
    falling = list(_in_falling_powers(polynomial))
    if len(falling) - n.kind.domain.is_positive > 1 and not _never_zero(whole):
        if not free_variables(whole):
            return None
        broken.append(Apply("eq", (whole, ZERO)))
    return mul(term.fixed, add(*(mul(c, _moment(n, j, term.ratio, whole)) for j, c in enumerate(falling))))


def _in_falling_powers(polynomial: list[Expr]) -> Iterator[Expr]:
    """The coefficients of ``(k)ⱼ``, by dividing by ``k - j``, one after the other."""
    rest = polynomial
    for j in range(len(polynomial)):
        quotient: list[Expr] = []
        carried: Expr = ZERO
        for c in reversed(rest):
            carried = add(c, mul(number(j), carried))
            quotient.append(carried)
        yield quotient.pop()
        rest = quotient[::-1]


def _moment(n: Variable, j: int, ratio: Expr, whole: Expr) -> Expr:
    """``(n)ⱼ r^j (1 + r)^(n-j)``"""
    falling = (subtract(n, number(i)) for i in range(j))
    return mul(*falling, *(ratio,) * j, power(whole, subtract(n, number(j))))


def _never_zero(whole: Expr) -> bool:
    """Is it a number other than 0 over something, as ``1 + p/(1 - p)`` is?"""
    if isinstance(whole, Number):
        return whole != ZERO
    found = plain_forms(whole)
    return found is not None and found[1][0].num.is_constant() and not found[1][0].num.is_zero()


def _is_safe(ratio: Expr) -> bool:
    """A number, or made of real names, whose zeros are a null set: an integer q may be 0 in ``p/q``."""
    return isinstance(ratio, Number) or not only_integers(ratio)


def _is_binomial(factor: Expr, n: Variable, k: Variable) -> bool:
    """Is it C(n, k) for k from 0 to n?"""
    inside = knowledge((compare("le", ZERO, k), compare("le", k, n)))
    return read_binomial(factor, inside) == Binomial(n, k)
