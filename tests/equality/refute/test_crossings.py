"""Equations that are said to hold somewhere do: those that are not hold nowhere, or are not known to."""

import pytest

from symderiv.derivation import read_given, scalar_of
from symderiv.equality.refute.crossings import holds_somewhere
from symderiv.language import read

NAMES = read_given(["x: real", "y: real", "n: integer", "v: vector(3)", "f: function"]).scope


def value(text):
    return scalar_of(read(text, NAMES)).value


@pytest.mark.parametrize(
    ("equation", "defined", "expected"),
    [
        ("tan(x) == 1", (), True),
        ("x^3 == 2", (), True),
        ("x^3 == 2", ("x > 0",), True),
        ("exp(x) == 3*x^2", ("x < 10", "x > -10"), True),
        ("x^3 == 2", ("x > 3",), False),
        ("x^3 == 2", ("x < 10", "x > 3"), False),
        ("x^3 == 2", ("x > 3", "x < 10"), False),
        ("x^2 + 1 == 0", (), False),
        ("x^2 == -x^2", ("x^2 > 0",), False),
        ("1/(x - 2/7) == 0", (), False),
        ("1/(x - 2/7) == 0", ("x != 2/7",), False),
        ("sign(x - 2/7) == 1/2", (), False),
        ("floor(x) == 1/2", (), False),
        ("heaviside(x - 2/7) == 1/3", (), False),
        ("exp(x) == 0", (), False),
        ("tanh(x) == 1", (), False),
        ("2*n == 1", (), False),
        ("x + y == 1/7", (), False),
        ("v[0] == 1/7", (), False),
        ("x < 1/7", (), False),
        ("x == 1/7 or x == 2", (), False),
        ("sqrt(x - 5) == -1", (), False),
        ("sqrt(x) == x - 2/7", ("x > 3",), False),
    ],
)
def test_an_equation_that_is_said_to_hold_somewhere_does(equation, defined, expected):
    assert holds_somewhere(value(equation), tuple(map(value, defined))) is expected
