"""A question sheet gives away no answer: what its words don't name is the author's own aid."""

import pytest

from symderiv.exercise import parse_answers, parse_exercise
from symderiv.grading import check
from symderiv.reports.sheets.build import build_feedback_sheet, build_sheet
from symderiv.reports.sheets.render import render
from symderiv.reports.sheets.settings import Settings

EXERCISE = """
id: layer
text: '{text}'
let:
  n: size
  X: [[1, 2], [3, -4]]
  W1: floor((n - 5)/2) + 1
  standard: n^2 + 3
parts: [{{id: a, ask: '{ask}', answer: W1 + standard}}]
"""
W1, STANDARD, X = r"\left\lfloor", "n^{2}", r"X = \begin{bmatrix}"


def sheet(text: str, ask: str, *, solutions: bool = False) -> str:
    exercise = parse_exercise(EXERCISE.format(text=text, ask=ask), "layer.yaml")
    return render(build_sheet([exercise], Settings(), solutions=solutions), "tex")


@pytest.mark.parametrize(
    ("text", "ask", "told"),
    [
        ("The standard layer of $n$ entries.", "How many numbers come out?", ()),
        ("The standard layer of width W1.", "How many numbers come out?", (W1,)),
        ("A layer of width $W_1$.", "How many numbers come out?", (W1,)),
        ("A layer of $n$ entries.", "Add `standard` to $W_{1}$.", (W1, STANDARD)),
        ("", "How many numbers come out?", (W1, STANDARD)),
    ],
)
def test_a_formula_is_told_where_the_words_name_it(text: str, ask: str, told: tuple[str, ...]) -> None:
    found = sheet(text, ask).partition("Given")[2]
    assert X in found, "data are always told"
    assert [sign for sign in (W1, STANDARD) if sign in found] == list(told)


def test_a_solution_tells_everything() -> None:
    found = sheet("A layer.", "How many?", solutions=True)
    assert all(sign in found for sign in (W1, STANDARD, X))


def test_a_student_reads_their_answer_in_the_exercise_s_letters_and_hints_in_the_sheet_s_language() -> None:
    let = "{n: size, lam: real, w: vector(n), L: lam*norm(w)^2}"
    part = "{id: a, ask: Give the gradient., answer: 'gradient(L, w)'}"
    notation = r"{lam: '\lambda'}"
    exercise = parse_exercise(f"id: ridge\nlet: {let}\nnotation: {notation}\nparts: [{part}]\n")
    report = check(exercise, parse_answers("exercise: ridge\nanswers: {a: '-2*lam*eye(n)*w'}"))
    found = render(build_feedback_sheet([(exercise, report)], Settings(words="de")), "md")
    assert r"$-2 \lambda I_{n} w$" in found and r"\mathrm{lam}" not in found
    assert "Ein Vorzeichen ist falsch." in found and "A sign is wrong" not in found
    assert "Eintrag = " in found


KEPT = """
id: kept
feedback: {level}
let: {{x: real, n: size}}
parts:
  - {{id: set, answer: '{{-1, 0, 1}}'}}
  - {{id: number, answer: 16*25}}
  - {{id: order, kind: order, answer: n^2}}
  - {{id: slope, answer: 'diff(x^3, x)'}}
"""
ANSWERS = "exercise: kept\nanswers: {set: '{-1, 1}', number: x, order: n^3, slope: 3*x}\n"


def kept(level: str) -> str:
    exercise = parse_exercise(KEPT.format(level=level))
    report = check(exercise, parse_answers(ANSWERS))
    return render(build_feedback_sheet([(exercise, report)], Settings()), "md")


def test_a_witness_that_is_the_answer_stays_unsaid() -> None:
    found = kept("hint")
    assert "missing on" not in found and r"-1, 0, 1" not in found
    assert "400" not in found
    assert "grows faster" not in found
    assert "the right one is 12" in found


def test_where_nothing_is_told_nothing_is() -> None:
    found = kept("none")
    assert "Wrong" not in found and "0 of" not in found
    assert found.count("Handed in") == 4
