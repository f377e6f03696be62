"""What a student's own names stand for, said behind a comma or an *and*; words that no ``\\text`` marks."""

from __future__ import annotations

import pytest

from symderiv.api import check
from symderiv.exercise import parse_exercise

EXERCISE = parse_exercise(r"""
id: definitions
let:
  x: real
  a: positive
  v: vector(n)
  n: size
  k: index
  sigma: sigmoid
  f: real
  r: real
parts:
  - {id: swish, answer: sigmoid(x) + x*sigmoid(x)*(1 - sigmoid(x))}
  - {id: ratio, answer: 2*x/(x + a)^2}
  - {id: share, answer: 'v[k]/sum(v)', entry: {k: n}}
  - {id: cases, answer: a if x > 0 else 1}
  - {id: product, answer: a*f*r*x}
""")

READ = [
    ("swish", "s + x*s*(1-s), s = sigmoid(x)", "equal"),
    ("swish", r"s + xs(1-s),\quad s = \sigma(x)", "equal"),
    ("swish", r"s + xs(1-s) where s = \sigma(x)", "equal"),
    ("swish", r"$s + xs(1-s)$, $s = \sigma(x)$", "equal"),
    ("swish", r"s + xs(1-s),\quad s = \sigma(-x)", "different"),
    ("swish", "s + x*s*(1-s), s = sigmoid(-x)", "different"),
    ("ratio", "2*q/s, q = x/s, s = x + a", "equal"),
    ("ratio", "2*q/s where q = x/s and s = x + a", "equal"),
    ("ratio", r"\frac{2q}{s},\ s = x + a,\ q = \frac{x}{s}", "equal"),
    ("ratio", "2*q/s, q = x/s, s = x - a", "different"),
    ("share", r"\frac{v_k}{S},\quad S = \sum_j v_j", "equal"),
    ("share", r"\frac{v_k}{S},\quad S = \sum_j v_j^2", "different"),
    ("cases", "a for x > 0 and 1 otherwise", "equal"),
    ("cases", "a for x > 0 and 1 for x <= 0", "equal"),
    ("cases", "1 for x <= 0, and a otherwise", "equal"),
    ("cases", "a for x > 0 and a > 2, 1 otherwise", "different"),
    ("cases", r"a if x \gt 0, 1 otherwise", "equal"),
    ("cases", r"\begin{cases} a & if x > 0 \\ 1 & otherwise \end{cases}", "equal"),
    ("cases", r"1 for x \leq 0, and a for x > 0", "equal"),
    ("cases", "a for x > 0, 1 for x = 0 and 1 for x < 0", "equal"),
    ("product", r"a fr x", "equal"),
    ("product", r"a f r x", "equal"),
]


@pytest.mark.parametrize(("part", "answer", "verdict"), READ)
def test_is_read_as_it_is_meant(part: str, answer: str, verdict: str) -> None:
    assert check(EXERCISE, {part: answer}).part(part).verdict == verdict


@pytest.mark.parametrize(
    "answer",
    [
        r"2x,\quad q = x",  # says nothing of the value
        "2*x, q = 1",
        r"q\,x,\ q = q",
        "2*x = 3, y = 4",
    ],
)
def test_what_says_nothing_of_the_value_is_refused(answer: str) -> None:
    assert check(EXERCISE, {"ratio": answer}).part("ratio").verdict == "invalid"


def test_a_word_of_declared_letters_is_refused() -> None:
    exercise = parse_exercise(
        "id: e\nlet: {x: real, i: real, f: real}\nparts: [{id: a, answer: 1 if x > 0 else 0}]\n"
    )
    for answer in (r"\begin{cases} 1 & if x > 0 \\ 0 & otherwise \end{cases}", r"1 if x \gt 0, 0 otherwise"):
        said = check(exercise, {"a": answer}).part("a")
        assert said.verdict == "invalid" and "may be a word" in said.feedback[0]


def test_of_a_declared_name_it_is_a_condition() -> None:
    for answer in ("2*x, x = 1", r"2x,\quad x = 1"):
        said = check(EXERCISE, {"ratio": answer}).part("ratio")
        assert said.read is not None and said.read.text == "2*x if x == 1 else undefined"
