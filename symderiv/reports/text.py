"""Verdicts and readings for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.reports.paint import PLAIN, Paint

if TYPE_CHECKING:
    from symderiv.derivation import Comparison, Reading

COLOURS = {
    "equal": "green",
    "different": "red",
    "invalid": "red",
    "missing": "red",
    "undecided": "yellow",
    "manual": "yellow",
}


def comparison_text(comparison: Comparison, paint: Paint = PLAIN) -> str:
    """The verdict in a sentence, and how both sides were read."""
    verdict = comparison.verdict
    first = paint(COLOURS[verdict.verdict], verdict.verdict)
    lines = [first + str(verdict).removeprefix(verdict.verdict)]
    sides = (("first", comparison.a), ("second", comparison.b))
    lines += [f"  {name:7}{reading_line(reading)}" for name, reading in sides if reading is not None]
    lines += [f"  {'hint':7}{comparison.hint}"] if comparison.hint else []
    return "\n".join(lines)


def reading_line(reading: Reading) -> str:
    """``text  (shape)``."""
    suffix = f"  ({reading.shape_text})" if reading.shape else ""
    return f"{reading.text}{suffix}"


def reading_text(reading: Reading) -> str:
    """How an expression was understood, a line each for text, LaTeX, shape and free indices."""
    rows = [
        ("text", reading.text),
        ("latex", reading.latex),
        ("shape", reading.shape_text),
        ("free indices", ", ".join(reading.free)),
        ("not judged", "; ".join(reading.left_out)),
        ("means", reading.value_text if reading.value_text != reading.text else ""),
        ("hint", reading.hint),
    ]
    return "\n".join(f"{name + ':':14}{value}" for name, value in rows if value)
