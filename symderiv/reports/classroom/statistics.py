"""What a class did not understand: scores, parts against misconceptions, and each distinct wrong answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from symderiv.reports.classroom.results import ClassResults, Json

VERDICTS = ("equal", "different", "invalid", "missing", "undecided", "manual")
BINS = 10


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """An answer that several students gave, as it was read, with the point that shows it wrong."""

    text: str
    count: int
    verdict: str
    misconceptions: tuple[str, ...]
    witness: str


@dataclass(frozen=True, slots=True)
class PartStatistics:
    """One part over the class."""

    id: str
    out_of: float
    mean: float
    verdicts: tuple[tuple[str, int], ...]
    misconceptions: tuple[tuple[str, int], ...]
    wrong: tuple[WrongAnswer, ...]

    def count(self, verdict: str) -> int:
        return dict(self.verdicts).get(verdict, 0)

    def misconceived(self, name: str) -> int:
        return dict(self.misconceptions).get(name, 0)


@dataclass(frozen=True, slots=True)
class ExerciseStatistics:
    """One exercise over the class; ``histogram`` counts students by tenths of the full marks."""

    id: str
    students: int
    out_of: float
    mean: float
    histogram: tuple[int, ...]
    parts: tuple[PartStatistics, ...]

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """Those that occur, most frequent first."""
        total: Counter[str] = Counter()
        for part in self.parts:
            total.update(dict(part.misconceptions))
        return tuple(name for name, _ in sorted(total.items(), key=lambda item: (-item[1], item[0])))


def statistics(results: ClassResults) -> tuple[ExerciseStatistics, ...]:
    return tuple(_exercise(name, results.of_exercise(name)) for name in results.exercises)


def _exercise(name: str, reports: tuple[Json, ...]) -> ExerciseStatistics:
    by_part: dict[str, list[Json]] = defaultdict(list)
    for report in reports:
        for part in report["parts"]:
            by_part[part["id"]].append(part)
    return ExerciseStatistics(
        name,
        len(reports),
        max(report["out_of"] for report in reports),
        sum(report["points"] for report in reports) / len(reports),
        histogram(reports),
        tuple(_part(identifier, parts) for identifier, parts in by_part.items()),
    )


def histogram(reports: Iterable[Json]) -> tuple[int, ...]:
    """How many students reached 0–10 %, 10–20 %, …, 90–100 % of the marks.

    >>> histogram([{"points": 5, "out_of": 10}, {"points": 10, "out_of": 10}])
    (0, 0, 0, 0, 0, 1, 0, 0, 0, 1)
    """
    counts = [0] * BINS
    for report in reports:
        share = report["points"] / report["out_of"] if report["out_of"] else 0
        counts[min(BINS - 1, int(share * BINS))] += 1
    return tuple(counts)


def _part(identifier: str, parts: list[Json]) -> PartStatistics:
    verdicts = Counter(part["verdict"] for part in parts)
    misconceptions = Counter(name for part in parts for name in part["misconceptions"])
    return PartStatistics(
        identifier,
        max(part["out_of"] for part in parts),
        sum(part["points"] for part in parts) / len(parts),
        tuple((verdict, verdicts[verdict]) for verdict in VERDICTS if verdicts[verdict]),
        tuple(sorted(misconceptions.items(), key=lambda item: (-item[1], item[0]))),
        _wrong(parts),
    )


def _wrong(parts: list[Json]) -> tuple[WrongAnswer, ...]:
    groups: dict[str, list[Json]] = defaultdict(list)
    for part in parts:
        if part["verdict"] in ("different", "invalid", "undecided"):
            groups[_text(part)].append(part)
    found = (_group(text, same) for text, same in groups.items())
    return tuple(sorted(found, key=lambda answer: (-answer.count, answer.text)))


def _text(part: Json) -> str:
    read = part.get("read")
    return read["text"] if read else part.get("error") or ""


def _group(text: str, same: list[Json]) -> WrongAnswer:
    first = same[0]
    witness = first.get("witness")
    return WrongAnswer(
        text,
        len(same),
        first["verdict"],
        tuple(first["misconceptions"]),
        _witness(witness) if witness else "",
    )


def _witness(witness: Json) -> str:
    at = ", ".join(f"{name} = {value}" for name, value in witness["point"].items())
    values = f"{witness['left']} ≠ {witness['right']}"
    return f"{at}: {values}" if at else values
