"""A seed gives the same numbers everywhere, within the ranges and conditions."""

from __future__ import annotations

import pytest

from symderiv.errors import FileFaults
from symderiv.exercise import parse_exercise
from symderiv.expression.printing.text import to_text

TEXT = """
id: varied
let:
  A: [[1, 2], [3, 4]]
  s: 5
vary:
  draw: {A: -3..3, s: [2, 3]}
  where: ['A[0,0] != 0']
parts: [{id: a, answer: s*A}]
"""


def numbers(seed: int) -> tuple[str, str]:
    names = parse_exercise(TEXT, seed=seed).scope.names
    a, s = names["A"].definition, names["s"].definition
    assert a is not None and s is not None
    return to_text(a), to_text(s)


def test_one_seed_one_exercise() -> None:
    assert numbers(7) == numbers(7)
    assert len({numbers(seed) for seed in range(12)}) > 8


def test_the_numbers_of_a_seed_never_change() -> None:
    assert numbers(1) == ("[[-1, 1], [-3, 3]]", "3")


def test_conditions_and_choices_hold() -> None:
    for seed in range(12):
        a, s = numbers(seed)
        assert not a.startswith("[[0")
        assert s in ("2", "3")


def test_without_a_seed_the_numbers_are_those_of_the_file() -> None:
    definition = parse_exercise(TEXT).scope.names["A"].definition
    assert definition is not None and to_text(definition) == "[[1, 2], [3, 4]]"


def test_what_can_not_be_drawn_is_a_fault() -> None:
    with pytest.raises(FileFaults, match="no such name"):
        parse_exercise(TEXT.replace("A: -3..3", "B: -3..3"), seed=1)
    with pytest.raises(FileFaults, match="satisfies"):
        parse_exercise(TEXT.replace("A[0,0] != 0", "A[0,0] > 5"), seed=1)
