"""A name that a binder binds is no name outside of it, though it may be spelt like one."""

from __future__ import annotations

import pytest

from symderiv.derivation import meaning
from symderiv.derivation.given import read_given
from symderiv.equality.conditions.inside import apart, body_under, silent_on
from symderiv.equality.conditions.unfolded import unfolded
from symderiv.equality.given.throughout import said_along
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.entry_by_entry import by_entries
from symderiv.equality.procedures.inequalities.known_of_sums import by_known_inequalities
from symderiv.equality.procedures.sums.longer_ranges import by_longer_ranges
from symderiv.equality.proof import Proof
from symderiv.expression.build import compare
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import TRUE, ZERO, Binder, Expr, Variable, index_variable
from symderiv.language.together import read_together
from symderiv.tensor import Tensor

GIVEN = ["x: vector(n)", "y: vector(n)", "i: index", "j: index"]


def values(*texts: str, given: tuple[str, ...] = ()) -> list[Expr]:
    """What the texts say, then what is given."""
    known = read_given([*GIVEN, *given])
    _, trees = read_together({str(at): text for at, text in enumerate(texts)}, known.scope)
    found = []
    for tree in trees.values():
        assert isinstance(tree, Expr), tree
        said = meaning(tree)
        assert isinstance(said, Tensor)
        found.append(said.value)
    return [*found, *known.facts]


def alike(problem: Problem) -> Proof | None:
    return Proof("structure") if problem.a == problem.b else None


def test_a_name_that_stands_beside_is_not_bound() -> None:
    inner, outer = values("sum(x[i], (i, 0, n - 1))", "y[i]")
    assert isinstance(inner, Binder)
    assert apart(inner, outer).variable.name != "i"
    assert apart(inner) is inner
    mixed, other = values("sum(x[j]*y[i], (j, 0, n - 1))", "sum(x[i], (i, 0, n - 1))")
    assert isinstance(mixed, Binder) and isinstance(other, Binder)
    assert body_under(mixed, other.variable) is None
    assert body_under(other, mixed.variable) is not None


@pytest.mark.parametrize(
    "text", ["max(x[i] for i in range(n)) <= y[i]", "y[i] <= min(x[i] for i in range(n))"]
)
def test_extrema_beside_an_entry_are_compared_with_that_entry(text: str) -> None:
    (said,) = values(text)
    assert "i" in {v.name for v in free_variables(unfolded(said))}


@pytest.mark.parametrize(
    ("a", "b"),
    [("x[i] >= y[i] for i in range(n)", "x[j] >= y[i] for j in range(n)")],
)
def test_statements_about_another_index_are_not_alike(a: str, b: str) -> None:
    one, other = values(f"all({a})", f"all({b})")
    assert by_entries(Problem(one, other), alike) is None
    assert by_entries(Problem(other, one), alike) is None


def test_what_is_given_of_one_index_is_not_given_of_all() -> None:
    claim, fact = values("all(x[i] <= sum(abs(x))/2 for i in range(n))", given=("x[i] == 0",))
    assert by_known_inequalities(Problem(claim, TRUE, facts=(fact,))) is None
    claim, _ = values("max(x[i] for i in range(n)) <= x[i] + sum(abs(y))", "x")
    assert by_known_inequalities(Problem(claim, TRUE)) is None


def test_a_longer_range_is_one_of_the_same() -> None:
    texts = "sum(x[j]*y[j], (j, 0, n))", "sum(x[i]*y[j], (i, 0, n - 1)) + x[n]*y[n]"
    one, other = values(*texts)
    assert by_longer_ranges(Problem(one, other), alike) is None


def test_what_is_said_of_all_speaks_of_its_own_index() -> None:
    total, _, fact = values("sum(x[j], (j, 0, n - 1))", "x", given=("all(x[i] <= y[j] for i in range(n))",))
    assert isinstance(total, Binder)
    assert not list(said_along(total, (fact,)))


def test_a_name_of_another_kind_spelt_alike_is_that_name_too() -> None:
    number, index = Variable("i"), index_variable("i")
    fact = compare("lt", number, ZERO)
    assert silent_on((fact,), index) == ()
    assert silent_on((fact,), index_variable("j")) == (fact,)
