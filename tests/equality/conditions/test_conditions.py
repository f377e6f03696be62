"""Conditions: what is proved, and that nothing false is, against sampling and exhaustive small integers."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.equality.conditions.condition import holds, nonzero, sign
from symderiv.equality.conditions.unfolded import unfolded
from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.equality.scalars.pair import decide_scalar
from symderiv.equality.verdict import Different, Equal
from symderiv.expression.build import (
    add,
    cases,
    compare,
    conjunction,
    delta,
    disjunction,
    divide,
    function,
    mul,
    negation,
    power,
    sqrt,
    subtract,
)
from symderiv.expression.instantiation import instantiate
from symderiv.expression.kinds import INTEGER, POSITIVE, SIZE, Domain, Kind
from symderiv.expression.tree import (
    FALSE,
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

x, y = Variable("x"), Variable("y")
p, q = (Variable(name, Kind(domain=POSITIVE)) for name in "pq")
N, K = Variable("N", SIZE), Variable("K", SIZE)
a, b = Variable("a", Kind(domain=INTEGER)), Variable("b", Kind(domain=INTEGER))
even = Variable("e", Kind(domain=Domain(integer=True, modulus=2)))
i, j = index_variable("i"), index_variable("j")
v = Variable("v", Kind(shape=(N,)))
f = Variable("f", Kind(function="any"))


def lt(left: Expr, right: Expr) -> Expr:
    return compare("lt", left, right)


def le(left: Expr, right: Expr) -> Expr:
    return compare("le", left, right)


SQUARES = le(mul(Number(2), x, y), add(power(x, Number(2)), power(y, Number(2))))
GROWS = lt(add(N, power(K, Number(2))), mul(N, power(K, Number(2))))
BOTH_TWO = conjunction(le(Number(2), N), le(Number(2), K))

PROVED: list[tuple[Expr, tuple[Expr, ...]]] = [
    (lt(x, add(x, ONE)), ()),
    (SQUARES, ()),
    (le(x, function("abs", x)), ()),
    (le(function("abs", add(x, y)), add(function("abs", x), function("abs", y))), ()),
    (le(function("min", x, y), function("max", x, y)), ()),
    (lt(function("tanh", x), ONE), ()),
    (lt(ZERO, add(power(x, Number(2)), x, ONE)), ()),
    (lt(ZERO, mul(x, y)), (lt(ZERO, x), lt(ZERO, y))),
    (lt(ONE, power(x, Number(2))), (lt(ONE, x),)),
    (lt(x, Number(3)), (lt(x, y), lt(y, Number(3)))),
    (le(ONE, N), ()),
    (compare("ne", mul(Number(2), a), add(mul(Number(2), b), ONE)), ()),
    (compare("ne", add(even, ONE), mul(Number(4), b)), ()),
    (le(mul(Number(2), function("floor", mul(HALF, a))), a), ()),
    (le(add(i, ONE), N), (lt(i, N),)),
    (GROWS, (BOTH_TWO,)),
    (BOTH_TWO, (GROWS,)),
    (disjunction(lt(x, ONE), lt(ZERO, x)), ()),
    (negation(conjunction(lt(x, ZERO), lt(ONE, x))), ()),
    (le(delta(i, j), ONE), ()),
    (compare("eq", mul(delta(i, j), subtract(i, j)), ZERO), ()),
    (Binder("forall", lt(i, N), i, ZERO, subtract(N, ONE)), ()),
    (compare("eq", function("max", x, y), y), (lt(x, y),)),
    (le(ZERO, sqrt(x)), ()),
    (compare("eq", sqrt(Number(4)), Number(2)), ()),
    (lt(x, y), (lt(x, y),)),
]


@pytest.mark.parametrize(("condition", "facts"), PROVED)
def test_proved(condition: Expr, facts: tuple[Expr, ...]) -> None:
    assert holds(condition, facts) is True
    assert holds(negation(condition), facts) is not True


NOT_IMPLIED: list[tuple[Expr, tuple[Expr, ...]]] = [
    (lt(ZERO, x), ()),
    (lt(x, y), ()),
    (le(Number(2), N), ()),
    (le(Number(3), N), (GROWS,)),
    (lt(ZERO, power(x, Number(2))), ()),
    (compare("eq", even, ZERO), ()),
    (compare("ne", mul(Number(2), a), add(mul(Number(2), b), Number(2))), ()),
    (lt(mul(x, y), ZERO), (lt(x, ZERO),)),
    (lt(Call(f, (x,)), Call(f, (y,))), (lt(x, y),)),
]


@pytest.mark.parametrize(("condition", "facts"), NOT_IMPLIED)
def test_neither_proved_nor_refuted(condition: Expr, facts: tuple[Expr, ...]) -> None:
    assert holds(condition, facts) is None


def test_false_means_that_it_fails_everywhere() -> None:
    assert holds(lt(N, ONE)) is False
    assert holds(lt(add(x, ONE), x)) is False
    assert holds(lt(x, ZERO), (lt(ONE, x),)) is False
    assert holds(TRUE) is True


SIGNS: list[tuple[Expr, tuple[Expr, ...], object]] = [
    (add(ONE, function("exp", x)), (), 1),
    (power(x, Number(2)), (), "nonneg"),
    (divide(mul(p, q), add(p, q)), (), 1),
    (subtract(p, q), (), None),
    (subtract(N, ONE), (), "nonneg"),
    (subtract(N, i), (lt(i, N),), 1),
    (subtract(x, y), (lt(x, y),), -1),
    (function("log", add(ONE, function("exp", x))), (), 1),
    (Binder("sum", function("exp", Index(v, (i,))), i, ZERO, subtract(N, ONE)), (), 1),
    (Binder("sum", function("exp", Index(v, (i,))), i, ZERO, subtract(N, Number(2))), (), "nonneg"),
    (Binder("sum", power(Index(v, (i,)), Number(2)), i, ZERO, subtract(N, ONE)), (), "nonneg"),
    (Binder("sum", Index(v, (i,)), i, ZERO, subtract(N, ONE)), (), None),
    (cases(((lt(ZERO, x), x),), ONE), (), 1),
    (function("max", ZERO, x), (), "nonneg"),
    (subtract(function("max", ZERO, x), x), (lt(x, ZERO),), 1),
    (function("heaviside", x), (lt(x, ZERO),), "nonneg"),
    (x, (compare("eq", x, ZERO),), 0),
    (power(x, MINUS_ONE), (lt(x, ZERO),), -1),
]


@pytest.mark.parametrize(("expr", "facts", "expected"), SIGNS)
def test_signs(expr: Expr, facts: tuple[Expr, ...], expected: object) -> None:
    found = sign(expr, facts)
    assert found == expected and type(found) is type(expected)


def test_nonzero() -> None:
    assert nonzero(subtract(N, HALF)) is True
    assert nonzero(subtract(x, ONE), (compare("ne", x, ONE),)) is True
    assert nonzero(subtract(x, x)) is False
    assert nonzero(x) is None
    assert nonzero(subtract(x, y), (disjunction(lt(x, y), lt(y, x)),)) is True


SMALL = st.integers(-3, 3)


@st.composite
def integer_conditions(draw: st.DrawFn) -> Expr:
    def poly() -> Expr:
        terms = [
            mul(Number(draw(SMALL)), *draw(st.sampled_from([(), (a,), (b,), (a, b), (a, a), (N,), (N, a)])))
            for _ in range(3)
        ]
        return add(*terms)

    head = draw(st.sampled_from(("lt", "le", "eq", "ne")))
    left = poly()
    if draw(st.booleans()):
        left = function(draw(st.sampled_from(("abs", "floor"))), mul(HALF, left))
    return compare(head, left, poly())


@settings(max_examples=120, deadline=None)
@given(integer_conditions(), st.lists(integer_conditions(), max_size=2))
def test_integer_verdicts_hold_at_all_small_integers(condition: Expr, facts: list[Expr]) -> None:
    verdict = holds(condition, tuple(facts))
    if verdict is None:
        return
    for u, w, size in product(range(-4, 5), range(-4, 5), range(1, 5)):
        point: dict[Expr, int] = {a: u, b: w, N: size}
        if all(evaluate(fact, point) is True for fact in facts):
            assert evaluate(condition, point) is verdict


@st.composite
def real_expressions(draw: st.DrawFn, depth: int = 3) -> Expr:
    if depth == 0:
        return draw(st.sampled_from([x, y, p, ONE, MINUS_ONE, HALF, Number(2)]))
    inner = real_expressions(depth=depth - 1)
    head = draw(
        st.sampled_from(
            ["add", "mul", "exp", "abs", "max", "min", "tanh", "pow", "floor", "heaviside", "leaf"]
        )
    )
    match head:
        case "leaf":
            return draw(inner)
        case "add":
            return add(draw(inner), draw(inner))
        case "mul":
            return mul(draw(inner), draw(inner))
        case "max" | "min":
            return function(head, draw(inner), draw(inner))
        case "pow":
            return power(
                draw(inner), draw(st.sampled_from([Number(2), Number(3), HALF, MINUS_ONE, Number(-2)]))
            )
    return function(head, draw(inner))


POINTS = [Fraction(n, d) for n, d in ((0, 1), (1, 1), (-1, 1), (2, 1), (1, 3), (-5, 2), (7, 1), (-1, 5))]


@settings(max_examples=150, deadline=None)
@given(real_expressions(), real_expressions(depth=2), st.sampled_from(["lt", "le", "eq", "ne"]))
def test_signs_hold_at_sample_points(expr: Expr, other: Expr, head: str) -> None:
    fact = compare(head, other, x)
    found = sign(expr, (fact,))
    if found is None:
        return
    unstrict: dict[object, set[object]] = {"nonneg": {0, 1}, "nonpos": {0, -1}}
    allowed = unstrict.get(found, {found})
    for u, w in product(POINTS, repeat=2):
        point: dict[Expr, Fraction] = {x: u, y: w, p: abs(w) + 1}
        if evaluate(fact, point) is True:
            value = evaluate(Apply("sign", (expr,)), point)
            assert not isinstance(value, Fraction) or value in allowed


NUMBER_TWO = Number(2)
BETWEEN = conjunction(lt(Number(-2), x), lt(x, NUMBER_TWO))

SAME: list[tuple[Expr, Expr]] = [
    (GROWS, BOTH_TWO),
    (lt(power(x, Number(2)), Number(4)), BETWEEN),
    (lt(function("abs", x), NUMBER_TWO), BETWEEN),
    (le(ZERO, power(subtract(x, ONE), Number(3))), le(ONE, x)),
    (lt(N, add(K, ONE)), le(N, K)),
    (compare("eq", power(a, Number(2)), ZERO), compare("eq", a, ZERO)),
    (disjunction(lt(x, ZERO), lt(ZERO, x)), compare("ne", x, ZERO)),
    (lt(function("max", x, y), ZERO), conjunction(lt(x, ZERO), lt(y, ZERO))),
    (lt(ONE, mul(N, K)), disjunction(lt(ONE, N), lt(ONE, K))),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_equal_conditions(left: Expr, right: Expr) -> None:
    there, back = decide_scalar(left, right), decide_scalar(right, left)
    assert isinstance(there, Equal) and there.scope == "everywhere"
    assert there == back


OTHER: list[tuple[Expr, Expr]] = [
    (GROWS, conjunction(le(NUMBER_TWO, N), le(Number(3), K))),
    (lt(power(x, Number(2)), Number(4)), lt(x, NUMBER_TWO)),
    (lt(a, b), le(a, b)),
    (compare("eq", a, b), FALSE),
    (lt(N, K), lt(K, N)),
]


@pytest.mark.parametrize(("left", "right"), OTHER)
def test_different_conditions(left: Expr, right: Expr) -> None:
    assert isinstance(decide_scalar(left, right), Different)
    assert isinstance(decide_scalar(right, left), Different)


def test_conditions_that_differ_on_a_border() -> None:
    verdict = decide_scalar(lt(x, ZERO), le(x, ZERO))
    assert isinstance(verdict, Equal) and verdict.scope == "except where x = 0"
    assert isinstance(decide_scalar(lt(x, ZERO), le(x, ZERO), policy="everywhere"), Different)
    assert isinstance(decide_scalar(compare("eq", x, y), FALSE), Different)  # a null set is what it is about


def test_facts_may_turn_a_border_into_everything() -> None:
    same = compare("eq", x, y)
    assert not isinstance(decide_scalar(le(x, y), FALSE, facts=(same,)), Equal)
    assert not isinstance(decide_scalar(same, FALSE, facts=(le(x, y), le(y, x))), Equal)


@pytest.mark.parametrize("kind", ["sum", "min"])
def test_what_is_known_of_a_name_says_nothing_of_a_bound_one_spelt_like_it(
    kind: Literal["sum", "min"],
) -> None:
    i, n = Variable("i", Kind(domain=INTEGER)), Variable("n", SIZE)
    of_range = Binder(kind, i, i, Number(-3), n)
    assert sign(of_range, (compare("lt", ZERO, i),)) is None
    assert sign(Binder(kind, i, i, ZERO, n), (compare("lt", i, ZERO),)) == "nonneg"


COMPARED = [
    (head, *sides)
    for head in ("lt", "le")
    for kind in ("max", "min")
    for sides in ((Apply(kind, (x, y)), ONE), (ONE, Apply(kind, (x, y))))
]


@pytest.mark.parametrize(("head", "left", "right"), COMPARED)
def test_unfolded_extrema_hold_at_the_same_points(head: str, left: Expr, right: Expr) -> None:
    condition = Apply(head, (left, right))
    _hold_alike(condition, unfolded(condition))
    _hold_alike(Apply("not", (condition,)), Apply("not", (unfolded(condition),)))


@pytest.mark.parametrize("kind", ["max", "min"])
@pytest.mark.parametrize("head", ["lt", "le"])
@pytest.mark.parametrize("is_left", [True, False])
def test_unfolded_extrema_of_ranges_hold_at_the_same_points(
    kind: Literal["max", "min"], head: str, is_left: bool
) -> None:
    k = index_variable("k")
    of_range = Binder(kind, mul(x, add(k, y)), k, ZERO, Number(2))
    condition = Apply(head, (of_range, ONE) if is_left else (ONE, of_range))
    _hold_alike(condition, unfolded(condition))


def test_an_unfolded_statement_for_all_of_both() -> None:
    k = index_variable("k")
    both = Apply("le", (Apply("max", (mul(x, k), y)), ONE))
    statement = Binder("forall", both, k, ZERO, Number(2))
    _hold_alike(statement, unfolded(statement))
    inner = Binder("forall", Apply("le", (mul(x, k), ONE)), k, ZERO, Number(1))
    outer = Binder("forall", Apply("and", (inner, Apply("le", (y, k)))), k, ZERO, Number(2))
    _hold_alike(outer, unfolded(outer))


def _hold_alike(condition: Expr, other: Expr) -> None:
    values = [Number(Fraction(part, 2)) for part in range(-4, 5)]
    for point in product(values, repeat=2):
        at = dict(zip((x, y), point, strict=True))
        found = [evaluate(instantiate(each, at), {}) for each in (condition, other)]
        assert found[0] == found[1], (point, condition, other)
