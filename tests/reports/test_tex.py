"""Texts that try to be TeX stay text; and pdflatex reads nothing but its own folder."""

import pytest

from symderiv.reports.sheets.pdf import PdfFailed, compile_pdf, pdflatex_is_there
from symderiv.reports.sheets.tex import escape, prose

needs_pdflatex = pytest.mark.skipif(
    not pdflatex_is_there(), reason="pdflatex is not installed: sheets are not compiled here"
)
DOCUMENT = "\\documentclass{{article}}\\usepackage{{amsmath}}\\begin{{document}}{}\\end{{document}}"
NASTY = [
    r"\input{/etc/passwd}",
    r"\write18{touch x}",
    "a_b^c & 50% #1 {~} \\",
    '$x$ `code` | <b>"it\'s"</b>',
    "−∂∑ᵀ½ σ₁ 漢字 \u202e",
    "Größe, façade, Øystein, čeština, ĳ ŋ þ ą ì ĵ",
    "^^5cinput x",
]


@pytest.mark.parametrize("text", NASTY)
def test_an_escaped_text_holds_no_command_of_its_own(text: str) -> None:
    assert r"\input" not in escape(text).replace(r"\textbackslash{}input", "")
    assert "$" not in escape(text).replace(r"\$", "")


@pytest.mark.parametrize(
    "text", [r"$\input{/etc/passwd}$", r"$$\immediate\write18{x}$$", "$^^5cinput{x}$", "$x %$"]
)
def test_mathematics_that_is_none_becomes_text(text: str) -> None:
    assert "\\$" in prose(text)


@needs_pdflatex
def test_every_nasty_text_compiles() -> None:
    assert compile_pdf(DOCUMENT.format("\n\n".join(map(escape, NASTY)))).pdf.startswith(b"%PDF")


@needs_pdflatex
def test_pdflatex_reads_no_file_of_the_system() -> None:
    with pytest.raises(PdfFailed):
        compile_pdf(DOCUMENT.format(r"\input{/etc/hostname}"))


@needs_pdflatex
def test_a_sheet_without_end_is_killed() -> None:
    with pytest.raises(PdfFailed, match="took longer"):
        compile_pdf(DOCUMENT.format(r"\loop\iftrue\repeat"), timeout=1.5)
