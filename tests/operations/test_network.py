"""Shapes, counts and costs of stacks of layers: known exercises in numbers and in letters."""

from __future__ import annotations

import pytest

from symderiv.errors import ShapeError
from symderiv.expression.build import add, mul
from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import Number
from symderiv.operations.declaring.shapes import same_size
from symderiv.operations.network import Network
from tests.operations.operation_values import apply, numbers, size


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
    assert numbers(apply("receptive_field", [(3, 1), (3, 2), (5, 1)])) == 13
    assert numbers(apply("receptive_field", [(3, 1, 2), (3, 2, 1)])) == numbers(
        apply("receptive_field", (3, 1, 2), (3, 2, 1))
    )
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


def lenet() -> Network:
    """LeNet-5 as it is taught: tanh, mean pooling, three dense layers, on 32×32."""
    return (
        Network.over(1, 32, 32)
        .conv(6, 5)
        .activation("tanh")
        .avg_pool(2)
        .conv(16, 5)
        .activation("tanh")
        .avg_pool(2)
        .flatten()
        .linear(120)
        .activation("tanh")
        .linear(84)
        .activation("tanh")
        .linear(10)
    )


def test_lenet() -> None:
    net = lenet()
    shapes = [values(layer.shape) for layer in net.layers]
    assert shapes[0] == [6, 28, 28]
    assert shapes[2] == [6, 14, 14]
    assert shapes[5] == [16, 5, 5]
    assert shapes[6] == [400]
    learnt = [add(layer.weights, layer.biases) for layer in net.layers if layer.weights != 0]
    assert learnt == [
        156,
        2416,
        48120,
        10164,
        850,
    ]
    assert net.parameters() == Number(61706)
    products = [layer.work.multiplications for layer in net.layers if layer.name in ("conv2d", "linear")]
    assert products == [6 * 28 * 28 * 25, 16 * 10 * 10 * 150, 48000, 10080, 840]
    assert net.layers[1].work.operations == Number(6 * 28 * 28)


def test_alexnet() -> None:
    net = (
        Network.over(3, 227, 227)
        .conv(96, 11, stride=4)
        .max_pool(3, stride=2)
        .conv(256, 5, padding=2, groups=2)
        .max_pool(3, stride=2)
        .conv(384, 3, padding=1)
        .conv(384, 3, padding=1, groups=2)
        .conv(256, 3, padding=1, groups=2)
        .max_pool(3, stride=2)
        .flatten()
        .linear(4096)
        .linear(4096)
        .linear(1000)
    )
    assert [values(layer.shape) for layer in net.layers][:9] == [
        [96, 55, 55], [96, 27, 27], [256, 27, 27], [256, 13, 13],
        [384, 13, 13], [384, 13, 13], [256, 13, 13], [256, 6, 6], [9216],
    ]  # fmt: skip
    assert net.parameters() == Number(60965224)


def test_a_vgg_block_and_its_receptive_field() -> None:
    net = Network.over(3, 224, 224).conv(64, 3, padding=1).conv(64, 3, padding=1).max_pool(2)
    assert values(net.shape) == [64, 112, 112]
    assert net.parameters() == Number(1792 + 36928)
    assert net.operations() == Number(64 * 224 * 224 * (2 * 27 - 1 + 2 * 576 - 1) + 64 * 112 * 112 * 3)
    assert net.operations(bias=True) == Number(64 * 224 * 224 * (2 * 27 + 2 * 576) + 64 * 112 * 112 * 3)
    assert numbers(apply("receptive_field", (3, 1), (3, 1), (2, 2))) == 6


def test_the_up_convolution_of_a_unet() -> None:
    net = Network.over(128, 28, 28).conv_transpose(64, 2, stride=2)
    assert values(net.shape) == [64, 56, 56]
    assert net.parameters() == Number(128 * 64 * 4 + 64)
    assert net.layers[0].work.multiplications == Number(28 * 28 * 128 * 64 * 4)
    assert values(Network.over(8, 7, 7).conv_transpose(4, 3, 2, 1, 1).shape) == [4, 14, 14]


def test_a_batch_norm_has_two_parameters_a_channel() -> None:
    net = Network.over(8, 3, 16, 16).conv(10, 3).batch_norm().activation("relu")
    assert (net.layers[1].weights, net.layers[1].biases) == (Number(10), Number(10))
    assert net.layers[2].work.operations == Number(8 * 10 * 14 * 14)
    with pytest.raises(ShapeError, match="batch"):
        Network.over(3, 16, 16).batch_norm()


def test_one_axis() -> None:
    net = Network.over(4, 100, axes=1).conv(8, 5, stride=2, padding=2).max_pool(2).flatten().linear(3)
    assert [values(layer.shape) for layer in net.layers] == [[8, 50], [8, 25], [200], [3]]
    assert net.parameters() == Number(4 * 8 * 5 + 8 + 603)


def test_depthwise_separable_layers_of_letters() -> None:
    C, n = size("C"), size("n")
    net = Network.over(C, n, n).conv(C, 3, padding=1, groups=C).conv(64, 1)
    assert same_size(net.parameters(bias=False), mul(Number(9 + 64), C))
    assert all(map(same_size, net.shape, (Number(64), n, n)))
    with pytest.raises(ShapeError, match="don't divide"):
        Network.over(C, n, n).conv(C, 3, groups=n)
