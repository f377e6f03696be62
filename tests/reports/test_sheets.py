"""Sheets: the whole bank compiles without a box that sticks out; names and texts that attack stay text."""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from symderiv.derivation.rules.catalogue import RULES
from symderiv.errors import SymderivError
from symderiv.exercise import exercise_paths, load_exercise, parse_answers, parse_exercise
from symderiv.grading import check
from symderiv.grading.misconceptions import MISCONCEPTIONS
from symderiv.reports.sheets.answers import answer_template, yaml_template
from symderiv.reports.sheets.build import build_sheet
from symderiv.reports.sheets.content import Sheet
from symderiv.reports.sheets.pdf import compile_pdf, pdflatex_is_there
from symderiv.reports.sheets.render import render
from symderiv.reports.sheets.settings import Settings, load_words

needs_pdflatex = pytest.mark.skipif(
    not pdflatex_is_there(), reason="pdflatex is not installed: sheets are not compiled here"
)

HOSTILE = r"""
id: hostile
title: '\input{/etc/passwd} <script>alert(1)</script> 100% _^~\ $'
text: 'Say $\input{/etc/passwd}$ or `\write18{x}` or **<b>bold</b>** or $x < y$.'
let: {x: vector(2), evil: real}
notation: {evil: '\input{/etc/passwd}'}
parts:
  - {id: '</p>&%', ask: '"quoted" & <i>', answer: evil + x.T*x}
  - {id: b, kind: choice, choices: {one: '<b>\input{x}</b>', two: B}, answer: one}
  - {id: c, kind: text, ask: Why?}
"""


@pytest.fixture(scope="module")
def bank() -> Sheet:
    exercises = [load_exercise(path) for path in exercise_paths()]
    return build_sheet(exercises, Settings(course="A course", date="today"), solutions=True)


@needs_pdflatex
def test_the_bank_compiles_and_nothing_sticks_out(bank: Sheet) -> None:
    compiled = compile_pdf(render(bank, "tex"))
    assert compiled.pdf.startswith(b"%PDF")
    assert not [points for points in compiled.overfull if points > 5]
    assert not compiled.undefined_references


def test_every_derivation_of_the_bank_is_proved(bank: Sheet) -> None:
    unproved = [
        f"{exercise.id}/{part.label}"
        for exercise in bank.exercises
        for part in exercise.parts
        if part.solution is not None and not part.solution.proved
    ]
    assert bank.derivations and not unproved


class Outline(HTMLParser):
    """Tags must be closed in order, and nothing may be loaded or run."""

    VOID = frozenset({"meta", "br", "link", "img", "hr", "input"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "img", "link", "iframe", "b", "i")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.parametrize("solutions", [False, True])
def test_hostile_words_stay_words(solutions: bool) -> None:
    sheet = build_sheet([parse_exercise(HOSTILE)], Settings(course="<b>&%"), solutions=solutions)
    page = Outline()
    page.feed(render(sheet, "html"))
    assert not page.open and r"\input{/etc/passwd}" in "".join(page.words)
    tex = render(sheet, "tex")
    assert r"\input{" not in tex and r"\write18" not in tex
    assert "<script" not in render(sheet, "md").replace(r"\<", "")
    if pdflatex_is_there():
        assert compile_pdf(tex).pdf


def test_html_of_the_bank_is_well_formed_and_self_contained(bank: Sheet) -> None:
    text = render(bank, "html")
    page = Outline()
    page.feed(text)
    assert not page.open
    assert "http://" not in text.replace("http://www.w3.org/1998/Math/MathML", "")
    for formula in text.split("<math")[1:]:
        ElementTree.fromstring("<math" + formula.split("</math>")[0] + "</math>")


def test_words_come_in_german_too(bank: Sheet) -> None:
    english, german = load_words("en"), load_words("de")
    assert {name for name in german if "." not in name} == english.keys()
    assert {f"rules.{name}" for name, _ in RULES} <= german.keys()
    assert {f"misconceptions.{each.name}" for each in MISCONCEPTIONS} <= german.keys()
    assert {f"hints.{each.name}" for each in MISCONCEPTIONS} <= german.keys()
    exercise = parse_exercise("id: sum\nparts: [{id: a, answer: 1 + 1}]")
    assert "Lösung" in render(build_sheet([exercise], Settings(words="de"), solutions=True), "html")


EMPTY = {
    "md": "## Answer {}\n\n",
    "tex": "\\begin{{answer}}{{{}}}\n",
    "ipynb": '"## Answer {}\\n",\n    "',
}


@pytest.mark.parametrize("form", EMPTY)
def test_each_answer_file_to_fill_in_reads_back(form: str) -> None:
    exercise = parse_exercise("id: sum\nparts: [{id: a_1, ask: How?, answer: 1 + 1}, {id: b, answer: 3}]")
    template = answer_template([exercise], form, 5, Settings(student="Ada Ä"))
    answers = parse_answers(template, f"answers.{form}")
    assert (answers.exercise, answers.student, answers.seed) == ("sum", "Ada Ä", 5)
    assert [part.verdict for part in check(exercise, answers).parts] == ["missing"] * 2
    for label, answer in (("a_1", "$1 + 1$"), ("b", "4")):
        empty = EMPTY[form].format(label)
        assert empty in template
        template = template.replace(empty, empty + answer)
    filled = check(exercise, parse_answers(template, f"answers.{form}"))
    assert [part.verdict for part in filled.parts] == ["equal", "different"]
    if form == "tex" and pdflatex_is_there():
        assert compile_pdf(template).pdf


@pytest.mark.parametrize("form", EMPTY)
def test_an_id_that_cannot_label_an_answer_is_refused(form: str) -> None:
    exercise = parse_exercise("id: e\nparts: [{id: 'a}%', answer: 1}]")
    with pytest.raises(SymderivError, match="can't label"):
        answer_template([exercise], form, None, Settings())


def test_an_answer_file_to_fill_in_reads_back() -> None:
    exercise = parse_exercise("id: sum\nparts: [{id: a, ask: How?, answer: 1 + 1}, {id: b, answer: 3}]")
    template = yaml_template(exercise, None, Settings(student="4711"))
    assert [part.verdict for part in check(exercise, parse_answers(template)).parts] == ["missing"] * 2
    filled = template.replace('"a": ', '"a": 2').replace('"b": ', '"b": 3')
    report = check(exercise, parse_answers(filled))
    assert report.student == "4711" and report.all_right
