"""Shapes and lists as people write them, read only where the key asks for them."""

from __future__ import annotations

import pytest

from symderiv.api import check
from symderiv.exercise import parse_exercise

EXERCISE = r"""
id: shapes
let:
  n: size
  m: size
  k: size
  X: tensor(n, m, k)
  v: vector(400)
parts:
  - {id: one, answer: '(n, m - k + 1)'}
  - {id: two, answer: '[(n, m), (3, 3)]'}
  - {id: patch, answer: '(n, 9, k)'}
  - {id: flat, answer: shape(v)}
  - {id: named, answer: '{a: 1, b: -2}'}
  - {id: list, answer: '[3, 4]'}
  - {id: map, answer: '{H: (n, m), Y: (m, k)}'}
  - {id: set, answer: '{(5 + sqrt(33))/2, (5 - sqrt(33))/2}', typed: a set}
  - {id: both, answer: 'n == 1 and m >= 2'}
"""

RIGHT = [
    ("one", "n × (m - k + 1)"),
    ("one", "n x (m-k+1)"),
    ("one", "n × m - k + 1"),
    ("one", r"$n \times (m-k+1)$"),
    ("two", "n×m, 3×3"),
    ("two", r"n \times m,\ 3 \times 3"),
    ("two", "n×m and 3x3"),
    ("two", "[n x m, 3 x 3]"),
    ("two", "[(n×m), (3×3)]"),
    ("patch", "(n, 3×3, k)"),
    ("named", "a = 1 and b = -2"),
    ("named", r"$a = 1$, $b = -2$"),
    ("list", "3 and 4"),
    ("list", "$3$, $4$"),
    ("map", r"H \in \mathbb{R}^{n \times m}, Y \in \mathbb{R}^{m \times k}"),
    ("map", "H ∈ R^(n×m), Y ∈ R^(m×k)"),
    ("set", r"\frac{5 \pm \sqrt{33}}{2}"),
    ("set", "(5 - √33)/2, (5 + √33)/2"),
    ("set", r"\lambda_{1,2} = \frac{5 \pm \sqrt{33}}{2}"),
    ("both", "n = 1, m >= 2"),
    ("both", "$n = 1$ and $m \\ge 2$"),
]


@pytest.mark.parametrize(("part", "answer"), RIGHT)
def test_is_read_as_it_is_meant(part: str, answer: str) -> None:
    assert check(parse_exercise(EXERCISE), {part: answer}).part(part).verdict == "equal"


@pytest.mark.parametrize(
    ("part", "answer"),
    [("two", "m×n, 3×3"), ("patch", "(n, 3×k, 3)"), ("one", "n×m"), ("set", "(5 + √33)/2")],
)
def test_another_shape_is_wrong(part: str, answer: str) -> None:
    assert check(parse_exercise(EXERCISE), {part: answer}).part(part).verdict == "different"


def test_of_one_axis_a_product_and_a_shape_are_told_apart_by_nobody() -> None:
    part = check(parse_exercise(EXERCISE), {"flat": "16×5×5"}).part("flat")
    assert part.verdict == "invalid" and "or the product" in part.feedback[0]
