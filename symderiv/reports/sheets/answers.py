"""The file that students fill in and `check` reads: YAML, or the sheet with a place for each answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from textwrap import wrap
from typing import Any

from symderiv.errors import SymderivError
from symderiv.exercise import Exercise, Question
from symderiv.exercise.format.models import ChoicePart
from symderiv.reports.sheets.build import build_sheet
from symderiv.reports.sheets.render import render
from symderiv.reports.sheets.settings import Settings

_LABEL = re.compile(r"[^\\{}%#~\x00-\x1f]+\Z")


def answer_template(exercises: Sequence[Exercise], form: str, seed: int | None, settings: Settings) -> str:
    """The answer file of one exercise, its answers still empty."""
    if len(exercises) != 1:
        raise SymderivError(f"{len(exercises)} exercises for one answer file", expected="one exercise")
    return _FORMS[form](exercises[0], seed, settings)


def yaml_template(exercise: Exercise, seed: int | None, settings: Settings) -> str:
    """The answer file itself: each question as a comment above the line for its answer."""
    lines = [f"exercise: {exercise.id}", f"student: {json.dumps(settings.student, ensure_ascii=False)}"]
    lines += [f"seed: {seed}"] if seed is not None else []
    lines.append("answers:")
    for question in exercise:
        lines += [f"  # {line}" for line in _lines(f"({question.id}) {question.part.ask}")]
        lines += [f"  #   {line}" for line in _choices(question)]
        lines.append(f"  {json.dumps(question.id, ensure_ascii=False)}: ")
    return "\n".join(lines) + "\n"


def _choices(question: Question) -> list[str]:
    choices = question.part.choices if isinstance(question.part, ChoicePart) else {}
    return [line for name, text in choices.items() for line in _lines(f"{name}: {text}" if text else name)]


def _lines(text: str) -> list[str]:
    return wrap(text, 88, break_long_words=False, break_on_hyphens=False)


def _head(exercise: Exercise, seed: int | None, settings: Settings) -> list[str]:
    """The lines that say whose answers these are, and to what."""
    student = " ".join(settings.student.split())
    lines = [f"exercise: {exercise.id}", f"student: {student}"]
    return lines if seed is None else [*lines, f"seed: {seed}"]


def _labels(exercise: Exercise) -> list[str]:
    """The ids of the parts, each of which must be able to stand as a label."""
    labels = [question.id for question in exercise]
    for label in labels:
        if not _LABEL.match(label) or label != label.strip():
            raise SymderivError(
                f"the part id {label!r} can't label an answer", expected="the form yaml, or an id of letters"
            )
    return labels


def _markdown(exercise: Exercise, seed: int | None, settings: Settings) -> str:
    """The question sheet, and below it a heading for each answer."""
    head = "\n".join(_head(exercise, seed, settings))
    answers = "".join(f"\n## Answer {label}\n\n\n" for label in _labels(exercise))
    return f"---\n{head}\n---\n\n{_questions(exercise, settings)}{answers}"


def _questions(exercise: Exercise, settings: Settings) -> str:
    return render(build_sheet([exercise], settings, solutions=False), "md")


def _notebook(exercise: Exercise, seed: int | None, settings: Settings) -> str:
    """The head, the questions, and a cell for each answer."""
    head = "\n".join(_head(exercise, seed, settings))
    texts = [("raw", "head", f"---\n{head}\n---"), ("markdown", "questions", _questions(exercise, settings))]
    texts += [
        ("markdown", f"answer-{number}", f"## Answer {label}\n\n")
        for number, label in enumerate(_labels(exercise), 1)
    ]
    cells: list[dict[str, Any]] = [
        {"cell_type": kind, "id": name, "metadata": {}, "source": text.splitlines(keepends=True)}
        for kind, name, text in texts
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


_ENVIRONMENT = r"""% Write each answer between \begin{answer}{…} and \end{answer}, as $…$.
% Commands that you define yourself with \newcommand are understood.
\newenvironment{answer}[1]{\par\addvspace{9pt}\noindent\textbf{(\detokenize{#1})}\quad}{\par}
"""


def _latex(exercise: Exercise, seed: int | None, settings: Settings) -> str:
    """The question sheet, its head in comments, with an environment ``answer`` for each part at its end."""
    sheet = render(build_sheet([exercise], settings, solutions=False), "tex")
    head = "".join(f"% {line}\n" for line in _head(exercise, seed, settings))
    answers = "".join(f"\n\\begin{{answer}}{{{label}}}\n\n\\end{{answer}}\n" for label in _labels(exercise))
    before, begin, rest = sheet.partition("\\begin{document}")
    body, end, behind = rest.rpartition("\\end{document}")
    return f"{head}{before}{_ENVIRONMENT}{begin}{body}{answers}{end}{behind}"


_FORMS: dict[str, Callable[[Exercise, int | None, Settings], str]] = {
    "yaml": yaml_template,
    "md": _markdown,
    "ipynb": _notebook,
    "tex": _latex,
}
