"""Procedures for conditions by themselves: each declines what isn't so, witness or not."""

from fractions import Fraction

import pytest

from symderiv.derivation import read_given
from symderiv.equality.procedures.conditions.entry_by_entry import by_entries
from symderiv.equality.procedures.conditions.equal import by_conditions
from symderiv.equality.procedures.conditions.implications import by_implications
from symderiv.equality.procedures.conditions.inequalities import by_inequalities
from symderiv.equality.procedures.conditions.vanishing_sums import by_vanishing_sums
from symderiv.equality.procedures.integers.finite_sets import by_finite_sets
from symderiv.equality.prove import prove_problem
from symderiv.equality.verdict import ALMOST_EVERYWHERE, EVERYWHERE
from symderiv.expression.kinds import Domain, Kind
from tests.equality.procedures.alone import problem, scope

INTEGER = scope(n=Kind(domain=Domain(integer=True)), x=Kind())
ARRAYS = read_given(["x: vector(n)", "y: vector(n)", "A: matrix(n, n)", "c: real"]).scope
UNIT = scope(
    x=Kind(),
    y=Kind(domain=Domain(lower=Fraction(0), upper=Fraction(1))),
    p=Kind(domain=Domain(lower=Fraction(0))),
)


def always(asked):
    """Both sides proved the same by conditions alone."""
    return by_conditions(asked, EVERYWHERE) or prove_problem(asked, EVERYWHERE)


def generically(asked):
    return by_conditions(asked, ALMOST_EVERYWHERE)


@pytest.mark.parametrize(
    ("a", "b", "facts", "proved"),
    [
        ("n == 1 or n == 2 or n == 3", "0 < n and n < 4", (), True),
        ("n == 1 or n == 3", "n == 3 or n == 1", (), True),
        ("n == 1 or n == 3", "0 < n and n < 4", (), False),
        ("n == 1 or n == 3", "0 < n and n < 4", ("n != 2",), True),
        ("n == 1 or n == 2", "0 < n and n < 4", (), False),
        ("n == 1 or n == 2", "n < 3", (), False),
        ("n == 2 or n == 3", "0 < n and n < 4", (), False),
        ("n == 1 or n == 2 or n == 5", "n == 1 or n == 3 or n == 5", (), False),
        ("x == 1 or x == 2", "0 < x and x < 3", (), False),
        ("n == 1 or n == 1/2", "n == 1", (), False),
        ("n == 1 or x == 2", "n == 1", (), False),
        ("n < 1 or n < 2", "0 < n and n < 2", (), False),
    ],
)
def test_finite_sets(a, b, facts, proved):
    assert bool(by_finite_sets(problem(a, b, *facts, names=INTEGER), always)) is proved


@pytest.mark.parametrize(
    ("a", "b", "proved"),
    [
        ("y == x", "y == x and x >= 0", True),
        ("y == x", "y == x and x <= 1", True),
        ("x == y", "x == y and x <= 1", True),
        ("y == x", "y == x and x > 0", False),
        ("y == x", "y == x and x < 1", False),
        ("p == x", "p == x and x <= 1", False),
        ("y == x and x < 2", "y == x", True),
    ],
)
def test_implications_within_the_bounds_of_a_name(a, b, proved):
    assert bool(by_implications(problem(a, b, names=UNIT), always)) is proved


@pytest.mark.parametrize(
    ("claim", "facts", "holds"),
    [
        ("exp(x) >= 1 + x + x^2/2", ("x >= 0",), True),
        ("exp(x) > 1 + x", ("x > 0",), True),
        ("exp(x) > 1 + x", ("x >= 0",), False),
        ("exp(x) >= 1 + x + x^2/2", ("x <= 1",), False),
        ("exp(x) >= 1 + x + x^2/2", ("x >= -1",), False),
        ("exp(x) >= 3*x", ("0 < x", "x < 1/2"), True),
        ("exp(x) >= 3*x", ("0 < x", "x < 1"), False),
        ("exp(x) >= 3*x", ("0 < x", "x^2 < 1/4"), False),
        ("log(x) < x - 1", ("x > 1",), True),
        ("log(x) < x - 1", ("x >= 1",), False),
        ("x - sin(x) >= 0", ("x >= 0",), True),
        ("x - sin(x) > 0", ("x >= 0",), False),
        ("exp(-x) >= 0", ("x > 0",), True),
        ("exp(-x) > 1/1000000", ("x > 0",), False),
        ("tanh(x) < 1", ("x > 0",), True),
        ("tanh(x) < 999/1000", ("x > 0",), False),
        ("floor(x) <= x - 1/2", ("x > 0",), False),
        ("exp(n) >= 1 + n", (), False),
    ],
)
def test_inequalities_under_facts(claim, facts, holds):
    assert bool(by_inequalities(problem(claim, "1 > 0", *facts, names=INTEGER))) is holds


@pytest.mark.parametrize(
    ("a", "b", "proved"),
    [
        ("sum(x[i]^2, (i, 0, n - 1)) == 0", "all(x[i] == 0, (i, 0, n - 1))", True),
        ("sum((x[i] - c)*(x[i] - c), (i, 0, n - 1)) <= 0", "all(x[i] == c, (i, 0, n - 1))", True),
        ("sum(sum(A[i, j]^2, (i, 0, n - 1)), (j, 0, n - 1)) == 0",
         "all(all(A[i, j] == 0, (i, 0, n - 1)), (j, 0, n - 1))", True),
        ("sum(x[i]^3, (i, 0, n - 1)) == 0", "all(x[i] == 0, (i, 0, n - 1))", False),
        ("sum(x[i]*y[i], (i, 0, n - 1)) == 0", "all(x[i] == 0, (i, 0, n - 1))", False),
        ("sum(x[i]*y[i], (i, 0, n - 1)) == 0", "all(x[i] == 0 or y[i] == 0, (i, 0, n - 1))", False),
        ("sum(x[i]^2, (i, 0, n - 1)) <= 1", "all(x[i] == 0, (i, 0, n - 1))", False),
        ("sum(x[i]^2, (i, 0, n - 1)) == 0", "all(x[i] == 0, (i, 0, n - 2))", False),
        ("sum(x[i]*x[i]*x[i], (i, 0, n - 1)) == 0", "all(x[i] == 0, (i, 0, n - 1))", False),
    ],
)  # fmt: skip
def test_sums_of_nothing_negative(a, b, proved):
    found = by_vanishing_sums(problem(a, b, names=ARRAYS), lambda plain: by_entries(plain, always))
    assert bool(found) is proved


@pytest.mark.parametrize(
    ("a", "b", "exceptions"),
    [
        (
            "all(x[i] >= 0, (i, 0, n - 1))",
            "all(x[i] > 0, (i, 0, n - 1))",
            ["prod(-1*x[i], (i, 0, n + -1)) == 0"],
        ),
        ("all(x[i] > 0, (i, 0, n - 1))", "all(2*x[i] > 0, (i, 0, n - 1))", []),
        ("all(c >= 0, (i, 0, n - 1))", "all(c > 0, (i, 0, n - 1))", ["0 == c"]),
        ("all(x[i]^2 >= 0, (i, 0, n - 1))", "1 > 0", []),
        ("all(x[i] >= 0, (i, 0, n - 1))", "all(x[i] > 0, (i, 0, n - 2))", None),
        ("all(x[i] >= 0, (i, 0, n - 1))", "all(x[i] > 0, (i, 1, n - 1))", None),
        ("all(x[i] >= 0, (i, 0, n - 1))", "all(y[i] > 0, (i, 0, n - 1))", None),
        ("all(x[i] >= 0, (i, 0, n - 1))", "1 > 0", None),
        ("all(x[i] >= 0, (i, 0, n - 1))", "1 < 0", None),
    ],
)
def test_statements_but_for_the_border_of_each_entry(a, b, exceptions):
    found = by_entries(problem(a, b, names=ARRAYS), lambda entry: by_conditions(entry, ALMOST_EVERYWHERE))
    assert (None if found is None else [str(e) for e in found.exceptions]) == exceptions
