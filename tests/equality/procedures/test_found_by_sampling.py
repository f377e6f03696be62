"""What mutants drawn at random showed that no pair had asked: single steps, looked at by themselves."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb, fmpq

from symderiv.derivation import compare
from symderiv.equality.conditions.condition import holds, sign
from symderiv.equality.evaluate.point import Point
from symderiv.equality.evaluate.values import NotDecided, same
from symderiv.equality.existence.series import series_value
from symderiv.equality.integrals.single_points import at_single_points
from symderiv.equality.refute.separate import Pair, differ_around
from symderiv.equality.refute.smooth import is_smooth
from symderiv.expression import build
from symderiv.expression.kinds import INTEGER, SIZE, Domain, Kind
from symderiv.expression.tree import (
    INFINITY,
    MINUS_ONE,
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Index,
    Number,
    Variable,
)

t, x, y = Variable("t"), Variable("x"), Variable("y")
k, n = Variable("k", Kind(domain=INTEGER)), Variable("n", SIZE)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (t, y, True),
        (t, build.add(t, y), False),
        (build.mul(Number(2), t), y, True),
        (build.mul(y, t), ZERO, False),
        (build.mul(y, t), y, False),
        (build.function("exp", t), Number(2), True),
        (build.function("sin", build.mul(y, t)), ZERO, False),
    ],
)
def test_single_values_of_a_bound_variable(left, right, expected):
    assert at_single_points(left, right, t) is expected


def test_a_difference_that_there_is_no_time_to_look_around_is_none():
    pair = Pair(build.function("abs", x), x, TRUE, TRUE, ())
    assert differ_around(pair, Point({x: MINUS_ONE.value}, {}, 0), lambda: True)
    assert not differ_around(pair, Point({x: MINUS_ONE.value}, {}, 0), lambda: False)


def test_a_sum_up_to_a_real_number_jumps():
    assert is_smooth(Binder("sum", x, k, ONE, n))
    assert not is_smooth(Binder("sum", ONE, k, ONE, x))
    assert not is_smooth(Binder("sum", x, k, ONE, n, Apply("lt", (k, Number(2)))))


def test_a_number_and_a_ball_around_it_are_not_told_apart():
    around = arb(1, 1e-9)
    for pair in ((fmpq(1), around), (around, fmpq(1)), (around, around)):
        with pytest.raises(NotDecided):
            same(*pair)
    assert same(fmpq(1), fmpq(1))
    assert not same(fmpq(2), around)


def test_a_series_with_a_filter_has_no_closed_form():
    halves = build.power(Number(2), build.mul(MINUS_ONE, k))
    assert series_value(Binder("sum", halves, k, ZERO, INFINITY)) == Number(2)
    assert series_value(Binder("sum", halves, k, ZERO, INFINITY, Apply("lt", (k, Number(2))))) is None
    assert series_value(Binder("sum", halves, k, ZERO, n)) is None


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        (Domain(upper=Fraction(0)), "nonpos"),
        (Domain(upper=Fraction(0), upper_open=True), -1),
        (Domain(upper=Fraction(-1)), -1),
        (Domain(upper=Fraction(1, 2)), None),
        (Domain(lower=Fraction(0)), "nonneg"),
        (Domain(lower=Fraction(1, 2)), 1),
        (Domain(integer=True, modulus=2), None),
    ],
)
def test_the_sign_of_a_name(domain, expected):
    assert sign(Variable("v", Kind(domain=domain))) == expected


@pytest.mark.parametrize(
    ("domain", "claim"),
    [
        (Domain(upper=Fraction(-1)), lambda entry: Apply("lt", (entry, ZERO))),
        (Domain(lower=Fraction(1)), lambda entry: Apply("lt", (ZERO, entry))),
    ],
)
def test_an_entry_beyond_its_array_may_be_nought(domain, claim):
    inside = Variable("v", Kind(shape=(n,), domain=domain))
    beyond = Variable("v", Kind(shape=(n,), domain=domain, zero_outside=True))
    assert holds(claim(Index(inside, (k,)))) is True
    assert holds(claim(Index(beyond, (k,)))) is None


@pytest.mark.parametrize(
    ("a", "b", "given"),
    [
        ("0*integral(1/(sqrt(t)*(t^2-1/4)^2),(t,0,1))", "0", ()),
        ("0*integral(f(t)/t,(t,0,1))", "0*integral(f(t)/(t-1),(t,0,1))", ("f: function",)),
        ("0*integral(f(t)/t,(t,0,1))", "0*integral(f(t)/t,(t,-1,1))", ("f: function",)),
        ("0*integral(2*f(t)/t,(t,0,1))", "0*integral(2*g(t)/t,(t,0,1))", ("f: function", "g: function")),
        ("0*integral(f(t)/t,(t,0,1))", "0*sum(f(t)/t,(t,0,oo))", ("f: function",)),
        ("0*integral(1/t^y,(t,0,1))", "0*integral(1/t^z,(t,0,1))", ()),
        ("0*limit(f(x)/x,x,0)", "0*limit(f(x)/x,x,oo)", ("f: function",)),
        ("0*sum(1/k^y,(k,1,oo))", "0*sum(1/k^z,(k,1,oo))", ()),
    ],
)
def test_what_may_exist_by_itself_is_not_taken_for_the_same(a, b, given):
    assert compare(a, b, given=given).verdict.verdict != "equal"
    assert compare(b, a, given=given).verdict.verdict != "equal"
