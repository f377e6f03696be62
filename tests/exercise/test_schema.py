"""Editors check files against the schema: what ships satisfies it, and usual slips don't."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from symderiv.exercise import schema
from symderiv.resources import folder

Json = dict[str, Any]

TYPES = {
    "string": str,
    "number": (int, float),
    "integer": int,
    "boolean": bool,
    "array": list,
    "object": dict,
}


def fits(value: Any, rule: Json, root: Json) -> bool:
    """As JSON Schema has it, as far as our schemas go; a keyword that isn't known here fails loudly."""
    if "$ref" in rule:
        return fits(value, root["$defs"][rule["$ref"].rpartition("/")[2]], root)
    return all(_keyword(name, said, value, rule, root) for name, said in rule.items())


def _keyword(name: str, said: Any, value: Any, rule: Json, root: Json) -> bool:
    match name:
        case "title" | "description" | "default" | "$schema" | "$defs":
            return True
        case "type":
            kinds = said if isinstance(said, list) else [said]
            return any(_is(value, kind) for kind in kinds)
        case "const":
            return bool(value == said)
        case "enum":
            return any(value == each and type(value) is type(each) for each in said)
        case "anyOf":
            return any(fits(value, each, root) for each in said)
        case "oneOf":
            return sum(fits(value, each, root) for each in said) == 1
        case "minimum" | "maximum":
            return not _is(value, "number") or (value >= said if name == "minimum" else value <= said)
        case "pattern":
            return not isinstance(value, str) or re.search(said, value) is not None
        case "minLength" | "maxLength":
            return not isinstance(value, str) or (
                len(value) >= said if name == "minLength" else len(value) <= said
            )
        case "minItems":
            return not isinstance(value, list) or len(value) >= said
        case "items":
            return not isinstance(value, list) or all(fits(each, said, root) for each in value)
        case "minProperties":
            return not isinstance(value, dict) or len(value) >= said
        case "required":
            return not isinstance(value, dict) or set(said) <= set(value)
        case "propertyNames":
            return not isinstance(value, dict) or all(fits(key, said, root) for key in value)
        case "properties":
            return not isinstance(value, dict) or all(
                fits(value[key], each, root) for key, each in said.items() if key in value
            )
        case "additionalProperties":
            others = set(value) - set(rule.get("properties", ())) if isinstance(value, dict) else set()
            return not others or (
                said if isinstance(said, bool) else all(fits(value[key], said, root) for key in others)
            )
    raise AssertionError(f"the keyword {name} isn't known to this test")


def _is(value: Any, kind: str) -> bool:
    if kind == "null":
        return value is None
    return isinstance(value, TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))  # type: ignore[arg-type]


EXERCISE, ANSWER = schema("exercise"), schema("answer")


@pytest.mark.parametrize("path", sorted(folder("exercises").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_exercise_that_ships_satisfies_the_schema(path: Path) -> None:
    assert fits(yaml.load(path.read_text(), yaml.CSafeLoader), EXERCISE, EXERCISE)


GOOD = "{id: a, ask: Q, points: 1/2, answer: x, allow: diff, reject: [{answer: y, misconception: sign}]}"


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        (f"{{id: e, title: 2024, index_from: 1, parts: [{GOOD}]}}", True),
        ("{id: e, parts: [{id: 1, kind: choice, choices: {a: A, 2: B}, answer: a}]}", True),
        (f"{{id: e, tittle: T, parts: [{GOOD}]}}", False),
        (f"{{id: My Exercise, parts: [{GOOD}]}}", False),
        (f"{{id: e, index_from: 2, parts: [{GOOD}]}}", False),
        (f"{{id: e, layout: numerators, parts: [{GOOD}]}}", False),
        ("{id: e, parts: []}", False),
        ("{id: e, parts: [{id: a, answr: x}]}", False),
        ("{id: e, parts: [{id: a, answer: x, points: two}]}", False),
        ("{id: e, parts: [{id: a, answer: x, points: -1}]}", False),
        ("{id: e, parts: [{id: a, answer: x, kind: expresion}]}", False),
        ("{id: e, parts: [{id: a, answer: x, credit: [transposed]}]}", False),
        ("{id: e, parts: [{id: a, answer: x, reject: [{answer: y, misconceptions: sign}]}]}", False),
        ("{id: e, parts: [{id: a, kind: choice, choices: 'a, b', answer: a}]}", False),
    ],
)
def test_usual_slips_in_exercises_are_underlined(text: str, fine: bool) -> None:
    assert fits(yaml.safe_load(text), EXERCISE, EXERCISE) is fine


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        (
            "{exercise: e, student: 4711, seed: 3, answers: {1: 2, b: [x], c: {latex: x}, d: null, e: true}}",
            True,
        ),
        ("{exercise: e, studnt: '1', answers: {a: x}}", False),
        ("{exercise: e, seed: one, answers: {a: x}}", False),
        ("{answers: {a: x}}", False),
        ("{exercise: e, answers: [x]}", False),
    ],
)
def test_usual_slips_in_answers_are_underlined(text: str, fine: bool) -> None:
    assert fits(yaml.safe_load(text), ANSWER, ANSWER) is fine
