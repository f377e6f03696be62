"""Keys that count weights, operations and shapes agree with what the layers themselves are found to have."""

from __future__ import annotations

from pathlib import Path

import pytest

from symderiv.equality import decide
from symderiv.equality.verdict import Equal
from symderiv.exercise import Exercise, load_exercise
from symderiv.expression.build import add, divide, mul
from symderiv.expression.tree import MINUS_ONE, ONE, Expr, Number, Variable
from symderiv.grading.keys import meaning_of
from symderiv.operations import OPERATIONS
from symderiv.operations.declaring.counting import array, parameters, work
from symderiv.operations.declaring.operation import Operation
from symderiv.reports.sheets.mentioned import told_names
from symderiv.tensor import Meaning, Record, Tensor

BANK = Path(__file__).parents[2] / "exercises"
CONV = OPERATIONS["conv2d"]
SEPARABLE = load_exercise(BANK / "separable-convolution.yaml")
B, C, H, W, N, K, M = (SEPARABLE.scope.names[name] for name in "BCHWNKM")


def key(exercise: Exercise, part: str) -> Meaning:
    question = exercise.question(part)
    assert question is not None
    return meaning_of(question, question.key)


def layer(images: Expr, channels: Expr, kernels: Expr, side: Expr) -> tuple[Tensor, Tensor]:
    """An input padded so that the output is H×W, and the kernels."""
    height, width = (add(size, side, MINUS_ONE) for size in (H, W))
    return array("x", images, channels, height, width), array("f", kernels, channels, side, side)


def options(operation: Operation = CONV, given: dict[str, Expr] | None = None) -> tuple[Expr | None, ...]:
    """The options of a layer, those not given as they are by default."""
    known = given or {}
    return tuple(known.get(p.name, p.default) for p in operation.parameters if p.option or not p.required)


def weights(channels: Expr, kernels: Expr, side: Expr) -> Expr:
    return parameters(CONV, *layer(B, channels, kernels, side), *options())


def operations(images: Expr, channels: Expr, kernels: Expr, side: Expr) -> Expr:
    return work(CONV, *layer(images, channels, kernels, side), *options()).operations


COUNTS: dict[str, Expr] = {
    "standard-weights": weights(C, N, K),
    "standard-parameters": weights(C, N, K),
    "grouped-weights": mul(M, weights(divide(C, M), divide(N, M), K)),
    "grouped-ratio": divide(mul(M, weights(divide(C, M), divide(N, M), K)), weights(C, N, K)),
    "standard-operations": operations(B, C, N, K),
    "separable-weights": add(mul(C, weights(ONE, ONE, K)), weights(C, N, ONE)),
    "separable-operations": add(mul(C, operations(B, ONE, ONE, K)), operations(B, C, N, ONE)),
}


@pytest.mark.parametrize("part", COUNTS)
def test_the_key_is_what_the_layers_count(part: str) -> None:
    found = decide(Tensor.scalar(COUNTS[part]), key(SEPARABLE, part), SEPARABLE.facts)
    assert isinstance(found, Equal)


def numbers(images: int, channels: int, side: int) -> Tensor:
    return array("x", images, channels, side, side)


def run(x: Tensor, kernels: int, side: int, stride: int, padding: int) -> tuple[Tensor, Tensor, int]:
    """The output, the kernels and their number of weights."""
    f = array("f", kernels, x.shape[1], side, side)
    rest = options(CONV, {"stride": Number(stride), "padding": Number(padding)})
    y = CONV.forward(x, f, *rest)
    assert isinstance(y, Tensor)
    count = parameters(CONV, x, f, *rest)
    assert isinstance(count, Number)
    return y, f, int(count.value)


def pooled(x: Tensor) -> Tensor:
    """What a 2×2 pooling without overlap leaves of an input, by its shape."""
    pool = OPERATIONS["max_pool2d"]
    y = pool.forward(x, *options(pool, {pool.parameters[1].name: Number(2)}))
    assert isinstance(y, Tensor)
    return y


def test_the_small_network() -> None:
    exercise = load_exercise(BANK / "convnet-sizes.yaml")
    y, _, _ = run(numbers(1, 3, 128), 32, 8, 2, 3)
    z, _, count = run(pooled(y), 64, 3, 1, 1)
    assert isinstance(decide(key(exercise, "scalars"), Tensor.scalar(mul(*z.shape))), Equal)
    assert isinstance(decide(key(exercise, "weights"), Tensor.scalar(Number(count))), Equal)


def test_the_image_classifier() -> None:
    exercise = load_exercise(BANK / "image-classifier-shapes.yaml")
    x, shapes, counts, depths = numbers(100, 3, 512), [], [], []
    for kernels, side, stride, padding in ((128, 5, 2, 2), (64, 5, 2, 2), (32, 3, 2, 1), (16, 1, 1, 0)):
        x, f, count = run(x, kernels, side, stride, padding)
        shapes.append(x.shape)
        counts.append(count)
        depths.append(f.shape[1])
    x = pooled(x)
    last = mul(*x.shape[1:], Number(10))
    assert isinstance(last, Number)
    shapes += [x.shape, (Number(100), Number(10))]
    counts += [0, int(last.value)]
    told, kept = key(exercise, "shapes"), key(exercise, "weights")
    assert isinstance(told, Record) and isinstance(kept, Record)
    for (_, shape), expected in zip(told.items, shapes, strict=True):
        assert isinstance(decide(shape, Tensor.table([size.value for size in expected])), Equal)  # type: ignore[attr-defined]
    assert isinstance(decide(dict(kept.items)["layers"], Tensor.table(counts)), Equal)
    assert isinstance(decide(dict(kept.items)["total"], Tensor.scalar(Number(sum(counts)))), Equal)
    assert isinstance(decide(key(exercise, "depths"), Tensor.table([d.value for d in depths[1:]])), Equal)  # type: ignore[attr-defined]


def test_biases_are_one_a_kernel() -> None:
    exercise = load_exercise(BANK / "image-classifier-shapes.yaml")
    weights_, all_ = key(exercise, "weights"), key(exercise, "parameters")
    assert isinstance(weights_, Record) and isinstance(all_, Record)
    biases = Tensor.scalar(Number(128 + 64 + 32 + 16 + 10))
    total = add(dict(weights_.items)["total"].value, biases.value)  # type: ignore[union-attr]
    assert isinstance(decide(dict(all_.items)["total"], Tensor.scalar(total)), Equal)


def test_the_names_of_the_exercise_are_sizes() -> None:
    assert all(isinstance(v, Variable) and v.kind.domain.integer for v in (B, C, H, W, N, K, M))


def test_a_sheet_keeps_back_the_kernels_whose_shapes_are_asked_for() -> None:
    told = {name.name for name in told_names(load_exercise(BANK / "image-classifier-shapes.yaml"))}
    assert not told & {"K1", "K2", "K3", "K4", "Z1", "b1"}
    assert "X" in {name.name for name in told_names(load_exercise(BANK / "conv2d-kernel-gradient.yaml"))}
