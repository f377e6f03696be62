"""Every pattern fires on its own example, and none of its forms there is the right answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from symderiv.derivation import meaning, read_given
from symderiv.equality import decide
from symderiv.equality.verdict import Different, Equal
from symderiv.errors import SymderivError
from symderiv.expression.tree import Expr
from symderiv.grading.diagnosis import forms
from symderiv.grading.misconceptions import BY_NAME, MISCONCEPTIONS, Misconception
from symderiv.language import read


def trees(pattern: Misconception) -> tuple[Expr, Expr]:
    scope = read_given(pattern.example.given, strict=True).scope
    return read(pattern.example.right, scope), read(pattern.example.wrong, scope)


def is_equal(wrong: Expr, form: Expr, policy: str) -> bool:
    try:
        return isinstance(decide(meaning(wrong), meaning(form), policy=policy), Equal)
    except SymderivError:
        return False


@pytest.mark.parametrize("pattern", MISCONCEPTIONS, ids=lambda pattern: pattern.name)
def test_fires_on_its_example(pattern: Misconception) -> None:
    right, wrong = trees(pattern)
    assert isinstance(decide(meaning(wrong), meaning(right), policy=pattern.example.policy), Different)
    assert any(is_equal(wrong, form, pattern.example.policy) for form in forms(pattern, right))


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
    }
    assert len(files) == len(MISCONCEPTIONS)
