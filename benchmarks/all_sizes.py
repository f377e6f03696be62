"""Every identity of tests/corpus/all_sizes: how long its proof or refutation takes, warm, reading included.

python benchmarks/all_sizes.py [FILE …]
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from symderiv.cli.main import GARBAGE_THRESHOLD
from symderiv.derivation import compare

FOLDER = Path(__file__).parent.parent / "tests" / "corpus" / "all_sizes"
REPEATS = 3
LIMIT_MS = 100


@dataclass(frozen=True)
class Pair:
    name: str
    kind: str
    a: str
    b: str
    given: tuple[str, ...]
    entry: tuple[str, ...]
    index_from: int


def pairs(path: Path) -> Iterator[Pair]:
    for row in yaml.safe_load(path.read_text(encoding="utf-8")):
        for kind in ("equal", "different"):
            for other in row.get(kind, ()):
                yield Pair(
                    row["name"],
                    kind,
                    row["left"],
                    other,
                    tuple(row.get("given", ())),
                    tuple(row.get("entry", ())),
                    row.get("index_from", 0),
                )


def timed(pair: Pair) -> tuple[str, float]:
    """The verdict, and the least of a few runs in milliseconds of processor time."""
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        verdict = compare(
            pair.a, pair.b, given=pair.given, entry=pair.entry, index_from=pair.index_from
        ).verdict
        times.append(time.process_time() - start)
    return verdict.verdict, min(times) * 1e3


def main() -> None:
    paths = [Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.yaml"))
    gc.set_threshold(GARBAGE_THRESHOLD)  # as on the command line
    compare("x + 1", "x")
    print(f"{'identity':60} {'verdict':10} {'ms':>8}  against")
    taken: dict[str, list[float]] = {"equal": [], "different": []}
    wrong = 0
    for path in paths:
        for pair in pairs(path):
            verdict, ms = timed(pair)
            taken[pair.kind].append(ms)
            wrong += verdict != pair.kind
            mark = "" if verdict == pair.kind else f"   (not {pair.kind})"
            print(f"{pair.name[:60]:60} {verdict:10} {ms:8.2f}  {pair.b[:70]}{mark}", flush=True)
    for kind, times in taken.items():
        if times:
            slow = sum(ms > LIMIT_MS for ms in times)
            print(
                f"{len(times)} {kind}: median {statistics.median(times):.2f} ms, "
                f"longest {max(times):.0f} ms, {slow} above {LIMIT_MS} ms"
            )
    print(f"{wrong} verdicts other than the table's")


if __name__ == "__main__":
    main()
