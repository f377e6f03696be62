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


READS = """
id: reads
let: {n: size, x: vector(n), i: index}
parts:
  - {id: a, answer: 'sum(x[i]*x[i+1], (i, 0, n-2))'}
"""


def test_what_reads_beyond_is_named_by_how_it_is_written() -> None:
    """It has no value, and so is equal to every wrong form that has none: a sign was said to be wrong."""
    exercise = parse_exercise(READS)
    once = check(exercise, {"a": "sum(x[i]*x[i+1], (i, 0, n-1))"}).part("a")
    assert (once.verdict, once.misconceptions) == ("different", ("off-by-one",))
    shifted = check(exercise, {"a": r"\sum_{i=1}^{n} x_i x_{i+1}"}).part("a")
    assert (shifted.verdict, shifted.misconceptions) == ("invalid", ())
    assert "indices count from 0 here" in shifted.feedback[0]
