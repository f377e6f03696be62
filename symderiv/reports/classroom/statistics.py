"""What a class did not understand: scores, parts against misconceptions, and each distinct wrong answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from symderiv.reports.classroom.results import ClassResults, Json
from symderiv.visible import visible

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


def _exercise(name: str, reports: Iterable[Json]) -> ExerciseStatistics:
    parts: dict[str, _Tally] = {}
    shares: list[float] = []
    points = out_of = 0.0
    for report in reports:
        shares.append(report["points"] / report["out_of"] if report["out_of"] else 0)
        points += report["points"]
        out_of = max(out_of, report["out_of"])
        for part in report["parts"]:
            parts.setdefault(part["id"], _Tally()).count(part)
    return ExerciseStatistics(
        name,
        len(shares),
        out_of,
        points / len(shares),
        histogram(shares),
        tuple(tally.statistics(identifier) for identifier, tally in parts.items()),
    )


def histogram(shares: Iterable[float]) -> tuple[int, ...]:
    """How many students reached 0–10 %, 10–20 %, …, 90–100 % of the marks.

    >>> histogram([0.5, 1])
    (0, 0, 0, 0, 0, 1, 0, 0, 0, 1)
    """
    counts = [0] * BINS
    for share in shares:
        counts[max(0, min(BINS - 1, int(share * BINS)))] += 1
    return tuple(counts)


class _Tally:
    """What is counted of a part while the reports go by."""

    def __init__(self) -> None:
        self.answers = 0
        self.points = 0.0
        self.out_of = 0.0
        self.verdicts: Counter[str] = Counter()
        self.misconceptions: Counter[str] = Counter()
        self.wrong: dict[str, tuple[Json, int]] = {}

    def count(self, part: Json) -> None:
        self.answers += 1
        self.points += part["points"]
        self.out_of = max(self.out_of, part["out_of"])
        self.verdicts[part["verdict"]] += 1
        self.misconceptions.update(part["misconceptions"])
        if part["verdict"] in ("different", "invalid"):  # what is undecided waits for a person
            text = answer_text(part)
            first, before = self.wrong.get(text, (part, 0))
            self.wrong[text] = (first, before + 1)

    def statistics(self, identifier: str) -> PartStatistics:
        wrong = (_wrong(text, first, count) for text, (first, count) in self.wrong.items())
        return PartStatistics(
            identifier,
            self.out_of,
            self.points / self.answers,
            tuple((verdict, self.verdicts[verdict]) for verdict in VERDICTS if self.verdicts[verdict]),
            tuple(sorted(self.misconceptions.items(), key=lambda item: (-item[1], item[0]))),
            tuple(sorted(wrong, key=lambda answer: (-answer.count, answer.text))),
        )


def answer_text(part: Json) -> str:
    """The answer as it was read, else as it was typed: so where it could be read in part only."""
    read = part.get("read") if part["verdict"] != "invalid" or not part.get("answer") else None
    return visible(str(read["text"] if read else part.get("answer") or part.get("error") or ""))


def _wrong(text: str, first: Json, count: int) -> WrongAnswer:
    witness = first.get("witness")
    where = _witness(witness) if witness else first.get("error") or ""
    return WrongAnswer(text, count, first["verdict"], tuple(first["misconceptions"]), where)


def _witness(witness: Json) -> str:
    at = ", ".join(f"{name} = {value}" for name, value in witness["point"].items())
    values = f"{witness['left']} ≠ {witness['right']}"
    return f"{at}: {values}" if at else values
