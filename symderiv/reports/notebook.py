"""How exercises, derivations and reports show: printed, in a notebook (HTML), or in its print (LaTeX)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.reports.bank import show_text
from symderiv.reports.check_text import report_text
from symderiv.reports.derivation import derivation_latex as aligned
from symderiv.reports.derivation import derivation_text, summary
from symderiv.reports.sheets.build import build_sheet
from symderiv.reports.sheets.chains import chain_of
from symderiv.reports.sheets.environment import html_environment, tex_environment
from symderiv.reports.sheets.settings import Settings

__all__ = [
    "derivation_html",
    "derivation_latex",
    "derivation_text",
    "exercise_html",
    "exercise_latex",
    "exercise_text",
    "report_html",
    "report_latex",
    "report_text",
]

if TYPE_CHECKING:
    from symderiv.derivation.steps import Derivation
    from symderiv.exercise import Exercise
    from symderiv.grading import Report


def exercise_text(exercise: Exercise) -> str:
    """The questions as ``symderiv exercises show`` writes them."""
    return show_text([exercise])


def exercise_html(exercise: Exercise) -> str:
    """The questions of an exercise, formulas in MathML, everything else escaped."""
    sheet = build_sheet([exercise], Settings(), solutions=False)
    return _html("exercise", content=sheet.exercises[0], words=sheet.words)


def exercise_latex(exercise: Exercise) -> str:
    """The questions, for the LaTeX that a notebook is turned into."""
    sheet = build_sheet([exercise], Settings(), solutions=False)
    return _latex("exercise", content=sheet.exercises[0], words=sheet.words)


def report_html(report: Report) -> str:
    """A row for each part: points, verdict, the answer as it was read, feedback."""
    return _html("report", report=report)


def report_latex(report: Report) -> str:
    """A row for each part: points, verdict, the answer as it was read."""
    return _latex("report", report=report)


def derivation_html(derivation: Derivation) -> str:
    """The goal, then a row a step, and what is said of kinks."""
    chain = chain_of(derivation, {})
    return _html("derivation", derivation=chain, kinks=derivation.kinks, summary=summary(derivation))


def derivation_latex(derivation: Derivation) -> str:
    """The goal, then a line a step, aligned at the relations."""
    return str(aligned(derivation))


def _html(name: str, **values: object) -> str:
    return html_environment().get_template(f"notebook/{name}.html").render(**values)


def _latex(name: str, **values: object) -> str:
    return tex_environment().get_template(f"notebook/{name}.tex").render(**values)
