"""How long a reading takes: the median over the corpora of the tests, in processor time, after warm-up.

    python benchmarks/reading.py [rounds]

The contract: a median under 1 ms for text and under 5 ms for LaTeX. Each string is read in its own scope, as
an answer is; nothing is remembered from string to string but the grammars. The texts are what people type
(`tests/corpus/text.yaml`) and the twins of the LaTeX strings.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import yaml
from cold import forget

from symderiv.derivation.given import read_given
from symderiv.language import Scope, read
from symderiv.language.latex.reading import read_latex

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "corpus"
LATEX = ("latex.yaml", "latex-courses.yaml", "latex-lectures.yaml")
Reading = Callable[[], object]


def groups(name: str) -> list[tuple[Scope, list[tuple[str, str | None]]]]:
    """The scope and the rows of each group of a corpus."""
    found: list[dict[str, Any]] = yaml.safe_load((CORPUS / name).read_text("utf-8"))
    return [(scope_of(group), [tuple(row) for row in group.get("rows", [])]) for group in found]


def scope_of(group: dict[str, Any]) -> Scope:
    given = read_given(group["given"], strict=True, index_from=group.get("index_from", 0))
    return replace(given.scope, notation=group.get("notation", {}))


def readings() -> dict[str, list[Reading]]:
    """What is read, by syntax."""
    found: dict[str, list[Reading]] = {"text": [], "LaTeX": []}
    for scope, rows in groups("text.yaml"):
        found["text"] += [lambda s=text, c=scope: read(s, c, syntax="auto") for text, twin in rows if twin]
    for scope, rows in (group for name in LATEX for group in groups(name)):
        for latex, twin in rows:
            if twin:
                found["LaTeX"].append(lambda s=latex, c=scope: read_latex(s, c))
                found["text"].append(lambda s=twin, c=scope: read(s, c, syntax="text"))
    return found


def milliseconds(reading: Reading) -> float:
    forget()
    begun = time.process_time_ns()
    reading()
    return (time.process_time_ns() - begun) / 1e6


def main(rounds: int) -> None:
    for syntax, each in readings().items():
        for reading in each:
            reading()
        times = [median(milliseconds(reading) for _ in range(rounds)) for reading in each]
        ninth, ninety_ninth = quantiles(times, n=10)[-1], quantiles(times, n=100)[-1]
        print(
            f"{syntax:6} {len(times):5} strings   median {median(times):6.3f} ms   "
            f"90 % within {ninth:6.3f} ms   99 % within {ninety_ninth:6.3f} ms   longest {max(times):6.3f} ms"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
