"""Exercises from their text: names, facts, questions, what answers may use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import symderiv
from symderiv.errors import FileFaults, ReadError
from symderiv.exercise import (
    Exercise,
    Formula,
    find_asked,
    find_exercise,
    load_answers,
    parse_answers,
    parse_exercise,
    schema,
)
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Number
from symderiv.tensor import Tensor

TEXT = """
id: layer
let:
  n: size
  X: [[1, 2], [3, 4]]
  K: matrix(2, 2) = [[1, 0], [0, 1]]
  H: X*K
  sigma: function
  sp: sigma'
  S: softmax
  x: vector(n)
parts:
  - {id: a, answer: H}
  - {id: b, answer: 'jacobian(H, K)', allow: [conv2d]}
  - {id: c, answer: "sigma'(3)"}
"""


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    return parse_exercise(TEXT)


def test_names_are_declared_in_turn(exercise: Exercise) -> None:
    assert [variable.name for variable in exercise.given] == ["n", "X", "K", "H", "sigma", "sp", "x"]
    assert exercise.scope.names["H"].kind.shape == (Number(2), Number(2))


def read(exercise: Exercise, part: str, text: str) -> str:
    question = exercise.question(part)
    assert question is not None
    return to_text(question.read(Formula(text)))


@pytest.mark.parametrize("text", ["H", "conv2d(X, K)", "jacobian(X, X)", "diff(3, n)", "softmax(x)", "y"])
def test_what_an_answer_may_not_use(exercise: Exercise, text: str) -> None:
    with pytest.raises(ReadError):
        read(exercise, "a", text)


def test_what_an_answer_may_use(exercise: Exercise) -> None:
    assert read(exercise, "b", "H") == "H"
    assert read(exercise, "b", "conv2d(X, K)") == "conv2d(X, K)"
    assert read(exercise, "c", "sp(3)") == read(exercise, "c", "sigma'(3)")
    assert read(exercise, "a", "S(x)") == "softmax(x)"


def test_faults_of_the_mathematics_are_placed_and_come_at_once() -> None:
    text = TEXT.replace("answer: H}", "answer: Hh}").replace('"sigma\'(3)"', '"3 +"')
    with pytest.raises(FileFaults) as caught:
        parse_exercise(text)
    places = [fault.place for fault in caught.value.faults]
    assert [place.line for place in places if place] == [13, 15]
    assert "Hh" in caught.value.in_one_line()


def test_parts_of_one_name_and_parts_that_follow_nothing() -> None:
    with pytest.raises(FileFaults, match="two parts"):
        parse_exercise("id: e\nparts: [{id: a, answer: 1}, {id: a, answer: 2}]")
    with pytest.raises(FileFaults, match="follows 'z'"):
        parse_exercise("id: e\nparts: [{id: a, answer: 1, follows: [z]}]")


def test_the_denominator_layout_turns_jacobians() -> None:
    plain = parse_exercise(
        "id: e\nlet: {x: vector(2), y: '[x[0], 3*x[0], x[1]]'}\nparts: [{id: a, answer: 'jacobian(y, x)'}]"
    )
    turned = parse_exercise(
        "id: e\nlayout: denominator\n"
        "let: {x: vector(2), y: '[x[0], 3*x[0], x[1]]'}\nparts: [{id: a, answer: 'jacobian(y, x)'}]"
    )
    assert "denominator" not in to_text(plain.questions[0].key)
    assert "denominator" in to_text(turned.questions[0].key)


def test_an_exercise_is_found_by_its_id() -> None:
    assert find_exercise("conv2d-kernel-gradient").id == "conv2d-kernel-gradient"
    with pytest.raises(FileFaults, match="there is no exercise") as caught:
        find_exercise("conv2d-kernel-gradeint")
    assert "conv2d-kernel-gradient" in caught.value.in_one_line()
    with pytest.raises(FileFaults):
        find_exercise("../exercises/conv2d-kernel-gradient")


def test_an_answer_file_that_names_no_exercise_is_said(tmp_path: Path) -> None:
    file = tmp_path / "late.yaml"
    file.write_text("exercise: conv2d-kernel\nanswers:\n  a: 1\n")
    with pytest.raises(FileFaults) as caught:
        find_asked(load_answers(file))
    assert caught.value.in_one_line().startswith(f"{file}:1:1: there is no exercise 'conv2d-kernel'")


def test_the_schema_is_json() -> None:
    for which in ("exercise", "answer"):
        assert json.loads(json.dumps(schema(which)))["type"] == "object"


@pytest.mark.parametrize("nothing", ["", "''", '""', "'  '", "~", "null", "|\n    \n"])
def test_an_answer_in_which_nothing_is_written_is_none_and_the_others_count(nothing: str) -> None:
    answers = parse_answers(f"exercise: sum\nanswers:\n  a: {nothing}\n  b: 2\n").answers
    assert answers["a"] is None
    assert answers["b"] == Formula("2", node=answers["b"].node if answers["b"] else None)


def test_a_check_from_python_is_of_the_variant_and_the_exercise_that_the_answers_name() -> None:
    mine = find_exercise("conv2d-kernel-gradient", seed=4711)
    key = symderiv.meaning(mine.questions[0].key)
    assert isinstance(key, Tensor)
    column = [[str(entry)] for entry in key.to_sympy()]
    from_python = {"student": "4711", "seed": 4711, "answers": {"i": column, "ii": None, "iii": " "}}
    report = symderiv.check("conv2d-kernel-gradient", from_python)
    assert [part.verdict for part in report.parts[:3]] == ["equal", "missing", "missing"]
    with pytest.raises(FileFaults):
        symderiv.check("conv2d-kernel-gradient", {**from_python, "exercise": "softmax-jacobian"})


def test_a_bound_that_is_assumed_is_part_of_the_declaration() -> None:
    let = "let: {w: real, v: real, n: size, x: vector(n)}"
    assumed = "assume: ['0 < w < 1', v >= 1/2, n > 2, w < v]"
    found = parse_exercise(f"id: e\n{let}\n{assumed}\nparts: [{{id: a, answer: w}}]")
    domains = {name.name: name.kind.domain for name in found.given}
    assert str(domains["w"].lower) == "0" and str(domains["w"].upper) == "1" and domains["w"].upper_open
    assert str(domains["v"].lower) == "1/2" and not domains["v"].lower_open
    assert domains["n"].lower == 1, "sizes are bounded by facts"
    assert len(found.facts) == 4


def test_what_is_bounded_is_defined_without_saying_so() -> None:
    asked = "diff(log(w + (1 - w)*(1 + y^2)), y)"
    names = "let: {w: real, y: real}\nassume: [w > 0, w < 1]"
    text = f"id: e\n{names}\nparts: [{{id: a, answer: '{asked}'}}]"
    answer = "2*(1 - w)*y/(w + (1 - w)*(1 + y^2))"
    assert symderiv.check(parse_exercise(text), {"a": answer}).part("a").verdict == "equal"


def test_bounds_that_nothing_fits_change_no_declaration() -> None:
    text = "id: e\nlet: {w: real}\nassume: [w > 1, w < 0]\nparts: [{id: a, answer: w}]"
    assert parse_exercise(text).given[0].kind.domain.lower is None
