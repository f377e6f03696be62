"""Names that can be read in two ways are refused, with what to write instead."""

from __future__ import annotations

import pytest

from symderiv.derivation import compare
from symderiv.equality.verdict import Invalid
from symderiv.language.scope import Syntax

REFUSED = [
    (r"\frac{\partial L}{\partial w}", r"\frac{\partial L}{\partial b}", (), "depends on"),
    (r"\frac{df}{dx}", "0", (), "depends on"),
    ("gradient(L, w)", "zeros(n)", ("w: vector(n)",), "depends on"),
    ("diff(-log(p), z)", "p - 1", ("p == 1/(1+exp(-z))",), "what is given"),
    ("sum((x[i] - xbar)^2, i)", "sum(x[i]^2, i) - n*xbar^2", ("x: vector(n)",), "may be mean(x)"),
    (r"\sum_i (x_i - \bar{x})^2", r"\sum_i x_i^2 - n\bar{x}^2", ("x: vector(n)",), "may be mean(x)"),
    ("$y = x^2$", "x^2", (), "an equation, beside a value"),
    ("x^2", "y == x^2", (), "an equation, beside a value"),
    ("A.T", "A", (), "would be a number"),
    ("dL/dw", "2*w", (), "a derivative, or a quotient"),
    ("d/dx(x^2)", "2*x", (), "a derivative, or a quotient"),
    ("1 + dy/dtheta", "0", (), "a derivative, or a quotient"),
    ("mean(x)", "sum(x)", (), "would be a number"),
    (r"\operatorname{Var}[X]", "0", (), "would be a number"),
    (r"x^\top y", r"\|x\|", (), "would be a number"),
    ("x1", "x[1]", ("x: vector(3)",), "x[1]"),
    ("I_n", "eye(n)", ("n: size",), "eye(n)"),
    ("n!!", "(n!)!", (), "double factorial"),
    ("1^T x", "x", ("x: vector(n)",), "vector of ones"),
    (r"1^\top x + \frac12", "x", ("x: vector(n)",), "vector of ones"),
    ("p(x|y)", "p(x or y)", (), "a condition"),
    ("P(x > 0)", "1 - P(x <= 0)", (), "a condition"),
    (r"\frac{x{-3}}{2}", r"\frac{x - 3}{2}", (), "braces"),
    (r"\frac{\Delta y}{\Delta x}", r"\frac{y}{x}", (), "a change of it"),
    (r"\int_0^1 dx\, x^2", "1/3", (), "what is integrated"),
    ("w_1x_1 + w_2x_2", "w1*x1 + w2*x2", (), "not declared"),
    ("W.T*W", "I", ("W: matrix(n,n)",), "may be eye(n)"),
    ("Ax - b", "A*x - b", ("A: matrix(n,n)", "x: vector(n)", "b: vector(n)"), "not declared"),
]


@pytest.mark.parametrize(("a", "b", "given", "said"), REFUSED)
def test_refused(a: str, b: str, given: tuple[str, ...], said: str) -> None:
    verdict = compare(a, b, given).verdict
    assert isinstance(verdict, Invalid)
    assert said in verdict.error.message
    assert verdict.error.place is not None and verdict.error.cure


READ = [
    ("diff(y, x)", "0", ("y: real", "x: real")),
    ("diff(L*x^2, x)", "2*L*x", ()),
    ("diff(x, x)", "1", ()),
    ("diff(-log(1/(1+exp(-z))), z)", "p - 1", ("p == 1/(1+exp(-z))",)),
    ("sum((x[i] - xbar)^2, i)", "sum(x[i]^2 - 2*xbar*x[i] + xbar^2, i)", ("x: vector(n)", "xbar: real")),
    ("w_1*x_1", "x_1*w_1", ()),
    ("sum(x)", "x", ("x: real",)),
    ("$y = x^2$", "x^2 == y", ()),
    ("x == x", "true", ()),
    ("dx/dy*dy", "dx", ("dx: real", "dy: positive")),
    ("d_model/d_k", "d_model/d_k", ()),
    ("d1/d2", "d1/d2", ()),
    ("x.T*y", "y.T*x", ("x: vector(n)", "y: vector(n)")),
    (r"\exp{-x}", "exp(-x)", ()),
    (r"2 \cdot {-x}", "-2*x", ()),
    (r"\Delta x", "x*Delta", ("Delta: real",)),
    (r"\mathbf{I}_n", "eye(n)", ("n: size",)),
    (r"\int_0^1 dx + x", "1 + x", ()),
    ("(n!)!", "(n!)!", ("n: nonnegative integer",)),
]


@pytest.mark.parametrize(("a", "b", "given"), READ)
def test_read(a: str, b: str, given: tuple[str, ...]) -> None:
    assert compare(a, b, given).verdict.verdict == "equal"


@pytest.mark.parametrize(("a", "b"), [("x_2", "x^2"), ("a_2 + b", "a^2 + b"), ("x_{12}", "x^{12}")])
def test_beside_a_label_a_power_stays_a_power(a: str, b: str) -> None:
    assert compare(a, b, syntax="latex").verdict.verdict == "different"
    assert compare(b, a, syntax="latex").verdict.verdict == "different"


def test_of_a_declared_name_a_number_above_may_be_its_label() -> None:
    assert compare("w_2", "w^2", ["w_2: real"], syntax="latex").verdict.verdict == "equal"


def test_a_layer_above_is_a_label_where_it_is_one_below() -> None:
    assert compare("W_1", "W^{(1)}", syntax="latex").verdict.verdict == "equal"


ENTRIES = [
    ("x_1 + x_2 + x_3", r"\sum_{i=1}^3 x_i", "latex"),
    ("2x_1 + x_2", r"\sum_{i=1}^2 x_i + x_1", "latex"),
    ("x_1 + x_2 + x_3", "sum(x[i], (i, 1, 3))", "text"),
    ("M_12 + M_21", "M[1,2] + M[2,1]", "text"),
    ("δ_ij", "delta(i, j)", "text"),
    ("p_i*(delta_ij - p_j)", "p[i]*(delta(i,j) - p[j])", "text"),
]


@pytest.mark.parametrize(("a", "b", "syntax"), ENTRIES)
def test_beside_an_array_a_number_below_is_an_index_whichever_text_comes_first(
    a: str, b: str, syntax: Syntax
) -> None:
    assert compare(a, b, syntax=syntax).verdict.verdict == "equal"
    assert compare(b, a, syntax=syntax).verdict.verdict == "equal"


@pytest.mark.parametrize(("a", "b"), [("f x + f", "f(x + 1)"), (r"\sigma", r"\sigma\left(x\right)")])
def test_what_is_applied_in_one_text_is_no_factor_in_the_other(a: str, b: str) -> None:
    assert isinstance(compare(a, b, syntax="latex").verdict, Invalid)
    assert isinstance(compare(b, a, syntax="latex").verdict, Invalid)


def test_a_letter_that_is_no_usual_function_is_a_factor_in_both() -> None:
    assert compare("a x + a", "a(x + 1)", syntax="latex").verdict.verdict == "equal"


WHOLE = [
    ("x[i]", "sum(delta(i, j)*x[j], j)", "text"),
    (r"\sum_j \delta_{ij} x_j", "x_i", "latex"),
    ("A[i,k]", "sum(delta(i, j)*A[j,k], j)", "text"),
    ("x[i] + y[i]", "sum(delta(i, j)*(x[j] + y[j]), j)", "text"),
    ("x[k]", "sum(x[j]*(1 if k == j else 0), j)", "text"),
    ("sum((w[i] + b)*x[i], i)", "sum(w[i]*x[i], i) + b*sum(x[i], i)", "text"),
    (r"\sum_i (x_i - y_i)^2", r"\sum_i x_i^2 - 2\sum_i x_i y_i + \sum_i y_i^2", "latex"),
    (r"\sum_i (b_i + c_i)", r"\sum_i c_i + \sum_i b_i", "latex"),
]


@pytest.mark.parametrize(("a", "b", "syntax"), WHOLE)
def test_a_range_over_an_undeclared_array_says_how_long_it_is(a: str, b: str, syntax: Syntax) -> None:
    assert compare(a, b, syntax=syntax).verdict.verdict == "equal"
    assert compare(b, a, syntax=syntax).verdict.verdict == "equal"


def test_a_declared_array_says_how_long_one_beside_it_is() -> None:
    one, other = "sum(w[i]*(x[i] + c), i)", "sum(w[i]*x[i], i) + c*sum(w[i], i)"
    none = "sum(x[i], (i, 0, n - 1)) - sum(x[i], i)"
    assert compare(one, other, given=["w: vector(n)"]).verdict.verdict == "equal"
    assert compare(f"{one} + {none}", other, given=["w: vector(n)"]).verdict.verdict == "equal"


def test_arrays_that_no_range_joins_have_sizes_of_their_own() -> None:
    assert compare("sum(x[i], i)*sum(y[i], i)", "sum(sum(x[i]*y[j], i), j)").verdict.verdict == "equal"
    assert compare("sum(x[i], i)*sum(y[i], i)", "sum(x[i]*y[i], i)").verdict.verdict == "different"
    assert compare("len(x) + x[0] + y[0]", "len(y) + x[0] + y[0]").verdict.verdict == "different"


def test_what_runs_along_a_part_of_it_differs() -> None:
    assert compare("x[i]", "sum(delta(i, j)*x[j], (j, 0, len(x) - 2))").verdict.verdict == "different"
    assert compare("x[i]", "sum(delta(i + 1, j)*x[j], j)").verdict.verdict == "different"


@pytest.mark.parametrize(
    ("a", "b"), [(r"\varepsilon", r"\epsilon"), (r"2\varphi x", r"x\phi + \phi x"), (r"\ell + 1", "l + 1")]
)
def test_a_letter_written_in_two_ways_is_one_name(a: str, b: str) -> None:
    assert compare(a, b, syntax="latex").verdict.verdict == "equal"
    assert compare(b, a, syntax="latex").verdict.verdict == "equal"


@pytest.mark.parametrize(("a", "b"), [(r"\phi + \varphi", r"2\phi"), (r"l + \ell", "2l")])
@pytest.mark.parametrize("given", [(), ("phi: real", "l: real")])
def test_in_one_formula_it_is_two(a: str, b: str, given: tuple[str, ...]) -> None:
    assert compare(a, b, given, syntax="latex").verdict.verdict == "different"
    assert compare(b, a, given, syntax="latex").verdict.verdict == "different"
