"""A person's decisions hold in later runs, and whose marks change is told against what was there before."""

import json
from pathlib import Path

import pytest

from symderiv.cli.main import run

EXERCISE = """
id: prose
let: {x: real}
parts:
  - {id: a, kind: text, ask: Why?, points: 2}
  - {id: b, ask: Twice., answer: 2*x, points: 1}
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "prose.yaml").write_text(EXERCISE)
    answers = [("u", "because", "3*x"), ("v", "because", "2x"), ("w", "therefore", "x + x")]
    lines = [{"student": s, "exercise": "prose", "answers": {"a": a, "b": b}} for s, a, b in answers]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)))
    return tmp_path


def graded(course: Path, *more: str) -> dict[str, tuple[float, str, str]]:
    arguments = [str(course / "in.jsonl"), "--exercises", str(course), "--out", str(course / "out")]
    run(["grade", *arguments, "--report", "json", "--jobs", "1", *more])
    reports = json.loads((course / "out" / "results.json").read_text())["reports"]
    return {r["student"]: (r["points"], r["parts"][0]["verdict"], r["parts"][0]["key"]) for r in reports}


def decide(course: Path, decisions: dict[str, object]) -> str:
    file = course / "decide.json"
    file.write_text(json.dumps(decisions))
    return str(file)


def test_a_decision_holds_for_all_who_answered_so_and_in_later_runs(course: Path) -> None:
    before = graded(course)
    assert before["u"][2] == before["v"][2] != before["w"][2]
    file = decide(course, {before["u"][2][:12]: {"verdict": "equal", "points": 1.5}})
    for more in (["--resume", "--decide", file], ["--resume"], []):
        found = graded(course, *more)
        assert {name: found[name][:2] for name in found} == {
            "u": (1.5, "equal"),
            "v": (2.5, "equal"),
            "w": (1, "manual"),
        }


def test_a_decision_outlives_a_mended_exercise(course: Path) -> None:
    before = graded(course)
    graded(course, "--decide", decide(course, {before["w"][2]: {"verdict": "different", "points": 0}}))
    (course / "prose.yaml").write_text(EXERCISE.replace("2*x", "3*x"))
    found = graded(course, "--resume")
    assert {name: found[name][:2] for name in found} == {
        "u": (1, "manual"),
        "v": (0, "manual"),
        "w": (0, "different"),
    }


def test_whose_marks_change_is_told_even_from_the_folder_written_to(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graded(course)
    (course / "prose.yaml").write_text(EXERCISE.replace("2*x", "3*x"))
    graded(course, "--against", str(course / "out"))
    told = capsys.readouterr()
    assert [line.split(":")[0] for line in told.out.splitlines()] == ["prose u b", "prose v b", "prose w b"]
    assert "different, 0 of 1" in told.out.splitlines()[0]
    assert "3 parts" in told.err
    graded(course, "--against", str(course / "out" / "results.json"))
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "decisions",
    [
        {"abc": {"verdict": "equal", "points": 1}},
        {"0123456789": {"verdict": "right", "points": 1}},
        {"0123456789": {"verdict": "equal"}},
        {"0123456789": {"verdict": "equal", "points": "2"}},
        {"0123456789": {"verdict": "equal", "points": 2, "more": 1}},
        {"0123456789": 2},
        [],
    ],
)
def test_what_is_no_decision_is_refused(
    course: Path, decisions: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(course / "in.jsonl"), "--exercises", str(course), "--out", str(course / "out")]
    assert run(["grade", *arguments, "--decide", decide(course, decisions)]) == 2
    assert "decision" in capsys.readouterr().err
