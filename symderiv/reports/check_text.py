"""A checked answer file for a terminal: marks, and for each part the verdict and the feedback."""

from __future__ import annotations

from fractions import Fraction
from textwrap import wrap
from typing import TYPE_CHECKING

from symderiv.grading.marks import in_words
from symderiv.reports.paint import PLAIN, Paint
from symderiv.reports.text import COLOURS

if TYPE_CHECKING:
    from symderiv.grading import PartReport, Report

WIDTH = 96
_SIGNS = {
    "equal": "✓",
    "different": "✗",
    "invalid": "✗",
    "missing": "–",
    "undecided": "?",
    "manual": "…",
}
_WORDS = {
    "equal": "right",
    "different": "wrong",
    "invalid": "can't be read",
    "missing": "no answer",
    "undecided": "undecided: kept for a person",
    "manual": "kept for a person",
}


def report_text(report: Report, paint: Paint = PLAIN) -> str:
    """One student's report."""
    who = f" · {report.student}" if report.student else ""
    head = f"{report.title or report.exercise}{who}"
    marks = in_words(points(report.points), points(report.out_of))
    gap = " " * max(2, WIDTH - len(head) - len(marks))
    lines = [paint("bold", head) + gap + paint("bold", marks)]
    width = max((len(part.id) for part in report.parts), default=1)
    for part in report.parts:
        lines += _part_lines(part, width, paint)
    return "\n".join(lines)


def part_text(part: PartReport, paint: Paint = PLAIN) -> str:
    """One part by itself, as at a prompt."""
    return "\n".join(_part_lines(part, len(part.id), paint))


def _part_lines(part: PartReport, width: int, paint: Paint) -> list[str]:
    colour = COLOURS[part.verdict]
    marks = f"{points(part.points)}/{points(part.out_of)}"
    words = paint(colour, f"{_SIGNS[part.verdict]} {_verdict_words(part)}")
    indent = " " * (width + 12)
    return [
        f"  {part.id:<{width}}  {marks:>6}  {words}",
        *(indent + line for text in _details(part) for line in _wrapped(text, len(indent))),
    ]


def _verdict_words(part: PartReport) -> str:
    words = _WORDS[part.verdict]
    if part.verdict == "equal" and part.by:
        scope = "" if part.scope in ("", "everywhere") else f"; {part.scope}"
        return f"{words} (proved: {part.by}{scope})"
    if part.misconceptions and part.feedback:
        return f"{words} ({', '.join(part.misconceptions)})"
    return words


def _details(part: PartReport) -> list[str]:
    told = list(part.feedback[_said_already(part) :])
    if part.error is not None:
        return [part.error.in_full(), *(text for text in told if part.error.message not in text)]
    if part.read is not None and part.verdict in ("different", "undecided"):
        return [f"read as {part.read.text}", *told]
    return told


def _said_already(part: PartReport) -> int:
    """How many lines of feedback the sign and the word beside it say already: the verdict comes first."""
    return 1 if part.verdict in ("equal", "different", "missing", "manual") else 0


def _wrapped(text: str, indent: int) -> list[str]:
    """Lines of at most the page's width; a caret below a line stays where it is."""
    if "\n" in text:
        return text.split("\n")
    return wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)


def points(value: Fraction | float) -> str:
    """Points as people write them.

    >>> points(Fraction(3)), points(Fraction(1, 2)), points(Fraction(1, 3))
    ('3', '0.5', '0.33')
    """
    return f"{float(value):.2f}".rstrip("0").rstrip(".")
