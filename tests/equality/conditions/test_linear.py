"""Linear arithmetic: infeasible systems are told, feasible ones never."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.equality.conditions.linear import Constraint, infeasible, whole

rows = st.builds(
    lambda a, b, c, strict: Constraint((("x", a), ("y", b)), c, strict),
    st.integers(-3, 3).filter(bool),
    st.integers(-3, 3).filter(bool),
    st.integers(-4, 4),
    st.booleans(),
)
GRID = [Fraction(k, 2) for k in range(-12, 13)]


def satisfied(row: Constraint, x: Fraction, y: Fraction) -> bool:
    value = sum(c * {"x": x, "y": y}[str(m)] for m, c in row.terms) + row.constant
    return value > 0 if row.strict else value >= 0


def test_a_chain_of_inequalities() -> None:
    x_above_y = Constraint((("x", 1), ("y", -1)), 0, True)
    y_above_z = Constraint((("y", 1), ("z", -1)), 0, True)
    z_not_below_x = Constraint((("z", 1), ("x", -1)), 0, False)
    assert infeasible([x_above_y, y_above_z, z_not_below_x])
    assert not infeasible([x_above_y, y_above_z])


def test_a_touching_pair_is_feasible_unless_strict() -> None:
    assert not infeasible([Constraint((("x", 1),), 0, False), Constraint((("x", -1),), 0, False)])
    assert infeasible([Constraint((("x", 1),), 0, True), Constraint((("x", -1),), 0, False)])


def test_denominators_are_multiplied_away() -> None:
    assert whole([("x", Fraction(1, 2))], Fraction(1, 3), True) == Constraint((("x", 3),), 2, True)


@settings(max_examples=150, deadline=None)
@given(st.lists(rows, min_size=1, max_size=5))
def test_a_system_with_a_solution_is_never_called_infeasible(system: list[Constraint]) -> None:
    if any(all(satisfied(row, x, y) for row in system) for x, y in product(GRID, GRID)):
        assert not infeasible(system)


@settings(max_examples=100, deadline=None)
@given(rows, rows)
def test_a_row_and_its_negation_exclude_each_other(row: Constraint, other: Constraint) -> None:
    assert infeasible([row, other, row.negated()])
