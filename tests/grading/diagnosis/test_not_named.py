"""Wrong answers that a pattern's formula fits, and its story doesn't: no name rather than a wrong one."""

from __future__ import annotations

import pytest

from symderiv.api import check
from symderiv.exercise import parse_exercise

EXERCISE = """
id: stories
let:
  a: nonnegative integer
  b: nonnegative integer
  c: nonnegative integer
  d: positive integer
  h: positive integer
  g: real in (0, 1)
  m: positive
  x: real
  y: real
parts:
  - {id: ratio, answer: 2*a/(2*a + b + c)}
  - {id: hinge, answer: '-max(0, m - x)'}
  - {id: number, answer: '[[1/2, 1/sqrt(6)], [1/sqrt(6), 1/3]]'}
  - {id: length, answer: sqrt(x^2 + y^2)}
  - {id: decay, answer: x*g^floor(a/d)}
  - {id: nothing, answer: a - a}
  - {id: zero, answer: 0, typed: a number}
  - {id: square, answer: 'diff(x^2, x)'}
  - {id: size, answer: a + 2*b - c + 1}
"""
NEVER = [
    ("ratio", "2*a/(a + b + c)", "padding-once"),
    ("hinge", "-1", "wrong-axes"),
    ("number", "[[1/2, 1/6], [1/6, 1/3]]", "variance-for-deviation"),
    ("length", "x^2 + y^2", "variance-for-deviation"),
    ("decay", "x*g^a", "stride-forgotten"),
    ("zero", "undefined", "inverted"),
    ("square", "x^2", "activation-for-derivative"),
]


@pytest.mark.parametrize(("part", "answer", "name"), NEVER)
def test_is_not_named(part: str, answer: str, name: str) -> None:
    report = check(parse_exercise(EXERCISE), {part: answer}).part(part)
    assert report.verdict == "different"
    assert name not in report.misconceptions


def test_padding_is_named_in_a_size() -> None:
    report = check(parse_exercise(EXERCISE), {"size": "a + b - c + 1"}).part("size")
    assert "padding-once" in report.misconceptions
