"""Operations as a textbook writes them."""

from __future__ import annotations

import pytest

from symderiv import read
from symderiv.reports.sheets.html import mathematics
from symderiv.reports.sheets.mathematics import mathematics_of
from symderiv.reports.sheets.textbook import textbook_latex

GIVEN = ("n: size", "m: size", "A: matrix(n, m)", "x: vector(m)", "g: vector(n)", "y: vector(n)")


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("2*eye(n)", "2 I_{n}"),
        ("eye(n, m)", r"I_{n \times m}"),
        ("ones(n)", r"\mathbf{1}_{n}"),
        ("zeros(n, m)", r"\mathbf{0}_{n \times m}"),
        ("[1 for i in range(0, n)]", r"\mathbf{1}"),
        ("vjp(y, x, g)", r"\left\langle g,\, \frac{\partial y}{\partial x} \right\rangle"),
        ("vjp(A*x, x, g)", r"\left\langle g,\, \frac{\partial}{\partial x} \left(A x\right) \right\rangle"),
        ("norm(x - A.T*(A*x))^2", r"\left\| x - A^{\top} (A x) \right\|^{2}"),
    ],
)
def test_a_form_of_its_own(text: str, latex: str) -> None:
    found = textbook_latex(read(text, GIVEN).tree, {})
    assert found == latex
    assert mathematics_of(found) == found and "<math" in mathematics(found)
