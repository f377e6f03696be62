"""The slopes said at kinks, against difference quotients in exact rationals."""

from __future__ import annotations

import pytest
from flint import fmpq

from symderiv import derive
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.tidying.slopes_at_kinks import slopes_at_kinks
from symderiv.expression.tree import Number, Variable
from symderiv.reports import notebook
from symderiv.reports.derivation import derivation_json
from symderiv.reports.derivation_html import derivation_html
from symderiv.testing import Dual
from symderiv.testing.entries import DualEvaluator

x = Variable("x")
STEP = fmpq(1, 10**9)

KINKS = [
    ("abs(x - 2)", {"2": (-1, 1)}),
    ("max(x, 2*x, 3 - x)", {"1": (-1, 2)}),
    ("abs(x^2 - 4)", {"-2": (-4, 4), "2": (-4, 4)}),
    ("max(0, x)*max(0, 1 - x)", {"0": (0, 1), "1": (-1, 0)}),
    ("relu(relu(x) - 1)", {"1": (0, 1)}),
    ("x*abs(x) + min(x, 1)", {"0": (1, 1), "1": (3, 2)}),
    ("x^2 if x < 1 else 2*x - 1", {"1": (2, 2)}),
    ("-x if x < 1/2 else x - 1", {"1/2": (-1, 1)}),
    ("hardtanh(3*x)", {"-1/3": (0, 3), "1/3": (3, 0)}),
]


@pytest.mark.parametrize(("function", "expected"), KINKS)
def test_both_slopes_are_those_of_difference_quotients(
    function: str, expected: dict[str, tuple[int, int]]
) -> None:
    value = tensor_of(derive(function, "x").goal.children[0]).value
    found = {str(kink.place): kink for kink in slopes_at_kinks(value, x)}
    for place, slopes in expected.items():
        assert (str(found[place].left), str(found[place].right)) == tuple(map(str, slopes))
    for kink in found.values():
        assert isinstance(kink.place, Number)
        for slope, step in ((kink.left, -STEP), (kink.right, STEP)):
            assert isinstance(slope, Number)
            assert abs(_quotient(value, fmpq(str(kink.place)), step) - fmpq(str(slope))) < fmpq(1, 10**6)


def _quotient(value: object, at: fmpq, step: fmpq) -> fmpq:
    return (_number(value, at + step) - _number(value, at)) / step


def _number(value: object, at: fmpq) -> fmpq:
    return DualEvaluator({"x": {(): Dual(at)}}).value(value, {}).value  # type: ignore[arg-type]


def test_what_is_said() -> None:
    assert derive("abs(x - a)", "x").kinks == ("no derivative at x = a: from the left -1, from the right 1",)
    assert derive("a*abs(x)", "x").kinks == ("at x = 0: from the left -a, from the right a",)
    assert derive("x*abs(x)", "x").kinks == ("at x = 0 the derivative is 0 from both sides",)
    assert derive("sqrt(abs(x))", "x").kinks == (
        "no derivative at x = 0: from the left -oo, from the right oo",
    )


@pytest.mark.parametrize("function", ["x^2", "abs(sin(x))", "x if x < 1 else 2*x", "abs(x)/x", "relu(x)"])
def test_nothing_is_said_where_no_slope_is_known_or_the_operation_says_it(function: str) -> None:
    assert derive(function, "x").kinks == ()


@pytest.mark.parametrize("given", ["x > 3", "x: positive", "x: real in [0, 1]"])
def test_a_place_that_the_name_does_not_pass_is_not_told(given: str) -> None:
    assert derive("abs(x)", "x", given=[given]).kinks == ()


def test_every_report_says_it() -> None:
    derivation = derive("abs(x - 2)", "x")
    (said,) = derivation.kinks
    assert said in str(derivation)
    assert derivation_json(derivation)["kinks"] == [said]
    assert all(said in page(derivation) for page in (derivation_html, notebook.derivation_html))
