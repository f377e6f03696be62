"""What counts around a point: conditions that hold around it, values that stay apart, lone points."""

import pytest

from symderiv.derivation import read_given, scalar_of
from symderiv.equality.refute.confirm import confirmed
from symderiv.equality.refute.search import refute
from symderiv.equality.refute.separate import Pair
from symderiv.equality.refute.smooth import is_open, is_smooth
from symderiv.equality.verdict import Witness
from symderiv.expression.tree import TRUE, ZERO
from symderiv.language import read

NAMES = read_given(
    [
        "x: real",
        "y: real",
        "p: positive",
        "n: positive integer",
        "i: index",
        "j: index",
        "v: vector(n)",
        "f: function",
    ]
).scope


def value(text):
    return scalar_of(read(text, NAMES)).value


@pytest.mark.parametrize("text", ["x > 0", "x != y", "x > 0 and y < 1", "max(x, y) < abs(x*y)"])
def test_conditions_that_hold_around_a_point(text):
    assert is_open(value(text))


@pytest.mark.parametrize(
    "text",
    [
        "x >= 0",
        "x == y",
        "x > 0 and y >= 1",
        "y >= 1 and x > 0",
        "x > 0 or y > 0",
        "not x > 0",
        "sign(x) > 0",
        "0 < sign(x)",
        "floor(x) < y",
        "y < floor(x)",
    ],
)
def test_conditions_that_may_hold_at_a_point_alone(text):
    assert not is_open(value(text))


@pytest.mark.parametrize(
    "text",
    [
        "x*y",
        "max(x, y)",
        "abs(x) + exp(y)",
        "x^3",
        "1/x",
        "delta(i, j)*x",
        "sum(v[i]^2, (i, 0, n - 1))",
        "max(v[i], (i, 0, n - 1))",
        "prod(x + k, (k, 1, n))",
    ],
)
def test_values_that_stay_near(text):
    assert is_smooth(value(text))


@pytest.mark.parametrize(
    "text",
    [
        "sign(x)",
        "floor(x)",
        "sqrt(x)",
        "x^y",
        "delta(x, y)",
        "heaviside(x) + x",
        "1 if x > 0 else 0",
        "asin(x)",
        "sum(k, (k, 1, floor(x)))",
        "sum(x for k in range(n) if k < x)",
    ],
)
def test_values_that_may_jump(text):
    assert not is_smooth(value(text))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (["x <= y"], True),
        (["x < 1", "x >= 0 and y >= 0"], True),
        (["x^2 + y^2 == 1"], True),
        (["0 <= x^2*(x - 1)"], False),
        (["x^2*(1 - x) <= 0"], False),
        (["x <= y", "0 <= x^2*(x - 1)"], False),
        (["x <= y and 0 <= x^2*(x - 1)"], False),
        (["floor(x) == x"], False),
        (["x == floor(x)"], False),
    ],
)
def test_facts_that_leave_no_point_by_itself(facts, expected):
    assert Pair(value("x"), ZERO, facts=tuple(map(value, facts))).is_smooth is expected


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        (("x", "y", "x > 0", "y > 0"), True),
        (("sign(x)", "y", "x > 0", "y > 0"), False),
        (("x", "sign(y)", "x > 0", "y > 0"), False),
        (("x", "y", "x >= 0", "y > 0"), False),
        (("x", "y", "x > 0", "y >= 0"), False),
    ],
)
def test_both_sides_and_where_both_exist(sides, expected):
    assert Pair(*map(value, sides)).is_smooth is expected


def test_a_witness_stays_in_every_domain_and_within_every_fact():
    pair = Pair(value("x*p"), ZERO, TRUE, TRUE, (value("x < 2"),))

    def at(x, p):
        return confirmed(pair, Witness((("x", x), ("p", p)), "1", "0"))

    assert at("1", "1") is not None
    assert at("1", "-1") is None
    assert at("3", "1") is None
    assert at("0", "1") is None


@pytest.mark.parametrize("text", ["integral(f(t), (t, 0, 1))*(1 if x == 1 else 0)", "delta(x, 1)*f(x)"])
def test_what_is_not_known_of_a_neighbourhood_is_no_witness(text):
    assert refute(value(text), ZERO, max_points=40) is None
