"""Whatever is thrown at the LaTeX reader, it reads or refuses with a place: nothing else ever happens."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.errors import SymderivError
from symderiv.language import Scope, read_declaration
from symderiv.language.latex.lexing.symbols import BIG, FUNCTIONS, SIGNS
from symderiv.language.latex.reading import read_latex, read_latex_chain

PIECES = [
    "x",
    "y",
    "v",
    "A",
    "f",
    "i",
    "j",
    "w",
    "1",
    "12",
    "0.5",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "|",
    "^",
    "_",
    "&",
    ",",
    ";",
    "'",
    "!",
    " ",
    "$",
    r"\\",
    r"\{",
    r"\}",
    r"\left(",
    r"\right)",
    r"\left.",
    r"\right|",
    r"\frac",
    r"\frac12",
    r"\sqrt",
    r"\sqrt[",
    r"\mathbb{1}",
    r"\mathbf",
    r"\hat",
    r"\top",
    r"\partial",
    r"\nabla",
    r"\infty",
    r"\dots",
    r"\quad",
    r"\ (",
    r"\text{ for }",
    r"\text{ where }",
    r"\text{ otherwise}",
    r"\text{ undefined at }",
    r"(\text{valid}",
    r"\forall",
    r"\in\mathbb R",
    "s =",
    "..",
    r"\begin{cases}",
    r"\end{cases}",
    r"\begin{bmatrix}",
    r"\end{bmatrix}",
    r"\begin{align}",
    r"\end{align}",
    r"\text{if }",
    r"\text{otherwise}",
    r"\operatorname{diag}",
    r"\mathrm{d}",
    "d",
    r"\|",
    r"\lfloor",
    r"\rfloor",
    r"\substack",
    r"\newcommand{\q}[1]{#1x}",
    r"\q",
    r"\gamma",
    r"\Gamma",
    r"\delta",
    "_{i=1}^{n}",
    "^{-1}",
    "²",
    "σ",
    r"\langle",
    r"\rangle",
    r"\binom",
    r"\lim_{x\to 0}",
    r"\int_0^1",
    "%",
    "\n",
    "#1",
    "\\",
    *FUNCTIONS,
    *BIG,
    *SIGNS,
]
SOUP = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def _scope() -> Scope:
    scope = Scope(notation={"w": "w^2", "g": r"\nabla_x f"})
    for text in (
        "x: real",
        "y: real",
        "v: vector(3)",
        "A: matrix(3, 3)",
        "f: function",
        "w: vector(3)",
        "i: index",
    ):
        scope = scope.declare([read_declaration(text, scope)])
    return scope


STRICT, FREE = _scope(), Scope(strict=False)


@settings(max_examples=600, deadline=None)
@given(SOUP, st.sampled_from([STRICT, FREE]))
def test_soup(text: str, scope: Scope) -> None:
    for read in (read_latex, read_latex_chain):
        try:
            read(text, scope)
        except SymderivError as error:
            assert error.place is not None
            assert error.in_full()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_any_text(text: str) -> None:
    try:
        read_latex(text, FREE)
    except SymderivError as error:
        assert error.place is not None
