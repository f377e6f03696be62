"""No operation forgets where its arguments exist: ``0 log x`` put in for one of them keeps its condition."""

from __future__ import annotations

import pytest

from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.errors import SymderivError
from symderiv.expression.kinds import Kind
from symderiv.expression.tree import FALSE, ZERO, Apply, Expr, Number, Sequence, Variable, walk
from symderiv.operations import OPERATIONS
from symderiv.operations.declaring.operation import Example, Operation

OF_SHAPES_ALONE = frozenset(
    "len eye zeros ones one_hot conv_output_size output_size conv_transpose_output_size receptive_field"
    " conv_parameters conv_operations positional_encoding".split()
)
"""What is made of a shape, or takes sizes: these are numbers."""

OF_SETS = frozenset(("in",))
"""What takes no array beside its first."""

SHAPES: tuple[tuple[int, ...], ...] = ((), (2,), (2, 2))
WITH_SIZES: dict[str, list[Example]] = {
    "reshape": [{"x": (2, 2), "shape": Number(4)}],
    "pad": [{"x": (2,), "p": Number(1)}, {"x": (2, 2), "p": Number(1)}],
}
"""Settings of those that take a size beside their array."""
SIZES = {("reshape", "shape"), ("pad", "p"), ("pow", "b")}


def examples(operation: Operation) -> list[Example]:
    """Its own settings, else some shapes, as far as they fit."""
    named = [p.name for p in operation.parameters if not p.option]
    own = WITH_SIZES.get(operation.name) or list(operation.examples)
    return own or [made for shape in SHAPES if fits(operation, made := dict.fromkeys(named, shape))]


def fits(operation: Operation, example: Example) -> bool:
    try:
        tensor_of(applied(operation, example))
    except SymderivError:
        return False
    return True


def applied(operation: Operation, example: Example, hidden: str = "") -> Apply:
    """The operation at names of the example's shapes; for one of them 0 times its logarithm."""
    given: dict[str, Expr] = {}
    for name, setting in example.items():
        shape = () if isinstance(setting, Expr) else setting
        array = Variable(name, Kind(shape=tuple(map(Number, shape))))
        nothing = Apply("hadamard", (ZERO, Apply("log", (array,))))
        if isinstance(setting, Expr):
            given[name] = Apply("add", (setting, nothing)) if name == hidden else setting
        else:
            given[name] = nothing if name == hidden else array
    leading: list[Expr] = []
    for parameter in operation.parameters:
        if parameter.option or parameter.name not in given:
            break
        leading.append(given.pop(parameter.name))
    return Apply(operation.name, tuple(leading), tuple(given.items()))


ARRAYS = {
    operation.name: {p.name for p in operation.parameters if not p.option}
    - {name for operation_name, name in SIZES if operation_name == operation.name}
    for operation in OPERATIONS.values()
    if operation.name not in OF_SHAPES_ALONE | OF_SETS
}
CASES = [
    (operation, example, name)
    for operation in OPERATIONS.values()
    if operation.name not in OF_SHAPES_ALONE | OF_SETS
    for example in examples(operation)
    for name in example
    if name in ARRAYS[operation.name]
]


@pytest.mark.parametrize(
    ("operation", "example", "name"), CASES, ids=[f"{o.name} {dict(e)} by {n}" for o, e, n in CASES]
)
def test_condition_is_kept(operation: Operation, example: Example, name: str) -> None:
    found = set(walk(tensor_of(applied(operation, example, name)).defined))
    assert FALSE in found or any(isinstance(node, Variable) and node.name == name for node in found)


def test_membership_keeps_the_conditions_of_both_sides() -> None:
    x, y = Variable("x"), Variable("y")
    nothing = Apply("mul", (ZERO, Apply("log", (x,))))
    for a, items in ((nothing, (y,)), (y, (Number(1), nothing))):
        defined = tensor_of(Apply("in", (a, Sequence(items, "set")))).defined
        assert x in set(walk(defined))


def test_every_array_of_every_operation_is_tried() -> None:
    tried = {(operation.name, name) for operation, _, name in CASES}
    assert tried == {(operation, name) for operation, names in ARRAYS.items() for name in names}
