"""Every exercise of the bank, in each form that students fill in: what is filled in is read and right."""

from __future__ import annotations

import json

import pytest

from symderiv.exercise import Exercise, Question, exercise_paths, load_exercise, parse_answers
from symderiv.exercise.format.models import ChoicePart
from symderiv.grading import check
from symderiv.reports.sheets.answers import answer_template
from symderiv.reports.sheets.settings import Settings

BANK = [load_exercise(path) for path in exercise_paths()]
FORMS = ("yaml", "md", "ipynb", "tex")


def answer_to(question: Question) -> str | None:
    """A right answer as its author spells it."""
    if isinstance(question.part, ChoicePart):
        return ", ".join(question.part.answer[: question.part.choose])
    return question.part.accept[0].text if question.part.accept else None


def filled(template: str, form: str, label: str, answer: str) -> str:
    if form == "ipynb":
        notebook = json.loads(template)
        for cell in notebook["cells"]:
            if "".join(cell["source"]).startswith(f"## Answer {label}\n"):
                cell["source"] = ["".join(cell["source"]) + answer]
        return json.dumps(notebook)
    if form == "yaml":
        place = f"  {json.dumps(label)}: \n"
        lines = "".join(f"    {line}\n" for line in answer.splitlines())
        return template.replace(place, f"  {json.dumps(label)}: |-\n{lines}")
    place = {"md": f"## Answer {label}\n\n", "tex": f"\\begin{{answer}}{{{label}}}\n"}[form]
    assert place in template
    return template.replace(place, f"{place}{answer}\n")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("exercise", BANK, ids=lambda exercise: exercise.id)
def test_what_is_filled_in_reads_back(exercise: Exercise, form: str) -> None:
    template = answer_template([exercise], form, 7, Settings(student="Zoë: #1"))
    empty = parse_answers(template, f"answers.{form}")
    assert (empty.exercise, empty.student, empty.seed) == (exercise.id, "Zoë: #1", 7)
    assert {part.verdict for part in check(exercise, empty).parts} <= {"missing", "manual"}
    known = {question.id: answer for question in exercise if (answer := answer_to(question)) is not None}
    for label, answer in known.items():
        template = filled(template, form, label, answer)
    report = check(exercise, parse_answers(template, f"answers.{form}"))
    assert [part.id for part in report.parts if part.id in known and part.verdict != "equal"] == []
