"""From exercises to what stands on a sheet: all is derived and printed here; templates only place it."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from symderiv.exercise import Exercise, Question
from symderiv.exercise.format.models import ChoicePart
from symderiv.expression.tree import Variable
from symderiv.grading import Report
from symderiv.reports.check_text import points
from symderiv.reports.pictures.found import pictures_of
from symderiv.reports.sheets.content import Choice, ExerciseContent, PartContent, Sheet
from symderiv.reports.sheets.feedback import told
from symderiv.reports.sheets.given import given_lines
from symderiv.reports.sheets.marking import mistakes_of, notes_of
from symderiv.reports.sheets.mentioned import all_names, told_names
from symderiv.reports.sheets.settings import Settings, load_words, points_words
from symderiv.reports.sheets.solution import solution_of

Words = Mapping[str, str]
MakePart = Callable[[Exercise, Question, PartContent], PartContent]
Tell = Callable[[Exercise], tuple[Variable, ...]]
_LETTER = re.compile(r"[a-zA-Z]|[ivx]{1,5}|\d{1,2}(\.\d{1,2})?|[a-z][._]?(\d|[ivx]{1,4})")
"""Ids that stand before a question as they are; words would take too much room there."""


def build_sheet(exercises: Sequence[Exercise], settings: Settings, *, solutions: bool) -> Sheet:
    """The question sheet, or, with ``solutions``, the sheet with every answer derived."""
    words = load_words(settings.words)
    kind = "solutions" if solutions else "questions"

    def solved(exercise: Exercise, question: Question, part: PartContent) -> PartContent:
        return _solved(exercise, question, part, words)

    make, tell = (solved, all_names) if solutions else (_as_asked, told_names)
    content = [_illustrated(each, _exercise(each, words, make, tell), words, solutions) for each in exercises]
    return _sheet(kind, content, settings, words)


def build_marking_sheet(exercises: Sequence[Exercise], settings: Settings) -> Sheet:
    """The solutions, and under each the common mistakes and what they cost."""
    words = load_words(settings.words)

    def marked(exercise: Exercise, question: Question, part: PartContent) -> PartContent:
        return replace(
            _solved(exercise, question, part, words),
            mistakes=mistakes_of(question, exercise.file.notation, words),
            notes=notes_of(question, words),
        )

    return _sheet(
        "marking", [_exercise(each, words, marked, all_names) for each in exercises], settings, words
    )


def build_feedback_sheet(checked: Sequence[tuple[Exercise, Report]], settings: Settings) -> Sheet:
    """One student's checked answers: each as it was read, with its verdict, witness and hints."""
    words = load_words(settings.words)
    student = settings.student or next((report.student for _, report in checked if report.student), "")
    content = [_with_report(exercise, report, words) for exercise, report in checked]
    return _sheet("feedback", content, settings.but(student=student), words)


def _with_report(exercise: Exercise, report: Report, words: Words) -> ExerciseContent:
    def answered(_: Exercise, question: Question, part: PartContent) -> PartContent:
        return replace(part, told=told(question, report.part(question.id), words))

    total = f"{points(report.points)} {words['of']} {points_words(report.out_of, words)}"
    if any(question.feedback == "none" for question in exercise):
        total = points_words(report.out_of, words)  # what was reached would tell
    return replace(_exercise(exercise, words, answered, told_names), points=total)


def _sheet(kind: str, content: Sequence[ExerciseContent], settings: Settings, words: Words) -> Sheet:
    return Sheet(settings.title or words[kind], tuple(content), settings, words, kind)


def _illustrated(
    exercise: Exercise, content: ExerciseContent, words: Words, solutions: bool
) -> ExerciseContent:
    return replace(content, pictures=pictures_of(exercise, words, solutions=solutions))


def _exercise(exercise: Exercise, words: Words, make: MakePart, tell: Tell) -> ExerciseContent:
    file = exercise.file
    total = sum((Fraction(question.part.points) for question in exercise), Fraction(0))
    lettered = not all(_LETTER.fullmatch(question.id) for question in exercise)
    return ExerciseContent(
        title=file.title or file.id,
        text=file.text,
        points=points_words(total, words),
        given=given_lines(exercise, tell(exercise)),
        parts=tuple(
            make(exercise, question, _part(question, words, letter(k) if lettered else ""))
            for k, question in enumerate(exercise)
        ),
        id=file.id,
    )


def letter(count: int) -> str:
    """``a, b, …, z, aa, ab, …``: how parts are called whose names are words.

    >>> letter(0), letter(25), letter(26)
    ('a', 'z', 'aa')
    """
    before, last = divmod(count, 26)
    return (letter(before - 1) if before else "") + chr(ord("a") + last)


def _part(question: Question, words: Words, label: str) -> PartContent:
    part = question.part
    return PartContent(
        label=label or part.id,
        ask=part.ask,
        points=points_words(Fraction(part.points), words),
        choices=_choices(part, ()) if isinstance(part, ChoicePart) else (),
        name=part.id if label else "",
    )


def _choices(part: ChoicePart, ticked: Container[str]) -> tuple[Choice, ...]:
    return tuple(
        Choice(text or name, name in ticked, "" if text.casefold() in ("", name.casefold()) else name)
        for name, text in part.choices.items()
    )


def _as_asked(exercise: Exercise, question: Question, part: PartContent) -> PartContent:
    return part


def _solved(exercise: Exercise, question: Question, part: PartContent, words: Words) -> PartContent:
    asked = question.part
    if not isinstance(asked, ChoicePart):
        return replace(part, solution=solution_of(exercise, question, words))
    ticked = _choices(asked, asked.answer)
    return replace(part, choices=ticked, solution=solution_of(exercise, question, words))
