"""A derivation as a page holds it: rules beside short lines, below long ones, a long goal by itself."""

from __future__ import annotations

import pytest

from symderiv import derive
from symderiv.reports.derivation import LINE, derivation_latex
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
