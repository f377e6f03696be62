"""What nobody declared before ``^T`` and ``.T``: a number has no transpose, and no name is taken for one."""

from __future__ import annotations

import pytest

from symderiv import api
from symderiv.derivation import compare
from symderiv.errors import ReadError, SymderivError
from symderiv.language import Scope, read_declaration, read_text
from symderiv.language.latex.reading import read_latex


@pytest.mark.parametrize("text", ["a^T*b", "(1-g^T)/(1-g)"])
def test_the_transpose_of_an_undeclared_name_is_refused(text: str) -> None:
    with pytest.raises(SymderivError):
        read_text(text, Scope(strict=False))


@pytest.mark.parametrize("text", ["a^T b", r"\frac{1-g^T}{1-g}"])
def test_so_it_is_in_latex(text: str) -> None:
    with pytest.raises(SymderivError):
        read_latex(text, Scope(strict=False))


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ("b^T", "exp(T*log(b))", "equal"),
        ("b^T", "b", "different"),
        ("$b^T$", "$b$", "different"),
        ("(1+b)^T", "exp(T*log(1+b))", "equal"),
        ("2^T", "2", "different"),
    ],
)
def test_of_a_declared_number_it_is_a_power(a: str, b: str, verdict: str) -> None:
    assert compare(a, b, given=["b: positive"]).verdict.verdict == verdict


def test_an_image_named_i_is_no_identity() -> None:
    scope = Scope(strict=False).declare([read_declaration("A: matrix(2, 2)")])
    assert "eye" not in str(read_text("I[0, 0] + A[0, 0]", scope))
    assert "eye" not in str(read_text("sum(I, (I, 1, 3))*A", scope))


@pytest.mark.parametrize("text", ["w^Tx", "x^TAx", "(x - y)^TA(x - y)", "X^TX + 1"])
def test_a_transpose_that_runs_together_with_a_factor_is_no_power(text: str) -> None:
    with pytest.raises(ReadError, match="run together"):
        api.read(text)
    with pytest.raises(ReadError, match="run together"):
        api.read(text, ["x: vector(n)", "A: matrix(n, n)", "y: vector(n)", "w: vector(n)", "X: matrix(n, n)"])


def test_a_declared_name_stays_an_exponent() -> None:
    assert api.read("x^Tmax", "Tmax: real").text == "x^Tmax"
