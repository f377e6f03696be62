"""What a question asks for by a formula in its words may stand left of an answer's =, and nothing else."""

from __future__ import annotations

import pytest

from symderiv.api import check
from symderiv.exercise import parse_exercise
from symderiv.exercise.written.left_sides.asked_in_words import asked_formulas

EXERCISE = parse_exercise(r"""
id: words
let:
  w: vector(n)
  g: vector(n)
  eta: positive
  h1: real
  h2: real
  m: real
  u: real
  x1: real
  x2: real
  a: real
  bar: real in (0, 1)
notation: {bar: '\bar\alpha_t'}
parts:
  - {id: update, ask: 'Write one step of gradient descent (the new $w$).', answer: w - eta*g}
  - {id: unit, ask: 'With $h_1 = u x_1$, give $h_2$ in terms of $u$, $x_1$ and $x_2$.', answer: u*x1 + u*x2}
  - {id: slope, ask: 'What is $\partial h_2/\partial u$?', answer: x1 + x2}
  - {id: ratio, ask: 'By which factor is it too small, i.e. what is $m_t/u$?', answer: 1 - a}
  - {id: which, ask: 'At which $\bar\alpha_t$ is it 1?', answer: 1/2}
  - {id: mean, ask: 'And $\mathbb{E}[y]$?', answer: a}
  - {id: aside, ask: 'The mean of $m$ is known. What is its variance?', answer: a*u}
  - {id: of, ask: 'Give the variance of $m$.', answer: a*u}
""")


def verdict(part: str, answer: str) -> str:
    return check(EXERCISE, {part: answer}).part(part).verdict


RIGHT = [
    ("update", "w ← w - ηg"),
    ("update", r"w \leftarrow w - \eta g"),
    ("update", "w := w - eta*g"),
    ("unit", "h_2 = u(x_1 + x_2)"),
    ("unit", "$h_2 = u x_1 + u x_2$"),
    ("unit", "h_1 = u x_1, h_2 = u x_1 + u x_2"),
    ("slope", r"\frac{\partial h_2}{\partial u} = x_1 + x_2"),
    ("slope", "dh_2/du = x1 + x2"),
    ("slope", "∂h₂/∂u = x₁ + x₂"),
    ("ratio", r"\frac{m_t}{u} = 1 - a"),
    ("ratio", "m_t/u = 1 - a"),
    ("which", r"\bar{\alpha}_t = \frac12"),
    ("which", "bar = 1/2"),
    ("mean", "E[y] = a"),
]
REFUSED = [
    ("update", "g := w - eta*g"),
    ("unit", "h_1 = u(x_1 + x_2)"),
    ("unit", "u = u(x_1 + x_2)"),
    ("ratio", "h_2 = 1 - a"),
    ("aside", "m = a*u"),
    ("of", "m = a*u"),
]


@pytest.mark.parametrize(("part", "answer"), RIGHT)
def test_what_the_question_asks_for_may_stand_left(part: str, answer: str) -> None:
    assert verdict(part, answer) == "equal"


@pytest.mark.parametrize(("part", "answer"), REFUSED)
def test_what_it_speaks_of_may_not(part: str, answer: str) -> None:
    assert verdict(part, answer) == "invalid"


def test_long_left_sides_are_not_searched() -> None:
    assert verdict("which", "\\frac{" * 10_000 + " = 1/2") == "invalid"


@pytest.mark.parametrize(
    ("ask", "found"),
    [
        ("Compute $y$.", ("y",)),
        ("Berechne $y$!", ("y",)),
        ("Optimal $D$?", ("D",)),
        ("Give $y = 2x$.", ()),
        ("Solve for $x_0$ (write $x$ for $x_t$).", ("x_0",)),
        ("$x$ is a number. What is $x, y$?", ("x, y",)),
        ("And $E[y]$?", ("E[y]",)),
    ],
)
def test_formulas_behind_asking_words(ask: str, found: tuple[str, ...]) -> None:
    assert asked_formulas(ask) == found
