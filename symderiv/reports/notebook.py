"""How exercises and reports show in a notebook: a piece of HTML, formulas in MathML, everything escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.reports.sheets.build import build_sheet
from symderiv.reports.sheets.environment import html_environment
from symderiv.reports.sheets.settings import Settings

if TYPE_CHECKING:
    from symderiv.derivation.steps import Derivation
    from symderiv.exercise import Exercise
    from symderiv.grading import Report


def exercise_piece(exercise: Exercise) -> str:
    """The questions of an exercise."""
    sheet = build_sheet([exercise], Settings(), solutions=False)
    return _rendered("exercise", content=sheet.exercises[0], words=sheet.words)


def report_piece(report: Report) -> str:
    """A row for each part: points, verdict, the answer as it was read, feedback."""
    return _rendered("report", report=report)


def derivation_piece(derivation: Derivation) -> str:
    """The goal, then a row a step."""
    from symderiv.reports.derivation import summary
    from symderiv.reports.sheets.chains import chain_of

    return _rendered("derivation", derivation=chain_of(derivation, {}), summary=summary(derivation))


def _rendered(name: str, **values: object) -> str:
    return html_environment().get_template(f"notebook/{name}.html").render(**values)
