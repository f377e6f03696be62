"""From exercises to what stands on a sheet: all is derived and printed here; templates only place it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from symderiv.exercise import Exercise, Question
from symderiv.exercise.models import ChoicePart
from symderiv.reports.sheets.content import ExerciseContent, PartContent, Sheet
from symderiv.reports.sheets.given import given_lines
from symderiv.reports.sheets.settings import Settings, load_words, points_words
from symderiv.reports.sheets.solution import solution_of

Words = Mapping[str, str]


def build_sheet(exercises: Sequence[Exercise], settings: Settings, *, solutions: bool) -> Sheet:
    """The question sheet, or, with ``solutions``, the sheet with every answer derived."""
    words = load_words(settings.words)
    title = settings.title or words["solutions" if solutions else "questions"]
    content = tuple(_exercise(exercise, words, solutions) for exercise in exercises)
    return Sheet(title, content, settings, words, solutions)


def _exercise(exercise: Exercise, words: Words, solutions: bool) -> ExerciseContent:
    file = exercise.file
    total = sum((Fraction(question.part.points) for question in exercise), Fraction(0))
    return ExerciseContent(
        title=file.title or file.id,
        text=file.text,
        points=points_words(total, words),
        given=given_lines(exercise),
        parts=tuple(_part(exercise, question, words, solutions) for question in exercise),
        id=file.id,
    )


def _part(exercise: Exercise, question: Question, words: Words, solutions: bool) -> PartContent:
    part = question.part
    return PartContent(
        label=part.id,
        ask=part.ask,
        points=points_words(Fraction(part.points), words),
        choices=tuple(part.choices.items()) if isinstance(part, ChoicePart) else (),
        solution=solution_of(exercise, question, words) if solutions else None,
    )
