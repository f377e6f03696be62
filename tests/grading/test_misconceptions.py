"""Every pattern fires on its own example, and none of its forms there is the right answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from symderiv.exercise import parse_answers, parse_exercise
from symderiv.grading import PartReport, check
from symderiv.grading.misconceptions import BY_NAME, MISCONCEPTIONS, Example, Misconception
from symderiv.testing import check_misconception


@pytest.mark.parametrize("pattern", MISCONCEPTIONS, ids=lambda pattern: pattern.name)
def test_fires_on_its_example(pattern: Misconception) -> None:
    check_misconception(pattern)


def test_a_pattern_that_explains_nothing_fails() -> None:
    pattern = BY_NAME["transposed"]
    with pytest.raises(AssertionError, match="no form"):
        check_misconception(replace(pattern, example=Example(("x: real",), "x", "x + 1")))
    with pytest.raises(AssertionError, match="not proved different"):
        check_misconception(replace(pattern, example=Example(("A: symmetric(2)",), "A", "A.T")))


def test_every_name_is_in_the_docs() -> None:
    page = (Path(__file__).parents[2] / "docs" / "misconceptions.md").read_text()
    assert [name for name in BY_NAME if f"| `{name}` |" not in page] == []


@pytest.mark.parametrize("pattern", MISCONCEPTIONS, ids=lambda pattern: pattern.name)
def test_tells_what_is_wrong_and_never_the_answer(pattern: Misconception) -> None:
    assert pattern.example.right not in pattern.hint
    assert pattern.hint.endswith(".")


def test_names_are_distinct_and_every_file_is_listed() -> None:
    assert len(BY_NAME) == len(MISCONCEPTIONS) >= 25
    folder = Path(__file__).parents[2] / "symderiv" / "grading" / "misconceptions"
    files = {path.stem for path in folder.glob("*.py")} - {
        "__init__",
        "pattern",
        "rewriting",
        "closed_forms",
        "integers",
        "written_counts",
    }
    assert len(files) == len(MISCONCEPTIONS)


SIZE = """
id: size
let: {I: size, K: size, S: size, P: nonnegative integer}
assume: ['K <= I + 2*P']
parts:
  - {id: a, points: 2, answer: floor((I + 2*P - K)/S) + 1, credit: {floor-forgotten: 1}}
"""


def test_two_mistakes_at_once_are_both_named_and_earn_nothing() -> None:
    def report(answer: str) -> PartReport:
        answers = parse_answers(f"exercise: size\nanswers: {{a: '{answer}'}}\n")
        return check(parse_exercise(SIZE), answers).part("a")

    one, two = report("(I + 2*P - K)/S + 1"), report("(I + P - K)/S + 1")
    assert one.misconceptions == ("floor-forgotten",) and one.points == 1
    assert two.misconceptions == ("floor-forgotten", "padding-once") and two.points == 0
    assert report("7").misconceptions == ()
