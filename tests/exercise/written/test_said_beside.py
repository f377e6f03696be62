"""Answers with a computation before them, a rounded value behind them, a probability on their left."""

from __future__ import annotations

import pytest

from symderiv.api import check
from symderiv.exercise import parse_exercise

EXERCISE = r"""
id: beside
let: {x: real, y: real, z: 2*x, f: x*y^2, S: sigmoid}
parts:
  - {id: z, answer: z}
  - {id: exact, answer: 19/117, typed: a number}
  - {id: digits, answer: 19/117, typed: a number, digits: 3}
  - {id: slope, answer: 'S(x)*(1 - S(x))', typed: with a definition}
  - {id: peak, answer: 2*x, called: [D]}
  - {id: steps, kind: steps, steps: {from: 'x*(1 + cos(pi/2)) + x', to: 2*x}}
  - {id: list, answer: '[x, z]'}
  - {id: named, answer: '{acc: 1/2, rec: 1/3}'}
  - {id: size, ask: 'Cut $[0, 1]$: step size $s$?', answer: 2*x}
  - {id: terms, ask: 'Its inverse: $u$ in terms of $y$?', answer: 2*x}
  - {id: count, ask: 'How many linear pieces?', answer: 2*x + 1}
  - {id: size8, ask: 'Its size in bytes, of 16-bit numbers?', answer: 4*x}
  - {id: row, answer: '[1, 1, -3]'}
  - {id: grid, answer: '[[x, 0], [1/2, x]]'}
  - {id: interval, ask: 'On which interval?', answer: 0 < x and x < 1}
  - {id: where, ask: 'Where?', answer: 0 < x and x < 1}
  - {id: det, answer: 2*x}
  - {id: dims, answer: '(2, 3)'}
  - {id: mean, answer: '[x, 2]', ask: 'Give it: $V(1)$ and $V(2)$ as a list.'}
  - {id: few, kind: choice, choices: {A: sum, B: mean, C: variance}, answer: [A, B]}
  - {id: new, ask: 'A step down. New $w$?', answer: '[x, 2]'}
  - {id: grad, answer: '[diff(f, x), diff(f, y)]'}
  - {id: true, kind: choice, choices: {'true': it holds, 'false': it does not}, answer: 'true'}
"""

RIGHT = [
    ("z", "x + x = 2*x"),
    ("z", "z = x + x = 2*x"),
    ("exact", "19/117 ≈ 0.162"),
    ("exact", r"\frac{19}{117} \approx 0.162"),
    ("exact", "P(D|+) = 19/117"),
    ("exact", r"P(D \mid +) = \frac{19}{117}"),
    ("digits", "≈ 0.162"),
    ("digits", "~0.162"),
    ("digits", r"\approx 0.162"),
    ("digits", "19/117 ≈ 0.162"),
    ("slope", "s*(1 - s) where s = S(x)"),
    ("slope", r"s(1-s) \text{ with } s = S(x)"),
    ("count", "2*x + 1 linear pieces"),
    ("count", "$2x + 1$ pieces"),
    ("size8", "4*x bytes"),
    ("row", "[1 1 -3]"),
    ("row", "(1; 1; -3)"),
    ("grid", "[x 0; 1/2 x]"),
    ("grid", "x 0\n1/2 x"),
    ("interval", "]0, 1["),
    ("interval", r"(0, 1)"),
    ("where", "x in ]0, 1["),
    ("where", r"$x \in (0, 1)$"),
    ("det", "log|det J| = x + x = 2*x"),
    ("det", r"\det J = 2x"),
    ("dims", r"ABC ∈ ℝ^{2×3}"),
    ("mean", "V(1) = x, V(2) = 4/2 = 2"),
    ("named", "acc = 2/4 = 1/2, rec = 1/3"),
    ("few", "all except C"),
    ("few", "the sum, the mean"),
    ("steps", "cos(pi/2) = 0, so x*1 + x = x + x = 2*x"),
    ("steps", "x*(1 + \\cos(\\pi/2)) + x | the cosine is zero\n= x*1^{2} + x | at last\n= 2*x"),
    ("list", "x = x, z = x + x = 2*x"),
    ("list", "z = 2*x; x = x"),
    ("named", "rec = 1/3, acc = 1/2"),
    ("named", "Accuracy = 1/2, Recall = 1/3"),
    ("size", "s = 2*x"),
    ("terms", "u = 2*x"),
    ("new", "w = (x, 1) + (0, 1) = (x, 2)"),
    ("grad", r"\nabla f = (y^2, 2xy)"),
    ("grad", "∇f = [y^2, 2*x*y]"),
    ("grad", "df/dx = y^2, df/dy = 2*x*y"),
    ("grad", "f_x = y^2, f_y = 2*x*y"),
    ("grad", "f_x = y*y = y^2, f_y = 2*x*y"),
    ("grad", "df/dy = 2*x*y, df/dx = y^2"),
    ("grad", r"\frac{\partial f}{\partial x} = y^2, \frac{\partial f}{\partial y} = 2xy"),
    ("true", "T"),
    ("true", "yes"),
]
REFUSED = [
    ("exact", "≈ 0.162"),
    ("exact", "16.2%"),
    ("peak", "D ≈ 2*x"),
    ("size8", "4*x bits"),
    ("count", "2*x + 1 million"),
    ("count", "2*x + 1 holes"),
    ("where", "(0, 1)"),
    ("det", "det x = 2*x"),
    ("named", "acc = 2/3 = 1/2, rec = 1/3"),
    ("few", "all except D"),
    ("named", "precision = 1/2, recall = 1/3"),
    ("named", "accuracy = 1/2, accidents = 1/3"),
    ("size", "t = 2*x + q"),
    ("exact", "1 and 2"),
    ("z", "x + x = 3*x = 2*x"),
    ("true", "perhaps"),
]


@pytest.mark.parametrize(("part", "answer"), RIGHT)
def test_is_right(part: str, answer: str) -> None:
    assert check(parse_exercise(EXERCISE), {part: answer}).part(part).verdict == "equal"


@pytest.mark.parametrize(("part", "answer"), REFUSED)
def test_is_refused(part: str, answer: str) -> None:
    assert check(parse_exercise(EXERCISE), {part: answer}).part(part).verdict == "invalid"


def test_a_wrong_rounding_is_wrong_where_digits_are_asked_for() -> None:
    part = check(parse_exercise(EXERCISE), {"digits": "≈ 0.163"}).part("digits")
    assert part.verdict == "different"


def test_what_is_rounded_beside_an_exact_value_is_named_as_not_judged() -> None:
    part = check(parse_exercise(EXERCISE), {"exact": "19/117 ≈ 0.162"}).part("exact")
    assert any(line.startswith("Not judged: 0.162") for line in part.feedback)
