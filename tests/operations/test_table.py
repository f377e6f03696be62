"""Every operation with a rule is held against its forward definition; every rule made wrong is caught."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from symderiv.expression.build import add
from symderiv.expression.tree import ONE, Apply, Expr, Number
from symderiv.operations import ELEMENTARY, OPERATIONS, Operation
from symderiv.testing import BrokenRule, check_operation

CHECKED = sorted(name for name, operation in OPERATIONS.items() if operation.examples)
RULES = [(name, parameter) for name in CHECKED for parameter in OPERATIONS[name].jacobians]
VJPS = [(name, parameter) for name in CHECKED for parameter in OPERATIONS[name].vjps]


@pytest.mark.parametrize("name", CHECKED)
def test_holds_against_its_forward_definition(name: str) -> None:
    check_operation(OPERATIONS[name])


@pytest.mark.parametrize("name", CHECKED)
def test_is_checked_at_three_settings_and_says_what_it_is(name: str) -> None:
    operation = OPERATIONS[name]
    assert len(operation.examples) >= 3
    assert operation.formula
    given = {p for example in operation.examples for p in example}
    assert given >= set(operation.jacobians)


def test_whatever_has_a_closed_form_is_checked() -> None:
    stated = {name for name, operation in OPERATIONS.items() if operation.jacobians}
    assert stated <= set(CHECKED)


def wrong(operation: Operation, parameter: str, change: Callable[[Expr], Expr]) -> Operation:
    rule = operation.jacobians[parameter]
    return replace(
        operation, jacobians={**operation.jacobians, parameter: lambda *trees: change(rule(*trees))}
    )


def is_flat(name: str, parameter: str) -> bool:
    """Whether the derivative is zero wherever there is one."""
    return name == "heaviside" or (name.endswith("_backward") and parameter == "X")


@pytest.mark.parametrize(("name", "parameter"), RULES)
def test_a_rule_wrong_by_a_little_is_caught(name: str, parameter: str) -> None:
    """0.05 % too large; where the derivative is zero, 1/2000 added."""
    factor = Number(Fraction(2001, 2000))
    change = (
        (lambda form: add(form, Number(Fraction(1, 2000))))
        if is_flat(name, parameter)
        else (lambda form: Apply("mul", (factor, form)))
    )
    with pytest.raises(BrokenRule, match=parameter):
        check_operation(wrong(OPERATIONS[name], parameter, change))


@pytest.mark.parametrize(("name", "parameter"), VJPS)
def test_a_vjp_wrong_by_a_little_is_caught(name: str, parameter: str) -> None:
    operation = OPERATIONS[name]
    stated = operation.vjps[parameter]

    def broken(*trees: Expr) -> Expr | None:
        form = stated(*trees)
        if form is None or is_flat(name, parameter):
            return None if form is None else add(form, ONE)
        return Apply("mul", (Number(Fraction(2001, 2000)), form))

    with pytest.raises(BrokenRule, match="vjp"):
        check_operation(replace(operation, vjps={**operation.vjps, parameter: broken}))


MADE_OF = sorted(name for name, operation in OPERATIONS.items() if operation.made_of is not None)


@pytest.mark.parametrize("name", MADE_OF)
def test_what_an_operation_is_made_of_wrong_by_a_little_is_caught(name: str) -> None:
    operation = OPERATIONS[name]
    stated = operation.made_of
    assert stated is not None

    def broken(*trees: Expr) -> Expr | None:
        form = stated(*trees)
        return None if form is None else Apply("mul", (Number(Fraction(2001, 2000)), form))

    with pytest.raises(BrokenRule, match="made of"):
        check_operation(replace(operation, made_of=broken))


def test_a_transposed_rule_is_caught() -> None:
    with pytest.raises(BrokenRule):
        check_operation(wrong(OPERATIONS["affine"], "x", lambda W: Apply("transpose", (W,))))


def test_what_answers_may_always_use() -> None:
    assert {"exp", "sum", "max", "relu", "sigmoid", "transpose", "diag"} <= ELEMENTARY
    assert not {"softmax", "conv2d", "cross_entropy"} & ELEMENTARY
