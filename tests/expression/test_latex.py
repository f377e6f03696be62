"""The LaTeX printer: what a teacher would write by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.derivation.meaning.meaning import meaning
from symderiv.expression.printing.latex import meaning_to_latex, tensor_to_latex, to_latex
from symderiv.expression.printing.latex_heads import HEADS
from symderiv.expression.printing.latex_names import escape, name_to_latex
from symderiv.expression.tree import Apply, Index, Number, Sequence, Variable
from symderiv.language import Scope, read_declaration, read_text
from symderiv.tensor import Listing, Record, Tensor


def scope() -> Scope:
    found = Scope()
    given = ("x: real", "y: real", "n: positive integer", "v: vector(n)", "p: vector(2)", "A: matrix(2, 2)")
    for text in given:
        found = found.declare([read_declaration(text, found)])
    return found


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("x/(1 + x^2)", r"\frac{x}{1 + x^{2}}"),
        ("2*x*y", "2 x y"),
        ("x*2", r"x \cdot 2"),
        ("-x + y - 2", "-x + y - 2"),
        ("x - (y - 1)", "x - (y - 1)"),
        ("(x + y)^2", "(x + y)^{2}"),
        ("(x/y)^2", r"\left( \frac{x}{y} \right)^{2}"),
        ("A.T*A", r"A^{\top} A"),
        ("inv(A).T", r"(A^{-1})^{\top}"),
        ("v[1:] - v[:-1]", "v_{1:} - v_{:-1}"),
        ("A[1:, :2]", "A_{1:, :2}"),
        ("A[:, 1]", "A_{:, 1}"),
        ("A[1:][:2]", "(A_{1:})_{:2}"),
        ("exp(-x)", "e^{-x}"),
        ("sqrt(x)", r"\sqrt{x}"),
        ("abs(x + x^2)^2", r"\left| x + x^{2} \right|^{2}"),
        ("max(0, x)", r"\max(0, x)"),
        ("sum(p[i], (i, 0, 1))", r"\sum_{i=0}^{1} p_{i}"),
        ("floor(x/2)", r"\left\lfloor \frac{x}{2} \right\rfloor"),
        ("[[1, x], [y, 0]]", r"\begin{bmatrix} 1 & x \\ y & 0 \end{bmatrix}"),
        ("x if x > 0 else 0", r"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}"),
        ("A[1, :][0]", "(A_{1})_{0}"),
        ("0 <= x < 1", r"0 \le x < 1"),
    ],
)
def test_trees(text: str, latex: str) -> None:
    assert to_latex(read_text(text, scope())) == latex


def test_notation_is_used() -> None:
    w2 = Variable("w2")
    assert to_latex(Index(w2, (Number(1),)), {"w2": "w^2"}) == "w^2_{1}"
    assert to_latex(Apply("pow", (w2, Number(2))), {"w2": "w^2"}) == "(w^2)^{2}"
    assert to_latex(Index(Variable("x1"), (Number(0),))) == "(x_{1})_{0}"


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("x", "x"),
        ("sigma", r"\sigma"),
        ("σ", r"\sigma"),
        ("x_1", "x_{1}"),
        ("x₁", "x_{1}"),
        ("W12", "W_{12}"),
        ("loss", r"\mathrm{loss}"),
        ("y_hat", r"\hat{y}"),
        ("w_in", r"w_{\mathrm{in}}"),
        ("H'", "H'"),
    ],
)
def test_names(name: str, latex: str) -> None:
    assert name_to_latex(name, {}) == latex


def test_text_is_escaped() -> None:
    assert escape(r"\input{x} 5% _^~$#&") == (
        r"\textbackslash{}input\{x\} 5\% \_\textasciicircum{}\textasciitilde{}\$\#\&"
    )


def test_entries_are_written_with_fractions_and_roots() -> None:
    found = meaning(read_text("x/sqrt(y) - p*p.T*(1/3)", scope()))
    assert r"\frac{x}{\sqrt{y}}" in meaning_to_latex(found)
    assert r"\frac{p_{0} p_{1}}{3}" in meaning_to_latex(found) or r"\frac{1}{3}" in meaning_to_latex(found)


def test_a_symbolic_shape_prints_its_entry_formula() -> None:
    found = meaning(read_text("v*v.T", scope()))
    assert isinstance(found, Tensor)
    assert tensor_to_latex(found) == r"\left[ v_{i} v_{j} \right]_{0 \le i < n,\; 0 \le j < n}"


def test_vectors_are_columns_and_results_have_names() -> None:
    column = Tensor.table([1, Fraction(1, 2)])
    assert tensor_to_latex(column) == r"\begin{bmatrix} 1 \\ \frac{1}{2} \end{bmatrix}"
    assert meaning_to_latex(Record((("mu", Tensor.scalar(Number(1))),))) == r"\mu = 1"
    assert meaning_to_latex(Listing("tuple", (Tensor.scalar(Number(1)), column))).startswith(r"\left(")
    assert to_latex(Sequence((Number(1),), "tuple")) == "(1,)"


@pytest.mark.parametrize("count", range(6))
@pytest.mark.parametrize("head", sorted(HEADS))
def test_with_any_number_of_arguments_all_are_shown(head: str, count: int) -> None:
    names = tuple(Variable(f"x{k}") for k in range(count))
    for tree in (Apply(head, names), Apply("add", (Variable("y"), Apply(head, names)))):
        assert all(to_latex(name) in to_latex(tree) for name in names)
