"""A bracket that stands in a text more than once is read once, and means what it would by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symderiv.errors import SymderivError
from symderiv.expression.tree import Expr
from symderiv.language import Scope
from symderiv.language.text import tokens
from symderiv.language.text.reading import read_text

LONG = [
    "(exp(x) + exp(y))",
    "(a + b + c + d + e1)",
    "(alpha, beta, gamma1)",
    "(x*(a + b + c)/(a + b + c))",
    "('full (mode)' == name)",
    "(x - (x + y + z)/3)",
    "(sum(x[i]*(i + 1 + k), (i, 0, k)) + k)",
    "(a if a + b > c else b)",
    "(abs(x) + |y + z| + w)",
    "(x + xy_zw + unknown.T)",
    "(a b + c + d + f)",
]


def read_plainly(text: str, monkeypatch: pytest.MonkeyPatch) -> Expr | str:
    with monkeypatch.context() as patch:
        patch.setattr(tokens, "SHORT", 10**9)
        return read(text)


def read(text: str) -> Expr | str:
    try:
        return read_text(text, Scope(strict=False))
    except SymderivError as error:
        return str(error)


@pytest.mark.parametrize("a", LONG)
@pytest.mark.parametrize("b", LONG)
@pytest.mark.parametrize(
    "shape",
    [
        "A/B + A*B",
        "A + A(x) + f A",
        "f(A) + A*f(B)^B",
        "A.T + A[0] + A!",
        "sum(A*i, (i, 0, n)) + A*i",
        "-A - -A",
        "A(A)A",
    ],
)
def test_the_tree_is_the_one_read_letter_by_letter(
    a: str, b: str, shape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = shape.replace("A", a).replace("B", b)
    assert read(text) == read_plainly(text, monkeypatch)


def test_equal_brackets_are_one_tree() -> None:
    tree = read_text("(exp(x) + exp(y))/(exp(x) + exp(y))", Scope(strict=False))
    above, below = tree.children
    assert above is below


def test_a_fault_is_shown_where_it_stands_first() -> None:
    with pytest.raises(SymderivError) as found:
        read_text("(exp(x) + $$)*(exp(x) + $$)", Scope(strict=False))
    assert found.value.place is not None and found.value.place.column == 11


@given(
    st.lists(
        st.sampled_from([*LONG, "+", "*", "-", "/", "^2", "f", ",", "(", ")", "'", "|", "!"]), max_size=9
    )
)
def test_random_rows(pieces: list[str]) -> None:
    text = " ".join(pieces)
    with pytest.MonkeyPatch.context() as patch:
        assert read(text) == read_plainly(text, patch)
