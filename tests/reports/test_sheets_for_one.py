"""Marking guides and feedback sheets: what a marker and what a student reads, hostile answers included."""

from __future__ import annotations

import pytest

from symderiv.exercise import Exercise, parse_answers, parse_exercise
from symderiv.grading import check
from symderiv.reports.sheets.build import build_feedback_sheet, build_marking_sheet
from symderiv.reports.sheets.content import PartContent, Sheet
from symderiv.reports.sheets.pdf import compile_pdf, pdflatex_is_there
from symderiv.reports.sheets.render import render
from symderiv.reports.sheets.settings import Settings

EXERCISE = """
id: square
let: {x: real, A: [[1, 2], [3, 4]]}
parts:
  - {id: a, ask: Differentiate., answer: 'diff(x^2, x)', points: 2}
  - id: transpose
    answer: A.T
    points: 3
    credit: {transposed: 1, entries: 2}
    reject: [{answer: A, misconception: transposed}]
  - {id: b, kind: choice, choices: {one: One, two: Two}, answer: one}
  - {id: c, answer: '1', feedback: none}
"""


def exercise() -> Exercise:
    return parse_exercise(EXERCISE)


def feedback(answers: str) -> Sheet:
    report = check(exercise(), parse_answers(f"exercise: square\nstudent: '7'\nanswers: {answers}"))
    return build_feedback_sheet([(exercise(), report)], Settings())


def part(sheet: Sheet, name: str) -> PartContent:
    return next(part for part in sheet.exercises[0].parts if part.id == name)


def test_a_marking_guide_says_what_a_mistake_costs() -> None:
    transpose = part(build_marking_sheet([exercise()], Settings()), "transpose")
    costs = {mistake.name: mistake.cost for mistake in transpose.mistakes}
    assert costs["transposed"] == "−2 points" and costs["sign"] == "−3 points"
    assert transpose.notes == ("By the share of right entries, up to: 2 points",)


def test_mistakes_are_none_of_the_right_answers() -> None:
    derivative = part(build_marking_sheet([exercise()], Settings()), "a")
    formulas = [each.formula for each in derivative.mistakes]
    assert formulas and "2 x" not in [formula.latex for formula in formulas if formula]


def test_a_solution_sheet_ticks_the_right_boxes() -> None:
    sheet = build_marking_sheet([exercise()], Settings())
    assert [choice.is_ticked for choice in part(sheet, "b").choices] == [True, False]
    assert r"\boxtimes" in render(sheet, "tex") and "- [x] One" in render(sheet, "md")


def test_feedback_shows_the_reading_the_verdict_and_the_witness() -> None:
    told = part(feedback("{a: 3*x}"), "a").told
    assert told is not None and not told.is_right
    assert told.verdict == "Wrong" and told.points == "0 of 2 points"
    assert told.read is not None and told.read.latex == "3 x" and "your answer is" in told.witness


def test_feedback_on_entries_does_not_give_them_away() -> None:
    told = part(feedback("{transpose: [[1, 3], [2, 5]]}"), "transpose").told
    assert told is not None and not told.witness
    assert told.hints and "4" not in "".join(told.hints).replace("of 4", "").replace("3 of", "")


def test_what_cant_be_read_is_shown_with_a_caret() -> None:
    told = part(feedback("{a: '2*('}"), "a").told
    assert told is not None and "^" in told.excerpt and told.hints


def test_silence_is_kept_where_an_exercise_asks_for_it() -> None:
    told = part(feedback("{c: '2*('}"), "c").told
    assert told is not None and not told.hints and not told.excerpt and not told.witness


HOSTILE = [
    r"'\input{/etc/passwd}'",
    "'<script>alert(1)</script>'",
    r"'x $\write18{ls}$ & %'",
    "'`{{ words }}`'",
]


@pytest.mark.parametrize("answer", HOSTILE)
def test_a_hostile_answer_stays_text(answer: str) -> None:
    sheet = feedback(f"{{a: {answer}}}")
    html, tex = render(sheet, "html"), render(sheet, "tex")
    assert "<script" not in html and r"\input{" not in tex and r"\write18{" not in tex
    if pdflatex_is_there():
        assert compile_pdf(tex).pdf
