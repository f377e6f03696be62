"""A student's own numbers: drawn by a seed, the same on every machine.

Numbers come from SHA-256 of the exercise, the name, the seed and a counter: no generator whose stream
might change from one version of Python to the next.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from symderiv.derivation import scalar_of
from symderiv.equality import decide
from symderiv.equality.verdict import Equal
from symderiv.errors import FileFault, FileFaults, Place
from symderiv.exercise.building import build
from symderiv.exercise.exercise import Exercise
from symderiv.exercise.format.draws import drawn_from
from symderiv.exercise.format.models import ExerciseFile
from symderiv.expression.tree import TRUE, Expr, Number, transform
from symderiv.language import Scope, read_condition
from symderiv.tensor import Tensor

MAX_ATTEMPTS = 200
_LINES = re.MULTILINE | re.DOTALL


def vary(file: ExerciseFile, path: Path | None, seed: int) -> Exercise:
    """The exercise with the numbers that ``seed`` draws, the first draw that satisfies ``vary.where``."""
    assert file.vary is not None
    choices = {name: drawn_from(said) for name, said in file.vary.draw.items()}
    missing = [name for name in choices if name not in file.let]
    if missing:
        message = f"vary.draw.{missing[0]}: no such name in let"
        raise FileFaults([FileFault(message, _place_of(file, missing[0]), ", ".join(file.let))])
    for attempt in range(MAX_ATTEMPTS):
        streams = {name: stream(f"{file.id}/{name}/{seed}/{attempt}") for name in choices}

        def draw(name: str, value: Expr, streams: dict[str, Iterator[int]] = streams) -> Expr:
            return redraw(value, choices[name], streams[name]) if name in choices else value

        exercise = build(file, path, seed, draw)
        if all(_holds(formula.text, exercise.scope) for formula in file.vary.where):
            return exercise
    raise FileFaults([FileFault(f"vary.where: no draw out of {MAX_ATTEMPTS} satisfies it (seed {seed})")])


def _place_of(file: ExerciseFile, name: str) -> Place | None:
    """Where the file draws a name: behind its ``vary:``."""
    node = next((formula.node for formula in file.let.values() if formula.node is not None), None)
    pattern = rf"^vary:.*?(?<!\w)({re.escape(name)})\s*:"
    said = re.search(pattern, node.document.text, _LINES) if node else None
    return node.document.place(said.start(1), said.end(1)) if node and said else None


def stream(label: str) -> Iterator[int]:
    """64-bit numbers without end, the same for a label everywhere."""
    counter = 0
    while True:
        digest = hashlib.sha256(f"{label}/{counter}".encode()).digest()
        yield int.from_bytes(digest[:8], "big")
        counter += 1


def redraw(value: Expr, choices: tuple[Fraction, ...], numbers: Iterator[int]) -> Expr:
    """A literal with every number in it drawn anew."""

    def fresh(node: Expr) -> Expr:
        return Number(choices[next(numbers) % len(choices)]) if isinstance(node, Number) else node

    return transform(value, fresh)


def _holds(condition: str, scope: Scope) -> bool:
    found = scalar_of(read_condition(condition, scope))
    return isinstance(decide(found, Tensor.scalar(TRUE)), Equal)
