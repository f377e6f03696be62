"""Inequalities that are told of all sums: each is true wherever it has a value, and some are declined."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from flint import fmpq

from symderiv.equality.evaluate.evaluator import Evaluator
from symderiv.equality.evaluate.point import Point
from symderiv.equality.evaluate.values import NotDecided
from symderiv.equality.procedures.inequalities.known_of_sums import by_known_inequalities
from symderiv.equality.procedures.inequalities.poles import norms_below
from symderiv.equality.procedures.inequalities.several_letters import by_several_letters
from symderiv.equality.procedures.inequalities.told_of_sums import comparison
from symderiv.expression.kinds import INDEX, INTEGER, NONNEGATIVE, POSITIVE, SIZE, Domain, Kind
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Expr, Variable
from tests.equality.procedures.alone import problem, scope, value

N = Variable("n", SIZE)
SHARES = Domain(lower=Fraction(0), upper=Fraction(1))
NAMES = scope(
    n=SIZE,
    k=INDEX,
    m=Kind(domain=INTEGER),
    a=Kind(domain=POSITIVE),
    x=Kind(shape=(N,)),
    y=Kind(shape=(N,)),
    p=Kind(shape=(N,), domain=POSITIVE),
    q=Kind(shape=(N,), domain=POSITIVE),
    w=Kind(shape=(N,), domain=NONNEGATIVE),
    s=Kind(shape=(N,), domain=SHARES),
    A=Kind(shape=(N, N)),
)
CLAIMS = (
    "abs(sum(x[i]*y[i], i)) <= sqrt(sum(x[i]^2, i))*sqrt(sum(y[i]^2, i))",
    "sum(abs(x[i] - y[i]), i) <= sum(abs(x[i]), i) + sum(abs(y[i]), i)",
    "sum(w[i]*x[i], i)^2 <= sum(w[i]*x[i]^2, i)*sum(w[i], i)",
    "sum(p[i]^2, i) <= sum(p[i], i)^2",
    "sum(p[i]*log(p[i]/q[i]), i) >= sum(p[i], i)*log(sum(p[i], i)/sum(q[i], i))",
    "log(sum(exp(a*x[i]), i)) <= a*max(x) + log(n)",
    "sum(w[i]*exp(x[i]), i) <= exp(max(x))*sum(w[i], i)",
    "sum(w[i]*x[i], i) >= min(x)*sum(w[i], i)",
    "sum(s[i]*x[i]^2, i) <= sum(x[i]^2, i)",
    "exp(x[k]) <= sum(exp(x[i]), i)",
    "abs(x[k]) <= max(abs(x))",
    "sqrt(sum((x[i] + y[i])^2, i)) <= sqrt(sum(x[i]^2, i)) + sqrt(sum(y[i]^2, i))",
    "prod(p[i], i)^(1/n) <= sum(p[i], i)/n",
    "sum(sum(sum(A[i,j]*A[i,l]*x[j]*x[l], l), j)*s[i], i) >= 0",
    "sum(x[i], i)/n <= log(sum(exp(x[i]), i)/n)",
    "sum(p[i]*log(q[i]), i) <= sum(p[i], i)*log(sum(p[i]*q[i], i)/sum(p[i], i))",
    "sum(x[i]*y[i]^2, i) <= max(abs(y))^2*sum(abs(x[i]), i)",
    "max(x[i] + y[i] for i in range(n)) <= max(x) + max(y)",
    "n <= prod(p[i], i)^(1/n)*sum(1/p[i], i)",
    "sum(A[i,i], i)^2 <= n*sum(sum(A[i,j]^2, j), i)",
    "sum(p[i]*x[i], i) - sum(p[i]*log(p[i]), i) <= sum(p[i], i)*log(sum(exp(x[i]), i)/sum(p[i], i))",
)


@pytest.mark.parametrize("claim", CLAIMS)
def test_all_that_is_told_is_true(claim: str) -> None:
    told = tuple(comparison(value(claim, NAMES), ()).inequalities())
    assert told
    judged = [_truth(each, size, pattern) for each in told for size in (1, 2, 3) for pattern in range(9)]
    assert True in judged
    assert False not in judged


def _truth(said: Expr, size: int, pattern: int) -> bool | None:
    scalars: dict[Expr, fmpq] = {v: fmpq(2, 3) for v in free_variables(said) if not v.kind.shape}
    values: dict[Expr, fmpq] = {**scalars, N: fmpq(size), Variable("k", INDEX): fmpq(size - 1)}
    try:
        found = Evaluator(Point(values, pattern=pattern)).truth(said)
    except NotDecided:
        return None
    return found if isinstance(found, bool) else None


@pytest.mark.parametrize("claim", CLAIMS)
def test_what_follows_is_proved(claim: str) -> None:
    assert by_known_inequalities(problem(claim, "1 > 0", names=NAMES)) is not None


@pytest.mark.parametrize(
    "claim",
    [
        "abs(sum(x[i]*y[i], i)) < sqrt(sum(x[i]^2, i))*sqrt(sum(y[i]^2, i))",
        "abs(sum(x[i]*y[i], i)) <= sum(x[i]^2, i)",
        "sum(x[i], i)^2 <= sum(x[i]^2, i)",
        "sum(x[i]^2, i) <= sum(x[i], i)^2",  # of any sign
        "sum(w[i]*x[i], i) <= max(x)",  # the weights may be of any sum
        "sum(y[i]*x[i], i) <= max(x)*sum(y[i], i)",
        "sum(p[i]*log(p[i]/q[i]), i) >= 0",  # q may have the larger sum
        "sum(w[i]*log(w[i]/p[i]), i) >= sum(w[i], i)*log(sum(w[i], i)/sum(p[i], i))",  # no weight may be left
        "log(sum(exp(x[i]), i)) <= max(x)",
        "log(sum(exp(x[i]), i)) > max(x)",  # one of them alone
        "exp(x[k]) < sum(exp(x[i]), i)",
        "exp(x[k]) <= sum(exp(x[i]), (i, 1, n-1))",  # k may be 0
        "sum(y[i]*x[i]^2, i)*sum(y[i], i) >= sum(y[i]*x[i], i)^2",
        "sum(sum(A[i,j]*x[i]*x[j], j), i) >= 0",
        "sqrt(sum((x[i] + y[i])^2, i)) <= sqrt(sum(x[i]^2, i))",
        "prod(x[i], i)^(1/n) <= sum(x[i], i)/n",
        "x[k] <= min(x)",
        "abs(x[k]) <= max(x)",
        "max(x[i] + y[i] for i in range(n)) <= max(x) + min(y)",
        "min(x) <= max(y)",  # of two arrays
        "sum(p[i], i)*sum(1/p[i], i) >= n^2 + 1/100",
        "sum(1 - x[i]^2, (i, 0, m-1)) <= m",  # the range is empty for all m below 0
        "sum(sum(x[i]*x[j], (j, 1, n-1)), i) >= 0",  # two ranges
        "p[k] < sum(p[i], i) + (p[k+1] if k + 1 < n else 0)",  # an entry that need not exist
    ],
)
def test_what_need_not_be_is_declined(claim: str) -> None:
    assert by_known_inequalities(problem(claim, "1 > 0", names=NAMES)) is None


@pytest.mark.parametrize(
    ("norm", "facts", "rarely"),
    [
        ("sum(x[i]^2, i)", (), True),
        ("sum(max(x[i], 0)^2, i)", (), False),  # zero where all entries are negative
        ("sum(x[i]^2, (i, 1, n-1))", (), False),  # of nothing where there is one
        ("sum(x[i]^2, i)", ("sum(x[i]^2, i) <= 0",), False),
    ],
)
def test_norms_below_are_rarely_zero(norm: str, facts: tuple[str, ...], rarely: bool) -> None:
    asked = replace(problem("1", "1", *facts, names=NAMES), defined_a=value(f"({norm})^(1/2) != 0", NAMES))
    assert norms_below(asked) == ((value(norm, NAMES),) if rarely else None)


SHARE = Kind(domain=Domain(lower=Fraction(0), lower_open=True, upper=Fraction(1), upper_open=True))
LETTERS = scope(x=Kind(), y=Kind(), u=Kind(domain=POSITIVE), v=Kind(domain=POSITIVE), l=SHARE, m=SHARE)


@pytest.mark.parametrize(
    "claim",
    [
        "exp(y) >= exp(x) + exp(x)*(y - x)",
        "log(l*u + (1 - l)*v) >= l*log(u) + (1 - l)*log(v)",
        "l*log(l/m) + (1 - l)*log((1 - l)/(1 - m)) >= 2*(l - m)^2",
        "abs(sigmoid(x) - sigmoid(y)) <= abs(x - y)/4",
        "max(l*x + (1 - l)*y, 0) <= l*max(x, 0) + (1 - l)*max(y, 0)",
    ],
)
def test_several_letters(claim: str) -> None:
    assert by_several_letters(problem(claim, "1 > 0", names=LETTERS)) is not None


@pytest.mark.parametrize(
    "claim",
    [
        "y^3 >= x^3 + 3*x^2*(y - x)",  # a tangent that crosses
        "exp(y) >= exp(x) + exp(x)*(y - x) + (y - x)^2/100",
        "log(l*u + (1 - l)*v) <= l*log(u) + (1 - l)*log(v)",
        "log(x*u + (1 - x)*v) >= x*log(u) + (1 - x)*log(v)",  # x is no share
        "l*log(l/m) + (1 - l)*log((1 - l)/(1 - m)) >= 2.1*(l - m)^2",
        "abs(sigmoid(x) - sigmoid(y)) <= abs(x - y)/4.1",
        "sin(y) <= sin(x) + cos(x)*(y - x)",
        "1/x + 1/y >= 4/(x + y)",  # of any sign
        "tan(u)*v >= u*v",  # beyond a pole
        "-abs(x - y) >= 0",
    ],
)
def test_several_letters_decline(claim: str) -> None:
    assert by_several_letters(problem(claim, "1 > 0", names=LETTERS)) is None


def test_several_letters_under_facts_that_turn() -> None:
    """What is given on both sides of a gap says nothing between: x² ≥ 4 leaves out the places up to 2."""
    claim = "x^3 - 12*x + 11 >= y - y"
    assert by_several_letters(problem(claim, "1 > 0", "x^2 >= 9", names=LETTERS)) is None
