"""Hostile input ends within 2 s in exit 2, with a fault that says where."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SECONDS = 2.0
PLACED = re.compile(r":\d+:\d+: ")

EXPRESSIONS = {
    "code": "__import__('os').system('touch pwned')",
    "attribute": "().__class__.__bases__[0].__subclasses__()",
    "tower": "9**9**9",
    "factorial": "factorial(10^8)",
    "brackets": "(" * 100_000,
    "closed brackets": "(" * 100_000 + "1" + ")" * 100_000,
    "square brackets": "[" * 100_000,
    "minus signs": "-" * 100_000 + "1",
    "LaTeX braces": r"\frac{" * 50_000,
    "digits": "1" * 1_000_000,
    "NUL": "x + \x00",
    "empty": "",
    "blank": "  \n ",
    "names": "+".join(f"x{k}" for k in range(200_000)),
    "input": r"\input{/etc/passwd}",
    "exponent": "1e999999999",
    "no UTF-8": b"x + \xff\xfe",
    "lone surrogate": b"\xed\xa0\x80",
    "bidirectional": "x\u202e + 1",
}

PREAMBLE = "exercise: tiny\nstudent: 's'\n"
FILES: dict[str, str | bytes] = {
    "empty": "",
    "NUL": PREAMBLE + "answers: {a: \x00}\n",
    "aliases": "a: &a [x, x]\nb: &b [*a, *a]\nanswers: [*b, *b]\n",
    "duplicate keys": PREAMBLE + "answers:\n  a: 1\n  a: 2\n",
    "object": PREAMBLE + "answers: {a: !!python/object/apply:os.system ['touch pwned']}\n",
    "brackets": PREAMBLE + "answers: {a: " + "[" * 100_000 + "}\n",
    "10 MB": PREAMBLE + "answers: {a: '" + "x+" * 5_000_000 + "x'}\n",
    "no mapping": "- 1\n- 2\n",
    "no YAML": "{{{{",
    "tabs": "exercise:\ttiny\n\tanswers: 1\n",
    "unknown exercise": "exercise: nothing-of-that-name\nanswers: {a: 1}\n",
    "path as exercise": "exercise: ../../../etc/passwd\nanswers: {a: 1}\n",
    "unknown part": PREAMBLE + "answers: {zz: 1}\n",
    "no UTF-8": b"exercise: tiny\nanswers: {a: \xff}\n",
    "binary": bytes(range(256)) * 40,
}


def bounded(run: Callable[..., Any], *arguments: str, **options: Any) -> Any:
    start = time.monotonic()
    ended = run(*arguments, **options)
    assert time.monotonic() - start < SECONDS * slow_machine()
    return ended


def slow_machine() -> float:
    """How much slower than one quiet core this machine is at this moment (1 or more)."""
    start = time.process_time(), time.monotonic()
    sum(range(2_000_000))
    cpu, wall = time.process_time() - start[0], time.monotonic() - start[1]
    return max(1.0, 2 * wall / max(cpu, 0.02), cpu / 0.06)


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_hostile_expressions(name: str, symderiv: Callable[..., Any], tmp_path: Path) -> None:
    ended = bounded(symderiv, "compare", "-", "1", stdin=EXPRESSIONS[name])
    assert ended.code == 2, ended
    assert PLACED.search(ended.err) or "expected" in ended.err, ended.err[:300]
    assert ended.out == ""
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("name", FILES)
def test_hostile_answer_files(name: str, symderiv: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "tiny.yaml").write_text("id: tiny\nparts: [{id: a, answer: 1 + 1}]\n")
    content = FILES[name]
    path = tmp_path / "answer.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    ended = bounded(symderiv, "check", "answer.yaml")
    assert ended.code == 2, ended
    assert ended.err.strip() and len(ended.err) < 20_000
    if name not in ("unknown exercise", "path as exercise"):
        assert re.search(r"answer\.yaml:\d+:\d+: ", ended.err), ended.err[:300]
    assert not (tmp_path / "pwned").exists()


def test_an_unreadable_part_counts_as_wrong(symderiv: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "tiny.yaml").write_text("id: tiny\nparts: [{id: a, answer: 1 + 1}]\n")
    (tmp_path / "answer.yaml").write_text("exercise: tiny\nanswers: {a: '__import__(''os'')'}\n")
    ended = bounded(symderiv, "check", "answer.yaml")
    assert ended.code == 1
    assert re.search(r"answer\.yaml:2:\d+: ", ended.out)


ACTING = (chr(0x1B), chr(0x202E), chr(0x9B), chr(0x200B), chr(7), chr(0x7F))
REPORTS = "json,csv,html,junit,github,gradescope,nbgrader,prairielearn,autograder"


def test_no_report_of_a_class_acts(symderiv: Callable[..., Any], tmp_path: Path) -> None:
    acting = "".join(ACTING)
    lines = [
        {"student": f"a{acting}", "exercise": "relu-derivative", "answers": {"derivative": f"x + {acting}"}},
        {"student": "b", "exercise": f"relu{acting}", "answers": {}},
        {"student": "c", "exercise": "relu-derivative", "answers": {f"der{acting}": "1"}},
    ]
    handed_in = tmp_path / "class.jsonl"
    handed_in.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    (tmp_path / f"d{acting}.yaml").write_text("exercise: [", encoding="utf-8")
    ended = symderiv(
        "grade", str(tmp_path), "--out", str(tmp_path / "out"), "--jobs", "1", "--report", REPORTS
    )
    written = [
        path for path in (tmp_path / "out").rglob("*") if path.suffix in (".csv", ".html", ".txt", ".xml")
    ]
    assert ended.code == 2 and len(written) >= 5
    for text in (ended.err, *(path.read_text(encoding="utf-8") for path in written)):
        assert not [character for character in ACTING if character in text]
