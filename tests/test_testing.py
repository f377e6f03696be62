"""The checker itself: dual numbers, and mistakes of every kind in an operation that must be caught."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import flint
import pytest
from flint import arb, fmpq

from symderiv.expression.build import add, mul, power
from symderiv.expression.tree import ONE, Apply, Expr, Number
from symderiv.operations import OPERATIONS, Operation
from symderiv.operations.declaring.counting import Work
from symderiv.operations.declaring.operation import array
from symderiv.tensor import Meaning, Tensor
from symderiv.testing import BrokenRule, Dual, NoDual, check_operation, dual


def d(value: fmpq | int) -> Dual:
    return Dual(fmpq(value), {("x", ()): fmpq(1)})


def slope(a: Dual) -> Any:
    return a.tangent.get(("x", ()), fmpq(0))


def test_sums_products_and_powers_are_exact() -> None:
    x = d(fmpq(3, 2))
    assert slope(x * x * x) == 3 * fmpq(3, 2) ** 2
    assert slope(dual.power(x, Dual(fmpq(-1)))) == -1 / fmpq(3, 2) ** 2
    assert slope(dual.power(d(fmpq(9, 4)), Dual(fmpq(1, 2)))) == fmpq(1, 3)


@pytest.mark.parametrize("name", sorted(dual.FUNCTIONS))
def test_each_function_against_a_difference_quotient(name: str) -> None:
    """(f(x+h) - f(x-h)) / 2h with a tiny h is the tangent to within h."""
    f, h = dual.FUNCTIONS[name], fmpq(1, 10**12)
    at = fmpq(5, 3) if name == "acosh" else fmpq(2, 5)
    with flint.ctx.workprec(200):
        quotient = (f(Dual(at + h)).value - f(Dual(at - h)).value) / (2 * h)
        error = abs(arb(quotient - slope(f(d(at)))))
        assert error < arb(10) ** -18


def test_kinks_are_refused() -> None:
    for f in (dual.absolute, dual.FUNCTIONS["sign"], dual.FUNCTIONS["heaviside"], dual.floor):
        with pytest.raises(NoDual):
            f(d(0))
    with pytest.raises(NoDual):
        dual.largest([d(1), Dual(fmpq(1))])


def square(x: Meaning) -> Tensor:
    assert isinstance(x, Tensor)
    return Tensor(x.shape, x.indices, power(x.value, Number(2)), x.defined)


def by_hand(x: Expr) -> Expr:
    return Apply("mul", (Number(2), x))


SQUARE = Operation(
    "square", (array("x"),), square, jacobians={"x": by_hand}, formula="x²", examples=({"x": ()},)
)


def test_a_right_rule_passes() -> None:
    check_operation(SQUARE)
    check_operation(SQUARE, reference=lambda x: x * x)


def wrong_value(x: Meaning) -> Tensor:
    t = square(x)
    return Tensor(t.shape, t.indices, add(t.value, ONE), t.defined)


WRONG: list[tuple[str, Callable[[], None]]] = [
    ("is stated as", lambda: check_operation(replace(SQUARE, jacobians={"x": lambda x: x}))),
    (
        "shape",
        lambda: check_operation(replace(SQUARE, jacobians={"x": lambda x: Apply("ones", (Number(2),))})),
    ),
    ("entry", lambda: check_operation(SQUARE, reference=lambda x: x * x + fmpq(1, 10**6))),
    ("entry", lambda: check_operation(replace(SQUARE, forward=wrong_value), reference=lambda x: x * x)),
    ("no examples", lambda: check_operation(replace(SQUARE, examples=()))),
]


@pytest.mark.parametrize(("words", "check"), WRONG)
def test_a_wrong_claim_is_caught(words: str, check: Callable[[], None]) -> None:
    with pytest.raises(BrokenRule, match=words):
        check()


def test_a_wrong_count_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("symderiv.testing.operations.work", lambda *_: Work(multiplications=Number(5)))
    with pytest.raises(BrokenRule, match="multiplications"):
        check_operation(SQUARE)


def test_reading_outside_the_input_is_caught() -> None:
    def beyond(x: Meaning) -> Tensor:
        assert isinstance(x, Tensor)
        return Tensor.of(x.shape, lambda i: x.formula(add(i, ONE)))

    broken = Operation("beyond", (array("x"),), beyond, examples=({"x": (3,)},))
    with pytest.raises(BrokenRule, match="outside"):
        check_operation(broken)


def test_a_formula_for_one_size_only_is_caught() -> None:
    def only_three(x: Meaning) -> Tensor:
        assert isinstance(x, Tensor)
        factor = Number(2) if x.sizes == (3,) else Number(3)
        return Tensor.of(x.shape, lambda i: mul(factor, x.formula(i)))

    broken = Operation("only_three", (array("x"),), only_three, examples=({"x": (3,)},))
    with pytest.raises(BrokenRule, match="symbolic"):
        check_operation(broken)


def test_the_softmax_rule_with_a_wrong_sign_is_caught() -> None:
    softmax = OPERATIONS["softmax"]

    def plus_instead(x: Expr, axis: Expr | None = None) -> Expr:
        p = Apply("softmax", (x,))
        return Apply("add", (Apply("diag", (p,)), Apply("mul", (p, Apply("transpose", (p,))))))

    with pytest.raises(BrokenRule):
        check_operation(replace(softmax, jacobians={"x": plus_instead}), {"x": (3,)})
