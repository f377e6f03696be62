"""Lint on words that answers can't follow: where counting begins, open indices, keys."""

from __future__ import annotations

import pytest

from symderiv.exercise import parse_exercise
from symderiv.grading.authoring.lint import lint

COUNTS = "id: e\n{}let: {{n: size, x: vector(n)}}\nparts: [{{id: a, ask: '{}', answer: mean(x)}}]\n"


def said(text: str) -> str:
    return " ".join(finding.message for finding in lint(parse_exercise(text)))


@pytest.mark.parametrize("ask", ["of $x_1, \\dots, x_n$", "for i = 1, …, n", r"$\sum_{i=1}^n$", "x₁, …, xₙ"])
def test_words_that_count_from_one(ask: str) -> None:
    assert "index_from: 1" in said(COUNTS.format("", ask))
    assert "index_from: 1" not in said(COUNTS.format("index_from: 1\n", ask))


@pytest.mark.parametrize("ask", ["The mean?", "of $x_0, x_1, \\dots$", "with $n = 1$"])
def test_words_that_do_not(ask: str) -> None:
    assert "index_from: 1" not in said(COUNTS.format("", ask))


def test_an_open_index_in_a_key() -> None:
    text = "id: e\nlet: {n: size, x: vector(n), c: %s}\nparts: [{id: a, answer: x*delta(c, 0)}]\n"
    assert "leaves the index c open" in said(text % "index")
    assert "leaves the index" not in said(text % "nonnegative integer")


def test_a_key_that_gives_itself_away() -> None:
    text = "id: e\nlet: {x: real, y: exp(x)}\nparts: [{id: a, ask: '%s', answer: x}]\n"
    assert "whoever writes x is right" in said(text % "Solve for x, in terms of y.")
    assert "whoever writes x is right" not in said(text % "Which of the names grows?")


@pytest.mark.parametrize(("key", "is_told"), [("exp(x)", True), ("e + 1", False), ("sigmoid(x)", True)])
def test_an_e_beside_exponentials_is_told(key: str, is_told: bool) -> None:
    exercise = parse_exercise(f"id: shadow\nlet: {{e: real, x: real}}\nparts: [{{id: a, answer: {key}}}]\n")
    assert any("e is declared" in finding.message for finding in lint(exercise)) is is_told


def test_allowed_names_that_mean_nothing_are_told() -> None:
    text = (
        "id: names\nlet: {x: vector(3)}\nparts: [{id: a, answer: sum(x), allow: [conv2D, softmax, shape]}]\n"
    )
    told = said(text)
    assert "allow: 'conv2D' is no operation" in told and "conv2d?" in told
    assert "softmax" not in told and "shape" not in told


def test_a_notation_of_nothing_is_told() -> None:
    text = "id: looks\nlet: {w2: vector(3)}\nnotation: {%s: 'w^2'}\nparts: [{id: a, answer: sum(w2)}]\n"
    assert "'w_2' has a notation, and nothing is called so (did you mean w2?)" in said(text % "w_2")
    assert "nothing is called so" not in said(text % "w2")
