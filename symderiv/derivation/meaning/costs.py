"""Heads that count what operations have and cost, instead of computing them: parameters, operations, shape.

    parameters(conv2d(X, K))         N C k k, and N more with a bias
    multiplications(Y), additions(Y), operations(Y)    as `symderiv.operations.declaring.counting` counts them
    parameters(Y, H), operations(Y, H)  from H on, as if H were an input
    shape(Y)                         the sizes of its axes

Of a composition all operations that it crosses count, each once; weights that are used twice count once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symderiv.derivation.crossing import Crossed, crossed, undefined
from symderiv.derivation.meaning.meaning import Kept, tensor_of
from symderiv.errors import MeaningError
from symderiv.expression.build import add, mul
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import ONE, ZERO, Apply, Expr, Sequence, Variable
from symderiv.operations.arrays.arithmetic import ALGEBRA
from symderiv.operations.declaring.counting import Work, work
from symderiv.operations.declaring.sizes import tidy_size
from symderiv.tensor import Tensor

_PLAIN = frozenset(operation.name for operation in ALGEBRA)


def weights_of(tree: Expr, start: Expr | None = None) -> Iterator[tuple[Expr, ...]]:
    """The arrays that each operation is given as weights and biases; one that is given twice counts once.

    Raises `MeaningError` where ``W @ x + b`` doesn't say which of them is learnt.
    """
    way = crossed(tree, start)
    seen: set[Expr] = set()
    inputs: set[Expr | None] = {start, *(undefined(each) for step in way for each in _read(step))}
    for step in way:
        if step.operation.name in _PLAIN:
            _refuse_unclear(step, inputs)
        new = tuple(weight for weight in dict.fromkeys(_learnt(step)) if weight not in seen)
        seen.update(new)
        if new:
            yield new


def _learnt(step: Crossed) -> Iterator[Expr]:
    for parameter, given in zip(step.operation.parameters, step.given, strict=True):
        if parameter.name in step.operation.weights and given is not None and not isinstance(given, tuple):
            yield undefined(given)


def _read(step: Crossed) -> Iterator[Expr]:
    """The arrays that an operation with a name of its own reads, its weights aside."""
    if step.operation.name in _PLAIN:
        return
    for parameter, given in zip(step.operation.parameters, step.given, strict=True):
        if parameter.name in step.operation.weights or parameter.option or given is None:
            continue
        yield from given if isinstance(given, tuple) else (given,)


def _refuse_unclear(step: Crossed, inputs: set[Expr | None]) -> None:
    for given in step.given:
        for part in given if isinstance(given, tuple) else (given,):
            leaf = None if part is None else undefined(part)
            if isinstance(leaf, Variable) and leaf.kind.shape and not {part, leaf} & inputs:
                raise MeaningError(
                    f"whether {to_text(leaf)} is learnt doesn't show",
                    expected="weights given to an operation that has some",
                    cure="write affine(W, x, b) for W*x + b, conv2d(X, K, bias=b) for conv2d(X, K) + b",
                )


def work_on(tree: Expr, start: Expr | None = None) -> Work:
    """What one forward pass costs."""
    done = Work()
    for step in crossed(tree, start):
        done += work(step.operation, *step.values)  # type: ignore[arg-type]
    return done


def arguments(tree: Apply) -> tuple[Expr, Expr | None]:
    """The value whose operations count, and where the way to it starts."""
    if len(tree.args) not in (1, 2) or tree.options:
        raise MeaningError(
            f"{tree.head} takes a value, and perhaps where to start",
            expected=f"{tree.head}(Y) or {tree.head}(Y, H)",
        )
    what, start = tree.args[0], tree.args[1] if len(tree.args) == 2 else None
    if not isinstance(undefined(what), Apply):
        raise MeaningError(f"{to_text(what)} is no operation", expected=f"{tree.head}(conv2d(X, K))")
    return what, start


def _parameters(tree: Apply, keep: Kept) -> Tensor:
    """How many numbers are learnt."""
    learnt = (weight for given in weights_of(*arguments(tree)) for weight in given)
    counts = (mul(ONE, *tensor_of(weight).shape) for weight in learnt)
    return Tensor.scalar(tidy_size(add(ZERO, *counts)))


def _cost(part: str) -> Callable[[Apply, Kept], Tensor]:
    def count(tree: Apply, keep: Kept) -> Tensor:
        return Tensor.scalar(getattr(work_on(*arguments(tree)).tidy, part))

    return count


def _shape(tree: Apply, keep: Kept) -> Tensor:
    """The sizes, in the order of the axes."""
    if len(tree.args) != 1 or tree.options:
        raise MeaningError("shape takes one value", expected="shape(conv2d(X, K))")
    sizes = tensor_of(tree.args[0]).shape
    if not sizes:
        raise MeaningError(f"{to_text(tree.args[0])} is a number: it has no axes")
    return tensor_of(Sequence(sizes))


COSTS: dict[str, Callable[[Apply, Kept], Tensor]] = {
    "parameters": _parameters,
    "multiplications": _cost("multiplications"),
    "additions": _cost("additions"),
    "operations": _cost("operations"),
    "shape": _shape,
}
