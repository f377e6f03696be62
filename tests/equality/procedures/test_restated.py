"""Procedures that restate a problem: each law at random numbers; what isn't so is declined."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb, factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symderiv.derivation.given import ALL_FUNCTIONS
from symderiv.derivation.meaning.meaning import scalar_of
from symderiv.equality.cells.outside import Outside, uncovered
from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.equality.integrals.euler import eulers
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.equal import by_conditions
from symderiv.equality.procedures.conditions.monotone_sides import by_monotone_sides
from symderiv.equality.procedures.conditions.proportional import by_proportion
from symderiv.equality.procedures.conditions.roots import by_squared_roots
from symderiv.equality.procedures.conditions.vanishing_sums import by_vanishing_sums
from symderiv.equality.procedures.functions.absolute_values import by_absolute_values
from symderiv.equality.procedures.integers.compared_parts import by_compared_parts
from symderiv.equality.procedures.integers.residues_of_powers import by_residues_of_powers
from symderiv.equality.procedures.numbers.infinities import by_infinities
from symderiv.equality.procedures.sums.binomial_sums import by_binomial_sums
from symderiv.equality.procedures.sums.digits_of_ranges import by_digits_of_ranges
from symderiv.equality.procedures.sums.values_of_maxima import by_values_of_maxima
from symderiv.equality.proof import Proof, Prove
from symderiv.equality.prove import prove_problem
from symderiv.expression.build import function, mul, power, subtract
from symderiv.expression.kinds import INDEX, POSITIVE, SIZE, Domain, Kind
from symderiv.expression.tree import INFINITY, ONE, ZERO, Expr, Number, Variable
from symderiv.language import Scope, read_text

N, M = Variable("n", SIZE), Variable("m", SIZE)
NAMES = {
    "n": SIZE,
    "m": SIZE,
    "x": Kind(shape=(N,)),
    "y": Kind(shape=(M,)),
    "t": Kind(domain=POSITIVE),
    "u": Kind(domain=POSITIVE),
    "r": Kind(),
    "i": INDEX,
}
ALL_ZERO = "all(x[i] == 0 for i in range(n))"
IN_CASES = "all((x[i] > 1 and x[i] == 0) or (x[i] <= 1 and r == 0) for i in range(n))"
SCOPE = Scope(names={name: Variable(name, kind) for name, kind in NAMES.items()}, functions=ALL_FUNCTIONS)
T = Variable("t", Kind(domain=Domain()))


def value(text: str) -> Expr:
    return scalar_of(read_text(text, SCOPE)).value


Procedure = Callable[[Problem, Prove], Proof | None]


def proves(procedure: Procedure, a: str, b: str) -> bool:
    return procedure(Problem(value(a), value(b)), _by_conditions) is not None


@pytest.mark.parametrize(
    ("procedure", "a", "b"),
    [
        (by_residues_of_powers, "2^n % 3", "1"),
        (by_residues_of_powers, "2^n % 4", "0"),
        (by_values_of_maxima, "max(concat(x, y))", "max(x)"),
        (by_values_of_maxima, "max(max(x), max(y))", "max(max(x), min(y))"),
        (by_digits_of_ranges, "sum(kron(x, y))", "sum(x) + sum(y)"),
        (by_binomial_sums, "sum(k^2*binomial(n, k), (k, 0, n))", "n^2*2^(n-2)"),
        (by_binomial_sums, "sum(k*(k-1)*binomial(n, k)*(-1)^k, (k, 0, n))", "0"),
        (by_infinities, "oo - oo", "0"),
        (by_infinities, "r*oo", "oo"),
        (by_infinities, "oo + 1", "oo - oo"),
        (by_monotone_sides, "exp(r) <= t", "r <= log(t) + 1"),
        (by_monotone_sides, "sqrt(t) <= r", "t <= r^2"),
        (by_monotone_sides, "t*exp(r) <= r", "log(t) + r <= log(r)"),
        (by_proportion, "r == 1 or t < 2", "r == 1"),
        (by_proportion, "r == 1 or r == 2", "r == 1"),
        (by_proportion, "sin(r)^2 + cos(r)^2 == 1", "u == t"),
        (by_proportion, "r*t == r", "t == 1"),
        (by_proportion, "r*t/r == 1", "t == 1"),  # not where r is 0
        (by_proportion, "relu(r)*t == relu(r)", "t == 1"),
        (by_monotone_sides, "r^3 == t^5", "r == t"),
        (by_monotone_sides, "r^3 == 9", "r == 2"),
        (by_monotone_sides, "r^3 == 8/26", "r == 2/3"),
        (by_monotone_sides, "r^3 == -8", "r == 2"),
        (by_monotone_sides, "r^2 == t^2", "r == t"),
        (by_monotone_sides, "r^3 == 2*t^3", "r == 2*t"),
        (by_monotone_sides, "3 < 2*exp(r)", "0 < r"),
        (by_monotone_sides, "2 < atan(r)", "tan(2) < r"),
        (by_monotone_sides, "acos(r) < 1", "r < cos(1)"),
        (by_squared_roots, "3*sqrt(t) <= r", "r > 0 or r^2 <= t"),
        (by_squared_roots, "sqrt(t) < r", "t < r^2"),
        (by_squared_roots, "r < sqrt(t)", "r^2 < t"),
        (by_squared_roots, "r == sqrt(t)", "r^2 == t"),
        (by_squared_roots, "r == sqrt(t)", "r > 0 and r^2 < t"),
        (by_compared_parts, "floor(r) < 1/2", "r < 1/2"),
        (by_compared_parts, "floor(r) <= 1/2", "r < 3/2"),
        (by_compared_parts, "floor(r) == 1/2", "1/2 <= r and r < 3/2"),
        (by_compared_parts, "1/2 <= floor(r)", "1/2 <= r"),
        (by_compared_parts, "1/2 < floor(r)", "3/2 <= r"),
        (by_compared_parts, "floor(r) <= t", "r < t + 1"),
        (by_vanishing_sums, "sum(x) == 0", "all(x[i] == 0 for i in range(n))"),
        (by_vanishing_sums, "sum(x[i]^3, i) == 0", "all(x[i] == 0 for i in range(n))"),
        (by_vanishing_sums, "sum(max(x[i], -r)^2, i) == 0", "all(x[i] <= 0 and -r <= 0 for i in range(n))"),
        (by_vanishing_sums, "sum((x[i]^2 if x[i] > 1 else r), i) == 0", IN_CASES),
        (
            by_vanishing_sums,
            "sum((r if x[i] > 1 else x[i]^2), i) == 0",
            "all(x[i] <= 1 and x[i] == 0 for i in range(n))",
        ),
        (by_vanishing_sums, "sum(x[i]^2, i) == 1", ALL_ZERO),
        (by_vanishing_sums, "sum(x[i]^2, i) <= 1", ALL_ZERO),
        (by_vanishing_sums, "sum(x[i]^2, i) != 1", f"not {ALL_ZERO}"),
        (by_vanishing_sums, "1 < sum(x[i]^2, i)", f"not {ALL_ZERO}"),
        (by_vanishing_sums, "sum(x[i]^2, i) != 0", ALL_ZERO),
        (by_vanishing_sums, "sum((3 if x[i] > 1 else 0), i) == 0", "all(x[i] > 1 for i in range(n))"),
    ],
)
def test_what_is_not_so_is_declined(procedure: Procedure, a: str, b: str) -> None:
    assert not proves(procedure, a, b)


@pytest.mark.parametrize(
    ("procedure", "a", "b"),
    [
        (by_proportion, "r == 1 or r == 2", "r^2 + 2 == 3*r"),
        (by_monotone_sides, "r^3 == 8/27", "r == 2/3"),
        (by_monotone_sides, "r^3 == -8", "r == -2"),
        (by_monotone_sides, "r^3 <= 8*t^3", "r <= 2*t"),
        (by_monotone_sides, "3 < exp(r)", "log(3) < r"),
        (by_monotone_sides, "acos(r) < 1", "cos(1) < r"),
        (by_squared_roots, "sqrt(t) < r", "r > 0 and t < r^2"),
        (by_squared_roots, "-sqrt(t) < r", "r > 0 or r^2 < t"),
        (by_compared_parts, "floor(r) < 2", "r < 2"),
        (by_compared_parts, "floor(r) <= 2", "r < 3"),
        (by_vanishing_sums, "sum(x[i]^2, i) == 0", "all(x[i] == 0 for i in range(n))"),
        (by_vanishing_sums, "sum(max(x[i], 0), i) == 0", "all(x[i] <= 0 for i in range(n))"),
        (by_vanishing_sums, "sum((x[i]^2 if x[i] > 1 else r^2), i) == 0", IN_CASES),
        (by_vanishing_sums, "sum((3 if x[i] > 1 else 0), i) == 0", "all(x[i] <= 1 for i in range(n))"),
        (by_vanishing_sums, "0 < sum(x[i]^2, i)", f"not {ALL_ZERO}"),
        (by_vanishing_sums, "sum(x[i]^2, i) != 0", f"not {ALL_ZERO}"),
        (by_compared_parts, "floor(r) == 2", "2 <= r and r < 3"),
        (by_compared_parts, "ceil(r) <= 2", "r <= 2"),
        (by_squared_roots, "r == sqrt(t)", "r >= 0 and r^2 == t"),
        (by_squared_roots, "r < sqrt(t)", "r < 0 or r^2 < t"),
        (by_squared_roots, "sqrt(t) == -r", "r <= 0 and r^2 == t"),
    ],
)
def test_what_is_so_is_proved(procedure: Procedure, a: str, b: str) -> None:
    assert proves(procedure, a, b)


def _by_conditions(problem: Problem) -> Proof | None:
    return by_conditions(problem, "everywhere") if is_condition(problem.a) else prove_problem(problem)


def test_maxima_are_no_minima() -> None:
    assert proves(by_absolute_values, "max(r, -r)", "abs(r)")
    assert proves(by_absolute_values, "min(r, -r)", "-abs(r)")
    assert not proves(by_absolute_values, "max(r, -r)", "-abs(r)")
    assert not proves(by_absolute_values, "min(r, -r)", "abs(r)")


@given(st.integers(-12, 12).filter(lambda b: b not in (0, 1)), st.integers(2, 12), st.integers(1, 25))
def test_remainders_of_powers(base: int, modulus: int, n: int) -> None:
    """``b^n mod m`` as the procedure writes it, at one n."""
    found: list[Expr] = []

    def looked_at(restated: Problem) -> None:
        found.append(restated.a)

    asked = value(f"({base})^n % {modulus}")
    by_residues_of_powers(Problem(asked, ZERO), looked_at)
    for written in (asked, *found):
        assert evaluate(written, {N: n}) == base**n % modulus


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=4), st.integers(1, 7), st.integers(-3, 3))
def test_moments_of_binomial_coefficients(polynomial: list[int], n: int, ratio: int) -> None:
    """The closed form against the sum written out, at one n and one ratio."""
    k_power = " + ".join(f"({c})*k^{j}" if j else f"({c})" for j, c in enumerate(polynomial))
    asked = value(f"sum(({k_power})*binomial(n, k)*({ratio})^k, (k, 0, n))")
    found: list[Expr] = []

    def looked_at(restated: Problem) -> None:
        found.append(restated.a)

    by_binomial_sums(Problem(asked, ZERO), looked_at)
    for closed in found:
        assert evaluate(closed, {N: n}) == evaluate(asked, {N: n})


@given(st.integers(0, 6), st.integers(0, 6))
def test_eulers_integrals_at_whole_exponents(a: int, c: int) -> None:
    """Of the first kind by expanding ``(1 - t)^c``, of the second by parts: a!."""
    body = mul(power(T, Number(a)), power(subtract(ONE, T), Number(c)))
    expanded = sum((Fraction((-1) ** k * comb(c, k), a + k + 1) for k in range(c + 1)), Fraction(0))
    first = eulers(body, T, ZERO, ONE)
    assert first is not None and evaluate(first, {}) == expanded
    second = eulers(mul(power(T, Number(a)), function("exp", mul(Number(-1), T))), T, ZERO, INFINITY)
    assert second is not None and evaluate(second, {}) == factorial(a)


@given(st.lists(st.booleans(), min_size=4, max_size=4))
def test_a_border_between_cells_without_values_is_looked_at(live: list[bool]) -> None:
    """The four quadrants: an axis is covered unless two neighbours across it have no values."""
    quadrants = [(1, 1), (1, -1), (-1, 1), (-1, -1)]
    outside = [
        Outside({1: x, 2: y}, frozenset({1, 2}))
        for (x, y), has_values in zip(quadrants, live, strict=True)
        if not has_values
    ]
    at = dict(zip(quadrants, live, strict=True))
    lost = {1: any(not at[1, y] and not at[-1, y] for y in (1, -1))}
    lost[2] = any(not at[x, 1] and not at[x, -1] for x in (1, -1))
    assert set(uncovered(outside)) == {axis for axis, is_lost in lost.items() if is_lost}
