"""Derivatives by a list of names; by an expression only where it occurs: the rest would be taken for 0."""

import pytest

import symderiv
from symderiv.equality.verdict import Equal
from symderiv.errors import MeaningError


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("gradient(x^2*y, [x, y])", "[2*x*y, x^2]"),
        ("gradient(x^2*y, (y, x))", "[x^2, 2*x*y]"),
        ("gradient(x[0]^2*x[1], [x[1], x[0]])", "[x[0]^2, 2*x[0]*x[1]]"),
        ("jacobian([x*y, x, y^3], [x, y])", "[[y, x], [1, 0], [0, 3*y^2]]"),
        ("jacobian([x*y, x, y^3], [x, y], layout=denominator)", "[[y, 1, 0], [x, 0, 3*y^2]]"),
        ("jacobian(x*y, [x, y])", "[[y, x]]"),
        ("gradient(sin(2*x), 2*x)", "cos(2*x)"),
    ],
)
def test_each_name_has_its_derivative(asked: str, right: str) -> None:
    assert isinstance(symderiv.compare(asked, right), Equal)


@pytest.mark.parametrize("asked", ["gradient(x^2, 2*x)", "jacobian([x, y], x + y)"])
def test_an_expression_that_does_not_occur_is_refused(asked: str) -> None:
    with pytest.raises(MeaningError, match="doesn't stand in what is differentiated"):
        symderiv.read(asked)
