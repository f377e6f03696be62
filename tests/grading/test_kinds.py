"""Each kind of part on answers right, wrong, undecidable and unreadable."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv import api
from symderiv.exercise import parse_answers, parse_exercise
from symderiv.grading import PartReport, check, lint

EXERCISE = """
id: kinds
let:
  x: real
  n: size
  y: vector(2)
  X: [[1, 2], [3, 4]]
  f: function
parts:
  - {id: e, points: 4, answer: X*X, credit: {transposed: 1, entries: 2}}
  - {id: follow, points: 2, answer: 2*(X*X), follows: [e]}
  - {id: number, answer: n + 1}
  - {id: digits, answer: exp(1), digits: 2}
  - {id: everywhere, answer: x/x, scope: everywhere}
  - {id: kink, answer: 'diff(x*abs(x), x)', scope: everywhere}
  - {id: strict, answer: '[1, 2]', shape: strict}
  - {id: zeros, answer: 'jacobian(X, y)'}
  - {id: strictzeros, answer: 'jacobian(X, y)', shape: strict}
  - {id: listedzeros, answer: '[0, 0]'}
  - {id: entry, entry: {i: n, j: n}, answer: 'delta(i, j)*2'}
  - {id: c, kind: construct, find: {L: real}, where: ['gradient(L, y) == [1, 2]']}
  - {id: two, kind: construct, find: {a: real, b: real}, where: ['a + b == 3', 'a > b']}
  - {id: s, kind: steps, points: 2, steps: {from: (x + 1)**2, to: x**2 + 2*x + 1}}
  - {id: slope, kind: steps, points: 2, steps: {from: 'diff(log(1 + exp(x)), x)', to: 1/(1 + exp(-x))}}
  - {id: o, kind: order, answer: n**2 + 3*n}
  - {id: ch, kind: choice, choices: {a: first, b: second, c: third}, answer: [a, c]}
  - {id: t, kind: text}
  - {id: p, kind: program, inputs: [x], calls: {g: 1, h: 1}, returns: 'h(g(x))'}
"""


def judged(part: str, answer: str) -> PartReport:
    exercise = parse_exercise(EXERCISE)
    quoted = answer.replace("'", "''")
    value = f"|\n    {answer.replace(chr(10), chr(10) + '    ')}" if "\n" in answer else f"'{quoted}'"
    return check(exercise, parse_answers(f"exercise: kinds\nanswers:\n  {part}: {value}\n")).part(part)


CASES = [
    ("e", "[[7, 10], [15, 22]]", "equal"),
    ("e", "[[7, 15], [10, 22]]", "different"),
    ("e", "[[7, 10], [15, 22]", "invalid"),
    ("e", "[[1, 2], [3, 4]] * [[1, 2, 3]]", "invalid"),
    ("slope", r"\frac{d}{dx}\ln(e^x + 1) = \frac{e^x}{1 + e^x} = \frac{1}{1 + e^{-x}}", "equal"),
    ("slope", r"\frac{d}{dx}\ln(e^{2x} + 1) = \frac{e^x}{1 + e^x} = \frac{1}{1 + e^{-x}}", "different"),
    ("zeros", "0", "equal"),
    ("zeros", "zeros(4, 2)", "equal"),
    ("zeros", "1", "different"),
    ("strictzeros", "0", "different"),
    ("listedzeros", "0", "different"),
    ("e", "0", "different"),
    ("number", "n + 1, n > 2", "different"),
    ("number", "n + 1, n > 0", "equal"),
    ("number", "(n + 1, 7)", "different"),
    ("digits", "2.72", "equal"),
    ("digits", "2.71", "different"),
    ("digits", "2.7182818", "equal"),
    ("everywhere", "x**2/x**2", "equal"),
    ("everywhere", "1", "different"),
    ("kink", "2*abs(x)", "equal"),
    ("kink", "2*x*sign(x) + delta(x, 0)", "different"),
    ("strict", "[1, 2]", "equal"),
    ("strict", "[[1, 2]]", "different"),
    ("entry", "2*delta(j, i)", "equal"),
    ("entry", "2", "different"),
    ("c", "y[0] + 2*y[1] + 7", "equal"),
    ("c", "{L: 2*y[1] + y[0]}", "equal"),
    ("c", "L = y[0] + 2*y[1]", "equal"),
    ("c", "$L = y_0 + 2 y_1$", "equal"),
    ("c", "y[0]*y[1]", "different"),
    ("c", "[y[0], y[1]]", "different"),
    ("two", "{a: 2, b: 1}", "equal"),
    ("two", "{a: 1, b: 2}", "different"),
    ("two", "2", "invalid"),
    ("two", "{a: 2}", "invalid"),
    ("s", "(x+1)*(x+1) = x**2 + x + x + 1 = x**2 + 2*x + 1", "equal"),
    ("s", "(x+1)**2 = x**2 + 2*x + 1", "equal"),
    ("s", "(x+1)**2 = x**2 + 1 = x**2 + 2*x + 1", "different"),
    ("s", "(x+1)**2 = (x+1)*(x+1)", "undecided"),
    ("s", "x**2 + 2*x + 1", "equal"),
    ("o", "O(n^2)", "equal"),
    ("o", "5*n^2 + n", "equal"),
    ("o", "O(n^3)", "different"),
    ("o", "O(n)", "different"),
    ("ch", "[c, a]", "equal"),
    ("ch", "third, first", "equal"),
    ("ch", "a", "different"),
    ("ch", "d", "invalid"),
    ("t", "because", "manual"),
    ("p", "return h(g(x))", "equal"),
    ("p", "a = g(x)\nreturn h(a)", "equal"),
    ("p", "return g(h(x))", "different"),
    ("p", "a = g(x); b = g(x); return h(b)", "different"),
    ("p", "J = h(g(x))", "equal"),
    ("p", "a = g(x)", "different"),
    ("p", "a = g(x)\nb = h(a)", "invalid"),
]


@pytest.mark.parametrize(("part", "answer", "verdict"), CASES)
def test_verdict(part: str, answer: str, verdict: str) -> None:
    assert judged(part, answer).verdict == verdict


def test_marks_for_entries_and_misconceptions() -> None:
    assert judged("e", "[[7, 10], [15, 23]]").points == Fraction(3, 2)
    turned = judged("e", "[[7, 15], [10, 22]]")
    assert turned.misconceptions == ("transposed",)
    assert turned.points == Fraction(1)


def test_a_wrong_entry_is_named_and_the_answer_never() -> None:
    told = " ".join(judged("e", "[[7, 10], [15, 23]]").feedback)
    assert "[1, 1]" in told
    assert "22" not in told


def test_a_formula_alone_earns_half_of_a_proof() -> None:
    assert judged("s", "x**2 + 2*x + 1").points == Fraction(1)
    assert judged("s", "(x+1)**2 = x**2 + 2*x + 1").points == Fraction(1)
    assert judged("s", "(x+1)**2 = (x+1)*(x+1) = x**2 + 2*x + 1").points == Fraction(2)


def test_the_first_wrong_line_is_named() -> None:
    told = " ".join(judged("s", "(x+1)**2 = (x+1)*(x+1) = x**2 + 1 = x**2 + 2*x + 1").feedback)
    assert "Line 3" in told


def check_two(first: str, second: str) -> PartReport:
    answers = parse_answers(f"exercise: kinds\nanswers:\n  e: {first}\n  follow: {second}\n")
    return check(parse_exercise(EXERCISE), answers).part("follow")


def test_an_error_is_carried_forward() -> None:
    carried = check_two("[[7, 10], [15, 23]]", "[[14, 20], [30, 46]]")
    assert (carried.verdict, carried.points) == ("different", Fraction(2))
    assert any("follows" in line for line in carried.feedback)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("[[0, 0], [0, 0]]", "[[0, 0], [0, 0]]"),
        ("[1, 2]", "[2, 4]"),
        ("[[7, 10], [15, 22]]", "[[14, 20], [30, 46]]"),
        ("[[7, 10], [15, 23]]", "[[14, 20], [30, 47]]"),
    ],
    ids=["trivial", "another shape", "right before", "wrong again"],
)
def test_what_is_not_carried_forward(first: str, second: str) -> None:
    assert check_two(first, second).points == 0


def test_an_unreadable_part_is_placed_in_the_answer_file() -> None:
    answers = parse_answers("exercise: kinds\nanswers:\n  e: '[[1, 2], [3, q]]'\n", "mine.yaml")
    part = check(parse_exercise(EXERCISE), answers).part("e")
    assert part.verdict == "invalid"
    assert part.error is not None and str(part.error.place) == "mine.yaml:3:20"
    assert "^" in part.feedback[0]


def test_the_place_of_an_error_behind_a_name() -> None:
    answers = parse_answers("exercise: kinds\nanswers:\n  e: 'X2 = [[1, 2], [3, q]]'\n", "mine.yaml")
    part = check(parse_exercise(EXERCISE), answers).part("e")
    assert part.error is not None and str(part.error.place) == "mine.yaml:3:25"


def test_the_json_of_a_check() -> None:
    report = check(
        parse_exercise(EXERCISE), parse_answers("exercise: kinds\nstudent: '7'\nanswers: {e: 3}\n")
    )
    found = report.as_json()
    assert (found["exercise"], found["student"], found["points"]) == ("kinds", "7", 0)
    assert found["parts"][1]["verdict"] == "missing"
    assert set(found["parts"][0]) >= {
        "id",
        "verdict",
        "points",
        "out_of",
        "feedback",
        "misconceptions",
        "read",
        "witness",
    }
    assert report.anything_wrong and not report.all_right


@pytest.mark.parametrize(("level", "count"), [("none", 0), ("verdict", 1), ("hint", 2), ("full", 4)])
def test_feedback_levels(level: str, count: int) -> None:
    exercise = parse_exercise(
        f"id: e\nfeedback: {level}\nlet: {{X: [[1, 2], [3, 4]]}}\nparts: [{{id: a, answer: 2*X}}]"
    )
    part = check(exercise, parse_answers("exercise: e\nanswers: {a: [[2, 4], [6, 9]]}")).part("a")
    assert len(part.feedback) == count
    assert ("8" in " ".join(part.feedback)) == (level == "full")


def test_a_key_without_a_meaning_is_no_students_fault() -> None:
    let = "let: {A: 'matrix(n, n)', b: vector(n)}"
    exercise = parse_exercise(f"id: e\n{let}\nparts:\n  - {{id: a, answer: A^(1/2)*b, typed: solved}}\n")
    part = check(exercise, parse_answers("exercise: e\nanswers: {a: A*b}\n")).parts[0]
    assert part.verdict == "undecided"
    findings = lint(exercise)
    assert any("the key has no meaning" in finding.message and finding.part == "a" for finding in findings)


def test_another_shape_is_told() -> None:
    exercise = parse_exercise("id: e\nlet: {x: vector(3)}\nparts:\n  - {id: a, answer: 2*x}\n")
    part = check(exercise, parse_answers("exercise: e\nanswers: {a: 7}\n")).parts[0]
    assert "The shape is another one than asked for: it is a single number." in part.feedback


LONG = [
    ("ch", "a, " * 30_000),
    ("ch", "a" * 90_000),
    ("s", "⇒ x " * 20_000),
    ("s", "x" + ", hence x" * 10_000),
    ("p", "lambda x, " * 200 + "x"),
    ("p", "x" * 90_000),
]


@pytest.mark.parametrize(("part", "said"), LONG, ids=[f"{part}-{said[:4]}" for part, said in LONG])
def test_what_nobody_would_write_is_refused_without_being_taken_apart(part: str, said: str) -> None:
    assert judged(part, said).verdict == "invalid"


ROUNDED = parse_exercise("""
id: rounded
let: {x: real}
parts:
  - {id: vector, points: 3, answer: '[1/3, 2/3, sqrt(2)]', digits: 3, credit: {entries: 3}}
  - {id: named, answer: '{mean: 4, std: sqrt(5)}', digits: 3}
  - {id: set, answer: '{sqrt(2), -sqrt(2)}', digits: 3}
  - {id: letters, answer: '{sqrt(2)*x, -sqrt(2)*x}', digits: 3}
  - {id: strict, answer: '[1/3, 2/3]', digits: 2, shape: strict}
""")


@pytest.mark.parametrize(
    ("part", "answer", "verdict", "points"),
    [
        ("vector", "[[0.333], [0.667], [1.414]]", "equal", 3),
        ("vector", "[0.333, 0.667, 1.415]", "different", 2),
        ("named", "mean = 4, std = 2.236", "equal", 1),
        ("named", "mean = 4, std = 2.24", "different", 0),
        ("set", "±1.414", "equal", 1),
        ("set", "1.414", "different", 0),
        ("set", "1.414, -1.414, 0.001", "different", 0),
        ("letters", "1.414*x, -1.414*x", "undecided", 0),
        ("strict", "[[0.33], [0.67]]", "different", 0),
    ],
)
def test_what_may_be_rounded_may_be_rounded_in_lists_too(
    part: str, answer: str, verdict: str, points: int
) -> None:
    report = api.check(ROUNDED, {part: answer}).part(part)
    assert (report.verdict, report.points) == (verdict, Fraction(points))


@pytest.mark.parametrize("answer", ["(0, 1)", "1", "[-1, 1]"])
def test_a_value_is_no_condition(answer: str) -> None:
    exercise = parse_exercise("id: c\nlet: {x: real}\nparts: [{id: a, answer: 'abs(x) < 1'}]\n")
    report = api.check(exercise, {"a": answer}).part("a")
    assert report.verdict == "invalid"
    assert "condition" in report.feedback[0]


STEPS = parse_exercise("""
id: steps
let: {x: real}
parts:
  - {id: shared, kind: steps, points: 3, credit: {steps: 3}, steps: {from: (x + 1)**2 - (x - 1)**2, to: 4*x}}
  - {id: whole, kind: steps, points: 3, steps: {from: (x + 1)**2 - (x - 1)**2, to: 4*x}}
""")
START = "(x+1)^2 - (x-1)^2"


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        (f"{START} = x^2 + 2x + 1 - (x^2 - 2x + 1) = x^2 + 2x + 1 - x^2 + 2x - 1 = 4x", 3),
        (f"{START} = x^2 + 2x + 1 - (x^2 - 2x + 1) = x^2 + 2x + 1 - x^2 - 2x + 1 = 4x", 1),
        (f"{START} = x^2 + 2x + 1 - (x^2 - 2x + 1) = x^2 + 2x + 1 - x^2 - 2x + 1 = 2", 2),
        (f"{START} = {START} = {START} = 3 = 4x", 0),
        ("3x", 0),
    ],
)
def test_steps_that_hold_may_be_worth_something(answer: str, points: int) -> None:
    report = api.check(STEPS, {"shared": answer, "whole": answer})
    assert report.part("shared").points == Fraction(points)
    assert report.part("whole").points == Fraction(3 if points == 3 else 0)


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [("σ(s - t)", "equal"), (r"\sigma(s - t)", "equal"), ("σ(t - s)", "different"), ("σ", "invalid")],
)
def test_where_a_sigmoid_is_allowed_sigma_is_one(answer: str, verdict: str) -> None:
    part = "answer: exp(s)/(exp(s) + exp(t)), allow: [sigmoid]"
    exercise = parse_exercise(f"id: g\nlet: {{s: real, t: real}}\nparts:\n  - {{id: a, {part}}}\n")
    assert api.check(exercise, {"a": answer}).part("a").verdict == verdict
