"""What a sheet says is given: names with their sets, and what is assumed of them."""

from __future__ import annotations

import pytest

from symderiv.exercise import parse_exercise
from symderiv.reports.sheets.given import given_lines


def said(let: str, assume: str = "", told: int | None = None) -> tuple[str, str]:
    """The lines in LaTeX and in text; of the first ``told`` names alone, if a number is given."""
    assumed = f"assume: [{assume}]\n" if assume else ""
    exercise = parse_exercise(f"id: e\nlet: {{{let}}}\n{assumed}parts: [{{id: a, answer: 1}}]\n")
    lines = given_lines(exercise, exercise.given[:told])
    return " ".join(line.latex for line in lines), " ".join(line.text for line in lines)


@pytest.mark.parametrize(
    ("kind", "latex", "text"),
    [
        ("real", r"\mathbb{R}", "ℝ"),
        ("positive", r"\mathbb{R}_{>0}", "ℝ>0"),
        ("nonnegative integer", r"\mathbb{Z}_{\ge 0}", "ℤ≥0"),
        ("positive integer", r"\mathbb{N}", "ℕ"),
        ("real > 1", r"\mathbb{R}_{>1}", "ℝ>1"),
        ("negative", r"\mathbb{R}_{<0}", "ℝ<0"),
        ("odd", r"2\mathbb{Z} + 1", "2ℤ + 1"),
        ("vector(2)", r"\mathbb{R}^{2}", "ℝ^(2)"),
    ],
)
def test_a_set_says_all_that_was_declared(kind: str, latex: str, text: str) -> None:
    assert said(f"x: {kind}") == (f"{{x \\in {latex}}}", f"x ∈ {text}")


def test_a_symmetric_matrix_is_called_so() -> None:
    latex, text = said("A: symmetric(3)")
    assert latex.endswith(r"A = A^{\top}}") and text.endswith("A = A.T")


def test_what_is_assumed_is_told_with_the_names_it_speaks_of() -> None:
    latex, text = said("p: real, k: size", "p > 0, p < 1, p < k")
    assert r"p \in (0, 1)" in latex and "p ∈ (0, 1)" in text
    assert "p > 0" not in text and "p < k" in text and "p < k" in latex
    assert "p < k" not in said("p: real, k: size", "p < k", told=1)[1]


def test_sizes_are_written_as_people_write_them() -> None:
    assert said("n: size, k: size, x: vector(n - k + 1)")[1].endswith("ℝ^(n - k + 1)")
