"""Sums of binomial coefficients in closed form, by one procedure alone."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.equality.procedures.sums.binomial_sums import by_binomial_sums
from symderiv.equality.procedures.sums.vandermonde import by_vandermonde
from symderiv.equality.prove import prove_problem
from symderiv.expression.kinds import SIZE, Domain, Kind
from tests.equality.procedures.alone import problem, scope

NATURAL = Kind(domain=Domain(integer=True, lower=Fraction(0)))
NAMES = scope(n=SIZE, m=NATURAL, r=NATURAL, q=Kind(domain=Domain(integer=True)), x=Kind(), u=Kind())
CHOSEN = "gamma(n + 1)/(gamma(k + 1)*gamma(n - k + 1))"


@pytest.mark.parametrize(
    ("condition", "proved"),
    [
        ("0 <= k and k <= n", True),
        ("k <= n", True),
        ("k != 1000", False),
        ("0 <= k and k <= 1000", False),
        ("0 <= k and k < n", False),
        ("0 < k and k <= n", False),
        ("x > 0", False),
    ],
)
def test_the_binomial_theorem_asks_for_all_coefficients(condition: str, proved: bool) -> None:
    asked = problem(f"sum(({CHOSEN} if {condition} else 0)*2^k, (k, 0, n))", "3^n", names=NAMES)
    assert (by_binomial_sums(asked, prove_problem) is not None) == proved


@pytest.mark.parametrize(
    ("a", "b", "facts", "proved"),
    [
        ("sum(binom(n,k)^2, (k,0,n))", "binom(2*n,n)", (), True),
        ("sum(binom(n,k)^2, (k,-2,n+1))", "binom(2*n,n)", (), True),
        ("sum(binom(n,k)^2, (k,1,n))", "binom(2*n,n)", (), False),
        ("sum(binom(n,k)^2, (k,0,n-1))", "binom(2*n,n)", (), False),
        ("sum(binom(n,k)^2, (k,0,m))", "binom(2*n,n)", (), False),
        ("sum(binom(n,k)^2, (k,0,m))", "binom(2*n,n)", ("m >= n",), True),
        ("sum(binom(n,k)^3, (k,0,n))", "binom(2*n,n)", (), False),
        ("sum(binom(n,k)^2*k, (k,0,n))", "binom(2*n,n)", (), False),
        ("sum(binom(n,k)*binom(n,2*k), (k,0,n))", "binom(2*n,n)", (), False),
        ("sum(binom(n,k)*binom(k,r), (k,0,n))", "binom(n + r,n)", (), False),
        ("sum(binom(n,k)*binom(m,r-k), (k,0,n))", "binom(n+m,r)", (), True),
        ("sum(binom(n,k)*binom(m,r-k), (k,0,m))", "binom(n+m,r)", (), False),
        ("sum(binom(n,k)*binom(q,r-k), (k,0,n))", "binom(n+q,r)", (), False),  # C(q, r - k) is 0 for q < 0
        ("sum(binom(n,k)*binom(q,r-k), (k,0,n))", "binom(n+q,r)", ("q >= 0",), True),
        ("sum(binom(n,k)*binom(m,k+r), (k,0,n))", "binom(n+m,n+r)", (), True),
        ("sum(binom(n,k)*binom(m,k+r), (k,0,n))", "binom(n+m,n-r)", (), False),
        ("sum(binom(n,k)*binom(m,k-r), (k,0,n))", "binom(n+m,n-r)", (), True),
        ("sum(binom(n,k)*binom(m,k-r), (k,r,n))", "binom(n+m,n-r)", (), True),
        ("sum(binom(n,k)*binom(m,k-r), (k,r+1,n))", "binom(n+m,n-r)", (), False),
        (f"sum(binom(n,k)*({CHOSEN} if k != 1000 else 0), (k,0,n))", "binom(2*n,n)", (), False),
        (f"sum(binom(n,k)*({CHOSEN} if 0 <= k and k <= n else 1), (k,0,n+1))", "binom(2*n,n)", (), False),
    ],
)
def test_vandermondes_convolution(a: str, b: str, facts: tuple[str, ...], proved: bool) -> None:
    found = by_vandermonde(problem(a, b, *facts, names=NAMES), prove_problem)
    assert (found is not None) == proved
