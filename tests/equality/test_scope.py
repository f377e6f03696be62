"""The rules of scope: what null sets count as, under both policies."""

from __future__ import annotations

import pytest

from symderiv.derivation import compare
from symderiv.equality.verdict import Different, Equal

EVERYWHERE = "everywhere"


@pytest.mark.parametrize(
    ("a", "b", "given"),
    [
        ("x/x", "1", ()),
        ("(x^2-1)/(x-1)", "x+1", ()),
        ("sign(x)^2", "1", ()),
        ("x/abs(x)", "sign(x)", ()),
        ("heaviside(x)", "1 if x > 0 else 0", ()),
        ("x > 0", "x >= 0", ()),
        ("x/sqrt(x)", "sqrt(x)", ("x: nonnegative",)),
    ],
)
def test_a_difference_on_a_null_set(a: str, b: str, given: tuple[str, ...]) -> None:
    usual = compare(a, b, given=given).verdict
    assert isinstance(usual, Equal) and usual.scope != EVERYWHERE
    strict = compare(a, b, given=given, policy=EVERYWHERE).verdict
    assert isinstance(strict, Different)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("1/x+1/x", "2/x"),
        ("tan(x)", "sin(x)/cos(x)"),
        ("1/(x^2-x-1)", "2/(2*x^2-2*x-2)"),
        ("relu(x)", "x*heaviside(x)"),
        ("log(x^2)", "2*log(abs(x))"),
    ],
)
def test_undefined_is_a_value_that_both_may_share(a: str, b: str) -> None:
    assert compare(a, b, policy=EVERYWHERE).verdict.verdict == "equal"


def test_an_exception_at_an_integer_is_a_witness() -> None:
    verdict = compare("k/k", "1", given=["k: integer"]).verdict
    assert isinstance(verdict, Different)
    assert verdict.witness.point == (("k", "0"),)


def test_a_positive_name_has_no_exception() -> None:
    assert compare("x/x", "1", given=["x: positive"]).verdict == Equal("rational functions", EVERYWHERE)


def test_undefined_on_a_half_line_is_a_difference() -> None:
    verdict = compare("sqrt(x)^2", "x").verdict
    assert isinstance(verdict, Different)
    assert verdict.witness.left == "undefined"


def test_a_kink_is_dropped_only_where_its_argument_does_not_vanish() -> None:
    verdict = compare("heaviside(max(x,0))", "heaviside(x)").verdict
    assert isinstance(verdict, Different)
    assert verdict.witness.left == "1/2"


def test_a_named_function_may_vanish() -> None:
    verdict = compare("sigma(x)/sigma(x)", "1").verdict
    assert isinstance(verdict, Equal)
    assert verdict.scope == "except where sigma(x) = 0"
