"""The ways of the solved homeworks to their answers, judged line by line: formulas only, in our notation."""

from __future__ import annotations

from pathlib import Path

import pytest

from symderiv.exercise import load_exercise, parse_answers
from symderiv.grading import PartReport, check

ROOT = Path(__file__).parents[2]
DIFFERENCES = "examples/derivations/finite-difference-derivation.yaml"
AVERAGE = "examples/derivations/average-pooling-derivation.yaml"
FORWARD = "examples/derivations/forward-formula.yaml"
VALID = "exercises/conv1d-valid-backward.yaml"
FULL = "exercises/conv1d-full-backward.yaml"


def judged(path: str, part: str, lines: str) -> PartReport:
    exercise = load_exercise(ROOT / path)
    block = "\n".join(f"    {line}" for line in lines.split("\n"))
    answers = parse_answers(f"exercise: {exercise.id}\nanswers:\n  {part}: |\n{block}\n")
    return check(exercise, answers).part(part)


WRONG = {
    "001/1: the filter's index runs with the position": (
        DIFFERENCES,
        "sum",
        "sum(sum(w[i-1+a,j-1+b]*X[i-1+a,j-1+b], (b, 1, 3)), (a, 1, 3))\n= -X[i,j] + X[i+1,j]",
        "Line 1 ",
    ),
    "001/2: the window's sums run to n/k": (
        AVERAGE,
        "sum",
        "sum(sum(1/k^2*X[k*(i-1)+a,k*(j-1)+b], (b, 1, n/k)), (a, 1, n/k))\n"
        "= 1/k^2*sum(sum(X[k*(i-1)+a,k*(j-1)+b], (b, 1, n/k)), (a, 1, n/k))",
        "Line 1 ",
    ),
    "002/1d: the row's index twice in the forward formula": (
        FORWARD,
        "entry",
        "c\n= [[sum(sum(b[m,n]*a[i+m-1,j+m-1], (n, 1, 3)), (m, 1, 3))"
        " for j in range(1, 4)] for i in range(1, 4)]",
        "Line 2 ",
    ),
    "003/6.3: the square of k for the second k": (
        VALID,
        "gradient",
        "sum(g[i]*w2[n-i+1], (i, 1, m-k2+1))\n= sum(g[n+j-k2]*w2[k2^2-j+1], (j, 1, k2))\n= full(g, flip(w2))",
        "Line 2 ",
    ),
    "003/6.6: the square of k for the second k": (
        FULL,
        "gradient",
        "sum(g[i]*w2[n-i+k2], (i, 1, m+k2-1))\n"
        "= sum(g[n+j-1]*w2[k2^2-j+1], (j, 1, k2^2))\n= valid(g, flip(w2))",
        "Line 2 ",
    ),
    "003/6.6: full for valid in the last line": (
        FULL,
        "gradient",
        "sum(g[i]*w2[n-i+k2], (i, 1, m+k2-1))\n= sum(g[n+j-1]*flip(w2)[j], (j, 1, k2))\n= full(g, flip(w2))",
        "Line 3 ",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_first_wrong_line_is_found(name: str) -> None:
    path, part, lines, where = WRONG[name]
    report = judged(path, part, lines)
    assert report.verdict == "different"
    assert any(told.startswith(where) for told in report.feedback)


def test_full_for_valid_is_named() -> None:
    path, part, lines, _ = WRONG["003/6.6: full for valid in the last line"]
    assert "mode-mixed" in judged(path, part, lines).misconceptions


RIGHT = {
    "001/1": (
        DIFFERENCES,
        "sum",
        "sum(sum(w[a,b]*X[i-2+a,j-2+b], (b, 1, 3)), (a, 1, 3))\n= X[i+1,j] - X[i,j]",
    ),
    "002/1d": (
        FORWARD,
        "entry",
        "c\n= [[sum(sum(b[m,n]*a[i+m-1,j+n-1], (n, 1, 3)), (m, 1, 3))"
        " for j in range(1, 4)] for i in range(1, 4)]",
    ),
    "003/6.3": (
        VALID,
        "gradient",
        "sum(g[i]*w2[n-i+1], (i, 1, m-k2+1))\n= sum(g[n+j-k2]*w2[k2-j+1], (j, 1, k2))\n= full(g, flip(w2))",
    ),
}


@pytest.mark.parametrize("source", RIGHT)
def test_the_right_way_is_right(source: str) -> None:
    assert judged(*RIGHT[source]).verdict == "equal"
