"""Of the misconceptions that explain an answer, a student is told the plainest."""

from __future__ import annotations

import pytest

from symderiv.api import check
from symderiv.exercise import parse_exercise

EXERCISE = parse_exercise("""
id: told
let: {a: positive, b: positive, x: real, n: size, p: size, k: size}
parts:
  - {id: entropy, answer: -log(1/4)}
  - {id: ratio, answer: a/b}
  - {id: difference, answer: a*x - b}
  - {id: share, answer: 2*a/(2*a + b)}
  - {id: shrunk, answer: x/(1 + a)}
  - {id: length, answer: n + 2*p - k + 1}
  - {id: zero, answer: '0'}
  - {id: fraction, answer: 4/9}
""")
SIGN, INVERTED = "A sign is wrong.", "A ratio is upside down."
ROWS = [
    ("entropy", "log(1/4)", {SIGN}),
    ("ratio", "b/a", {INVERTED}),
    ("difference", "b - a*x", {SIGN}),
    ("shrunk", "x/a", {"A term is missing: a bias, or another summand."}),
    ("zero", "1", set()),
    ("fraction", "0.4", set()),
    ("fraction", "1/2", set()),
    (
        "length",
        "n + 2*p - k",
        {"A + 1 is missing: from a to b there are b - a + 1 positions, and each filter has one bias."},
    ),
    (
        "length",
        "n + p - k + 1",
        {"Padding is added on both sides: here it is counted once, or not at all."},
    ),
]


@pytest.mark.parametrize(("part", "answer", "hints"), ROWS)
def test_the_plainest_is_told(part: str, answer: str, hints: set[str]) -> None:
    said = check(EXERCISE, {part: answer}).part(part)
    assert said.verdict == "different"
    assert {line for line in said.feedback if line != "Wrong."} == hints


def test_a_two_in_a_share_is_no_padding() -> None:
    assert "padding-once" not in check(EXERCISE, {"share": "a/(a + b)"}).part("share").misconceptions


def test_the_report_names_all_of_them() -> None:
    named = check(EXERCISE, {"entropy": "log(1/4)"}).part("entropy").misconceptions
    assert {"sign", "inverted"} <= set(named)


def test_a_number_that_is_one_off_is_told_once() -> None:
    exercise = parse_exercise(
        "id: size\nlet: {n: positive integer = 32}\nparts:\n"
        "  - {id: out, answer: 'floor((n + 4 - 5)/2) + 1'}\n"
        "  - {id: all, answer: '3*(floor((n + 4 - 5)/2) + 1)', follows: [out]}\n"
    )
    report = check(exercise, {"out": "17", "all": "51"})
    assert {"off-by-one", "rounded-up"} <= set(report.part("out").misconceptions)
    assert [line for line in report.part("out").feedback if "window" in line or "Off by one" in line] == [
        "Rounded in the wrong direction: a window that doesn't fit any more gives no output."
    ]
    assert report.part("all").feedback == ("Wrong.", "It follows from your answer to out: full marks.")
