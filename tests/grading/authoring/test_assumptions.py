"""Assumptions that hold nowhere together are named; those that hold somewhere are not."""

from __future__ import annotations

import pytest

from symderiv.errors import FileFaults
from symderiv.exercise import parse_exercise
from symderiv.grading.authoring.lint import lint

SHARED = (
    "id: e\nlet: {{n: size, x: real, y: real, z: vector(n)}}\nassume: {}\nparts: [{{id: a, answer: x}}]\n"
)
COMPLETED = """id: e
let: {n: size, x: vector(n)}
assume:
  - n > 1
  - 'x[i] != x[j]'
  - n > 2
parts: [{id: a, answer: n}]
"""
OF_PARTS = """
id: e
let: {x: real}
assume: ['x > 1']
parts:
  - {id: a, answer: x, assume: ['x < 2']}
  - {id: b, answer: x, assume: ['x < 1/2']}
"""


def errors(text: str) -> list[tuple[str, str]]:
    found = lint(parse_exercise(text))
    return [(each.part, each.message) for each in found if "can't hold" in each.message]


@pytest.mark.parametrize(
    ("assumed", "named"),
    [
        ("['x > 1', 'x < 0']", "x < 0"),
        ("['x > 1', 'y > x', 'y < 1']", "x < y"),
        ("['x == 0', 'x != 0']", "x != 0"),
        ("['n > 3', 'n < 3']", "n < 3"),
    ],
)
def test_what_holds_nowhere_together_is_named(assumed: str, named: str) -> None:
    ((where, message),) = errors(SHARED.format(assumed))
    assert where == "assume" and message.startswith(f"'{named}' can't hold")


@pytest.mark.parametrize(
    "assumed",
    [
        "['x > 1', 'x < 2']",
        "['x >= 0', 'x <= 0']",
        "['n > 2', 'n < 4']",
        "['sum(z) == 1']",
        "['x == y', 'y > 0']",
    ],
)
def test_what_holds_somewhere_is_not(assumed: str) -> None:
    assert not errors(SHARED.format(assumed))


def test_a_part_is_named_for_its_own() -> None:
    assert [where for where, _ in errors(OF_PARTS)] == ["b"]


def test_a_fault_is_told_where_it_is_completed() -> None:
    with pytest.raises(FileFaults) as caught:
        parse_exercise(COMPLETED)
    (fault,) = caught.value.faults
    assert fault.place is not None and fault.place.line == 5
