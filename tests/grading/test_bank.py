"""The bank proves its own examples, each exercise is valid, and every part of it says where it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from symderiv.exercise import Exercise, exercise_paths, load_exercise
from symderiv.grading import lint
from symderiv.grading.checking import judge

BANK = Path(__file__).parents[2] / "exercises"
PATHS = list(exercise_paths([BANK]))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_examples_are_judged_as_they_say(path: Path) -> None:
    errors = [str(finding) for finding in lint(load_exercise(path)) if finding.level == "error"]
    assert errors == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_an_exercise_is_self_contained(path: Path) -> None:
    exercise = load_exercise(path)
    assert exercise.id == path.stem
    assert exercise.title
    for question in exercise:
        assert question.part.ask and question.part.source and question.part.points > 0
        assert len(question.part.accept) >= 3 and len(question.part.reject) >= 3


def test_every_part_is_there_once() -> None:
    sources = [question.part.source for path in PATHS for question in load_exercise(path)]
    assert len(sources) == len(set(sources))


def test_few_keys_are_typed_and_each_says_why() -> None:
    typed = [q.part.source for path in PATHS for q in load_exercise(path) if getattr(q.part, "typed", "")]
    assert len(typed) <= 5


def without_examples(exercise: Exercise) -> Exercise:
    from dataclasses import replace

    bare = tuple(
        replace(question, part=question.part.model_copy(update={"accept": [], "reject": []}))
        for question in exercise
    )
    return replace(exercise, questions=bare)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_examples_are_tests_only(path: Path) -> None:
    """With every ``accept`` and ``reject`` deleted, each example is judged and named as it says."""
    exercise = load_exercise(path)
    for question, bare in zip(exercise, without_examples(exercise), strict=True):
        assert not bare.part.accept and not bare.part.reject
        for answer in question.part.accept:
            assert judge(bare, answer).verdict == "equal"
        for example in question.part.reject:
            judged = judge(bare, example.answer)
            assert judged.verdict == "different"
            assert set(example.misconception) <= set(judged.misconceptions)
