"""A sheet counts entries as its exercise does, and says what an object has to satisfy."""

from __future__ import annotations

import pytest

from symderiv.exercise import parse_exercise
from symderiv.exercise.exercise import Exercise
from symderiv.expression.tree import ONE, ZERO, Apply, Binder, Index, Variable, index_variable
from symderiv.reports.sheets.counting import counted_from_one
from symderiv.reports.sheets.settings import load_words
from symderiv.reports.sheets.solution import solution_of

SOURCE = r"""
id: one
index_from: {origin}
let:
  n: size
  x: vector(n)
  C: matrix(2, 2) = [[2, 1], [1, 2]]
  v: vector(3)
  a: vector(n)
parts:
  - {{id: mean, answer: mean(x)}}
  - {{id: var, answer: 'sum((x[i] - mean(x))^2, i)/n'}}
  - {{id: inverse, answer: C^(-1)}}
  - {{id: last, answer: 'x[n]'}}
  - {{id: softmax, answer: 'jacobian(softmax(a), a)'}}
  - {{id: unit, kind: construct, find: {{u: vector(2)}}, where: ['C*u == 3*u', 'norm(u) == 1']}}
"""


def exercise(origin: int) -> Exercise:
    source = SOURCE.format(origin=origin)
    return parse_exercise(source if origin else source.replace("x[n]", "x[n - 1]"))


def latex(part: str, origin: int) -> str:
    found = exercise(origin)
    (question,) = (each for each in found.questions if each.id == part)
    solution = solution_of(found, question, load_words("en"))
    pieces = [
        formula.latex
        for chain in solution.chains
        for formula in (*([chain.asked] if chain.asked else []), *(line.formula for line in chain.lines))
    ]
    return f"{solution.words} {' = '.join(pieces)}"


@pytest.mark.parametrize("part", ["mean", "var", "inverse", "last", "softmax"])
def test_what_counts_from_one_is_printed_so(part: str) -> None:
    said = latex(part, 1)
    assert "=0}" not in said
    assert "_{0" not in said
    assert "- 1}" not in said


@pytest.mark.parametrize(("part", "shown"), [("mean", "_{i=0}^{n - 1}"), ("inverse", "_{0,0}")])
def test_what_counts_from_zero_too(part: str, shown: str) -> None:
    assert shown in latex(part, 0)


def test_a_letter_that_counts_something_else_is_left_alone() -> None:
    i, x, n = index_variable("i"), Variable("x"), Variable("n")
    last = Apply("sub", (n, ONE))
    assert counted_from_one(Binder("sum", Apply("mul", (i, Index(x, (i,)))), i, ZERO, last)) is None
    assert counted_from_one(Binder("sum", Index(x, (Apply("mul", (i, i)),)), i, ZERO, last)) is None
    shifted = counted_from_one(Binder("sum", Index(x, (Apply("add", (i, ONE)),)), i, ZERO, last))
    assert shifted == Binder("sum", Index(x, (Apply("add", (i, ONE)),), 1), i, ONE, n)


def test_an_object_is_said_by_its_conditions() -> None:
    assert latex("unit", 1).startswith("Any answer for which")
    assert "C u = 3 u" in latex("unit", 1)
