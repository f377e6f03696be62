"""What a notebook shows: pieces of HTML with formulas in MathML, in which others' words stay words."""

from __future__ import annotations

import subprocess
import sys
from xml.etree import ElementTree

import pytest

from symderiv.api import derive
from symderiv.exercise import parse_answers, parse_exercise
from symderiv.grading import check
from symderiv.reports.sheets.pdf import compile_pdf, pdflatex_is_there

EXERCISE = r"""
id: square
title: '<script>alert(1)</script>'
let: {x: real}
parts: [{id: a, ask: 'Differentiate $x^2$ & <b>go</b>.', answer: 'diff(x^2, x)'}]
"""


def test_an_exercise_shows_its_questions() -> None:
    piece = parse_exercise(EXERCISE)._repr_html_()
    assert piece and "<math" in piece and "<script" not in piece and "<b>" not in piece


def test_a_report_shows_each_part() -> None:
    answers = parse_answers("exercise: square\nstudent: '<i>'\nanswers: {a: 3*x}")
    piece = check(parse_exercise(EXERCISE), answers)._repr_html_()
    assert piece and "different" in piece and "<math" in piece
    assert "<script" not in piece and "<i>" not in piece


def test_a_derivation_shows_a_row_a_step() -> None:
    derivation = derive("sin(x)^2", "x")
    piece = derivation._repr_html_() or ""
    rows = list(ElementTree.fromstring(piece.replace("<br>", "")).iter("tr"))
    assert len(rows) >= len(derivation.steps) > 0


@pytest.mark.skipif(not pdflatex_is_there(), reason="pdflatex is not installed")
def test_all_of_them_are_latex_for_a_print() -> None:
    exercise = parse_exercise(EXERCISE)
    report = check(exercise, parse_answers("exercise: square\nstudent: '\\input{x}'\nanswers: {a: 3*x}"))
    pieces = [each._repr_latex_() for each in (exercise, report, derive("sin(x)^2", "x"))]
    assert all(pieces)
    start = r"\documentclass{article}\usepackage{amsmath,amssymb}\begin{document}"
    body = "\n\n".join(piece or "" for piece in pieces)
    assert compile_pdf(rf"{start}{body}\end{{document}}").pdf


def test_the_displays_are_there_without_the_reports() -> None:
    code = (
        "import sys, symderiv.exercise as e\n"
        "assert 'symderiv.reports' not in sys.modules\n"
        "assert '<h3>' in e.parse_exercise('id: a\\nparts: [{id: a, answer: 1}]')._repr_html_()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_printed_they_read_as_the_commands_write_them() -> None:
    exercise = parse_exercise(EXERCISE)
    assert "Differentiate" in str(exercise)
    assert "1/1  ✓ right" in str(check(exercise, parse_answers("exercise: square\nanswers: {a: 2*x}")))
    assert str(derive("x^2", "x")).endswith("each step is proved")
