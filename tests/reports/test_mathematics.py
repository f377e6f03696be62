"""What an author may write between dollars: all that sets a formula compiles, all else stays text."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from symderiv.reports.sheets.html import mathematics, prose_html
from symderiv.reports.sheets.markdown import prose_markdown
from symderiv.reports.sheets.mathematics import mathematics_of
from symderiv.reports.sheets.pdf import compile_pdf, pdflatex_is_there
from symderiv.reports.sheets.prose import pieces_of
from symderiv.reports.sheets.tex import prose

CORPUS = Path(__file__).parents[1] / "corpus" / "sheets"
FORMULAS = (CORPUS / "formulas.txt").read_text(encoding="utf-8").splitlines()
NO_FORMULAS = (CORPUS / "no_formulas.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("latex", FORMULAS)
def test_a_formula_is_one(latex: str) -> None:
    known = mathematics_of(latex)
    assert known is not None and mathematics_of(known) == known
    assert [kind for kind, _ in pieces_of(f"a ${latex}$ b")] == ["text", "inline", "text"]


@pytest.mark.parametrize("latex", FORMULAS)
def test_a_formula_is_mathml(latex: str) -> None:
    known = mathematics_of(latex)
    assert known is not None
    assert ElementTree.fromstring(mathematics(known)).tag.endswith("math")


@pytest.mark.skipif(not pdflatex_is_there(), reason="pdflatex is not installed")
def test_every_formula_compiles() -> None:
    start = r"\documentclass{article}\usepackage{amsmath,amssymb}\begin{document}"
    body = "\n\n".join(prose(f"${latex}$ $${latex}$$") for latex in FORMULAS)
    assert compile_pdf(rf"{start}{body}\end{{document}}").pdf


@pytest.mark.parametrize("latex", NO_FORMULAS)
def test_what_is_no_formula_stays_text(latex: str) -> None:
    assert mathematics_of(latex) is None
    assert all(kind == "text" for kind, _ in pieces_of(f"a ${latex}$ b"))
    assert "<math" not in prose_html(f"${latex}$")


@pytest.mark.parametrize(
    "latex", [r"\text{</math><script>alert(1)</script>}", r"x<script>y", r"\mathrm{<img>}", "<!--"]
)
def test_no_tag_comes_from_a_formula(latex: str) -> None:
    for written in (prose_html(f"${latex}$"), prose_markdown(f"${latex}$"), mathematics(latex)):
        assert "<script" not in written and "<img" not in written and "<!--" not in written


def test_dollars_that_are_prices_stay_dollars() -> None:
    assert list(pieces_of("from $5 to $6")) == [("text", "from $5 to $6")]
    assert "".join(content for _, content in pieces_of(r"\$5 and \$6")) == "$5 and $6"
