"""The class on a page of HTML: a histogram, a heat map, distinct wrong answers, what waits for a person."""

from __future__ import annotations

from symderiv.reports.classroom.results import ClassResults, Json
from symderiv.reports.classroom.statistics import ExerciseStatistics, answer_text, statistics
from symderiv.reports.sheets.environment import html_environment

BAR_WIDTH, BAR_HEIGHT = 46, 120
STUDENTS, HARDEST, SHOWN = 5, 8, 300


def class_page(results: ClassResults, title: str = "Class report") -> str:
    """Self-contained: no script, no font, no picture from elsewhere."""
    environment = html_environment()
    found = statistics(results)
    return environment.get_template("classroom/class.html").render(
        title=title,
        exercises=found,
        hardest=hardest(found),
        bars=[_bars(exercise) for exercise in found],
        unusable=results.unusable_count,
        faults=list(results.told_faults),
        waiting=_waiting(results),
        students=results.graded_students,
        shade=shade,
        cut=_cut,
    )


def hardest(found: tuple[ExerciseStatistics, ...]) -> list[dict[str, str]]:
    """The parts with the lowest share of their points, and what most students got wrong there.

    What a person has yet to mark isn't hard: nobody knows.
    """
    parts = [
        (exercise.id, part)
        for exercise in found
        for part in exercise.parts
        if part.out_of and not part.count("manual")
    ]
    ranked = sorted(parts, key=lambda each: (each[1].mean / each[1].out_of, each[0], each[1].id))
    return [
        {
            "exercise": exercise,
            "part": part.id,
            "share": f"{100 * part.mean / part.out_of:.0f} %",
            "mistake": ", ".join(f"{name} ({count})" for name, count in part.misconceptions[:2]),
            "answer": _cut(part.wrong[0].text) if part.wrong else "",
            "count": str(part.wrong[0].count) if part.wrong else "",
        }
        for exercise, part in ranked[:HARDEST]
        if part.mean < part.out_of
    ]


def _cut(text: str) -> str:
    """A long answer, cut off: the whole of it is in the results."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]} …"


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
    """Undecided and manual answers, each once, with the key by which a person's decision is filed."""
    found: dict[str, tuple[dict[str, str], list[str]]] = {}
    for report in results.reports:
        for part in report["parts"]:
            if part["verdict"] in ("undecided", "manual"):
                _, students = found.setdefault(part["key"], (_entry(report, part), []))
                students.append(report["student"])
    return [{**entry, "students": _some(students)} for entry, students in found.values()]


def _entry(report: Json, part: Json) -> dict[str, str]:
    return {
        "exercise": report["exercise"],
        "part": part["id"],
        "text": _cut(answer_text(part)),
        "key": part["key"],
        "why": part.get("by") or "; ".join(part["feedback"]),
    }


def _some(students: list[str]) -> str:
    more = len(students) - STUDENTS
    return ", ".join(students[:STUDENTS]) + (f" and {more} more" if more > 0 else "")
