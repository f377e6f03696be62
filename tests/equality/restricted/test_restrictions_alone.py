"""Where a witness is looked for by itself: what is put in has to hold there, and be allowed."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.equality.problem import Problem
from symderiv.equality.restricted.coincidences import where_indices_agree
from symderiv.equality.restricted.failed_cell import failed_cell
from symderiv.equality.restricted.on_equations import solved, where_equations_hold
from symderiv.expression.build import compare
from symderiv.expression.instantiation import instantiate
from symderiv.expression.kinds import SIZE, Domain, Kind
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import ZERO, Apply, Index, Number, Variable
from tests.equality.procedures.alone import problem, scope, value

N = Variable("n", SIZE)
INDEX = Kind(domain=Domain(integer=True), index=True)
NAMES = scope(
    n=SIZE,
    i=INDEX,
    j=INDEX,
    k=Kind(domain=Domain(integer=True)),
    p=Kind(domain=Domain(lower=Fraction(0), lower_open=True)),
    x=Kind(),
    y=Kind(),
    v=Kind(shape=(N,)),
    A=Kind(shape=(N, N)),
)


def solutions(asked: Problem) -> list[str]:
    found = [each.solutions[0] for each in where_equations_hold(asked)]
    return [f"{to_text(each.unknown)} = {to_text(each.value)}" for each in found]


@pytest.mark.parametrize(
    ("a", "b", "facts", "found"),
    [
        ("x == y^2", "x == 1", (), ["x = y^2", "x = 1"]),
        ("x == y^2", "x > 1", (), ["x = y^2"]),
        ("p == y", "p > y", (), ["p = y"]),
        ("p == y^2", "p > y", (), ["p = y^2"]),
        ("p == 2", "p > y", (), ["p = 2"]),
        ("p == -2", "p > y", (), []),
        ("k == x/2", "k > y", (), []),
        ("x == cos(x)", "x == 2*x", (), ["x = 0"]),  # not x = cos(x)
        ("v[i] == 1", "x == 1", (), ["x = 1"]),  # v[i] may be read as v[j], too
        ("x == y", "x == 1", ("x != y",), ["x = 1"]),
    ],
)
def test_equations_of_conditions_solved(a: str, b: str, facts: tuple[str, ...], found: list[str]) -> None:
    assert solutions(problem(a, b, *facts, names=NAMES)) == found


@pytest.mark.parametrize("equation", ["p == y", "p == y^2", "p == y - 3"])
def test_what_is_put_in_for_a_name_is_one_of_its_numbers(equation: str) -> None:
    (restricted,) = where_equations_hold(problem(equation, "p > y", names=NAMES))
    p_is = value(equation, NAMES).children[1]
    assert compare("lt", ZERO, p_is) in restricted.problem.facts  # p is positive, what it equals may not be


def test_a_name_isnt_solved_by_what_holds_it() -> None:
    equation = value("x == cos(x)", NAMES)
    assert isinstance(equation, Apply)
    assert solved(equation) is None


@pytest.mark.parametrize(
    ("a", "b", "facts", "found"),
    [
        ("v[i]", "v[j]", (), ["i = j"]),
        ("v[i]*v[j]", "v[i]", ("i != j",), []),
        ("v[i] + v[0]", "1", (), ["i = 0"]),
        ("v[k] + v[0]", "1", (), []),  # k is no index
        ("v[n-1] + v[0]", "1", (), []),  # how long an array is can't be changed
        ("v[0] + v[1]", "1", (), []),
        ("sum(v[i]*v[j], (i, 0, n-1))", "1", (), []),  # i is bound
        ("sum(v[k], (k, 0, n-1))*v[i] + v[j]", "1", (), ["i = j"]),
        ("A[i,j] - A[j,i]", "0", (), ["i = j", "j = i"]),
    ],
)
def test_indices_that_agree(a: str, b: str, facts: tuple[str, ...], found: list[str]) -> None:
    restrictions = list(where_indices_agree(problem(a, b, *facts, names=NAMES)))
    shown = [f"{to_text(r.solutions[0].unknown)} = {to_text(r.solutions[0].value)}" for r in restrictions]
    assert shown == found
    for each in restrictions:
        assert not isinstance(each.solutions[0].unknown, Index)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("abs(x)", "x"),
        ("abs(x) + abs(y)", "abs(x + y)"),
        ("max(x, y)", "x"),
        ("sign(x)*y", "abs(y)"),
        ("heaviside(x)", "heaviside(y)"),
        ("abs(x) > y", "x > y"),
        ("abs(x) > y", "true"),
        ("abs(x) >= 0", "y > 0"),
        ("x == abs(y)", "x == y"),
        ("max(x, y) <= 1", "x <= 1"),
        ("(x if x > y else y)/x", "y/x"),
        ("sqrt(x^2)", "x"),
        ("floor(x)", "x"),
    ],
)
def test_in_the_cell_that_failed_both_sides_are_what_they_were(a: str, b: str) -> None:
    asked = problem(a, b, names=NAMES)
    cell = failed_cell(asked)
    if cell is None:
        return
    values = [Number(Fraction(part, 2)) for part in (-4, -3, -1, 1, 2, 5)]
    for point in product(values, repeat=2):
        at = dict(zip((NAMES.names["x"], NAMES.names["y"]), point, strict=True))
        for before, after in ((asked.a, cell.a), (asked.b, cell.b)):
            found = [evaluate(instantiate(each, at), {}) for each in (before, after)]
            assert found[0] == found[1], (point, before, after)


def test_cells_that_fail_are_found() -> None:
    cells = [failed_cell(problem(a, b, names=NAMES)) for a, b in (("abs(x)", "x"), ("abs(x) > y", "x > y"))]
    assert None not in cells
    assert failed_cell(problem("abs(x)", "abs(-x)", names=NAMES)) is None
