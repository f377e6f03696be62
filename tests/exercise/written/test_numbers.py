"""Numbers as people type them, and words before them, where one number is asked for."""

from __future__ import annotations

import pytest

from symderiv.api import check
from symderiv.exercise import parse_exercise

EXERCISE = parse_exercise("""
id: numbers
let: {x: real, so: real}
parts:
  - {id: half, answer: 1/2}
  - {id: large, answer: '75497472'}
  - {id: mixed, answer: '1234.5'}
  - {id: rounded, answer: log(4), digits: 2}
  - {id: pair, answer: '[1, 2]'}
  - {id: two, answer: '2'}
  - {id: square, answer: x^2}
  - {id: pick, kind: choice, choices: {a: first, b: second}, answer: a}
""")

RIGHT = {
    "half": ["0,5", "0{,}5", "$0{,}50$", "1/2 = 0,5", ",5", "= 1/2"],
    "large": ["75,497,472", "75 497 472", r"75{,}497{,}472", "75.497.472", "75'497'472", "32x32x73728"],
    "mixed": ["1.234,5", "1,234.5", "1234,5", "1 234.5"],
    "rounded": ["1,39", "≈ 1,39", "ca. 1,39", "1,386294", r"\approx 1{,}39", "about 1.386"],
    "pair": ["1,2", "(1,2)", "1;2"],
    "two": [
        "Answer: $2$",
        "Therefore $2$.",
        "So 2",
        "**Answer:** $2$",
        "The answer is 2.",
        "Antwort: 2",
        "= 2",
    ],
    "square": ["Answer: x²", "hence $x^2$", "= x^2"],
    "pick": ["Answer: a", "The answer is a"],
}
REFUSED = {
    "half": ["0;5"],
    "rounded": ["1,386", r"1{,}386"],
    "two": ["The answer is not 2", "so 2", "2,000"],
}


@pytest.mark.parametrize(("part", "answer"), [(part, each) for part in RIGHT for each in RIGHT[part]])
def test_a_number_is_read_as_it_is_meant(part: str, answer: str) -> None:
    exercise = EXERCISE
    if (part, answer) == ("two", "So 2"):  # where so is no name
        exercise = parse_exercise("id: e\nparts: [{id: two, answer: '2'}]\n")
    assert check(exercise, {part: answer}).part(part).verdict == "equal"


@pytest.mark.parametrize(("part", "answer"), [(part, each) for part in REFUSED for each in REFUSED[part]])
def test_what_can_be_read_in_two_ways_is_refused(part: str, answer: str) -> None:
    assert check(EXERCISE, {part: answer}).part(part).verdict == "invalid"


UNITS = [
    ("The entropy in bits?", "2 bits", "equal"),
    ("The entropy in bits?", "2 bit.", "equal"),
    ("The entropy in bits?", r"2\text{ bits}", "equal"),
    ("The entropy in bits?", r"2\,\mathrm{bit}", "equal"),
    ("The entropy in bits?", "$2$ bits", "equal"),
    ("The entropy in bits?", "8/4 = 2 bits", "equal"),
    ("The entropy in bits?", "3 bits", "different"),
    ("The entropy in bits?", "2 nats", "invalid"),
    ("The entropy in bits?", r"2\text{ kbits}", "invalid"),
    ("The entropy?", "2 bits", "invalid"),
    ("In bits, and in nats?", "2 bits", "invalid"),
]


@pytest.mark.parametrize(("ask", "answer", "verdict"), UNITS)
def test_the_unit_that_is_asked_for(ask: str, answer: str, verdict: str) -> None:
    exercise = parse_exercise(f"id: e\nparts: [{{id: a, ask: '{ask}', answer: '2'}}]\n")
    assert check(exercise, {"a": answer}).part("a").verdict == verdict


CASES = parse_exercise(
    "id: e\nlet: {x: real, a: real}\nparts: [{id: step, answer: 1 if x > 0 else 0}, {id: a, answer: a}]\n"
)
TAILS = [
    ("step", "$1$ if $x>0$, $0$ otherwise", "equal"),
    ("step", "$1$ for $x>0$ and $0$ otherwise.", "equal"),
    ("step", "$1$ if $x>0$, $0$ sometimes", "invalid"),
    ("step", "1 (x>0), 0 (x<0)", "invalid"),
    ("a", "$a$ (by symmetry)", "equal"),
    ("a", "$a$ (see above).", "equal"),
    ("a", "$a$ (x)", "invalid"),
    ("a", "$a$ (times 2)", "invalid"),
    ("a", "$a$ squared", "invalid"),
    ("a", "$a$ nats", "invalid"),
]


@pytest.mark.parametrize(("part", "answer", "verdict"), TAILS)
def test_words_behind_dollars(part: str, answer: str, verdict: str) -> None:
    assert check(CASES, {part: answer}).part(part).verdict == verdict


def test_other_numbers_stay_wrong() -> None:
    for part, answer in (("half", "0,6"), ("large", "75,497,473"), ("rounded", "1,38"), ("pair", "1,3")):
        assert check(EXERCISE, {part: answer}).part(part).verdict == "different"


def test_a_declared_name_is_no_lead_in() -> None:
    assert check(EXERCISE, {"square": "so x^2"}).part("square").verdict == "different"
