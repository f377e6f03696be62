"""Names as their notation shows them: typed in text, or set in LaTeX in another way."""

from __future__ import annotations

import pytest

from symderiv.errors import SymderivError
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Variable
from symderiv.language import Scope, read

NOTATION = {"lo": r"\eta_{\min}", "eps": r"\epsilon", "v": r"\pi_1", "xt": "x_t", "odd": "e"}
SCOPE = Scope({name: Variable(name) for name in (*NOTATION, "t")}, notation=NOTATION)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (r"\eta_{min}", "lo"),
        (r"\eta_{\text{min}}", "lo"),
        (r"\eta_\mathrm{min}", "lo"),
        ("eta_min", "lo"),
        ("η_min", "lo"),
        ("ε", "eps"),
        ("epsilon", "eps"),
        ("pi_1", "v"),
        ("π₁", "v"),
        ("x_t", "xt"),
        ("e", "e"),
        ("pi", "pi"),
    ],
)
def test_read_as(text: str, name: str) -> None:
    assert to_text(read(text, SCOPE)) == name


@pytest.mark.parametrize("text", ["eta", r"\eta_{max}", "eta_max", r"\pi_2", "x_i"])
def test_other_looks_are_not_declared(text: str) -> None:
    with pytest.raises(SymderivError):
        read(text, SCOPE)
