"""Keys that are no formulas are checked as far as they can be."""

from __future__ import annotations

import pytest

from symderiv.exercise import parse_exercise
from symderiv.grading import lint

FAULTS = {
    "kind: steps, steps: {from: (x+1)^2, to: x^2 + 1}": "no chain leads from the start to the goal: at x = 1",
    "kind: construct, find: {a: real}, where: ['a > 3'], answer: '2'": "the example object is different",
    "kind: order, answer: k^n": "other costs are left to a person",
    "kind: choice, choices: {a: one, b: two}, answer: c": "'c' is none of the choices",
    "kind: choice, choices: {a: one, b: two}, answer: a, choose: 2": "2 are to be chosen, 1 are right",
    "kind: program, inputs: [x], calls: {f: 1}, returns: f(f(x))": "the result takes 2 calls of f",
}
SOUND = (
    "kind: steps, steps: {from: (x+1)^2, to: x^2 + 2*x + 1}",
    "kind: construct, find: {a: real}, where: ['a > 3'], answer: '4'",
    "kind: construct, find: {a: real}, where: ['a > 3']",
    "kind: order, answer: n*log(n)",
    "kind: choice, choices: {a: one, b: two}, answer: [a, b], choose: 1",
    "kind: program, inputs: [x], calls: {f: 1}, returns: 'g(f(x)), f(x)', functions: [g]",
)


def findings(part: str) -> list[str]:
    exercise = parse_exercise(
        f"id: keys\nlet: {{x: real, n: size, k: size}}\nparts:\n  - {{id: p, {part}}}\n"
    )
    return [each.message for each in lint(exercise) if "examples" not in each.message]


@pytest.mark.parametrize("part", FAULTS, ids=range(len(FAULTS)))
def test_a_key_that_no_answer_meets_is_found(part: str) -> None:
    (found,) = findings(part)
    assert found.startswith(FAULTS[part])


@pytest.mark.parametrize("part", SOUND, ids=range(len(SOUND)))
def test_a_sound_key_is_left_alone(part: str) -> None:
    assert findings(part) == []
