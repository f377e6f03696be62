"""The commands: what they print, where, and how they end."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

EXERCISE = """\
id: tiny
title: A tiny exercise
let:
  A: [[1, 2], [3, 4]]
  x: vector(2)
parts:
  - {id: a, ask: Calculate the Jacobian of $A x$., answer: 'jacobian(A*x, x)', points: 2, feedback: full}
  - {id: b, ask: How much is one and one?, answer: 1 + 1}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "tiny.yaml").write_text(EXERCISE)
    return tmp_path


def answer(folder: Path, a: str, b: str, name: str = "answer.yaml") -> str:
    (folder / name).write_text(f"exercise: tiny\nstudent: '1'\nanswers:\n  a: '{a}'\n  b: '{b}'\n")
    return name


COMMANDS = [
    [],
    ["check"],
    ["compare"],
    ["read"],
    ["derive"],
    ["sheet"],
    ["exercises"],
    ["exercises", "list"],
    ["exercises", "show"],
    ["exercises", "lint"],
    ["exercises", "foresee"],
    ["try"],
    ["schema"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(command: list[str], symderiv: Run) -> None:
    ended = symderiv(*command, "--help")
    assert ended.code == 0
    assert "Example" in ended.out and "symderiv " + " ".join(command) in ended.out


@pytest.mark.parametrize(
    ("a", "b", "code", "verdict"),
    [("x + x", "2x", 0, "equal"), ("x + x", "3x", 1, "different"), ("x +", "3x", 2, "invalid")],
)
def test_compare_says_what_it_found(a: str, b: str, code: int, verdict: str, symderiv: Run) -> None:
    ended = symderiv("compare", a, b, "--format", "json")
    found = json.loads(ended.out)
    assert (ended.code, found["verdict"]) == (code, verdict)
    assert {"verdict", "message", "read", "ms"} <= set(found)
    if verdict == "different":
        assert set(found["witness"]) == {"point", "left", "right"}
    assert bool(ended.err) == (verdict == "invalid")


def test_compare_reads_standard_input(symderiv: Run) -> None:
    assert symderiv("compare", "-", "2x", stdin="x + x\n").code == 0


def test_compare_with_declarations(symderiv: Run) -> None:
    assert symderiv("compare", "sqrt(x^2)", "x", "--given", "x: positive").code == 0
    assert symderiv("compare", "sqrt(x^2)", "x").code == 1
    assert symderiv("compare", "x[1]", "x[0]", "--given", "x: vecto(3)").code == 2


def test_unknown_options_end_in_2(symderiv: Run) -> None:
    for arguments in (["compare", "x"], ["frobnicate"], ["compare", "x", "y", "--nope"], ["check"]):
        ended = symderiv(*arguments)
        assert ended.code == 2 and ended.err and not ended.out


@pytest.mark.parametrize("seconds", ["nan", "inf"])
def test_a_timeout_is_a_number_of_seconds(seconds: str, symderiv: Run) -> None:
    done = symderiv("compare", "x", "x", "--timeout", seconds)
    assert done.code == 2 and "no number of seconds" in done.err


def test_read_echoes_how_an_expression_is_understood(symderiv: Run) -> None:
    ended = symderiv("read", r"\frac{1}{1+e^{-x}}", "--format", "json")
    assert ended.code == 0
    found = json.loads(ended.out)
    assert found["text"] and found["latex"] and found["shape"] == []


def test_read_shows_the_place_of_a_fault(symderiv: Run) -> None:
    ended = symderiv("read", "1 + ) 2")
    assert ended.code == 2 and not ended.out
    assert ended.err.splitlines()[-1].strip() == "^"


@pytest.mark.parametrize("command", [["read"], ["derive", "--wrt", "x"]])
def test_what_has_no_meaning_is_told_with_its_place(command: list[str], symderiv: Run) -> None:
    ended = symderiv(*command, "x + det(A)", "--given", "A: matrix(2,3)")
    assert ended.code == 2
    assert "1:5: the determinant" in ended.err
    assert "    ^^^^^^" in ended.err


def test_derive_tells_of_a_function_spelt_nearly_as_a_known_one(symderiv: Run) -> None:
    ended = symderiv("derive", "sofmax(x)", "--wrt", "x")
    assert (ended.code, "softmax" in ended.out, "softmax" in ended.err) == (0, False, True)


def test_derive_prints_steps(symderiv: Run) -> None:
    ended = symderiv("derive", "x^2", "--wrt", "x", "--format", "json")
    found = json.loads(ended.out)
    assert ended.code == 0 and found["proved"] and found["result"]["text"] == "2*x"
    assert found["steps"][0]["rule"] == "power rule"
    for form in ("text", "latex", "html"):
        assert symderiv("derive", "x^2", "--wrt", "x", "--format", form).code == 0


def test_check_reports_marks(folder: Path, symderiv: Run) -> None:
    name = answer(folder, "[[1,2],[3,4]]", "3")
    ended = symderiv("check", name, "--format", "json")
    found = json.loads(ended.out)
    assert ended.code == 1
    assert (found["exercise"], found["student"], found["points"], found["out_of"]) == ("tiny", "1", 2, 3)
    assert [part["verdict"] for part in found["parts"]] == ["equal", "different"]


def test_check_names_a_transposed_jacobian(folder: Path, symderiv: Run) -> None:
    ended = symderiv("check", answer(folder, "[[1,3],[2,4]]", "2"))
    assert ended.code == 1 and "transpose" in ended.out


def test_one_bad_file_does_not_stop_the_others(folder: Path, symderiv: Run) -> None:
    good = answer(folder, "[[1,2],[3,4]]", "2")
    (folder / "bad.yaml").write_text("exercise: tiny\nanswers: {a: &x 1}\n")
    ended = symderiv("check", "bad.yaml", "missing.yaml", good, "--format", "json")
    assert ended.code == 2 and len(json.loads(ended.out)) == 1
    assert "bad.yaml:2:" in ended.err and "missing.yaml" in ended.err


def test_check_reads_standard_input(folder: Path, symderiv: Run) -> None:
    text = (folder / answer(folder, "[[1,2],[3,4]]", "2")).read_text()
    assert symderiv("check", "-", stdin=text).code == 0


@pytest.mark.parametrize("form", ["text", "junit", "github"])
def test_check_in_other_formats(form: str, folder: Path, symderiv: Run) -> None:
    ended = symderiv("check", answer(folder, "[[1,2],[3,4]]", "3"), "--format", form)
    assert ended.code == 1 and ended.out and not ended.err


def test_exercises_are_listed_shown_and_proved(folder: Path, symderiv: Run) -> None:
    assert "tiny" in symderiv("exercises", "list", "--exercises", "exercises").out
    assert "[[1, 2], [3, 4]]" in symderiv("exercises", "show", "tiny", "--exercises", "exercises").out
    assert symderiv("exercises", "lint", "exercises/tiny.yaml").code == 0
    foreseen = symderiv("exercises", "foresee", "exercises/tiny.yaml")
    assert foreseen.code == 0 and "transposed" in foreseen.out


def test_a_key_without_a_meaning_costs_the_others_nothing(folder: Path, symderiv: Run) -> None:
    odd = "id: odd\nlet: {x: vector(3)}\nparts:\n  - {id: a, ask: Why?, points: 1, answer: 'x*x'}\n"
    (folder / "exercises" / "odd.yaml").write_text(odd, encoding="utf-8")
    foreseen = symderiv("exercises", "foresee", "exercises/odd.yaml", "exercises/tiny.yaml")
    assert foreseen.code == 2 and "transposed" in foreseen.out
    assert foreseen.err.startswith("exercises/odd.yaml:4:")
    for flags, code in (((), 0), (("--solutions",), 2)):
        sheet = symderiv("sheet", "exercises/odd.yaml", "exercises/tiny.yaml", "--format", "md", *flags)
        assert sheet.code == code and "Why?" in sheet.out
        assert ("odd: error: a: the key has no meaning" in sheet.err) == (code == 2)


def test_try_goes_from_part_to_part(folder: Path, symderiv: Run) -> None:
    ended = symderiv("try", "tiny", stdin="[[1,3],[2,4]]\n[[1,2],[3,4]]\n2\n")
    assert ended.code == 0 and "3 of 3 points" in ended.out


def test_try_says_what_is_given_and_how_to_leave(folder: Path, symderiv: Run) -> None:
    ended = symderiv("try", "tiny", stdin="quit\n")
    assert "A tiny exercise" in ended.err and "'quit' ends" in ended.err
    assert "can't be read" not in ended.err and "no answer" in ended.out


def test_schemas_are_json(symderiv: Run) -> None:
    for kind in ("exercise", "answer"):
        assert json.loads(symderiv("schema", kind).out)["properties"]


@pytest.mark.parametrize("form", ["tex", "html", "md"])
def test_sheets(form: str, folder: Path, symderiv: Run) -> None:
    questions = symderiv("sheet", "exercises/tiny.yaml", "--format", form)
    solutions = symderiv("sheet", "exercises/tiny.yaml", "--solutions", "--format", form)
    assert (questions.code, solutions.code) == (0, 0)
    assert "A tiny exercise" in questions.out
    assert len(solutions.out) > len(questions.out) and "Solution" in solutions.out


def test_feedback_on_a_class_is_a_file_for_each_student(folder: Path, symderiv: Run) -> None:
    for student in ("Ada", "Bo"):
        (folder / f"{student}.yaml").write_text(f"exercise: tiny\nstudent: {student}\nanswers: {{b: 2}}\n")
    answers = ["Ada.yaml", "Bo.yaml"]
    mixed = symderiv("sheet", "--feedback", *answers, "--format", "md", "-o", "all.md")
    assert mixed.code == 2 and "name a folder" in mixed.err and not (folder / "all.md").exists()
    assert symderiv("sheet", "--feedback", *answers, "--format", "md", "-o", "told/").code == 0
    told = {path.name: path.read_text() for path in (folder / "told").iterdir()}
    assert sorted(told) == ["Ada.md", "Bo.md"]
    assert "Ada" in told["Ada.md"] and "Bo" not in told["Ada.md"]


def test_choices_are_shown_by_the_names_that_answers_use(folder: Path, symderiv: Run) -> None:
    part = "{id: c, kind: choice, ask: Which?, choices: {a: first, b: second, third: Third}, answer: [a]}"
    (folder / "exercises" / "pick.yaml").write_text(f"id: pick\nparts:\n  - {part}\n")
    sheet = symderiv("sheet", "exercises/pick.yaml", "--format", "md").out
    assert "- [ ] `a` first\n- [ ] `b` second\n- [ ] Third\n" in sheet
    assert "# " in (form := symderiv("sheet", "exercises/pick.yaml", "--answers", "yaml").out)
    assert "  #   b: second\n" in form


def test_headings_of_a_class_list_are_nobody(folder: Path, symderiv: Run) -> None:
    (folder / "class.csv").write_text("Student ID,e-mail\n4711,a@b\n")
    listed = ["--students", "class.csv", "--answers", "yaml", "-o", "forms"]
    assert symderiv("sheet", "exercises/tiny.yaml", *listed).code == 0
    assert [path.name for path in (folder / "forms").iterdir()] == ["4711.yaml"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["compare", "-x", "-1*x"], 0),
        (["compare", "-sinh(x)", "--format", "text", "sinh(-x)"], 0),
        (["read", "-tanh(x)"], 0),
        (["derive", "-x^2", "--wrt", "x"], 0),
        (["compare", "--", "-x", "x"], 1),
        (["compare", "--gven", "x: real", "x", "x"], 2),
        (["compare", "x", "x", "--given"], 2),
    ],
)
def test_expressions_may_begin_with_a_minus(words: list[str], code: int, symderiv: Run) -> None:
    assert symderiv(*words).code == code


def test_an_exercise_is_found_by_its_id_whatever_its_file_is_called(folder: Path, symderiv: Run) -> None:
    (folder / "exercises" / "tiny.yaml").rename(folder / "exercises" / "sheet1.yaml")
    answers = answer(folder, "[[1, 2], [3, 4]]", "2", "exercises/answers.yaml")
    assert symderiv("check", answers, "--exercises", "exercises", cwd=folder).code == 0
    assert symderiv("exercises", "lint", "exercises", cwd=folder).code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["-o", "s.html"], 0),
        (["-o", "s.md", "--format", "md"], 0),
        (["-o", "s.html", "--format", "md"], 2),
        (["-o", "s.yaml"], 2),
        (["-o", "s.yml", "--answers", "yaml"], 0),
        (["-o", "s.tex", "--answers", "yaml"], 2),
    ],
)
def test_the_ending_says_what_a_sheet_is(words: list[str], code: int, folder: Path, symderiv: Run) -> None:
    assert symderiv("sheet", "exercises/tiny.yaml", *words).code == code
    path = folder / words[1]
    assert path.exists() == (code == 0)
    if code == 0 and path.suffix == ".html":
        assert path.read_text(encoding="utf-8").lower().startswith("<!doctype html")
