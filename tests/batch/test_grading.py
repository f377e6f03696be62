"""The same results whatever the number of workers, after a stop, and for one answer of many students."""

import json
from pathlib import Path

import pytest

from symderiv.batch import grade, grading, submissions
from symderiv.batch.against import changes
from symderiv.batch.decisions import read_decisions
from symderiv.batch.store import Store
from symderiv.cli.main import run
from symderiv.errors import FileFault, SymderivError
from symderiv.exercise import load_exercise, parse_exercise
from symderiv.worker import Died

EXERCISE = """
id: sums
let: {x: real}
parts:
  - {id: a, ask: Twice., answer: 2*x, points: 2}
  - {id: b, ask: Three., answer: '3', points: 1}
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "sums.yaml").write_text(EXERCISE)
    (tmp_path / "in").mkdir()
    answers = ["x + x", "2*x", "3*x", "x +", "2*x"]
    for number, answer in enumerate(answers):
        text = f"exercise: sums\nstudent: s{number}\nanswers: {{a: '{answer}', b: '3'}}\n"
        (tmp_path / "in" / f"s{number}.yaml").write_text(text)
    (tmp_path / "in" / "broken.yaml").write_text("exercise: [")
    return tmp_path


def points(course: Path, **options: object) -> dict[str, object]:
    found = grade(submissions([course / "in"]), [course / "exercises"], **options)  # type: ignore[arg-type]
    return {each.student: each.report["points"] if each.report else each.fault for each in found}


def test_each_student_gets_marks_or_a_fault(course: Path) -> None:
    found = points(course)
    assert {name: found[name] for name in ("s0", "s1", "s2", "s3", "s4")} == {
        "s0": 3,
        "s1": 3,
        "s2": 1,
        "s3": 1,
        "s4": 3,
    }
    assert "broken.yaml" in str(found["broken"])


def test_the_same_answer_is_judged_once(course: Path) -> None:
    heard: list[str] = []
    points(course, progress=heard.append)
    assert len(heard) == 4 + 1  # four distinct answers to a (one given twice), one to b


def test_whatever_is_handed_in_has_a_result(course: Path) -> None:
    answers = {"student": "s", "exercise": "sums", "answers": {"a": "2*x", "b": 3}}
    handed_in = [17, None, [answers], answers]
    found = list(grade(handed_in, course / "exercises"))  # type: ignore[arg-type]
    assert [each.student for each in found] == ["1", "2", "3", "s"]
    assert all("no submission" in each.fault for each in found[:3])
    assert found[3].points == 3


def test_exercises_may_be_loaded_already(course: Path) -> None:
    exercise = load_exercise(course / "exercises" / "sums.yaml")
    answers = {"exercise": "sums", "answers": {"a": "2*x", "b": "3"}}
    assert [each.points for each in grade(answers, exercise)] == [3]
    assert [each.points for each in grade([answers], [exercise])] == [3]
    with pytest.raises(SymderivError, match="has no file"):
        list(grade(answers, parse_exercise(EXERCISE)))


def test_two_workers_give_what_one_gives(course: Path) -> None:
    assert points(course, jobs=1) == points(course, jobs=2)


def test_a_store_spares_what_it_holds(course: Path, tmp_path: Path) -> None:
    heard: list[str] = []
    for _ in range(2):
        with Store(tmp_path / "kept.sqlite") as store:
            points(course, store=store, progress=heard.append)
    assert len(heard) == 5


@pytest.mark.parametrize(
    ("trouble", "again", "judged"),
    [
        (TimeoutError("no verdict within 1 s"), {"timeout": 1.0}, 0),
        (TimeoutError("no verdict within 1 s"), {"timeout": 60.0}, 5),
        (MemoryError(), {"timeout": 1.0, "memory": 8_000}, 5),
        (Died("the worker process ended by itself"), {"timeout": 1.0}, 5),
        (SymderivError("too large to be judged"), {"timeout": 60.0}, 0),
    ],
    ids=["same time", "more time", "more memory", "killed", "too large"],
)
def test_what_got_no_verdict_is_looked_at_again_where_that_may_help(
    course: Path,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Exception,
    again: dict[str, float],
    judged: int,
) -> None:
    store, heard = course / "results.sqlite", list[str]()
    with monkeypatch.context() as patched:
        patched.setattr(grading, "run_all", lambda _, tasks, **__: ((label, trouble) for label, _ in tasks))
        first = points(course, store=store, timeout=1.0)
    assert first["s0"] == 0
    second = points(course, store=store, progress=heard.append, **again)
    assert len(heard) == judged
    assert second["s0"] == (3 if judged else 0)


def test_the_command_writes_identical_reports_when_resumed(course: Path) -> None:
    common = [str(course / "in"), "--exercises", str(course / "exercises"), "--report", "json,csv,html,junit"]
    assert run(["grade", *common, "--out", str(course / "one"), "--jobs", "1"]) == 2
    assert run(["grade", *common, "--out", str(course / "two"), "--jobs", "2"]) == 2
    assert run(["grade", *common, "--out", str(course / "two"), "--resume"]) == 2
    for name in ("results.json", "results.csv", "class.html", "junit.xml"):
        assert (course / "one" / name).read_bytes() == (course / "two" / name).read_bytes()


def test_a_persons_decision_stands_in_for_undecided(tmp_path: Path) -> None:
    file = tmp_path / "decisions.json"
    file.write_text(json.dumps({"abcdef12": {"verdict": "equal", "points": 2}}))
    decisions = read_decisions(file)
    assert decisions.get("abcdef1234567890") == {"verdict": "equal", "points": 2}
    assert decisions.get("other") is None
    file.write_text(json.dumps({"abcdef12": {"verdict": "maybe", "points": 2}}))
    with pytest.raises(FileFault, match="no decision"):
        read_decisions(file)


def test_changes_are_listed_with_their_reason() -> None:
    part = {"id": "a", "verdict": "different", "misconceptions": ["sign"], "points": 0, "out_of": 2}
    old = [{"exercise": "sums", "student": "s", "parts": [part]}]
    new = ({"exercise": "sums", "student": "s", "parts": [{**part, "verdict": "equal", "points": 2}]},)
    assert [str(change) for change in changes(old, new)] == [
        "sums s a: different (sign), 0 of 2 → equal (sign), 2 of 2"
    ]
