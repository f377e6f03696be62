"""Each operation that states a derivative: derived by each argument, and sent back from a number.

A derivation finishes soon, names a rule for the operation, changes something at each step, and is proved.
"""

from __future__ import annotations

from time import process_time

import pytest

from symderiv.derivation.derive import derive
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.steps import Derivation
from symderiv.expression.kinds import Kind
from symderiv.expression.tree import Apply, Expr, Number, Variable
from symderiv.operations import OPERATIONS
from symderiv.operations.declaring.operation import Example, Operation

pytestmark = pytest.mark.usefixtures("patience")

SECONDS = 4.0
"""Processor time for a derivation: each takes under 2 s on the machine of `benchmarks`, half of this."""


def array(name: str, shape: tuple[Expr, ...]) -> Variable:
    return Variable(name, Kind(shape=shape))


def applied(operation: Operation, example: Example) -> Apply:
    """The operation at names of the example's shapes; options as they are."""
    given = {
        name: setting if isinstance(setting, Expr) else array(name, tuple(map(Number, setting)))
        for name, setting in example.items()
    }
    leading: list[Expr] = []
    for parameter in operation.parameters:
        if parameter.option or parameter.name not in given:
            break
        leading.append(given.pop(parameter.name))
    return Apply(operation.name, tuple(leading), tuple(given.items()))


def example_with(operation: Operation, parameter: str) -> Example | None:
    """The first example that gives this argument as an array."""
    fits = (e for e in operation.examples if parameter in e and not isinstance(e[parameter], Expr))
    return next(fits, None)


def arrays_of(operation: Operation) -> tuple[str, ...]:
    """By what an operation that is made of others is derived: all its arrays."""
    if operation.made_of is None:
        return ()
    return tuple(parameter.name for parameter in operation.parameters if not parameter.option)


CASES = [
    (operation, parameter, example)
    for operation in OPERATIONS.values()
    for parameter in dict.fromkeys((*operation.jacobians, *operation.vjps, *arrays_of(operation)))
    if (example := example_with(operation, parameter)) is not None
]
NAMES = [f"{operation.name} by {parameter}" for operation, parameter, _ in CASES]


def check(derivation: Derivation, began: float, name: str) -> None:
    assert process_time() - began < SECONDS
    assert derivation.steps
    told = " ".join(f"{step.rule} {step.reason}" for step in derivation.steps)
    assert name in told or "convolution" in told
    assert all(step.before != step.after for step in derivation.steps)
    assert not any(step.verdict.verdict == "different" for step in derivation.steps)
    assert [(step.rule, step.proof) for step in derivation.steps if not step.is_proved] == []


@pytest.mark.parametrize(("operation", "parameter", "example"), CASES, ids=NAMES)
def test_its_jacobian_is_derived(operation: Operation, parameter: str, example: Example) -> None:
    e = applied(operation, example)
    x = next(v for v in e.children if isinstance(v, Variable) and v.name == parameter)
    began = process_time()
    check(derive(e, x), began, operation.name)


@pytest.mark.parametrize(("operation", "parameter", "example"), CASES, ids=NAMES)
def test_a_gradient_is_sent_back(operation: Operation, parameter: str, example: Example) -> None:
    e = applied(operation, example)
    shape = tuple(tensor_of(e).shape)
    if not shape:
        pytest.skip("a number already: its gradient is its Jacobian")
    x = next(v for v in e.children if isinstance(v, Variable) and v.name == parameter)
    number = Apply("sum", (Apply("hadamard", (array("G_", shape), e)),))
    began = process_time()
    check(derive(number, x), began, operation.name)
