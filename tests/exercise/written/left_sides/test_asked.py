"""``J = …``: the left side of an answer is the asked name or nothing, in text and in LaTeX."""

from __future__ import annotations

import pytest

from symderiv.errors import ReadError
from symderiv.exercise import Exercise, parse_answers, parse_exercise
from symderiv.exercise.formula import Formula, formula
from symderiv.exercise.located.nodes import Document, Scalar
from symderiv.expression.printing.text import to_text
from symderiv.grading import check

EXERCISE = r"""
id: asked
let:
  x: real
  n: size
  X: matrix(2, 2)
  v: vector(2)
  y: X*v
  A: tanh(x)
  h1: tanh(x)
  g: [1, x]
notation: {h1: 'h^1', A: '\mathcal A', g: '\nabla_{a} L'}
parts:
  - {id: A, answer: A}
  - {id: dA, answer: 'diff(A, x)'}
  - {id: h1, answer: h1}
  - {id: g, answer: g}
  - {id: y, answer: y}
  - {id: J, answer: 'jacobian(y, v)'}
  - {id: product, answer: X*v}
  - {id: free, answer: 2*x}
  - {id: condition, answer: x == 2}
  - {id: several, answer: '{mu: 1, sigma: 2}'}
  - {id: L, kind: construct, find: {L: real}, where: ['diff(L, x) == 1']}
  - {id: two, kind: construct, find: {a: real, b: real}, where: ['a + b == 3']}
"""

ACCEPTED = [
    ("A", "A = tanh(x)", "tanh(x)"),
    ("A", r"$\mathcal A = \tanh(x)$", "tanh(x)"),
    ("A", r"\[ \mathcal{A} := \tanh(x) \]", "tanh(x)"),
    ("product", "y = X*v", "X*v"),
    ("A", "A(x) = tanh(x)", "tanh(x)"),
    ("A", r"$\mathcal A(x) = \tanh(x)$", "tanh(x)"),
    ("dA", r"$\frac{d}{dx}\frac{e^x - e^{-x}}{e^x + e^{-x}} = 1 - A^2$", "1 - A^2"),
    ("dA", r"$1 - \mathcal A(x)^2$", "1 - A^2"),
    ("free", "x(t, n) = 2*x", "2*x"),
    ("h1", r"h^1 = \tanh x", "tanh(x)"),
    ("h1", "h1 = tanh(x)", "tanh(x)"),
    ("g", r"\nabla_a L = (1, x)", "(1, x)"),
    ("y", "y = X*v", "X*v"),
    ("y", "y[i] = 2", "2"),
    ("J", "X", "X"),
    ("J", r"\frac{\partial y}{\partial v} = X", "X"),
    ("J", "jacobian(y, v) = X", "X"),
    ("J", "J = X", "X"),
    ("J", r"J_{ij} = 2", "2"),
    ("free", "F = 2*x", "2*x"),
    ("free", "f(x) = 2*x", "2*x"),
    ("free", r"\begin{align*} F &= x + x \\ &= 2x \end{align*}", "2*x"),
    ("free", r"$$\begin{aligned} x + x \\ &= 2x. \end{aligned}$$", "2*x"),
    ("free", r"\begin{equation} F = 2x \end{equation}", "2*x"),
    ("L", "L = x", "x"),
    ("L", "$L = x$", "x"),
    ("condition", "x == 2", "x == 2"),
    ("several", r"\mu = 1, \sigma = 2", "{mu: 1, sigma: 2}"),
]

REFUSED = [
    ("A", "B = tanh(x)", "B"),
    ("A", "x = tanh(x)", "x"),
    ("A", "A(n) = tanh(x)", "A(n)"),
    ("A", "A(2) = tanh(x)", "A(2)"),
    (
        "dA",
        r"$\frac{d}{dx}\frac{e^x - e^{-x}}{e^x + 1} = 1 - A^2$",
        r"\frac{d}{dx}\frac{e^x - e^{-x}}{e^x + 1}",
    ),
    ("A", r"$B_2 = \tanh(x)$", "B_2"),
    ("h1", r"$h^2 = \tanh x$", "h^2"),
    ("y", "v = X*v", "v"),
    ("J", r"\frac{\partial y}{\partial X} = X", r"\frac{\partial y}{\partial X}"),
    ("J", "v = X", "v"),
    ("free", "x = 2*x", "x"),
    ("L", "  K = x", "K"),
    ("L", "2 x 3 = x", "2 x 3"),
]


MEMBERS = [
    ("free", "x + x = 2*x", ["x + x", "2*x"]),
    ("free", r"x + x = x \cdot 2 = 2x", [r"x + x", r"x*2", "2*x"]),
    ("free", "F = x + x = 2*x", ["x + x", "2*x"]),
]


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    return parse_exercise(EXERCISE)


@pytest.mark.parametrize(("part", "answer", "right"), ACCEPTED)
def test_the_asked_name_may_stand_left(part: str, answer: str, right: str, exercise: Exercise) -> None:
    question = exercise.question(part)
    assert question is not None
    assert question.read(Formula(answer)) == question.read(Formula(right))


@pytest.mark.parametrize(("part", "answer", "left"), REFUSED)
def test_any_other_is_refused(part: str, answer: str, left: str, exercise: Exercise) -> None:
    question = exercise.question(part)
    assert question is not None
    node = Scalar(Document("a.yaml", "a: " + answer), 3, 3 + len(answer), False, answer)
    with pytest.raises(ReadError) as caught:
        question.read(Formula(answer, node=node))
    place = caught.value.place
    assert place is not None and place.text[place.column - 1 : place.column - 1 + place.length] == left
    assert "left-hand side" in caught.value.message


@pytest.mark.parametrize(("part", "answer", "members"), MEMBERS)
def test_a_formula_may_stand_left(part: str, answer: str, members: list[str], exercise: Exercise) -> None:
    question = exercise.question(part)
    assert question is not None
    read = question.read_members(Formula(answer))
    assert [to_text(each) for each in read] == [to_text(question.read(Formula(each))) for each in members]


def test_a_part_says_what_it_is_called() -> None:
    question = parse_exercise(
        'id: e\nlet: {n: size, m: size}\nnotation: {m: "n\'"}\nparts:\n'
        "  - {id: a, called: [m, \"n'\", '|a_2|'], answer: n + 1}\n"
    ).question("a")
    assert question is not None
    for answer in ("m = n + 1", "n' = n + 1", "$|a_{2}| = n + 1$", "n + 1"):
        assert to_text(question.read(Formula(answer))) == "n + 1"
    with pytest.raises(ReadError):
        question.read(Formula("n = n + 1"))


@pytest.mark.parametrize("answer", ["x = 2*y", "x == 2*y", "x - 2*y = 0", "2*y = x and 1 = 1", "$x = 2y$"])
def test_in_a_condition_an_equals_sign_compares(answer: str) -> None:
    exercise = parse_exercise("id: e\nlet: {x: real, y: real}\nparts: [{id: a, answer: 'x == 2*y'}]\n")
    report = check(exercise, parse_answers(f"exercise: e\nanswers: {{a: '{answer}'}}\n"))
    assert report.part("a").verdict == "equal"


@pytest.mark.parametrize("answer", ["x := 2*y", "x =< 2*y", "x = ", "= 2*y"])
def test_what_is_no_comparison_stays_as_it_was_typed(answer: str) -> None:
    exercise = parse_exercise("id: e\nlet: {x: real, y: real}\nparts: [{id: a, answer: 'x == 2*y'}]\n")
    part = check(exercise, parse_answers(f"exercise: e\nanswers: {{a: '{answer}'}}\n")).part("a")
    assert part.verdict == "invalid" and part.error is not None and "==" not in part.error.in_full()[:40]


@pytest.mark.parametrize("answer", ["sigma(x)", "σ(x)"])
def test_a_sigma_that_is_applied_may_be_the_sigmoid(answer: str) -> None:
    exercise = parse_exercise("id: e\nlet: {x: real}\nparts: [{id: a, answer: sigmoid(x)}]\n")
    with pytest.raises(ReadError, match="did you mean sigmoid"):
        exercise.questions[0].read(Formula(answer))


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("diff(f, x)", "f'(x) = 2*x"),
        ("diff(f, x)", "df/dx = 2*x"),
        ("diff(f, x)", "d/dx f = 2*x"),
        ("diff(f, x)", "∂f/∂x = 2*x"),
        ("diff(diff(f, x), x)", "f''(x) = 2"),
        ("2*x", "v_t = 2*x"),
        ("2*x", r"$\frac{\partial f}{\partial x} = 2x$"),
    ],
)
def test_the_derivative_that_is_asked_for_may_be_named(key: str, answer: str) -> None:
    key = "diff(f, x)" if "partial" in answer else key
    head = "id: e\nlet: {x: real, t: integer, f: x^2}\nparts:\n"
    text = f"{head}  - {{id: a, ask: f, answer: '{key}', typed: t}}\n"
    exercise = parse_exercise(text)
    question = exercise.question("a")
    assert question is not None
    assert to_text(question.read_members(formula(answer))[-1]) in ("2*x", "2")
