"""The rules of scope: what null sets count as, under both policies."""

from __future__ import annotations

import pytest

from symderiv.derivation import compare
from symderiv.equality.verdict import Different, Equal, Policy

EVERYWHERE: Policy = "everywhere"


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


@pytest.mark.parametrize(
    ("a", "b", "left"),
    [
        ("log(x)", "log(abs(x))", "undefined"),
        ("x^(1/2)", "abs(x)^(1/2)", "undefined"),
        ("log(x)-log(x)", "0", "undefined"),
        ("sqrt(x)/sqrt(x)", "1", "undefined"),
    ],
)
def test_each_side_has_a_domain(a: str, b: str, left: str) -> None:
    verdict = compare(a, b).verdict
    assert isinstance(verdict, Different)
    assert verdict.witness.left == left


@pytest.mark.parametrize(
    ("a", "b", "scope"),
    [
        ("1/(x^2+1)", "(x^2+1)/(x^2+1)^2", EVERYWHERE),
        ("1/(exp(x)+1)", "exp(-x)/(1+exp(-x))", EVERYWHERE),
        ("1/(x^2-1)", "(x+1)/((x^2-1)*(x+1))", "except where x = -1 or x = 1"),
        ("1/x-1/x", "0", "except where x = 0"),
    ],
)
def test_everywhere_needs_denominators_that_never_vanish(a: str, b: str, scope: str) -> None:
    verdict = compare(a, b).verdict
    assert isinstance(verdict, Equal)
    assert verdict.scope == scope


def test_symbols_are_real_unless_declared() -> None:
    assert compare("sqrt(x^2)", "abs(x)").verdict.verdict == "equal"
    assert compare("sqrt(x^2)", "x").verdict.verdict == "different"
    assert compare("sqrt(x^2)", "x", given=["x: nonnegative"]).verdict.verdict == "equal"


@pytest.mark.parametrize(
    ("a", "b", "given"),
    [
        ("k/k", "1", "k: integer"),
        ("k*(1/k)", "1", "k: nonnegative integer"),
        ("(k-3)/(k-3)", "1", "k: integer"),
    ],
)
def test_integers_have_no_null_sets(a: str, b: str, given: str) -> None:
    assert compare(a, b, given=[given]).verdict.verdict == "different"


@pytest.mark.parametrize(
    ("a", "b"), [("1/k", "k/k^2"), ("x/(k-2)", "x*(k-2)/(k-2)^2"), ("1/(k*(k+1))", "1/k-1/(k+1)")]
)
def test_two_sides_may_be_undefined_at_one_integer(a: str, b: str) -> None:
    assert compare(a, b, given=["k: integer"]).verdict.verdict == "equal"


def test_null_sets_are_relative_to_what_is_declared() -> None:
    assert compare("x/x", "1", given=["x > 1"]).verdict == Equal("rational functions", EVERYWHERE)
    assert compare("n/n", "1", given=["n: positive integer"]).verdict.verdict == "equal"


def test_named_functions_are_independent_of_everything() -> None:
    for b in ("g(x)", "f(y)", "x*f(x)/x + f(0)", "f(-x)"):
        assert compare("f(x)", b).verdict.verdict == "different"


def test_a_value_put_in_at_one_point() -> None:
    usual = compare("x", "x if x != 0 else 5").verdict
    assert isinstance(usual, Equal) and usual.scope == "except where x = 0"
    assert compare("x", "x if x != 0 else 5", policy=EVERYWHERE).verdict.verdict == "different"


def test_a_sum_of_steps_names_the_exceptions_of_its_summands() -> None:
    verdict = compare(
        "sum(heaviside(x[j]), (j, 0, n-1))", "sum(1 if x[j] > 0 else 0, (j, 0, n-1))", given=["x: vector(n)"]
    ).verdict
    assert isinstance(verdict, Equal)
    assert verdict.scope == "except where x[j] = 0 for some j"


def test_out_of_time_is_undecided() -> None:
    x = "+".join(f"sin({k}*x)^{k}" for k in range(1, 30))
    verdict = compare(f"({x})^3", f"({x})^3 + abs(x)*10^(-90)", deadline=0.0).verdict
    assert verdict.verdict == "undecided"


@pytest.mark.parametrize(
    ("a", "b", "given"),
    [
        ("s[i]*(delta(i,j)-s[j])", "s[j]*(delta(i,j)-s[i])", "s: vector(n)"),
        ("max(x,0)*max(-x,0)", "0", "x: real"),
    ],
)
def test_what_sympy_calls_different_and_is_equal(a: str, b: str, given: str) -> None:
    assert compare(a, b, given=[given]).verdict.verdict == "equal"


@pytest.mark.parametrize("given", ["i < j", "i != j", "j > i"])
def test_conditions_speak_of_the_indices_of_the_texts(given: str) -> None:
    """Names that nobody declared are one and the same in a condition and in the texts."""
    assert compare("delta(i,j)", "0", given=[given]).verdict.verdict == "equal"
    assert compare("delta(i,j)", "0").verdict.verdict == "different"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("cos(x) > -1", "true"),
        ("sign(1+cos(x))", "1"),
        ("floor((1-cos(x))/2)", "0"),
        ("1 if cos(x) > -1 else 0", "1"),
        ("1/(1+cos(x))*(1+cos(x))", "1"),
    ],
)
def test_angles_at_which_the_half_tangent_is_infinite_count_everywhere(a: str, b: str) -> None:
    assert compare(a, b, policy="everywhere").verdict.verdict != "equal"
