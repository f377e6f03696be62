"""No operation forgets where its arguments exist: ``0 log x`` put in for one of them keeps its condition."""

from __future__ import annotations

import pytest

from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.errors import SymderivError
from symderiv.expression.kinds import Kind
from symderiv.expression.tree import FALSE, ZERO, Apply, Expr, Number, Variable, walk
from symderiv.operations import OPERATIONS
from symderiv.operations.operation import Example, Operation

OF_SHAPES_ALONE = frozenset(
    "len eye zeros ones one_hot conv_output_size output_size conv_transpose_output_size receptive_field"
    " conv_parameters conv_operations".split()
)
"""What is made of a shape, or takes sizes: these are numbers."""

SHAPES: tuple[tuple[int, ...], ...] = ((), (2,), (2, 2))


def examples(operation: Operation) -> list[Example]:
    named = [p.name for p in operation.parameters if not p.option]
    return list(operation.examples) or [dict.fromkeys(named, shape) for shape in SHAPES]


def applied(operation: Operation, example: Example, hidden: str) -> Apply:
    """The operation at names of the example's shapes; for one of them 0 times its logarithm."""
    given: dict[str, Expr] = {}
    for name, setting in example.items():
        if isinstance(setting, Expr):
            given[name] = setting
            continue
        array = Variable(name, Kind(shape=tuple(map(Number, setting))))
        given[name] = Apply("mul", (ZERO, Apply("log", (array,)))) if name == hidden else array
    leading: list[Expr] = []
    for parameter in operation.parameters:
        if parameter.option or parameter.name not in given:
            break
        leading.append(given.pop(parameter.name))
    return Apply(operation.name, tuple(leading), tuple(given.items()))


CASES = [
    (operation, example, name)
    for operation in OPERATIONS.values()
    if operation.name not in OF_SHAPES_ALONE
    for example in examples(operation)
    for name, setting in example.items()
    if not isinstance(setting, Expr)
]


@pytest.mark.parametrize(
    ("operation", "example", "name"), CASES, ids=[f"{o.name} {dict(e)} by {n}" for o, e, n in CASES]
)
def test_condition_is_kept(operation: Operation, example: Example, name: str) -> None:
    try:
        result = tensor_of(applied(operation, example, name))
    except SymderivError:
        pytest.skip("the shapes don't fit")
    found = set(walk(result.defined))
    assert FALSE in found or any(isinstance(node, Variable) and node.name == name for node in found)
