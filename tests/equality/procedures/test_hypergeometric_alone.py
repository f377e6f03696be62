"""Creative telescoping by itself: what recurrences say, and what may not be proved by one."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.equality.procedures.sums.hypergeometric.creative_telescoping import by_creative_telescoping
from symderiv.equality.procedures.sums.hypergeometric.ratios import Ring
from symderiv.equality.procedures.sums.hypergeometric.recurrence import recurrence
from symderiv.equality.procedures.sums.hypergeometric.terms import Term, is_regular, read_term
from symderiv.equality.prove import prove_problem
from symderiv.expression.build import compare
from symderiv.expression.instantiation import instantiate
from symderiv.expression.kinds import FUNCTION, SIZE, Domain, Kind
from symderiv.expression.tree import ZERO, Expr, Number, index_variable
from tests.equality.procedures.alone import problem, scope, value

NAMES = scope(
    n=SIZE,
    k=index_variable("k").kind,
    m=Kind(domain=Domain(integer=True, lower=Fraction(0))),
    i=Kind(domain=Domain(integer=True)),
    p=Kind(domain=Domain(lower=Fraction(0), lower_open=True, upper=Fraction(1), upper_open=True)),
    x=Kind(),
)
N, K = NAMES.names["n"], NAMES.names["k"]
INSIDE = knowledge((compare("le", ZERO, K), compare("le", K, N)))


def term(text: str) -> Term | None:
    return read_term(value(text, NAMES), N, K, INSIDE)


def ring_of(found: Term) -> Ring:
    arguments = [each for part in found.parts for each in (part.argument, part.base) if each is not None]
    return Ring(N, K, (found.rational, *arguments))


@pytest.mark.parametrize(
    ("body", "order"),
    [
        ("k*binom(n,k)^2", 1),
        ("binom(n,k)/(k+1)", 1),
        ("(-1)^k*binom(n,k)*binom(n+k,k)", 1),
        ("binom(2*n,2*k)*3^k", 2),
        ("binom(n,k)^3", 2),
        ("k!*(n-k)!/n!", 1),
        ("k*binom(n,k)*2^k*3^(n-k)", 1),
    ],
)
def test_a_recurrence_holds_of_the_terms(body: str, order: int) -> None:
    """``Σ aⱼ F(n + j, k) = G(n, k + 1) − G(n, k)`` for numbers, F as it was written."""
    found = term(body)
    assert found is not None
    said = recurrence(ring_of(found), found, order)
    assert said is not None
    for n, k in ((3, 0), (3, 1), (5, 2), (7, 4)):
        total = Fraction(0)
        for j, a in enumerate(said.coefficients):
            total += _number(said.ring.written(a), n, k) * _number(value(body, NAMES), n + j, k)
        assert total == _telescoped(found, said.ring, said.certificate, n, k + 1) - _telescoped(
            found, said.ring, said.certificate, n, k
        )


def _telescoped(found: Term, ring: Ring, certificate: object, n: int, k: int) -> Fraction:
    above, below = (_number(ring.written(getattr(certificate, side)), n, k) for side in ("above", "below"))
    others = found.others_at(N, Number(n), K, Number(k))
    return above / below * _number(others, n, k)


def _number(expr: Expr, n: int, k: int) -> Fraction:
    found = evaluate(instantiate(expr, {N: Number(n), K: Number(k)}), {})
    assert isinstance(found, Fraction)
    return found


@pytest.mark.parametrize(
    "body",
    [
        "binom(n,k) if k != 7 else 0",
        "binom(n,k)*f(k)",
        "binom(n,k)*k^n",
        "binom(n,k)*abs(k-3)",
        "binom(n,k) + k!",
        "k^2",
    ],
)
def test_what_is_no_hypergeometric_term(body: str) -> None:
    names = scope(**{name: variable.kind for name, variable in NAMES.names.items()}, f=FUNCTION)
    assert read_term(value(body, names), N, K, INSIDE) is None


@pytest.mark.parametrize(
    ("body", "regular"),
    [
        ("binom(n,k)", True),
        ("n!/(k!*(n-k)!)", True),
        ("n!/(k!*(n-1-k)!)", False),  # a pole at k = n
        ("(k-1)!*binom(n,k)", False),
        ("p^k*binom(n,k)", True),
        ("p^(n-k)*binom(n,k)", True),
        ("x^k*binom(n,k)", True),  # 0^k rises with k
        ("x^(n-k)*binom(n,k)", False),  # 0^(n-k) falls
        ("x^(k-n)*binom(n,k)", False),
        ("p^(k/2)*binom(n,k)", False),
    ],
)
def test_terms_off_their_poles(body: str, regular: bool) -> None:
    found = term(body)
    assert found is not None
    assert is_regular(found, N, K, 1, INSIDE) == regular


@pytest.mark.parametrize(
    ("a", "b", "facts", "proved"),
    [
        ("sum(binom(n,k)/(k+1), (k,0,n))", "(2^(n+1)-1)/(n+1)", (), True),
        ("sum(binom(n,k)/(k+1), (k,0,n))", "(2^(n+1)-1)/(n+1)", ("n >= 5",), True),
        ("sum(binom(n,k)/(k+1), (k,0,n))", "2^(n+1)/(n+1)", (), False),  # the recurrence of the same form
        ("sum(binom(n,k)/(k+1), (k,0,n))", "(2^(n+1)-1)/(n+1) + (n-1)*(n-2)", (), False),
        ("sum(binom(n,k)*(-1)^k, (k,0,n))", "0", (), True),
        ("sum(binom(m,k)*(-1)^k, (k,0,m))", "0", (), False),  # 1 for m = 0
        ("sum(binom(i,k)*(-1)^k, (k,0,i))", "0", ("i >= 1",), True),
        ("sum(binom(i,k)*(-1)^k, (k,0,i))", "0", (), False),
        ("sum(k*binom(n,k)^2, (k,0,n))", "n*binom(2*n,n)/2", (), True),
        ("sum(k*binom(n,k)^2, (k,1,n))", "n*binom(2*n,n)/2", (), True),
        ("sum(k*binom(n,k)^2, (k,2,n))", "n*binom(2*n,n)/2", (), False),
        ("sum(k*binom(n,k)^2, (k,0,n-1))", "n*binom(2*n,n)/2 - n", (), True),
        ("sum(binom(n,k)*(-1)^k/(k+x), (k,0,n))", "n!/prod(x+i, (i,0,n))", (), False),  # x = -1
        ("sum(binom(n,k)*x^k, (k,0,n))", "(1+x)^n", ("x > 0",), True),
        ("sum(n!/(k!*(n-1-k)!), (k,0,n-1))", "n*2^(n-1)", (), True),
        ("sum(n!/(k!*(n-1-k)!), (k,0,n))", "n*2^(n-1)", (), False),  # no value at k = n
    ],
)
def test_sums_by_their_recurrence(a: str, b: str, facts: tuple[str, ...], proved: bool) -> None:
    found = by_creative_telescoping(problem(a, b, *facts, names=NAMES), prove_problem)
    assert (found is not None) == proved


def test_a_condition_on_n_is_no_condition_on_every_n() -> None:
    asked = problem("sum(binom(n,k)/(k+1), (k,0,n))", "(2^(n+1)-1)/(n+1)", names=NAMES)
    there = replace(asked, defined_a=value("n < 5", NAMES), defined_b=value("n < 5", NAMES))
    assert by_creative_telescoping(there, prove_problem) is None
