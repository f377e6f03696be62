"""The pairs of tests/corpus/equality without arrays: how long a decision takes, and how long from the line.

"from the line" is what the worker of ``compare --jsonl`` does with a line of JSON, its own line included;
"decision" the part of it after both sides are read and understood. Least of a few runs, each with empty
caches, processor time.

python benchmarks/scalar_pairs.py [--slowest N]
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import yaml
from cold import forget

from symderiv.bulk.lines import WARMING, _work
from symderiv.cli.main import GARBAGE_THRESHOLD
from symderiv.derivation import comparison
from symderiv.expression.contents import contents
from symderiv.expression.tree import Binder, Index
from symderiv.tensor import Tensor

FOLDER = Path(__file__).parent.parent / "tests" / "corpus" / "equality"
REPEATS = 3
TIMEOUT = 5.0


def rows() -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """The kind of each pair of the tables, its sides, and what is given."""
    for path in sorted(FOLDER.glob("*.yaml")):
        for kind, table in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            for a, b, *rest in table if kind in ("equal", "different") else ():
                if all(isinstance(part, str) for part in (a, b, *rest)):
                    yield kind, a, b, tuple(rest)


def is_scalar(a: str, b: str, given: tuple[str, ...]) -> bool:
    """Are both sides numbers, with no entry of an array and no sum in them?"""
    found = comparison.compare(a, b, given)
    sides = [side.meaning for side in (found.a, found.b) if side is not None]
    return len(sides) == 2 and all(
        isinstance(side, Tensor)
        and not side.rank
        and contents(side.value).classes.isdisjoint((Binder, Index))
        for side in sides
    )


def timed(line: str) -> tuple[str, float, float]:
    """The verdict, the decision and all of it, in milliseconds."""
    decisions, wholes = [], []
    judge = comparison.judge

    def clocked(*args: object, **options: object) -> object:
        start = time.thread_time()
        try:
            return judge(*args, **options)  # type: ignore[arg-type]
        finally:
            decisions.append(time.thread_time() - start)

    with mock.patch.object(comparison, "judge", clocked):
        for _ in range(REPEATS):
            forget()
            start = time.thread_time()
            answer = _work((line, TIMEOUT))
            wholes.append(time.thread_time() - start)
    return json.loads(answer)["verdict"], min(decisions) * 1e3, min(wholes) * 1e3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slowest", type=int, default=5, help="how many of the slowest pairs to show")
    options = parser.parse_args()
    gc.set_threshold(GARBAGE_THRESHOLD)  # as on the command line
    for warming in WARMING:
        _work((warming, None))
    found = []
    wrong = 0
    for kind, a, b, given in rows():
        if is_scalar(a, b, given):
            verdict, decision, whole = timed(json.dumps({"a": a, "b": b, "given": given}))
            found.append((decision, whole, a, b))
            wrong += verdict not in (kind, "undecided")
    decisions, wholes = ([pair[at] for pair in found] for at in (0, 1))
    print(f"{len(found)} pairs without arrays, {wrong} wrong verdicts")
    for name, times in (("decision", decisions), ("from the line", wholes)):
        tenths = statistics.quantiles(times, n=10)
        print(f"{name:14} median {statistics.median(times):.2f} ms, nine in ten below {tenths[-1]:.1f} ms")
    for decision, whole, a, b in sorted(found, reverse=True)[: options.slowest]:
        print(f"{decision:8.1f} {whole:8.1f}  {a}  against  {b}")


if __name__ == "__main__":
    main()
