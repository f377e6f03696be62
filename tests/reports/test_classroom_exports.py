"""Files for platforms: what a teacher exported comes back with marks, whatever it looks like."""

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import pytest

from symderiv.errors import FileFault
from symderiv.reports.classroom.files import FORMATS
from symderiv.reports.classroom.gradebooks import canvas_gradebook, moodle
from symderiv.reports.classroom.page import class_page, hardest
from symderiv.reports.classroom.results import ClassResults
from symderiv.reports.classroom.statistics import statistics


def report(student: str, points: float, exercise: str = "sums", **more: object) -> dict[str, object]:
    part = {
        "id": "a",
        "verdict": "equal" if points else "different",
        "points": points,
        "out_of": 2,
        "feedback": [],
        "misconceptions": [],
        "read": None,
        "witness": None,
        "key": f"{student}-{exercise}",
        **more,
    }
    return {"exercise": exercise, "student": student, "points": points, "out_of": 2, "parts": [part]}


def files(form: str, results: ClassResults) -> dict[str, str]:
    return {name: "".join(pieces) for name, pieces in FORMATS[form](results)}


CLASS = ClassResults.of(
    [
        report("Participant 1", 2),
        report("2", 1.5),
        report("ada@example.org", 0),
        report("Emmy Noether", 2),
        report("Emmy Noether", 1, "other"),
        report("4711", 2 / 3),
    ],
    [{"student": "9", "source": "nine.yaml", "fault": "nine.yaml: not UTF-8"}],
)

WORKSHEETS = [
    ("Identifier,Grade,Feedback comments\nParticipant 1,,\n", "2"),
    ("Identifier,Grade,Feedback comments\nParticipant 2,,\n", "1.5"),
    ("Identifier,Grade,Feedback comments\n2,,\n", "1.5"),
    ('Identifier,"Full name",Grade,"Feedback comments"\nParticipant 5,"EMMY noether",,\n', "3"),
    ("Identifier;Email address;Grade;Feedback comments\nParticipant 5;Ada@Example.org;;\n", "0"),
    ("Identifier\tID number\tGrade\tFeedback comments\nParticipant 5\t4711\t\t\n", "0.6667"),
    ("Identifier,Grade,Feedback comments\nParticipant 9,7,\n", "7"),
    ("Identifier,Grade,Feedback comments\nParticipant 77,8,keep\n", "8"),
    ("Identifier,Grade,Feedback comments\nParticipant 1\n", "2"),
    ("\ufeffIdentifier,Grade,Feedback comments\r\nParticipant 1,,\r\n", "2"),
]


@pytest.mark.parametrize(("export", "grade"), WORKSHEETS)
def test_moodles_worksheet_gets_its_grade(export: str, grade: str) -> None:
    filled = moodle(export, CLASS)
    delimiter = next(mark for mark in ";\t," if mark in export)
    (row,) = csv.DictReader(io.StringIO(filled.removeprefix("\ufeff"), newline=""), delimiter=delimiter)
    assert row["Grade"] == grade
    assert filled.startswith("\ufeff") == export.startswith("\ufeff")
    assert filled.count("\r\n") == (2 if "\r\n" in export else 0)


def test_an_unusable_file_leaves_the_grade_to_the_teacher_and_says_why() -> None:
    filled = moodle("Identifier,Grade,Feedback comments\nParticipant 9,,\n", CLASS)
    assert filled.splitlines()[1] == "Participant 9,,nine.yaml: not UTF-8"


def test_moodles_gradebook_gets_a_column_an_exercise() -> None:
    people = "Emmy,Noether,e@x.org,\nAda,L,ADA@example.org,\nX,Y,z@x.org,5\n"
    export = f"First name,Last name,Email address,sums\n{people}"
    assert moodle(export, CLASS).splitlines() == [
        "First name,Last name,Email address,sums,other",
        "Emmy,Noether,e@x.org,2,1",
        "Ada,L,ADA@example.org,0",
        "X,Y,z@x.org,5",
    ]


def test_canvas_with_two_assignments_of_one_name_asks_which() -> None:
    export = "Student,ID,SIS User ID,SIS Login ID,Section,Sums (1),Sums (2)\nX,4711,,,,1,1\n"
    with pytest.raises(FileFault, match="several assignments"):
        canvas_gradebook(export, CLASS, "Sums")
    assert canvas_gradebook(export, CLASS, "Sums (2)").splitlines()[1] == "X,4711,,,,1,0.6667"


@pytest.mark.parametrize("export", ["", "\n", "a,b\n1,2\n", "Identifier,Grade\nParticipant 1,\n"])
def test_a_file_of_another_kind_is_refused(export: str) -> None:
    with pytest.raises(FileFault):
        moodle(export, CLASS)
    with pytest.raises(FileFault):
        canvas_gradebook(export, CLASS, "Sums")


def test_the_best_of_several_counts_once() -> None:
    results = ClassResults.of([report("s", 1), report("s", 2), report("s", 0)])
    assert results.handed_in_again() == ("s: sums",)
    assert moodle("Identifier,Grade,Feedback comments\ns,,\n", results).startswith(
        'Identifier,Grade,Feedback comments\ns,2,"sums: 2 of 2 points'
    )
    (found,) = files("gradescope", results).values()
    assert json.loads(found)["score"] == 2


def test_students_whose_names_look_alike_have_files_of_their_own() -> None:
    names = ["a/b", "a_b", "A_B", "..", "x" * 300, "x" * 299, "", "con\u0000", "Ünal"]
    results = ClassResults.of([report(name, 1) for name in names])
    for form in ("gradescope", "prairielearn"):
        found = files(form, results)
        assert len({name.casefold() for name in found}) == len(names)
        assert all(".." not in name.split("/") and "\0" not in name and len(name) < 200 for name in found)


def test_junit_counts_what_it_holds() -> None:
    root = ElementTree.fromstring(files("junit", CLASS)["junit.xml"])
    assert root.attrib == {"tests": "7", "failures": "1", "errors": "1", "skipped": "0", "time": "0"}
    assert len(root.findall("testsuite/testcase")) == 7
    assert sum(int(suite.attrib["tests"]) for suite in root) == 7


def test_annotations_hold_each_on_a_line() -> None:
    hostile = report("s\n::error::x", 0, feedback=["first\n::warning::second"])
    lines = files("github", ClassResults.of([hostile]))["github.txt"].splitlines()
    assert len(lines) == 2
    assert all(line.startswith(("::notice title=", "::error title=")) for line in lines)


def test_nbgraders_table_has_its_columns() -> None:
    rows = list(csv.DictReader(io.StringIO(files("nbgrader", CLASS)["nbgrader.csv"])))
    assert rows[0].keys() >= {"assignment", "student_id", "raw_score", "late_submission_penalty", "max_score"}
    assert [(row["assignment"], row["student_id"], row["score"]) for row in rows[:2]] == [
        ("other", "Emmy Noether", "1"),
        ("sums", "2", "1.5"),
    ]


def test_prairielearn_has_points_on_every_test() -> None:
    for text in files("prairielearn", CLASS).values():
        found = json.loads(text)
        assert 0 <= found["score"] <= 1
        assert all({"name", "points", "max_points"} <= test.keys() for test in found["tests"])


def test_the_json_is_that_of_a_plain_dump() -> None:
    text = files("json", CLASS)["results.json"]
    assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"
    empty = files("json", ClassResults.of([]))["results.json"]
    assert json.loads(empty) == {"schema": "symderiv-class/1", "reports": [], "unusable": []}


def test_the_page_says_what_was_hardest_and_shows_what_a_person_decides_once() -> None:
    waiting: dict[str, Any] = {
        "verdict": "undecided",
        "key": "k" * 64,
        "answer": "typed <b>",
        "feedback": ["Not decided."],
    }
    found = ClassResults.of([report(f"s{n}", 0, **waiting) for n in range(9)])
    page = class_page(found)
    assert page.count("kkkkkkkkkkkk") == 1
    assert "typed &lt;b&gt;" in page
    assert "s0, s1, s2, s3, s4 and 4 more" in page
    assert hardest(statistics(found))[0]["share"] == "0 %"


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_a_class_of_nobody_has_every_report(form: str) -> None:
    assert all(isinstance(text, str) for text in files(form, ClassResults.of([])).values())


def test_canvas_tells_who_has_no_row_and_knows_names_turned_round() -> None:
    results = ClassResults.of(
        [
            {"exercise": exercise, "student": student, "points": points, "out_of": 4, "parts": []}
            for exercise, student, points in (
                ("cnn-sizes", "Ada Lovelace", 3),
                ("other", "Ada Lovelace", 1),
                ("cnn-sizes", "Bo", 2),
                ("cnn-sizes", "Cy", 2),
            )
        ]
    )
    head = 'Student,ID,SIS User ID,SIS Login ID,Section,"CNN sizes (7)",Sheet (8)\n'
    rows = '    Points Possible,,,,,4.00,4.00\n"Lovelace, Ada",1,,,,,\nCy,2,,,,,\nCy,3,,,,,\n'
    told: list[str] = []
    filled = canvas_gradebook(head + rows, results, "CNN sizes", "g.csv", told.append).splitlines()
    assert filled[2:] == ['"Lovelace, Ada",1,,,,3,', "Cy,2,,,,,", "Cy,3,,,,,"]
    assert told == ["g.csv: several rows for Cy: not filled in", "g.csv: no row for Bo"]
    told.clear()
    filled = canvas_gradebook(head + rows, results, "Sheet", "g.csv", told.append).splitlines()
    assert filled[2] == '"Lovelace, Ada",1,,,,,4'
    assert told[-1] == "Sheet (8): Points Possible is 4.00, the marks are out of 8"


@pytest.mark.parametrize("told", ["none", "verdict", "hint"])
def test_platforms_tell_as_much_as_the_exercise_wants(told: str) -> None:
    wrong = report("s", 0, told=told, misconceptions=["sign"], feedback=[])
    results = ClassResults.of([wrong])
    score = json.loads(files("gradescope", results)["gradescope/s/results.json"])
    (test,) = score["tests"]
    assert score["visibility"] == test["visibility"] == ("after_published" if told == "none" else "visible")
    assert test["tags"] == (["sign"] if told == "hint" else [])
    (learnt,) = json.loads(files("prairielearn", results)["prairielearn/s-sums.json"])["tests"]
    assert ("wrong" in learnt["output"]) == (told != "none") == bool(learnt["message"])
