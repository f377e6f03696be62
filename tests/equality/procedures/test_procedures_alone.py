"""Procedures that are asked once no witness was found, here without a search for one before them.

Each must decline what isn't so by itself: what the refuter would have found says nothing about them.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from symderiv.equality.cascade.exceptions import among
from symderiv.equality.cascade.index_form import normalised
from symderiv.equality.facts import with_equations
from symderiv.equality.normal_forms.plain import difference
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.implications import by_implications
from symderiv.equality.procedures.conditions.inequalities import by_inequalities
from symderiv.equality.procedures.facts.equations_in_sums import by_equations_in_sums
from symderiv.equality.procedures.functions.equal_derivatives import by_equal_derivatives
from symderiv.equality.procedures.functions.smoothness import is_smooth
from symderiv.equality.procedures.integers.unit_cells import by_unit_cells
from symderiv.equality.procedures.numbers.arctangents import by_arctangents
from symderiv.equality.procedures.sums.induction import by_induction
from symderiv.equality.procedures.sums.longer_ranges import by_longer_ranges
from symderiv.equality.procedures.sums.short_ranges import by_short_ranges
from symderiv.equality.procedures.sums.signs_in_sums import by_signs_in_sums
from symderiv.equality.procedures.sums.values_of_maxima import by_values_of_maxima
from symderiv.equality.proof import Proof
from symderiv.equality.prove import prove_problem
from symderiv.expression.kinds import SIZE, Domain, Kind
from symderiv.expression.tree import Binder, Expr, Variable
from symderiv.language import Scope
from tests.equality.procedures.alone import POLICY, REALS, problem, scope, value

SMOOTH: list[tuple[str, tuple[str, ...], bool]] = [
    ("x^3 + exp(x)*y", (), True),
    ("1/x", (), False),
    ("1/x", ("x != 0",), True),
    ("1/(1 + x^2)", (), True),
    ("sqrt(x)", (), False),
    ("sqrt(x)", ("x != 0",), False),
    ("sqrt(x)", ("x >= 0",), False),
    ("sqrt(x)", ("x > 0",), True),
    ("y^x", ("y > 0",), True),
    ("x^y", (), False),
    ("x^y", ("x > 0",), True),
    ("abs(x)", (), False),
    ("log(x)", (), False),
    ("integral(exp(-s^4), (s, 0, x))", (), True),
    ("integral(exp(-s^4), (s, 0, abs(x)))", (), False),
    ("integral(exp(-s^4), (s, x, abs(x)))", (), False),
    ("integral(exp(-s^4), (s, -oo, x))", (), False),
    ("integral(exp(s)/s, (s, 1, x))", ("x > 0",), False),
    ("integral(exp(s*x)/(1 + s^4), (s, 0, 1))", (), False),
    ("sum(x^k, (k, 0, y))", (), False),
]


@pytest.mark.parametrize(("text", "facts", "smooth"), SMOOTH)
def test_smooth_functions(text: str, facts: tuple[str, ...], smooth: bool) -> None:
    x = REALS.names["x"]
    assert is_smooth(value(text), x, tuple(map(value, facts))) is smooth


ARC_TANGENTS: list[tuple[str, str, bool]] = [
    ("atan(1/2) + atan(1/3)", "pi/4", True),
    ("4*atan(1/5) - atan(1/239)", "pi/4", True),
    ("atan(2) + atan(3)", "3*pi/4", True),
    ("atan(2) + atan(3)", "-pi/4", False),
    ("atan(1/2) + atan(1/3)", "5*pi/4", False),
    ("atan(1/2) + atan(1/4)", "pi/4", False),
    ("4*atan(1/5) - atan(1/238)", "pi/4", False),
]


@pytest.mark.parametrize(("a", "b", "equal"), ARC_TANGENTS)
def test_sums_of_arc_tangents(a: str, b: str, equal: bool) -> None:
    assert bool(by_arctangents(problem(a, b))) is equal


STEPS: list[tuple[str, str, bool]] = [
    ("floor(2*x)", "floor(x) + floor(x + 1/2)", True),
    ("floor(2*x)", "2*floor(x)", False),
    ("floor(2*x)", "2*floor(x) + 1", False),
    ("floor(3*x)", "floor(x) + floor(x + 1/3) + floor(x + 2/3)", True),
    ("floor(3*x)", "3*floor(x) + 1", False),
    ("floor(x/2)", "floor((x + 1)/2)", False),
    ("floor(x)", "x", False),
]


@pytest.mark.parametrize(("a", "b", "equal"), STEPS)
def test_integer_parts_between_their_jumps(a: str, b: str, equal: bool) -> None:
    proof = by_unit_cells(problem(a, b), POLICY, lambda restated: prove_problem(restated, POLICY))
    assert bool(proof) is equal


def anything(_: Problem) -> Proof:
    return Proof("taken for granted")


NO_INTERVAL: list[tuple[str, str, tuple[str, ...]]] = [
    ("atan(x)", "asin(x)", ("x^2 > 1",)),
    ("atan(x)", "atan(x) + abs(x)", ()),
    ("atan(1/x)", "pi/2 - atan(x)", ("x != 0",)),
]


@pytest.mark.parametrize(("a", "b", "facts"), NO_INTERVAL)
def test_equal_derivatives_need_an_interval_and_smooth_sides(a: str, b: str, facts: tuple[str, ...]) -> None:
    assert by_equal_derivatives(problem(a, b, *facts), anything) is None


BETWEEN = scope(x=Kind(domain=Domain(lower=0, lower_open=True, upper=1, upper_open=True)))  # type: ignore[arg-type]
CLAIMS: list[tuple[str, Scope, bool]] = [
    ("exp(x) >= 1 + x", REALS, True),
    ("exp(x) > 1 + x", REALS, False),
    ("exp(x) >= 1 + 2*x", REALS, False),
    ("x*y >= 0", REALS, False),
    ("-x*exp(-x) > 0", BETWEEN, False),
    ("x*exp(-x) > 0", BETWEEN, True),
    ("log(x) < x - 1", BETWEEN, True),
    ("log(x) > x - 1", BETWEEN, False),
]


@pytest.mark.parametrize(("claim", "names", "holds"), CLAIMS)
def test_inequalities(claim: str, names: Scope, holds: bool) -> None:
    assert bool(by_inequalities(problem(claim, "1 > 0", names=names))) is holds


FROM_ZERO = scope(x=Kind(), n=Kind(domain=Domain(integer=True, lower=Fraction(0))))
ABOVE_ZERO = scope(n=Kind(domain=Domain(integer=True, lower=Fraction(0), lower_open=True)))
INDUCTIONS: list[tuple[str, str, tuple[str, ...], Scope, bool]] = [
    ("sum(i, (i, 1, n))", "n*(n + 1)/2", (), FROM_ZERO, True),
    ("n*(n + 1)/2 - x", "sum(i, (i, 1, n)) - x", (), FROM_ZERO, True),
    ("sum(i, (i, 1, n))", "n*(n + 1)/2 + 1", (), FROM_ZERO, False),  # each step is right, the beginning isn't
    ("sum(i, (i, 1, n))", "n*(n + 1)/2 + n*(n - 1)", (), FROM_ZERO, False),  # right at 0 and 1 alone
    ("sum(i, (i, 1, n))", "n*(n + 1)/2 + n - 1", ("n <= 1",), ABOVE_ZERO, False),  # a fact of n is none of k
    ("sum(1, (i, 1, n))", "n", (), scope(n=Kind(domain=Domain(integer=True))), False),  # no first n
    ("sum(1, (i, 1, n))", "n", ("n > -1",), scope(n=Kind(domain=Domain(integer=True))), True),
    ("sum(1, (i, 1, n))", "n", ("n > -2",), scope(n=Kind(domain=Domain(integer=True))), False),
    ("prod(0, (i, 1, n))", "0", (), ABOVE_ZERO, True),
    ("prod(0, (i, 1, n))", "0", (), FROM_ZERO, False),  # 1 at n = 0
    ("prod(0, (i, 2, n))", "0", (), ABOVE_ZERO, False),  # 1 at n = 1
    ("sum(1, (i, 3, n))", "n - 2", (), ABOVE_ZERO, False),  # no steps before the range begins
    ("sum(1, (i, 3, n))", "max(n - 2, 0)", (), ABOVE_ZERO, True),
    ("prod(0, (i, 2, n))", "0", ("n > 1/2",), scope(n=Kind(domain=Domain(integer=True))), False),
    ("max(i, (i, 0, n))", "n", (), FROM_ZERO, True),
    ("max(i, (i, 0, n))", "n + 1 - 1/(n + 1)", (), FROM_ZERO, False),
    ("min(i, (i, -n, n))", "-n", (), FROM_ZERO, True),
    ("sum(n*i, (i, 0, n))", "n^2*(n + 1)/2", (), FROM_ZERO, False),  # what is summed changes with n
    ("sum(1, (i, 1, 2*n))", "2*n", (), FROM_ZERO, False),  # two at each step
    ("x*sum(1, (i, 1, n))", "x*n", (), FROM_ZERO, False),  # x may be 0
]


@pytest.mark.parametrize(("a", "b", "facts", "names", "proved"), INDUCTIONS)
def test_induction(a: str, b: str, facts: tuple[str, ...], names: Scope, proved: bool) -> None:
    proof = by_induction(problem(a, b, *facts, names=names), lambda stated: prove_problem(stated))
    assert (proof is not None) is proved


def test_induction_asks_whether_the_value_exists_at_every_step() -> None:
    stated = problem("sum(1, (i, 1, n))", "n", names=ABOVE_ZERO)
    apart = replace(stated, defined_b=value("n != 3", ABOVE_ZERO), facts=(value("n != 3", ABOVE_ZERO),))
    assert by_induction(stated, prove_problem) is not None
    assert by_induction(apart, prove_problem) is None


def test_induction_asks_whether_both_sides_exist_at_the_same_points() -> None:
    names = scope(x=Kind(), n=Kind(domain=Domain(integer=True, lower=Fraction(0))))
    stated = problem("sum(1, (i, 1, n))", "n", names=names)
    assert by_induction(replace(stated, defined_b=value("x > 0", names)), prove_problem) is None


@pytest.mark.parametrize(
    ("polynomial", "factors"),
    [
        ("x*y + y", 2),
        ("x + x*y", 2),
        ("x^2 - y^2", 2),
        ("x^2 + y", 1),
        ("2*x^2*y^2 - 3*x", 2),
        ("x*y + 1", 1),
    ],
)
def test_only_what_is_linear_in_an_unknown_by_itself_is_irreducible_unseen(
    polynomial: str, factors: int
) -> None:
    found = difference(value(polynomial), value("0"))
    assert found is not None
    field, element = found
    assert len(field.factor(element.num)[1]) == factors


@pytest.mark.parametrize(
    ("a", "b", "proved"),
    [
        ("y == exp(x)", "exp(x) == y", True),
        ("x == exp(y/2)", "x^2 == exp(y)", False),
        ("x^2 == exp(y)", "x == exp(y/2)", False),
        ("y == x/(1 + abs(x))", "y == x", False),
        ("x == abs(y)", "x == max(y, -y)", True),
    ],
)
def test_each_of_two_equations_has_to_imply_the_other(a: str, b: str, proved: bool) -> None:
    assert (by_implications(problem(a, b), prove_problem) is not None) == proved


ENTRIES = scope(
    n=SIZE,
    x=Kind(shape=(Variable("n", SIZE),)),
    m=Kind(domain=Domain(integer=True)),
)


@pytest.mark.parametrize(
    ("a", "b", "facts", "proved"),
    [
        ("prod(x[i], (i, 0, n-1))", "x[n-1]*prod(x[i], (i, 0, n-2))", (), True),
        ("prod(x[i], (i, m, n-1))", "x[n-1]*prod(x[i], (i, m, n-2))", (), False),
        ("prod(x[i], (i, m, n-1))", "x[n-1]*prod(x[i], (i, m, n-2))", ("m <= n - 1",), True),
        ("max(x[i] for i in range(n))", "max(x[n-1], max(x[i] for i in range(n-1)))", (), False),
        ("max(x[i] for i in range(n))", "max(x[n-1], max(x[i] for i in range(n-1)))", ("n >= 2",), True),
        ("prod(x[i], (i, 0, n-1))", "x[n-1]*prod(x[i]^2, (i, 0, n-2))", (), False),
    ],
)
def test_the_shorter_range_has_to_be_one(a: str, b: str, facts: tuple[str, ...], proved: bool) -> None:
    asked = problem(a, b, *facts, names=ENTRIES)
    assert (by_longer_ranges(asked, prove_problem) is not None) == proved


def test_maxima_of_some_of_the_values_are_not_those_of_all() -> None:
    def over(text: str) -> Expr:
        found = value(text, ENTRIES)
        assert isinstance(found, Binder)
        return found

    whole = over("max(x[i] for i in range(n))")
    some = over("max(x[i] for i in range(n) if i != 3)")
    turned = over("max(x[n - 1 - i] for i in range(n))")

    def proof(other: Expr) -> Proof | None:
        return by_values_of_maxima(Problem(whole, other), lambda p: prove_problem(normalised(p)))

    assert proof(turned) is not None
    assert proof(some) is None


@pytest.mark.parametrize(
    ("a", "b", "proved"),
    [
        ("max(x, y, 1)", "max(1, max(y, x))", True),
        ("max(exp(x), 1)", "max(x, 1)", False),  # an exponential is one value, not those of its argument
        ("max(abs(x), 1)", "max(x, 1)", False),
        ("max(min(x, y), 1)", "max(x, y, 1)", False),
        ("max(x, 1) + min(x, 1)", "min(x, 1) + max(1, x)", True),
        ("max(sum(k*x, (k, 0, 2)), 1)", "max(max(k*x, (k, 0, 2)), 1)", False),
        ("max(min(k*x, (k, 0, 2)), 1)", "max(max(k*x, (k, 0, 2)), 1)", False),
        ("max(x, x, 1)", "max(x, 1, 1)", False),  # not as often: nothing is said
        ("max(tan(x)*cos(x), 1)", "max(sin(x), 1)", False),  # except where the cosine is 0
    ],
)
def test_maxima_of_the_same_values(a: str, b: str, proved: bool) -> None:
    def only_restated(restated: Problem) -> Proof | None:
        left = restated.a == value(a) and restated.b == value(b)
        return None if left else prove_problem(restated)

    assert (by_values_of_maxima(problem(a, b), only_restated) is not None) == proved


@pytest.mark.parametrize(
    ("exception", "facts", "rare"),
    [
        ("x == 0", (), True),
        ("x == 0", ("x >= 0",), True),
        ("x == 0", ("x <= 0", "x >= 0"), False),
        ("x == y", ("x^2 == y^2",), False),
        ("x == 1", ("x^2 + y^2 == 1", "y == 0"), False),
        ("x^2 == 1 - y^2", ("exp(x^2 + y^2) == exp(1)",), False),
        ("x*y == 0", ("x == 0 or x == 1",), False),
    ],
)
def test_an_exception_has_to_be_rare_where_the_facts_hold(
    exception: str, facts: tuple[str, ...], rare: bool
) -> None:
    asked = problem("x", "x", *facts)
    found = among(Proof("", (value(exception),)), replace(asked, facts=with_equations(asked.facts)))
    assert (found is not None) == rare


@pytest.mark.parametrize(
    ("a", "b", "facts", "proved"),
    [
        (
            "sum(abs(x[i]), (i, 0, n-1))",
            "sum(x[i], (i, 0, n-1))",
            ("all(x[i] >= 0 for i in range(n))",),
            True,
        ),
        (
            "sum(abs(x[i]), (i, 0, n-1))",
            "sum(x[i], (i, 0, n-1))",
            ("all(x[i] >= 0 for i in range(n-1))",),
            False,
        ),
        (
            "sum(abs(x[i]), (i, 0, n-1))",
            "sum(x[i], (i, 0, n-1))",
            ("all(x[i] >= 0 for i in range(1, n))",),
            False,
        ),
        ("sum(abs(i), (i, 0, n))", "sum(i, (i, 0, n))", (), True),
        ("sum(abs(i), (i, m, n))", "sum(i, (i, m, n))", (), False),
        (
            "sum(integral(abs(t-i), (t, n, 0)), (i, 0, n))",
            "sum(integral(t-i, (t, n, 0)), (i, 0, n))",
            (),
            False,
        ),
    ],
)
def test_switches_inside_of_sums(a: str, b: str, facts: tuple[str, ...], proved: bool) -> None:
    given = problem(a, b, *facts, names=ENTRIES)
    found = by_signs_in_sums(given, lambda restated: prove_problem(normalised(restated), POLICY))
    assert (found is not None) == proved


@pytest.mark.parametrize(
    ("a", "b", "facts", "proved"),
    [
        ("sum(x[i]^2, (i, 0, n-1))", "n", ("all(x[i]^2 == 1 for i in range(n))",), True),
        ("sum(x[i]^2, (i, 0, n-1))", "n", ("all(x[i]^2 == 1 for i in range(1, n))",), False),
        ("sum(x[i]^2, (i, 0, n-1))", "n", ("all(x[i]^2 == 1 or x[i] > 0 for i in range(n))",), False),
        ("sum(x[i]^2, (i, 0, n-1))", "n", ("all(abs(x[i]) == 1 for i in range(n))",), True),
        ("sum(x[i], (i, 0, n-1))", "n", ("all(abs(x[i]) == 1 for i in range(n))",), False),
        ("prod(x[i]^2, (i, 0, n-1))", "n", ("all(x[i]^2 == 1 for i in range(n))",), False),
    ],
)
def test_equations_inside_of_sums(a: str, b: str, facts: tuple[str, ...], proved: bool) -> None:
    given = problem(a, b, *facts, names=ENTRIES)
    found = by_equations_in_sums(given, lambda restated: prove_problem(normalised(restated), POLICY))
    assert (found is not None) == proved


@pytest.mark.parametrize(("deep", "tried"), [(2, True), (6, False)])
def test_sums_in_sums_are_written_out_only_where_that_stays_short(deep: int, tried: bool) -> None:
    text = "x^2"
    for k in range(deep):
        text = f"sum({text}*i{k} + sin(i{k}), (i{k}, 1, 6))"
    asked: list[Problem] = []

    def prove(restated: Problem) -> Proof | None:
        asked.append(restated)
        return None

    by_short_ranges(problem(text, "y"), prove)
    assert bool(asked) is tried
