"""What is left out of a reading is named; what could belong to the formula is refused, never left out."""

from __future__ import annotations

import pytest

from symderiv.derivation.given import read_given
from symderiv.errors import ReadError, SymderivError
from symderiv.expression.printing.text import to_text
from symderiv.language import left_out, read, read_text
from symderiv.language.latex.reading import read_latex_chain

SCOPE = read_given(["x: real", "y: real", "n: size", "i: index", "v: vector(n)"], strict=True).scope


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        (r"x^2 \text{ (valid)}", ("(valid)",)),
        (r"2x\ (\text{by the chain rule})", ("(by the chain rule)",)),
        (r"2x\ (+\text{const})", ("(+const)",)),
        (r"x \in \mathbb{R},\ x^2", ("x \\in \\mathbb{R}",)),
        (r"v_i^2 \text{ for all } i", ("for all i",)),
        (r"\frac1x, \text{ undefined at } 0", ("undefined at 0",)),
        (r"\frac1x \text{ for } x \neq 0", ()),
        ("2*x (by the chain rule)", ("(by the chain rule)",)),
        ("x^2 for x > 0", ()),
        ("x + y", ()),
    ],
)
def test_a_remark_is_named(text: str, remarks: tuple[str, ...]) -> None:
    assert read(text, SCOPE) and left_out(text, SCOPE) == remarks


@pytest.mark.parametrize(
    "text",
    [
        r"x \text{ times } y",
        r"x \text{ million}",
        r"x \text{ not}",
        r"x \text{ since } y > 0",
        r"x,\ y \text{ for } x > 0",
        r"x \quad y",
        r"x (x > 0)",
        r"\forall x: x^2 \ge 0",
        r"y^2 \text{ where } y = x",
        r"\sum_i s \text{ where } s = v_i",
        "y^2 where y = x",
        "sum(s, (i, 0, n - 1)) where s = v[i]",
        "x (x y)",
        "1 if x > 0 else 0 if x < 0",
        "x for all",
        "x with respect to y",
        "x, y for x > 0",
    ],
)
def test_what_may_belong_to_the_formula_is_refused(text: str) -> None:
    with pytest.raises(SymderivError) as caught:
        read(text, SCOPE)
    assert caught.value.place is not None and caught.value.cure


def test_a_condition_of_a_line_holds_for_all_its_members() -> None:
    members = read_latex_chain(r"\frac{x^2}{x} = x \quad (x \neq 0)", SCOPE)
    assert [to_text(member) for member in members] == [
        "x^2/x if x != 0 else undefined",
        "x if x != 0 else undefined",
    ]


def test_reasons_at_the_ends_of_lines_are_remarks() -> None:
    lines = r"\begin{align*} x(x+1) &= xx+x && \text{(definition)} \\ &= x^2+x && \text{sorted} \end{align*}"
    assert len(read_latex_chain(lines, SCOPE)) == 3


def test_a_definition_may_use_the_next() -> None:
    for text in (
        "u^2 where u = t + 1, t = 2*x",
        "u^2 where t = 2*x, u = t + 1",
        r"u^2 \text{ where } u = t + 1,\ t = 2x",
        r"u^2 \text{ where } t = 2x \text{ and } u = t + 1",
    ):
        assert to_text(read(text, SCOPE)) == "(2*x + 1)^2"
    with pytest.raises(ReadError):
        read_text("u^2 where u = u + 1", SCOPE)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("sum(v[i] for i in range(n)) for n > 2", "sum(v[i], (i, 0, n - 1)) if n > 2 else undefined"),
        ("1 if x > 0 else 0 for y > 0", "(1 if x > 0 else 0) if y > 0 else undefined"),
        ("v[i]^2 where i = 1..n", "v[i]^2 if 1 <= i and i <= n else undefined"),
        ("log(x) (for x > 0)", "log(x) if x > 0 else undefined"),
        ("undefined if x == 0 else 1/x", "undefined if x == 0 else 1/x"),
        (r"\text{if } x > 0 \text{ then } 1 \text{ else } 0", "1 if x > 0 else 0"),
        (r"\text{undefined for } x<0,\ x^2", "x^2 if not x < 0 else undefined"),
    ],
)
def test_conditions_go_with_the_value(text: str, meaning: str) -> None:
    assert to_text(read(text, SCOPE)) == meaning


@pytest.mark.parametrize(
    "text", ["x > 0 for y > 0", r"x > 0 \text{ for } y > 0", "v[i] where v[i] = 2", r"x \text{ where } x = 2"]
)
def test_a_condition_of_a_condition_is_refused(text: str) -> None:
    with pytest.raises(ReadError):
        read(text, SCOPE)
