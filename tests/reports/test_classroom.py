"""Gradebooks keep what the teacher exported; pages and tables keep students' words as words."""

import csv
import html as html_library
import io
import json
from xml.etree import ElementTree

import pytest

from symderiv.errors import FileFault
from symderiv.reports.classroom.files import FORMATS, Files, safe_name
from symderiv.reports.classroom.gradebooks import canvas_gradebook, moodle
from symderiv.reports.classroom.gradescope import gradescope_results
from symderiv.reports.classroom.page import class_page
from symderiv.reports.classroom.prairielearn import prairielearn_result
from symderiv.reports.classroom.results import ClassResults
from symderiv.reports.classroom.statistics import statistics

HOSTILE = "<script>alert(1)</script>"


def part(verdict: str, points: float, text: str = "x", **more: object) -> dict[str, object]:
    return {
        "id": "a",
        "verdict": verdict,
        "points": points,
        "out_of": 2,
        "feedback": ["Look again."],
        "misconceptions": [],
        "read": {"text": text, "latex": text, "shape": []},
        "witness": {"point": {"x": "1/3"}, "left": "1", "right": "2"},
        "key": "0123456789abcdef",
        **more,
    }


def report(student: str, *parts: dict[str, object]) -> dict[str, object]:
    points = sum(p["points"] for p in parts)  # type: ignore[misc]
    return {"exercise": "sums", "student": student, "points": points, "out_of": 2, "parts": list(parts)}


RESULTS = ClassResults.of(
    [
        report("Participant 1", part("equal", 2)),
        report("2", part("different", 0, HOSTILE, misconceptions=["sign"])),
        report("3", part("different", 0, HOSTILE, misconceptions=["sign"])),
        report("=cmd()", part("undecided", 0)),
    ],
    [{"student": HOSTILE, "source": "b.yaml", "fault": HOSTILE}],
)


def files(made: Files) -> dict[str, str]:
    return {name: "".join(pieces) for name, pieces in made}


def test_what_an_exercise_is_at_fault_for_is_told_once() -> None:
    broken = [
        {
            "student": f"s{n}",
            "source": f"{n}.yaml",
            "fault": f"{n}.yaml: sums.yaml:4:6: 'sof' is not declared",
        }
        for n in range(1, 9)
    ]
    own = {"student": "late", "source": "late.yaml", "fault": "late.yaml:1:1: no exercise"}
    results = ClassResults.of([], [*broken, own])
    told = [(each.students, each.fault) for each in results.told_faults]
    assert told == [
        ("s1, s2, s3, s4, s5 and 3 more", "sums.yaml:4:6: 'sof' is not declared"),
        ("late", "late.yaml:1:1: no exercise"),
    ]
    assert class_page(results).count("sof") == 1
    assert files(FORMATS["github"](results))["github.txt"].count("sof") == 1
    assert files(FORMATS["csv"](results))["results.csv"].count("sof") == 8


def test_every_format_is_deterministic_and_holds_every_student() -> None:
    for make in FORMATS.values():
        again = ClassResults.of(reversed(list(RESULTS.reports)), RESULTS.unusable)
        assert files(make(RESULTS)) == files(make(again))


def test_what_is_undecided_is_no_wrong_answer() -> None:
    (exercise,) = statistics(RESULTS)
    assert [(answer.text, answer.count) for answer in exercise.parts[0].wrong] == [(HOSTILE, 2)]


def test_moodles_worksheet_comes_back_with_grades_and_nothing_else_changed() -> None:
    export = (
        "\ufeffIdentifier,Full name,Grade,Last modified (grade),Feedback comments,Other\r\n"
        "Participant 1,A,,-,,keep\r\nParticipant 9,B,,-,,me\r\n"
    )
    filled = moodle(export, RESULTS)
    rows = list(csv.DictReader(io.StringIO(filled.removeprefix("\ufeff"), newline="")))
    assert filled.startswith("\ufeff")
    assert "\r\n" in filled
    assert [(row["Grade"], row["Other"]) for row in rows] == [("2", "keep"), ("", "me")]


def test_canvas_keeps_the_assignments_id() -> None:
    export = "Student,ID,SIS User ID,SIS Login ID,Section,Sums (77)\nPoints Possible,,,,,2\nX,2,,,s,\n"
    filled = canvas_gradebook(export, RESULTS, "Sums")
    assert filled.splitlines()[0].endswith("Sums (77)")
    assert filled.splitlines()[2] == "X,2,,,s,0"
    with pytest.raises(FileFault, match="no assignment 'Other'"):
        canvas_gradebook(export, RESULTS, "Other")


def test_another_platforms_file_is_refused() -> None:
    with pytest.raises(FileFault, match="no column 'Identifier'"):
        moodle("a,b\n1,2\n", RESULTS)


def test_gradescope_has_a_test_a_part_and_names_what_waits() -> None:
    found = gradescope_results(RESULTS.of_student("=cmd()"))
    assert found["tests"][0]["status"] == "failed"
    assert found["extra_data"]["undecided"] == ["sums/a"]
    assert "wait for a person" in found["output"]


def test_an_unreadable_answer_costs_no_attempt_at_prairielearn() -> None:
    found = prairielearn_result(report("s", part("invalid", 0, error="1:3: no")))
    assert found["gradable"] is False
    assert found["format_errors"] == ["1:3: no"]


def test_the_page_escapes_and_counts() -> None:
    page = class_page(RESULTS)
    assert HOSTILE not in page
    assert html_library.escape(HOSTILE) in page
    (exercise,) = statistics(RESULTS)
    assert exercise.histogram == (3, 0, 0, 0, 0, 0, 0, 0, 0, 1)
    assert exercise.parts[0].wrong[0].count == 2


def test_the_xml_is_well_formed_and_the_csv_holds_no_formula() -> None:
    root = ElementTree.fromstring(files(FORMATS["junit"](RESULTS))["junit.xml"])
    assert len(root.findall("testsuite")) == 5
    rows = csv.reader(io.StringIO(files(FORMATS["csv"](RESULTS))["results.csv"]))
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_the_json_says_its_schema() -> None:
    assert json.loads(files(FORMATS["json"](RESULTS))["results.json"])["schema"] == "symderiv-class/1"


def test_no_student_writes_outside_the_folder() -> None:
    assert all(
        "/" not in safe_name(name) and safe_name(name).strip(".") for name in ("../x", "..", "", "a/b")
    )
