"""What a notebook shows: pieces of HTML with formulas in MathML, in which others' words stay words."""

from __future__ import annotations

from xml.etree import ElementTree

from symderiv.api import derive
from symderiv.exercise import parse_answers, parse_exercise
from symderiv.grading import check

EXERCISE = r"""
id: square
title: '<script>alert(1)</script>'
let: {x: real}
parts: [{id: a, ask: 'Differentiate $x^2$ & <b>go</b>.', answer: 'diff(x^2, x)'}]
"""


def test_an_exercise_shows_its_questions() -> None:
    piece = parse_exercise(EXERCISE)._repr_html_()
    assert "<math" in piece and "<script" not in piece and "<b>" not in piece


def test_a_report_shows_each_part() -> None:
    answers = parse_answers("exercise: square\nstudent: '<i>'\nanswers: {a: 3*x}")
    piece = check(parse_exercise(EXERCISE), answers)._repr_html_()
    assert "different" in piece and "<math" in piece and "<script" not in piece and "<i>" not in piece


def test_a_derivation_shows_a_row_a_step() -> None:
    derivation = derive("sin(x)^2", "x")
    rows = list(ElementTree.fromstring(derivation._repr_html_().replace("<br>", "")).iter("tr"))
    assert len(rows) >= len(derivation.steps) > 0
