"""The file that students fill in: YAML, which `check` reads; or Markdown, a notebook, LaTeX around it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from textwrap import wrap
from typing import Any

from symderiv.errors import SymderivError
from symderiv.exercise import Exercise
from symderiv.reports.sheets.build import build_sheet
from symderiv.reports.sheets.render import render
from symderiv.reports.sheets.settings import Settings


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
        lines.append(f"  {json.dumps(question.id, ensure_ascii=False)}: ")
    return "\n".join(lines) + "\n"


def _lines(text: str) -> list[str]:
    return wrap(text, 88, break_long_words=False, break_on_hyphens=False)


def _markdown(exercise: Exercise, seed: int | None, settings: Settings) -> str:
    return f"{_questions(exercise, settings)}\n```yaml\n{yaml_template(exercise, seed, settings)}```\n"


def _questions(exercise: Exercise, settings: Settings) -> str:
    return render(build_sheet([exercise], settings, solutions=False), "md")


def _notebook(exercise: Exercise, seed: int | None, settings: Settings) -> str:
    """Two cells: the questions, and a file ``answer.yaml`` written by the cell magic of Jupyter."""
    answers = f"%%writefile answer.yaml\n{yaml_template(exercise, seed, settings)}"
    code: dict[str, Any] = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    cells = [
        {
            "cell_type": "markdown",
            "metadata": {},
            "id": "questions",
            "source": _questions(exercise, settings).splitlines(keepends=True),
        },
        {**code, "id": "answers", "source": answers.splitlines(keepends=True)},
        {**code, "id": "check", "source": ["!symderiv check answer.yaml"]},
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _latex(exercise: Exercise, seed: int | None, settings: Settings) -> str:
    """The question sheet, with the answer file in comments at its end."""
    sheet = render(build_sheet([exercise], settings, solutions=False), "tex")
    commented = "".join(f"% {line}\n" for line in yaml_template(exercise, seed, settings).splitlines())
    return f"{sheet}\n{commented}"


_FORMS: dict[str, Callable[[Exercise, int | None, Settings], str]] = {
    "yaml": yaml_template,
    "md": _markdown,
    "ipynb": _notebook,
    "tex": _latex,
}
