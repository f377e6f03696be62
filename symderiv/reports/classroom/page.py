"""The class on a page of HTML: a histogram, a heat map, distinct wrong answers, what waits for a person."""

from __future__ import annotations

from symderiv.reports.classroom.results import ClassResults
from symderiv.reports.classroom.statistics import ExerciseStatistics, statistics
from symderiv.reports.sheets.environment import html_environment

BAR_WIDTH, BAR_HEIGHT = 46, 120


def class_page(results: ClassResults, title: str = "Class report") -> str:
    """Self-contained: no script, no font, no picture from elsewhere."""
    environment = html_environment()
    found = statistics(results)
    return environment.get_template("classroom/class.html").render(
        title=title,
        exercises=found,
        bars=[_bars(exercise) for exercise in found],
        unusable=results.unusable,
        waiting=_waiting(results),
        students=len(results.students),
        shade=shade,
    )


def shade(count: int, of: int) -> str:
    """A colour from white to red for a share of the class, dark enough to see one student of many.

    >>> shade(0, 10), shade(10, 10)
    ('hsl(8 85% 100%)', 'hsl(8 85% 62%)')
    """
    share = count / of if of else 0
    light = 100 if not count else 94 - 32 * share
    return f"hsl(8 85% {light:.0f}%)"


def _bars(exercise: ExerciseStatistics) -> list[dict[str, int]]:
    tallest = max(exercise.histogram) or 1
    bars = []
    for position, count in enumerate(exercise.histogram):
        height = round(BAR_HEIGHT * count / tallest)
        bars.append(
            {
                "x": position * BAR_WIDTH,
                "y": BAR_HEIGHT - height,
                "height": height,
                "count": count,
                "from": 10 * position,
            }
        )
    return bars


def _waiting(results: ClassResults) -> list[dict[str, str]]:
    """Undecided and manual answers, with the keys by which a person's decision is filed."""
    return [
        {
            "exercise": report["exercise"],
            "student": report["student"],
            "part": part["id"],
            "text": (part.get("read") or {}).get("text", ""),
            "key": part["key"],
            "why": part.get("by") or "; ".join(part["feedback"]),
        }
        for report in results.reports
        for part in report["parts"]
        if part["verdict"] in ("undecided", "manual")
    ]
