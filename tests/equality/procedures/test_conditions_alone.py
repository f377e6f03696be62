"""Procedures for conditions by themselves: each declines what isn't so, witness or not."""

from dataclasses import replace
from fractions import Fraction

import pytest

from symderiv.derivation import read_given
from symderiv.equality.cells.quadrics import is_null_on_quadric
from symderiv.equality.procedures.conditions.entry_by_entry import by_entries
from symderiv.equality.procedures.conditions.equal import by_conditions
from symderiv.equality.procedures.conditions.implications import by_implications
from symderiv.equality.procedures.conditions.inequalities import by_inequalities
from symderiv.equality.procedures.conditions.vanishing_sums import by_vanishing_sums
from symderiv.equality.procedures.functions.ordered_values import by_ordered_values
from symderiv.equality.procedures.integers.finite_sets import by_finite_sets
from symderiv.equality.prove import prove_problem
from symderiv.equality.verdict import ALMOST_EVERYWHERE, EVERYWHERE
from symderiv.expression.kinds import Domain, Kind
from tests.equality.procedures.alone import problem, scope

INTEGER = scope(n=Kind(domain=Domain(integer=True)), x=Kind())
FUNCTIONS = read_given(["x: real", "y: real", "f: nondecreasing function", "g: function"]).scope
QUADRICS = read_given(
    [
        *("x: real", "y: real", "n: integer", "i: index", "j: index"),
        *("v: vector(3)", "u: vector(m)", "w: nonnegative vector(2)"),
        *("S: symmetric(2)", "z: vector(2) zero outside"),
    ]
).scope
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
        ("sum(max(x[i], 0), (i, 0, n - 1)) == 0", "all(x[i] <= 0, (i, 0, n - 1))", True),
        ("sum(max(x[i], y[i])^2, (i, 0, n - 1)) == 0", "all(x[i] <= 0 and y[i] <= 0, (i, 0, n - 1))", False),
        ("sum(x[i]^2, (i, 0, n - 1)) != 0", "not all(x[i] == 0, (i, 0, n - 1))", True),
        ("0 < sum(x[i]^2, (i, 0, n - 1))", "not all(x[i] == 0, (i, 0, n - 1))", True),
        ("sum(x[i]^2, (i, 0, n - 1)) != 1", "not all(x[i] == 0, (i, 0, n - 1))", False),
        ("1 < sum(x[i]^2, (i, 0, n - 1))", "not all(x[i] == 0, (i, 0, n - 1))", False),
        ("sum(x[i]^2, (i, 0, oo)) == 0", "all(x[i] == 0, (i, 0, oo))", False),
    ],
)  # fmt: skip
def test_sums_of_nothing_negative(a, b, proved):
    found = by_vanishing_sums(
        problem(a, b, names=ARRAYS), lambda plain: by_entries(plain, always) or always(plain)
    )
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
        ("all(x[i] > 0 for i in range(n) if i > 1)", "all(x[i] > 0, (i, 0, n - 1))", None),
        ("all(x[i] > 0, (i, 0, n - 1))", "all(x[i] > 0 for i in range(n) if i > 1)", None),
        (
            "all(all(A[i, j] > 0, (i, 0, n - 1)), (j, 0, n - 1))",
            "all(all(A[i, j] > 0, (j, 0, i)), (i, 0, n - 1))",
            None,
        ),
        (
            "all(all(A[i, j] > 0, (i, 0, j)), (j, 0, n - 1))",
            "all(all(A[i, j] > 0, (j, 0, i)), (i, 0, n - 1))",
            None,
        ),
    ],
)
def test_statements_but_for_the_border_of_each_entry(a, b, exceptions):
    found = by_entries(problem(a, b, names=ARRAYS), lambda entry: by_conditions(entry, ALMOST_EVERYWHERE))
    assert (None if found is None else [str(e) for e in found.exceptions]) == exceptions


def test_statements_of_which_one_may_not_exist_are_left_alone():
    asked = problem("all(x[i] > 0, (i, 0, n - 1))", "all(2*x[i] > 0, (i, 0, n - 1))", names=ARRAYS)
    assert by_entries(asked, always) is not None
    assert by_entries(replace(asked, defined_a=asked.a), always) is None
    assert by_entries(replace(asked, defined_b=asked.a), always) is None


@pytest.mark.parametrize(
    ("a", "b", "proved"),
    [
        ("x <= y and f(x) <= f(y)", "x <= y", True),
        ("f(x) < f(y) and x < y", "f(x) < f(y)", True),
        ("f(x) <= f(y)", "x <= y", False),
        ("x < y and f(x) < f(y)", "x < y", False),
        ("x <= y and f'(x) <= f'(y)", "x <= y", False),
        ("x <= y and g(x) <= g(y)", "x <= y", False),
        ("x <= y and f(y) <= f(x)", "x <= y", False),
        ("x <= y and f(x) <= g(y)", "x <= y", False),
    ],
)
def test_values_of_nondecreasing_functions_in_order(a, b, proved):
    assert bool(by_ordered_values(problem(a, b, names=FUNCTIONS), always)) is proved


@pytest.mark.parametrize(
    ("equation", "facts", "null"),
    [
        ("x == 1", ["x^2 + y^2 == 1"], True),
        ("x == y", ["x^2 + y^2 == 1"], True),
        ("x*y == 3", ["x^2 - y^2 == 1"], True),
        ("x == 1", ["x*y == 1"], True),
        ("v[0] == 1", ["v[0]^2 + v[1]^2 + v[2]^2 == 2"], True),
        ("x == 1", ["x^2 + y^2 == 1", "x <= y"], True),
        ("x^2 == 1 - y^2", ["x^2 + y^2 == 1"], False),
        ("x*(x^2 + y^2) == x", ["x^2 + y^2 == 1"], False),
        ("x == 1", ["x^2 == 1"], False),
        ("x + y == 1", ["x^2 + 2*x*y + y^2 == 1"], False),
        ("x == y", ["x^2 - y^2 == 0"], False),
        ("x == 0", ["x^2 + y^2 == 0"], False),
        ("x == 1", ["x^2 + y == 1"], False),
        ("x == 1", ["x^3 + y^3 == 1"], False),
        ("x == 1", ["x^2 + n^2 == 1"], False),
        ("n == 1", ["x^2 + n^2 == 1"], False),
        ("x == 1", ["x^2 + y^2 == 1", "x == y"], False),
        ("x == 1", ["x^2 + y^2 == 1", "x == y or x == 1"], False),
        ("x == 1", ["x^2 + y^2 == 1", "floor(x) <= 0"], False),
        ("x == 1", ["exp(x) + y^2 == 1"], False),
        ("sin(x) == 0", ["x^2 + y^2 == 1"], False),
        ("u[i] == 1", ["u[i]^2 + u[j]^2 == 1"], False),
        ("S[0, 1] == 1", ["S[0, 1]^2 + S[0, 0]^2 == 1"], False),
        ("z[0] == 1", ["z[0]^2 + z[1]^2 == 1"], False),
        ("w[0] == 1", ["w[0]^2 + w[1]^2 == 1"], False),
        ("x == 1", [], False),
    ],
)
def test_null_sets_on_quadrics(equation, facts, null):
    asked = problem(equation, "1 > 0", *facts, names=QUADRICS)
    left, right = asked.a.children
    assert is_null_on_quadric(left, right, asked.facts) is null
