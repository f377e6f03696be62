"""A derivation as a page holds it: rules beside short lines, below long ones, a long goal by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from symderiv import derive
from symderiv.derivation import read_given
from symderiv.derivation.steps import Derivation
from symderiv.equality.verdict import Undecided
from symderiv.language import read
from symderiv.reports.derivation import LINE, derivation_document, derivation_latex
from symderiv.reports.sheets.textbook import textbook_latex
from symderiv.reports.sheets.width import width_of

LSTM = [
    "W: matrix(4*n,m)", "U: matrix(4*n,n)", "b: vector(4*n)",
    "h: vector(n)", "c: vector(n)", "x: vector(m)", "v: vector(n)",
]  # fmt: skip


def _rows(request: str, by: str, given: list[str]) -> list[str]:
    return str(derivation_latex(derive(request, by, given=given))).split(" \\\\\n")


def test_rules_stand_beside_short_lines() -> None:
    rows = _rows("x^2", "x", [])
    assert all("&& \\text{" in row for row in rows) and not any("\\qquad" in row for row in rows)


def test_rules_stand_below_long_lines() -> None:
    rows = _rows("sum(v ⊙ lstm_cell(x, h, c, W, U, b)[0])", "W", LSTM)
    assert not any("&& \\text{" in row for row in rows)
    assert any(row.startswith("&\\qquad \\text{product rule}") for row in rows)


@pytest.mark.parametrize(
    ("request_", "by", "given"),
    [
        ("sum(v ⊙ lstm_cell(x, h, c, W, U, b)[0])", "W", LSTM),
        ("cross_entropy(W*x + b, t)", "W",
         ["W: matrix(k,d)", "x: vector(d)", "b: vector(k)", "t: vector(k)"]),
        ("norm(W*relu(V*x) - y)^2", "V",
         ["V: matrix(h,d)", "W: matrix(k,h)", "x: vector(d)", "y: vector(k)"]),
    ],
)  # fmt: skip
def test_a_row_fits_into_a_line(request_: str, by: str, given: list[str]) -> None:
    assert all(width_of(row.replace("\\qquad", "")) <= LINE + 8 for row in _rows(request_, by, given))


@pytest.mark.parametrize(
    ("request_", "by", "given"),
    [
        ("lstm_cell(x, h, c, W, U, b)", "x", LSTM),
        ("norm(X + layer_norm(X*W, g, b, eps=eps))^2/2", "X",
         ["X: matrix(n,d)", "W: matrix(d,d)", "g: vector(d)", "b: vector(d)", "eps: positive"]),
        ("sum(relu(batch_norm(conv2d(X, K, padding=1), gamma, beta, eps=eps)))", "K",
         ["X: tensor(B,c,n,m)", "K: tensor(f,c,3,3)", "gamma: vector(f)", "beta: vector(f)",
          "eps: positive"]),
    ],
)  # fmt: skip
def test_no_line_is_wider_than_a_page(request_: str, by: str, given: list[str]) -> None:
    rows = [row for row in _rows(request_, by, given) if "pmatrix" not in row and "aligned" not in row]
    assert max(map(width_of, rows)) <= 80


def test_joined_jacobians_are_blocks() -> None:
    latex = str(
        derivation_latex(derive("concat(tanh(W*x), x)", "x", given=["x: vector(n)", "W: matrix(m,n)"]))
    )
    assert r"W \\ I_{n} \end{pmatrix}" in latex


def test_an_entry_of_an_array_of_entries_is_the_formula_there() -> None:
    names = read_given(["x: vector(n)", "y: vector(n)"]).scope
    tree = read("[[x[i]*y[j] for j in range(0, n)] for i in range(0, n)][k, 0]", names)
    assert textbook_latex(tree, {}) == r"\left(x_{k} y_{0}\right)"


def test_a_long_one_may_break_over_pages() -> None:
    long = derive("sum(v ⊙ lstm_cell(x, h, c, W, U, b)[0])", "W", given=LSTM)
    assert str(derivation_document(long)).startswith("{\\allowdisplaybreaks\n\\begin{align*}")
    assert str(derivation_document(long)).endswith("\\end{align*}}")
    short = derive("x^2", "x")
    assert derivation_document(short) == derivation_latex(short)


def test_what_holds_for_some_points_only_says_so() -> None:
    page = str(derivation_latex(derive("norm(relu(W*x))", "x", given=["x: vector(n)", "W: matrix(m, n)"])))
    assert "\\text{chain rule, where the outer and the inner derivatives exist}" in page


def test_what_was_not_proved_says_so() -> None:
    step = derive("x^2", "x").steps[0]
    doubtful = Derivation(step.before, (replace(step, verdict=Undecided()),))
    assert "(not proved)" in str(derivation_latex(doubtful))
    assert "(not proved)" not in str(derivation_latex(Derivation(step.before, (step,))))


def test_letters_of_code_are_wider() -> None:
    assert width_of(r"\mathtt{conv2dconv}") > width_of("abcdefghij")
