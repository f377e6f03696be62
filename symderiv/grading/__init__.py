"""What it is worth: kinds of part, misconceptions, marks, feedback, error carried forward, reports."""

from symderiv.grading.authoring.foresee import foresee
from symderiv.grading.authoring.lint import lint
from symderiv.grading.checking import check
from symderiv.grading.report import PartReport, Report

__all__ = ["PartReport", "Report", "check", "foresee", "lint"]
