"""Several statements in one answer: which of them is judged, and what the report says of the others."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path

import pytest

from symderiv.exercise import Exercise, Formula, load_exercise, parse_exercise
from symderiv.exercise.written.statements import asked_statement, conclusion, equivalents
from symderiv.grading.checking import judge
from symderiv.grading.judgement import Judgement

BANK = Path(__file__).parents[3] / "exercises"


@cache
def bank(name: str) -> Exercise:
    return load_exercise(BANK / f"{name}.yaml")


JUDGED = [
    ("transposed-convolution", "transposed-height", r"H=S(H'-1)-2P+K+P';\ P'=H-S(H'-1)+2P-K", "equal"),
    ("transposed-convolution", "transposed-height", r"H=S(H'-1)-2P+K+P',\quad 0\le P'<S", "equal"),
    ("transposed-convolution", "transposed-height", r"H=S(H'-1)-2P+K+P',\quad P'<1", "different"),
    ("average-pooling-as-convolution", "filter", r"w_{xyzu}=\frac{\delta_{xy}}{k^2},\quad C=n", "equal"),
    ("softmax-parameters", "many", r"y_i=x_{i+1}-x_1,\ i=1..K-1\ (\text{shifted by }c=-x_1)", "equal"),
    ("softmax-parameters", "many", r"y_i=x_{i+1}+x_1,\ i=1..K-1", "different"),
    ("separable-convolution", "when-it-saves", r"(N-1)(K^2-1)>1\iff N\ge2,\ K\ge2", "equal"),
    ("separable-convolution", "when-it-saves", r"(N-1)(K^2-1)>1\iff N\ge2", "different"),
    ("conv2d-kernel-gradient", "iv", r"\mathcal L=H_{10}+2H_{20}\ (+\text{const})", "equal"),
    (
        "pooling-by-powers",
        "express",
        r"\text{Max}=\lim_{p\to\infty}L(p),\ \text{Avg}=\frac1{|S|}L(1)",
        "equal",
    ),
    ("pooling-by-powers", "express", r"\text{Max}=L(1),\ \text{Avg}=\frac1{|S|}L(1)", "different"),
    ("pooling-by-powers", "express", r"\max=\lim_{p\to\infty}L(S,p),\ \mathrm{avg}=L(S,1)/n", "invalid"),
    ("grey-filter", "filter", r"w=(0.299,\,0.587,\,0.114)\in\mathbb R^{1\times3\times1\times1}", "equal"),
]


@pytest.mark.parametrize(("name", "part", "answer", "verdict"), JUDGED, ids=[row[2] for row in JUDGED])
def test_the_asked_statement_is_judged(name: str, part: str, answer: str, verdict: str) -> None:
    question = bank(name).question(part)
    assert question is not None
    assert judge(question, Formula(answer, "latex")).verdict == verdict


def test_a_report_names_what_nobody_judged() -> None:
    question = bank("transposed-convolution").question("transposed-height")
    assert question is not None
    answer = Formula(r"H=S(H'-1)-2P+K+P' \text{ (as in the lecture)};\ P'=H", "latex")
    assert judge(question, answer).left_out == ("P'=H", "(as in the lecture)")


def test_of_an_implication_the_conclusion_is_the_answer() -> None:
    last, steps = conclusion(Formula(r"a = b \Rightarrow c"))
    assert last.text == "c" and [step.text for step in steps] == ["a = b"]
    assert conclusion(Formula("a = b"))[1] == ()
    assert [each.text for each in equivalents(Formula(r"x > 0 \iff y > 0"))] == ["x > 0", "y > 0"]


def test_statements_about_one_name_stay_together() -> None:
    answer = Formula("w_1 = [1, 0], w_2 = [0, 1]; Y = 3")
    kept, others = asked_statement(answer, lambda left: left.text.startswith("w"))
    assert kept.text == "w_1 = [1, 0], w_2 = [0, 1]" and [each.text for each in others] == ["Y = 3"]
    assert asked_statement(answer, lambda left: False) == (answer, ())


def judged_condition(key: str, text: str) -> Judgement:
    question = parse_exercise(
        f"id: t\nlet: {{x: real, y: real}}\nparts: [{{id: a, ask: When?, answer: '{key}'}}]"
    ).question("a")
    assert question is not None
    return judge(question, Formula(text))


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("x == 1 or x == -1", "x = 1, x = -1"),
        ("x == 1 or x == -1", r"$x = 1, x = -1$"),
        ("x > 1 or x < -1", "x > 1, x < -1"),
        ("x > 1 or x < -1", "x < -1, 1 < x"),
        ("x > 1 or x < -1", r"$x > 1,\ -1 > x$"),
        ("x == y or x == -y", "x = y, x = -y"),
    ],
)
def test_a_comma_between_statements_about_the_same_is_refused(key: str, text: str) -> None:
    judgement = judged_condition(key, text)
    assert judgement.verdict == "invalid" and "'and', or 'or'" in str(judgement)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("x = 1, y > 0", "equal"), ("x = 1, y < 0", "different"), ("x == 1 and y > 0", "equal")],
)
def test_a_comma_between_statements_about_two_names_is_and(text: str, verdict: str) -> None:
    assert judged_condition("x == 1 and y > 0", text).verdict == verdict


LONG = {
    "chain": lambda n: "a = " * (n // 4) + "x",
    "decimals": lambda n: "0,5; " * (n // 5),
    "headings": lambda n: "x: " * (n // 3),
}


@pytest.mark.parametrize("kind", LONG)
def test_four_times_the_answer_takes_no_sixteen_times_as_long(kind: str) -> None:
    question = parse_exercise("id: e\nlet: {x: real}\nparts: [{id: a, answer: '[x, 2]'}]\n").question("a")
    assert question is not None
    spent = []
    for size in (4_000, 16_000):
        runs = []
        for _ in range(2):
            begun = time.thread_time()
            judge(question, Formula(LONG[kind](size)))
            runs.append(time.thread_time() - begun)
        spent.append(min(runs))
    assert spent[1] < 10 * spent[0] + 0.05, spent


def test_hundreds_of_blanks_are_refused() -> None:
    question = parse_exercise("id: e\nlet: {x: real}\nparts: [{id: a, answer: '[x, 2]'}]\n").question("a")
    assert question is not None
    for answer in ("(x" + " " * 20_000 + ", 2)", " " * 20_000 + "2*x", "4/9 (≈" + "\n" * 20_000 + "x"):
        assert judge(question, Formula(answer)).verdict == "invalid"
    assert judge(question, Formula("(x" + " " * 200 + ", 2)")).verdict == "equal"
