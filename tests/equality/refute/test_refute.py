"""Witnesses: found where they exist, never between equals, small, and confirmed by a separate evaluation."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import symderiv
from symderiv.equality.refute.confirm import confirmed
from symderiv.equality.refute.search import refute
from symderiv.equality.refute.separate import Pair
from symderiv.equality.verdict import Different, Witness
from symderiv.expression.build import (
    add,
    cases,
    compare,
    conjunction,
    delta,
    divide,
    function,
    mul,
    negative,
    power,
    sqrt,
    subtract,
)
from symderiv.expression.kinds import FUNCTION, INTEGER, POSITIVE, SIZE, Domain, Kind
from symderiv.expression.tree import (
    HALF,
    MINUS_ONE,
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Call,
    Expr,
    Index,
    Number,
    Variable,
    index_variable,
)

x, y, z = Variable("x"), Variable("y"), Variable("z")
p = Variable("p", Kind(domain=POSITIVE))
m = Variable("m", Kind(domain=INTEGER))
n = Variable("n", SIZE)
i, j, k = index_variable("_0"), index_variable("_1"), index_variable("k")
v = Variable("v", Kind(shape=(n,)))
f = Variable("f", FUNCTION)
rising = Variable("g", Kind(function="nondecreasing"))
in_range = (compare("le", ZERO, i), compare("lt", i, n), compare("le", ZERO, j), compare("lt", j, n))


def two(a: int | Fraction) -> Number:
    return Number(a)


def V(at: Expr) -> Expr:
    return Index(v, (at,))


total = Binder("sum", V(k), k, ZERO, subtract(n, ONE))

DIFFERENT: list[tuple[str, Expr, Expr, tuple[Expr, ...]]] = [
    ("power", power(x, Number(2)), power(x, Number(3)), ()),
    ("one off by 1e-40", x, add(x, mul(Number(Fraction(1, 10**40)), function("sin", x))), ()),
    ("vanishingly small", function("exp", mul(Number(-(10**6)), power(x, Number(2)))), ZERO, ()),
    ("root of a square", sqrt(power(x, Number(2))), x, ()),
    ("domains", add(function("log", x), function("log", y)), function("log", mul(x, y)), ()),
    ("heaviside on a cell", function("heaviside", function("max", x, ZERO)), function("heaviside", x), ()),
    ("integer exception", mul(m, power(m, MINUS_ONE)), ONE, ()),
    (
        "thin case",
        cases(
            ((conjunction(compare("lt", ZERO, x), compare("lt", x, Number(Fraction(1, 10**9)))), ONE),), ZERO
        ),
        ZERO,
        (),
    ),
    ("far case", cases(((compare("lt", Number(12345), x), ONE),), ZERO), ZERO, ()),
    ("forgotten delta", mul(V(i), subtract(delta(i, j), V(j))), negative(mul(V(i), V(j))), in_range),
    ("under a linear fact", mul(V(i), total), V(j), (*in_range, compare("eq", total, ONE))),
    ("opaque", Call(f, (x,), (1,)), Call(f, (x,)), ()),
    ("opaque, high order", Call(f, (x,), (5,)), ZERO, ()),
    ("opaque, two arguments", Call(f, (x, y)), Call(f, (y, x)), ()),
    (
        "nondecreasing",
        Call(rising, (function("max", x, y),)),
        function("min", Call(rising, (x,)), Call(rising, (y,))),
        (),
    ),
    ("conditions", compare("lt", x, ZERO), compare("lt", x, ONE), ()),
    ("integer conditions", compare("lt", m, n), compare("le", m, n), ()),
    ("below an inequality", function("max", x, y), x, (compare("lt", x, y),)),
    ("floor", function("floor", mul(HALF, add(m, ONE))), function("floor", mul(HALF, m)), ()),
    (
        "nested kinks",
        function("abs", subtract(function("abs", subtract(x, Number(50))), Number(3))),
        subtract(function("abs", subtract(x, Number(50))), Number(3)),
        (),
    ),
]


@pytest.mark.parametrize(("a", "b", "facts"), [case[1:] for case in DIFFERENT], ids=[c[0] for c in DIFFERENT])
def test_differences_are_found_from_either_side(a: Expr, b: Expr, facts: tuple[Expr, ...]) -> None:
    there, back = refute(a, b, facts=facts), refute(b, a, facts=facts)
    assert there is not None and back is not None
    assert there.point == back.point
    assert (there.left, there.right) == (back.right, back.left)
    assert there.left != there.right


EQUAL: list[tuple[str, Expr, Expr, tuple[Expr, ...]]] = [
    ("null set", mul(x, power(x, MINUS_ONE)), ONE, ()),
    ("kink", function("heaviside", x), cases(((compare("lt", ZERO, x), ONE),), ZERO), ()),
    ("floor at integers", add(function("floor", x), ONE), negative(function("floor", negative(x))), ()),
    ("open and closed", compare("lt", x, ZERO), compare("le", x, ZERO), ()),
    (
        "factored",
        function("abs", subtract(power(x, Number(2)), Number(4))),
        mul(function("abs", subtract(x, Number(2))), function("abs", add(x, Number(2)))),
        (),
    ),
    ("under a fact", mul(V(i), total), V(i), (*in_range, compare("eq", total, ONE))),
    ("below an inequality", function("max", x, y), y, (compare("lt", x, y),)),
    (
        "nondecreasing",
        Call(rising, (function("max", x, y),)),
        function("max", Call(rising, (x,)), Call(rising, (y,))),
        (),
    ),
    ("a cancelled function", mul(Call(f, (x,)), power(Call(f, (x,)), MINUS_ONE)), ONE, ()),
    ("positive", sqrt(power(p, Number(2))), p, ()),
    ("roots", mul(sqrt(add(x, ONE)), sqrt(add(x, ONE))), add(x, ONE), (compare("lt", ZERO, x),)),
    (
        "heaviside of an opaque value",
        add(function("heaviside", Call(f, (m,))), function("heaviside", negative(Call(f, (m,))))),
        ONE,
        (),
    ),
]


@pytest.mark.parametrize(("a", "b", "facts"), [case[1:] for case in EQUAL], ids=[c[0] for c in EQUAL])
def test_nothing_is_found_where_nothing_is(a: Expr, b: Expr, facts: tuple[Expr, ...]) -> None:
    assert refute(a, b, facts=facts) is None
    assert refute(b, a, facts=facts) is None


def test_everywhere_counts_every_point() -> None:
    step = cases(((compare("lt", ZERO, x), ONE),), ZERO)
    witness = refute(function("heaviside", x), step, policy="everywhere")
    assert witness is not None and witness.point == (("x", "0"),)
    assert refute(power(x, MINUS_ONE), power(x, MINUS_ONE), policy="everywhere") is None


def test_expansion_of_a_hundredth_power_is_never_different() -> None:
    terms = [mul(Number(comb(100, e)), power(x, Number(e))) for e in range(101)]
    assert refute(power(add(x, ONE), Number(100)), add(*terms)) is None
    assert refute(power(add(x, ONE), Number(100)), add(*terms, Number(Fraction(1, 10**60)))) is not None


def test_a_condition_of_definition_counts() -> None:
    witness = refute(x, x, defined_a=compare("lt", x, Number(100)))
    assert witness is not None and witness.left == "undefined"
    assert refute(x, x, defined_a=compare("ne", x, Number(2))) is None
    assert refute(m, m, defined_a=compare("ne", m, Number(2))) is not None
    assert refute(x, x, compare("lt", x, ONE), compare("lt", x, ONE)) is None


def test_witnesses_are_small_and_readable() -> None:
    witness = refute(mul(V(i), subtract(delta(i, j), V(j))), negative(mul(V(i), V(j))), facts=in_range)
    assert witness is not None
    names = [name for name, _ in witness.point]
    assert names[:2] == ["n", "entry"] and names[2].startswith("v[")
    assert all(len(value) < 8 for _, value in witness.point)
    assert str(refute(function("abs", x), x)) == "at x = -1: 1 ≠ -1"
    assert str(refute(Call(f, (x,)), ZERO)) == "at x = 1, f = t -> t^2 + 1/2: 3/2 ≠ 0"


def test_a_tiny_difference_is_shown() -> None:
    witness = refute(ONE, add(ONE, mul(Number(Fraction(1, 10**15)), function("exp", x))))
    assert witness is not None and witness.right.startswith("1.000000000000002")


def test_integer_names_get_integers_and_domains_are_kept() -> None:
    unit = Variable(
        "t", Kind(domain=Domain(lower=Fraction(0), upper=Fraction(1), lower_open=True, upper_open=True))
    )
    even = Variable("e", Kind(domain=Domain(integer=True, modulus=2)))
    assert refute(function("abs", subtract(unit, ONE)), subtract(ONE, unit)) is None
    assert refute(function("floor", mul(HALF, even)), mul(HALF, even)) is None
    assert refute(function("floor", mul(HALF, m)), mul(HALF, m)) is not None


def test_a_curved_fact_that_leaves_a_single_point_gives_no_witness() -> None:
    pinned = compare("le", power(subtract(x, ONE), Number(2)), ZERO)
    assert refute(function("heaviside", subtract(x, ONE)), ONE, facts=(pinned,)) is None


def test_a_deadline_in_the_past_ends_the_search() -> None:
    assert refute(x, y, deadline=time.thread_time() - 1) is None


REWRITES = st.sampled_from(
    [
        lambda e: add(e, ZERO),
        lambda e: subtract(add(e, x), x),
        lambda e: divide(mul(e, add(power(x, Number(2)), ONE)), add(ONE, power(x, Number(2)))),
        lambda e: add(function("max", e, ZERO), function("min", e, ZERO)),
        lambda e: mul(function("sign", e), function("abs", e)),
        lambda e: function("log", function("exp", e)),
        lambda e: cases(((compare("lt", x, y), e),), e),
        lambda e: subtract(power(add(e, ONE), Number(2)), add(power(e, Number(2)), e, ONE)),
        lambda e: mul(e, add(power(function("sin", y), Number(2)), power(function("cos", y), Number(2)))),
        lambda e: function("asinh", function("sinh", e)),
    ]
)
SEEDS = st.sampled_from(
    [
        x,
        mul(x, y),
        function("exp", x),
        function("heaviside", subtract(x, y)),
        function("floor", x),
        function("max", x, y, ZERO),
        divide(x, add(ONE, function("exp", y))),
        function("log", x),
        sqrt(y),
        cases(((compare("lt", x, ZERO), ONE), (compare("eq", x, y), x)), y),
    ]
)


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.lists(REWRITES, min_size=1, max_size=3))
def test_true_rewrites_are_never_refuted(seed: Expr, rewrites: list[Callable[[Expr], Expr]]) -> None:
    rewritten = seed
    for rewrite in rewrites:
        rewritten = rewrite(rewritten)
    assert refute(seed, rewritten) is None
    assert refute(rewritten, seed, defined_a=TRUE) is None


@settings(max_examples=40, deadline=None)
@given(
    SEEDS,
    st.lists(REWRITES, max_size=2),
    st.sampled_from([ONE, x, function("exp", y), mul(Number(Fraction(1, 10**30)), y)]),
)
def test_changes_are_always_found(seed: Expr, rewrites: list[Callable[[Expr], Expr]], change: Expr) -> None:
    changed = add(seed, change)
    for rewrite in rewrites:
        changed = rewrite(changed)
    assert refute(seed, changed) is not None


def test_apply_of_an_unknown_head_gives_nothing() -> None:
    assert refute(Apply("limit", (x, y)), x) is None


def test_sizes_of_a_witness_are_the_smallest_that_tell() -> None:
    found = symderiv.compare("p[i]*(delta(i, j) - p[j])", "p[i]*(delta(i, j) - p[i])", given=["p: vector(n)"])
    assert isinstance(found, Different)
    assert dict(found.witness.point)["n"] == "2"


@pytest.mark.parametrize(
    ("a", "b", "given"),
    [
        ("norm(x) < 2", "norm(x)^2 < 2", ["x: vector(n)"]),
        ("x^2+y^2 < 1", "abs(x)+abs(y) < 1", []),
        ("x^2+y^2 < 1", "max(abs(x),abs(y)) < 1", []),
        ("exp(x) > 2", "x > 1", []),
        ("log(x) < 1", "x < 3", ["x: positive"]),
        ("sigmoid(x) > 0.9", "x > 2", []),
        ("tanh(x) < 1/2", "x < 1/2", []),
    ],
)
def test_conditions_are_told_apart_at_numbers_that_a_person_would_pick(
    a: str, b: str, given: list[str]
) -> None:
    """The border is irrational, the number between two borders need not be."""
    found = symderiv.compare(a, b, given=given)
    assert isinstance(found, Different) and isinstance(found.witness, Witness)
    assert all(Fraction(value).denominator <= 20 for _, value in found.witness.point)


@pytest.mark.parametrize(
    ("a", "b"),
    [("x > 3/2 and x != 5", "x != 3/2"), ("x >= x - 1 > 1/2", "x != 3/2"), ("cosh(x) < 4", "4 >= x^2")],
)
def test_a_witness_stays_where_its_names_are_declared(a: str, b: str) -> None:
    verdict = symderiv.compare(a, b, given=("x: real > 1",))
    assert isinstance(verdict, Different)
    assert Fraction(dict(verdict.witness.point)["x"]) > 1


def test_points_on_an_equation_stay_where_their_names_are_declared() -> None:
    verdict = symderiv.compare("y/2 >= y or 1/3 - x == y", "y <= 0", given=("x: positive",))
    assert isinstance(verdict, Different)
    assert Fraction(dict(verdict.witness.point)["x"]) > 0


def test_systems_of_equations_are_solved_for_an_array_and_told_apart_at_small_sizes() -> None:
    given = ["X: matrix(n, d)", "w: vector(d)", "y: vector(n)", "c: positive"]
    found = symderiv.compare("(X.T*X + c*eye(d))*w == X.T*y", "(X.T*X - c*eye(d))*w == X.T*y", given)
    assert isinstance(found, Different)
    point = dict(found.witness.point)
    assert (point["d"], point["n"]) == ("1", "1")
    assert (found.witness.left, found.witness.right) == ("true", "false")
    x, w, y, c = (Fraction(point[name]) for name in ("X[0, 0]", "w[0]", "y[0]", "c"))
    assert (x * x + c) * w == x * y != (x * x - c) * w


def test_a_witness_where_a_fact_fails_is_none() -> None:
    """As one that was found with a value put in for an entry that has a second name."""
    P = Variable("P", replace(Kind(shape=(Number(2), Number(2))), symmetric=True))
    above, below = (Index(P, (Number(k), Number(1 - k))) for k in (0, 1))
    pair = Pair(below, Number(0), facts=(Apply("eq", (above, Number(0))),))
    assert confirmed(pair, Witness((("P[0, 1]", "5"),), "5", "0")) is None
    assert confirmed(Pair(below, Number(0)), Witness((("P[0, 1]", "5"),), "5", "0")) is not None


def test_a_witness_keeps_what_only_facts_speak_of() -> None:
    """At one size a side may read nothing: an entry filled in by a pattern was shown where a fact fails."""
    given = ["x: vector(n)", "y: vector(n)", "k: integer >= 0", "k < n"]
    given.append("all(x[i] == 0, (i,0,n-1)) and (not all(x[j] <= y[j] or x[j] == y[j], (j,0,n-1)))")
    stated = "(not all(x[i] < y[i], (i,k,n-1))) and (not all(x[i] <= x[k] and x[k] <= x[i], (i,0,n-2)))"
    found = symderiv.compare(stated, "0 == 0", given)
    assert isinstance(found, Different)
    point = dict(found.witness.point)
    assert all(value == "0" for name, value in point.items() if name.startswith("x["))
    assert any(Fraction(value) < 0 for name, value in point.items() if name.startswith("y["))


def test_a_fact_is_asked_at_the_entries_that_were_filled_in() -> None:
    v = Variable("v", Kind(shape=(Number(1),)))
    entry = Index(v, (Number(0),))
    pair = Pair(entry, Number(7), facts=(Apply("eq", (entry, Number(7))),))
    assert confirmed(pair, Witness((), "5", "7")) is None


def test_a_point_outside_of_a_domain_confirms_nothing() -> None:
    p, k = Variable("p", Kind(domain=POSITIVE)), Variable("k", SIZE)
    for name, text in ((p, "-2"), (p, "0"), (k, "1/2"), (k, "0")):
        pair = Pair(name, Number(7))
        assert confirmed(pair, Witness(((name.name, text),), text, "7")) is None
    assert confirmed(Pair(p, Number(7)), Witness((("p", "2"),), "2", "7")) is not None


@pytest.mark.parametrize(
    ("a", "b", "given"),
    [
        ("x < 1 and a == 0", "a == x*x - 2", ("a: real in (0, 1)", "x: nonnegative")),
        ("a == 3", "a == x*x - 2", ("a: real in (0, 1)",)),
        ("a == x", "x == 2", ("a: real in (0, 1)",)),
    ],
)
def test_points_on_an_equation_are_points_of_the_declared_numbers(
    a: str, b: str, given: tuple[str, ...]
) -> None:
    """The solution of an equation need not be one of them: a = 0 was shown."""
    found = symderiv.compare(a, b, given)
    assert isinstance(found, Different)
    assert 0 < Fraction(dict(found.witness.point)["a"]) < 1
