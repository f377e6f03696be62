"""Shapes, counts and costs of stacks of layers: known exercises in numbers and in letters."""

from __future__ import annotations

import pytest
from operation_values import apply, numbers, size

from symderiv.errors import ShapeError
from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import Number
from symderiv.operations.network import Network
from symderiv.operations.shapes import same_size


def values(shape: tuple[object, ...]) -> list[object]:
    return [n.value for n in shape if isinstance(n, Number)]


def test_three_layers_on_an_image() -> None:
    net = Network.over(3, 128, 128).conv(32, 8, stride=2, padding=3).max_pool(2).conv(64, 3, padding=1)
    assert values(net.shape) == [64, 32, 32]
    assert net.layers[-1].weights == Number(18432)


def six_layers() -> Network:
    return (
        Network.over(100, 3, 512, 512)
        .conv(128, 5, stride=2, padding=2)
        .conv(64, 5, stride=2, padding=2)
        .conv(32, 3, stride=2, padding=1)
        .conv(16, 1)
        .avg_pool(2)
        .flatten()
        .linear(10)
    )


def test_every_shape_on_the_way() -> None:
    assert [values(layer.shape) for layer in six_layers().layers] == [
        [100, 128, 256, 256],
        [100, 64, 128, 128],
        [100, 32, 64, 64],
        [100, 16, 64, 64],
        [100, 16, 32, 32],
        [100, 16384],
        [100, 10],
    ]


def test_what_is_learnt_with_and_without_bias() -> None:
    net = six_layers()
    assert [layer.weights.value for layer in net.layers if isinstance(layer.weights, Number)] == [
        9600,
        204800,
        18432,
        512,
        0,
        0,
        163840,
    ]
    assert net.parameters(bias=False) == Number(397184)
    assert net.parameters() == Number(397434)


def test_depthwise_separable_in_letters() -> None:
    b, n, c, h, w, k = (size(letter) for letter in "BNCHWK")
    vanilla = Network.over(b, c, h, w).conv(n, k, padding="same")
    assert [same_size(x, y) for x, y in zip(vanilla.shape, (b, n, h, w), strict=True)] == [True] * 4
    numbers_in = {b: Number(2), n: Number(5), c: Number(3), h: Number(7), w: Number(11), k: Number(3)}
    assert instantiate(vanilla.parameters(bias=False), numbers_in) == Number(5 * 9 * 3)
    assert instantiate(vanilla.operations(), numbers_in) == Number(2 * 5 * 7 * 11 * (2 * 9 * 3 - 1))


def test_depthwise_separable_in_numbers() -> None:
    net = Network.over(2, 3, 7, 11).conv(3, 3, padding="same", groups=3).conv(5, 1)
    assert net.parameters(bias=False) == Number(3 * 9 + 3 * 5)
    assert net.operations() == Number(2 * 7 * 11 * (3 * (2 * 9 - 1) + 5 * (2 * 3 - 1)))


def test_operations_in_the_language() -> None:
    assert numbers(apply("conv_output_size", 5, 3)) == 3
    assert numbers(apply("conv_output_size", 4, 3, stride=2)) == 1
    assert numbers(apply("conv_output_size", 5, 3, stride=2, padding=2, dilation=2)) == 3
    assert numbers(apply("conv_transpose_output_size", 3, 3, 2, 1, 1)) == 6
    assert numbers(apply("receptive_field", (3, 1), (3, 2), (5, 1))) == 13
    assert numbers(apply("conv_parameters", 64, 32, 3)) == 18432
    assert numbers(apply("conv_parameters", 64, 32, 3, groups=4)) == 18432 // 4
    assert numbers(apply("conv_operations", 10, 2, 3)) == 10 * (2 * 9 * 2 - 1)


def test_the_size_undone() -> None:
    """A transposed convolution with the right output padding gives back the size."""
    for n in range(5, 12):
        for k, s, p in ((3, 2, 1), (4, 3, 1), (2, 1, 0)):
            small = numbers(apply("conv_output_size", n, k, s, p))
            extra = (n + 2 * p - k) % s
            assert numbers(apply("conv_transpose_output_size", small, k, s, p, extra)) == n


def test_stacks_that_do_not_fit() -> None:
    with pytest.raises(ShapeError, match="larger than its input"):
        Network.over(3, 4, 4).conv(8, 5)
    with pytest.raises(ShapeError, match="don't divide"):
        Network.over(3, 4, 4).conv(8, 3, groups=2)
    with pytest.raises(ShapeError, match="don't divide"):
        Network.over(4, 4, 4).conv(3, 3, groups=2)
    with pytest.raises(ShapeError, match="flat"):
        Network.over(3, 4, 4).linear(2)
    with pytest.raises(ShapeError, match="flat"):
        Network.over(3, 4, 4).flatten().conv(2, 1)
    with pytest.raises(ShapeError, match="channels first"):
        Network.over(4, 4)
