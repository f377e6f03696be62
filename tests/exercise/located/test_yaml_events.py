"""Faults of the file itself: each placed, each with its cure, and none that hangs."""

from __future__ import annotations

import time

import pytest

from symderiv.errors import FileFaults
from symderiv.exercise import load_answers, parse_answers, parse_exercise
from symderiv.exercise.located.nodes import Document, List, Table
from symderiv.exercise.located.yaml_events import parse

HEAD = "exercise: x\nanswers:\n"

FAULTS = [
    ("  a: *b\n", 3, 6, "alias"),
    ("  a: &b 1\n", 3, 6, "anchor"),
    ("  a: !!python/object:os.system x\n", 3, 6, "tag"),
    ('  a: "\\frac12"\n', 3, 6, "backslash in double quotes"),
    ("  a: |x| + 1\n", 3, 7, "begins with |"),
    ("  a: > 0\n", 3, 8, "begins with"),
    ("  a: x # 1\n", 3, 6, "#"),
    ("  a: [1, # 2\n   3]\n", 3, 6, "#"),
    ("  a: x: y\n", 3, 7, "second colon"),
    ("  a: 1\n  a: 2\n", 4, 3, "twice"),
    ("  a: @x\n", 3, 6, "reserves"),
    ("  a: x\n   b: y\n", 4, 4, "indented deeper"),
    ("  a:x\n  b: y\n", 3, 4, "no blank behind"),
    ("  a: 'Newton's step'\n", 3, 13, "apostrophe"),
    ("  a: [x, 1\n  b: y\n", 3, 6, "doesn't close"),
    ("  a: {x: 1\n", 3, 6, "doesn't close"),
    ("  - a\n  b: 1\n", 4, 3, "indentation"),
    ("  a: 'x\n", 4, 1, "never closed"),
]


@pytest.mark.parametrize(("body", "line", "column", "words"), FAULTS)
def test_a_fault_is_placed(body: str, line: int, column: int, words: str) -> None:
    with pytest.raises(FileFaults) as caught:
        parse_answers(HEAD + body)
    fault = caught.value.faults[0]
    assert words in fault.message
    assert fault.place is not None
    assert (fault.place.line, fault.place.column) == (line, column)


def test_all_faults_come_at_once() -> None:
    with pytest.raises(FileFaults) as caught:
        parse_exercise(
            "id: a\ntitel: b\nparts:\n  - {id: i, answer: 1, pionts: 2}\n  - {id: j, kind: chioce}\n"
        )
    lines = caught.value.in_one_line().splitlines()
    assert len(lines) == 3
    assert "exercise.yaml:2:1: titel: unknown key (did you mean 'title'?)" in lines[0]
    assert "exercise.yaml:4:24: parts.0.pionts: unknown key (did you mean 'points'?)" in lines[1]
    assert "parts.1" in lines[2] and "choice" in lines[2]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\0b",
        "[" * 100_000,
        "- x",
        "{a: " * 60,
        "\u2028",
        "a: 1\n---\nb: 2\n",
        "exercise: x\nanswers: 3\n",
    ],
    ids=["empty", "nul", "brackets", "list", "braces", "separator", "two", "number"],
)
def test_hostile_text_ends_soon_in_a_fault(text: str) -> None:
    start = time.process_time()
    with pytest.raises(FileFaults):
        parse_answers(text)
    assert time.process_time() - start < 2


def test_a_large_file_is_refused(tmp_path) -> None:
    path = tmp_path / "large.yaml"
    path.write_text("a: " + "x" * 10_000_000)
    with pytest.raises(FileFaults, match="larger than 1 MB"):
        load_answers(path)


def test_a_missing_file_and_bytes_that_are_no_text(tmp_path) -> None:
    with pytest.raises(FileFaults, match="can't be read"):
        load_answers(tmp_path / "none.yaml")
    path = tmp_path / "bytes.yaml"
    path.write_bytes(b"exercise: x\nanswers: \xff\n")
    with pytest.raises(FileFaults, match="UTF-8") as caught:
        load_answers(path)
    place = caught.value.faults[0].place
    assert place is not None and place.line == 2


def test_flow_values_are_taken_from_the_source() -> None:
    answers = parse_answers(
        HEAD + "  a: [Max(x,0), 2]\n  b: {(0,0): 0, (0,1): 1}\n  c: [x[0], sigma'(z)]\n  d: 1.10\n  e: no\n"
    ).answers
    texts = {name: formula.text for name, formula in answers.items() if formula is not None}
    assert texts == {
        "a": "[Max(x,0), 2]",
        "b": "{(0,0): 0, (0,1): 1}",
        "c": "[x[0], sigma'(z)]",
        "d": "1.10",
        "e": "no",
    }


def test_blocks_keep_their_parts_and_lines() -> None:
    answers = parse_answers(
        HEAD
        + "  a:\n    mu: 1\n    sigma: {latex: '\\frac12'}\n  b:\n    - x\n    - y\n"
        + "  c: |\n    u = 1\n\n    v = 2\n"
    ).answers
    a, b, c = answers["a"], answers["b"], answers["c"]
    assert a is not None and b is not None and c is not None
    assert [(name, part.text, part.syntax) for name, part in a.entries] == [
        ("mu", "1", "auto"),
        ("sigma", "\\frac12", "latex"),
    ]
    assert [item.text for item in b.items] == ["x", "y"]
    assert [line.text for line in c.lines()] == ["u = 1", "v = 2"]
    assert [line.node.place.line for line in c.lines() if line.node] == [10, 12]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("{A: matrix(2, 2), b: real}", {"A": "matrix(2, 2)", "b": "real"}),
        ("{A: matrix(2,2)}", {"A": "matrix(2,2)"}),
        ("{A: f(g(1, 2), 3), b: 1}", {"A": "f(g(1, 2), 3)", "b": "1"}),
        ("{A: f(x, b: 1}", {"A": "f(x", "b": "1"}),
        ("{A: 'f(x', b: 1}", {"A": "f(x", "b": "1"}),
        ("{A: f(1,\n  2), b: 1}", {"A": "f(1, 2)", "b": "1"}),
    ],
)
def test_a_comma_in_round_brackets_ends_no_value(text: str, values: dict[str, str]) -> None:
    table = parse(Document("a.yaml", text))
    assert isinstance(table, Table)
    assert {key.text: value.text for key, value in table.pairs} == values  # type: ignore[attr-defined]


def test_a_comma_in_round_brackets_ends_no_item() -> None:
    found = parse(Document("a.yaml", "[f(x, y), 1, (0, 1), 'g(', 2]"))
    assert isinstance(found, List)
    assert [item.text for item in found.items] == ["f(x, y)", "1", "(0, 1)", "g(", "2"]  # type: ignore[attr-defined]


def test_a_tab_before_a_line_is_named() -> None:
    with pytest.raises(FileFaults) as caught:
        parse_answers("exercise: e\nanswers:\n\ta: x\n", "a.yaml")
    assert "indent with blanks" in caught.value.in_one_line()


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("{id: a, points: 2, answer: 1 # half}", "e.yaml:3:34: a # inside of brackets"),
        ("{id: a, answer: [1][0] }", "e.yaml:3:5: YAML can't read what stands in these brackets"),
        ("{id: a, answer: 1, accept: [[1][0], 1]}", "e.yaml:3:32: YAML can't read"),
        ("id: a\n    answer: 1\n    accept: [[1][0], 1]", "e.yaml:5:13: YAML can't read"),
        ("id: a\n    answer: 1\n    reject: [{answer: [1][0]}]", "e.yaml:5:14: YAML can't read"),
        ("id: a\n    answer: 1\n    reject:\n      - {answer: [1][0]}", "e.yaml:6:9: YAML can't read"),
    ],
)
def test_brackets_that_yaml_cannot_read_are_named_where_a_mapping_belongs(part: str, said: str) -> None:
    with pytest.raises(FileFaults) as caught:
        parse_exercise(f"id: e\nparts:\n  - {part}\n", "e.yaml")
    assert said in caught.value.in_one_line()
