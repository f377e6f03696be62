"""A mistake that is named on the numbers of a file is named on other numbers too, or lint says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from symderiv.exercise import Exercise, load_exercise, parse_exercise
from symderiv.grading import lint
from symderiv.grading.authoring import other_numbers
from symderiv.grading.authoring.other_numbers import lint_on_other_numbers, with_other_numbers

BANK = Path(__file__).parents[3] / "exercises"

EXERCISE = """
id: turned
let:
  A: [[1, 2], [3, 5]]
VARY
parts:
  - id: a
    answer: A*A
    accept: ['[[7, 12], [18, 31]]', '[[7, 12], [18, 30 + 1]]', '[[6 + 1, 12], [18, 31]]']
    reject:
      - {answer: '[[7, 18], [12, 31]]', misconception: transposed}
      - {answer: '[[1, 4], [9, 25]]', misconception: elementwise-product}
      - {answer: '[[7, 12], [18, 32]]'}
"""


def exercise(vary: str = "") -> Exercise:
    return parse_exercise(EXERCISE.replace("VARY", vary))


def test_an_exercise_whose_mistakes_are_named_everywhere() -> None:
    assert lint(exercise()) == ()
    assert lint(exercise("vary: {draw: {A: 1..9}, where: ['A[0,1] != A[1,0]']}")) == ()


def test_the_other_numbers_are_always_the_same_and_not_those_of_the_file() -> None:
    first, second = (with_other_numbers(exercise()).scope.names["A"].definition for _ in range(2))
    assert first == second != exercise().scope.names["A"].definition


def test_a_draw_that_hides_a_mistake_is_an_error() -> None:
    found = [str(each) for each in lint(exercise("vary: {draw: {A: [4]}}")) if each.level == "error"]
    assert found and all("can't be told" in each for each in found)


def test_a_mistake_that_loses_its_name_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(other_numbers, "diagnose_each", lambda *_: ())
    assert any("isn't named" in str(each) for each in lint_on_other_numbers(exercise()))


@pytest.mark.parametrize("name", ["convolution-modes", "conv2d-kernel-gradient"])
def test_a_seed_gives_one_exercise(name: str) -> None:
    first, again, other = (load_exercise(BANK / f"{name}.yaml", seed=seed) for seed in (4, 4, 5))
    drawn = [[(v.name, v.definition, v.value) for v in each.given] for each in (first, again, other)]
    assert drawn[0] == drawn[1] != drawn[2]
