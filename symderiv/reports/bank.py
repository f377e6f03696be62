"""The bank for a terminal and for scripts: exercises, what they hold, what lint found, what is foreseen."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symderiv.exercise.format.models import ChoicePart
from symderiv.exercise.format.points import plain
from symderiv.reports.check_text import points
from symderiv.reports.sheets.build import build_sheet
from symderiv.reports.sheets.content import Chain, ExerciseContent, PartContent
from symderiv.reports.sheets.settings import Settings

if TYPE_CHECKING:
    from symderiv.exercise import Exercise, Question
    from symderiv.grading.authoring.findings import Finding
    from symderiv.grading.authoring.foresee import Foreseen


def _points(exercise: Exercise) -> Fraction:
    return sum((Fraction(question.part.points) for question in exercise), Fraction(0))


def list_text(exercises: Sequence[Exercise]) -> str:
    """A line an exercise: id, points, title."""
    width = max((len(exercise.id) for exercise in exercises), default=0)
    return "\n".join(f"{each.id:<{width}}  {points(_points(each)):>4}  {each.title}" for each in exercises)


def list_json(exercises: Sequence[Exercise]) -> list[dict[str, Any]]:
    """Each exercise: id, title, points, the ids of its parts, its file."""
    return [
        {
            "id": each.id,
            "title": each.title,
            "points": plain(_points(each)),
            "parts": [question.id for question in each],
            "path": str(each.path or ""),
        }
        for each in exercises
    ]


def _content(exercises: Sequence[Exercise]) -> tuple[ExerciseContent, ...]:
    return build_sheet(exercises, Settings(), solutions=True).exercises


def show_text(exercises: Sequence[Exercise]) -> str:
    """What is given, what is asked, and the derived answers."""
    return "\n\n".join(_shown(each) for each in _content(exercises))


def _shown(exercise: ExerciseContent) -> str:
    lines = [f"{exercise.id}: {exercise.title} ({exercise.points})"]
    lines += [f"  {given.text}" for given in exercise.given]
    for part in exercise.parts:
        lines += ["", f"({part.id}) {part.ask} ({part.points})", *_answer_lines(part)]
    return "\n".join(lines)


def heading_text(exercise: Exercise) -> str:
    """What stands above the questions of an exercise: its title, its words, and what is given."""
    content = build_sheet([exercise], Settings(), solutions=False).exercises[0]
    lines = [
        f"{content.title} ({content.points})",
        content.text,
        *(f"  {given.text}" for given in content.given),
    ]
    return "\n".join(line for line in lines if line.strip())


def question_text(question: Question) -> str:
    """What a part asks, and what there is to choose from."""
    choices = question.part.choices if isinstance(question.part, ChoicePart) else {}
    asked = [f"({question.id}) {question.part.ask}"]
    return "\n".join([*asked, *(f"  {name}: {text}" for name, text in choices.items())])


def _answer_lines(part: PartContent) -> list[str]:
    solution = part.solution
    if solution is None:
        return []
    words = [f"    {solution.words}"] if solution.words else []
    return words + [f"    {_stated(chain)}" for chain in solution.chains]


def _stated(chain: Chain) -> str:
    return f"{chain.asked.text} = {chain.result.text}" if chain.asked is not None else chain.result.text


def show_json(exercises: Sequence[Exercise]) -> list[dict[str, Any]]:
    return [
        {
            "id": each.id,
            "title": each.title,
            "given": [given.text for given in each.given],
            "parts": [
                _part_json(part, question) for part, question in zip(each.parts, exercise, strict=True)
            ],
        }
        for each, exercise in zip(_content(exercises), exercises, strict=True)
    ]


def _part_json(part: PartContent, question: Question) -> dict[str, Any]:
    chains = part.solution.chains if part.solution is not None else ()
    return {
        "id": part.id,
        "ask": part.ask,
        "points": plain(Fraction(question.part.points)),
        "answer": [{"text": each.result.text, "latex": each.result.latex} for each in chains],
    }


def lint_text(checked: Sequence[tuple[Exercise, Sequence[Finding]]]) -> str:
    """A line an exercise, and below it what was found."""
    lines: list[str] = []
    for exercise, findings in checked:
        errors = sum(finding.level == "error" for finding in findings)
        lines.append(f"{'✗' if errors else '✓'} {exercise.id}")
        lines += [f"    {finding}" for finding in findings]
    return "\n".join(lines)


def lint_json(checked: Sequence[tuple[Exercise, Sequence[Finding]]]) -> list[dict[str, Any]]:
    """Each exercise with what lint found: level, part, message."""
    return [
        {
            "id": exercise.id,
            "findings": [
                {"level": finding.level, "part": finding.part, "message": finding.message}
                for finding in findings
            ],
        }
        for exercise, findings in checked
    ]


def foresee_text(seen: Sequence[tuple[Exercise, Sequence[Foreseen]]]) -> str:
    """A line for each wrong form that would be named."""
    lines: list[str] = []
    for exercise, forms in seen:
        lines.append(exercise.id)
        lines += [f"    {form.part}  {form.misconception}: {form.answer}{_apart(form)}" for form in forms]
    return "\n".join(lines)


def _apart(form: Foreseen) -> str:
    if form.told_apart is None:
        return "  (not decided whether it is wrong)"
    return "" if form.told_apart else "  (with these numbers it is right)"


def foresee_json(seen: Sequence[tuple[Exercise, Sequence[Foreseen]]]) -> list[dict[str, Any]]:
    return [{"id": exercise.id, "forms": [_form_json(form) for form in forms]} for exercise, forms in seen]


def _form_json(form: Foreseen) -> dict[str, Any]:
    return {
        "part": form.part,
        "misconception": form.misconception,
        "form": form.answer,
        "told_apart": form.told_apart,
    }
