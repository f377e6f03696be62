"""A part's report in words, for the boxes that learning platforms have."""

from __future__ import annotations

from symderiv.reports.classroom.results import Json

WORDS = {
    "equal": "right",
    "different": "wrong",
    "undecided": "not decided: a person will look at it",
    "invalid": "can't be read",
    "missing": "no answer",
    "manual": "for a person to mark",
}


def part_text(part: Json) -> str:
    """Verdict, how the answer was read, what is told."""
    lines = [f"{part['id']}: {WORDS[part['verdict']]} ({part['points']:g} of {part['out_of']:g} points)"]
    if part.get("error"):
        lines.append(f"  {part['error']}")
    elif part.get("read"):
        lines.append(f"  read as {part['read']['text']}")
    told = (line for line in part["feedback"] if not part.get("error") or part["error"] not in line)
    return "\n".join([*lines, *(f"  {line}" for line in told)])


def report_words(report: Json) -> str:
    """All parts, below the total."""
    head = f"{report['exercise']}: {report['points']:g} of {report['out_of']:g} points"
    return "\n".join([head, *(part_text(part) for part in report["parts"])])
