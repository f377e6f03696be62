"""Convolutions in numbers: against plain loops, and the numbers of known exercises."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from symderiv.calculus import jacobian_tensor
from symderiv.derivation.meaning.meaning import meaning
from symderiv.errors import MeaningError, ShapeError
from symderiv.expression.build import add, negative
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import ONE, Apply, Expr, Number, Sequence
from symderiv.operations.declaring.shapes import same_size
from symderiv.tensor import Tensor
from tests.operations.operation_values import apply, name, numbers, size, tree
from tests.operations.plain_loops import convolved, correlated, spread


def _tensor(tree: Expr) -> Tensor:
    found = meaning(tree)
    assert isinstance(found, Tensor)
    return found


def image(rows: int, columns: int, seed: int) -> list[list[int]]:
    random = Random(seed)
    return [[random.randint(-9, 9) for _ in range(columns)] for _ in range(rows)]


X = [[2, -1], [0, -1], [1, 1], [-1, 2]]
K = [[1, 0], [-1, -2]]
A = [[4, 5, 2, 2, 1], [3, 3, 2, 2, 4], [4, 3, 4, 1, 1], [5, 1, 4, 1, 2], [5, 1, 3, 1, 4]]
B = [[4, 3, 3], [5, 5, 5], [2, 4, 3]]


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("padding", [0, 1, 2])
@pytest.mark.parametrize("dilation", [1, 2])
def test_conv2d_is_the_loop(stride: int, padding: int, dilation: int) -> None:
    x, k = image(6, 5, stride), image(3, 2, padding)
    found = numbers(apply("conv2d", x, k, stride=stride, padding=padding, dilation=dilation))
    assert found == correlated(x, k, stride, padding, dilation)


@pytest.mark.parametrize("mode", ["full", "valid", "same"])
@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_convolve_multiplies_polynomials_and_correlate_flips(mode: str, k: int) -> None:
    random = Random(k)
    x, w = [random.randint(-9, 9) for _ in range(6)], [random.randint(-9, 9) for _ in range(k)]
    assert numbers(apply("convolve", x, w, mode)) == convolved(x, w, mode)
    assert numbers(apply("correlate", x, w, mode)) == convolved(x, w[::-1], mode)


@pytest.mark.parametrize(("stride", "padding", "extra"), [(1, 0, 0), (2, 0, 0), (2, 1, 1), (3, 1, 0)])
@pytest.mark.parametrize("dilation", [1, 2])
def test_conv_transpose2d_stamps_the_kernel(stride: int, padding: int, extra: int, dilation: int) -> None:
    x, k = image(3, 2, stride), image(3, 2, padding)
    options = {"stride": stride, "padding": padding, "output_padding": extra, "dilation": dilation}
    expected = spread(x, k, stride, padding, extra, dilation)
    if not expected or not expected[0]:
        pytest.skip("nothing is left")
    assert numbers(apply("conv_transpose2d", x, k, **options)) == expected


def test_channels_groups_and_bias() -> None:
    x = [image(4, 4, c) for c in range(4)]
    k = [[image(2, 3, 10 * n + c) for c in range(2)] for n in range(6)]
    bias = [1, 2, 3, 4, 5, 6]
    found = numbers(apply("conv2d", x, k, bias, groups=2, padding=1))
    for n in range(6):
        parts = [correlated(x[2 * (n // 3) + c], k[n][c], padding=1) for c in range(2)]
        rows = len(parts[0])
        expected = [
            [sum(p[i][j] for p in parts) + bias[n] for j in range(len(parts[0][0]))] for i in range(rows)
        ]
        assert found[n] == expected


def test_depthwise_and_pointwise() -> None:
    x = [image(3, 3, c) for c in range(3)]
    depthwise = [[image(2, 2, 5 + c)] for c in range(3)]
    assert numbers(apply("conv2d", x, depthwise, groups=3)) == [
        correlated(x[c], depthwise[c][0]) for c in range(3)
    ]
    mixed = numbers(apply("conv2d", x, [[[[1]], [[2]], [[3]]]]))
    assert mixed == [[[x[0][i][j] + 2 * x[1][i][j] + 3 * x[2][i][j] for j in range(3)] for i in range(3)]]


def test_padding_same_keeps_the_size_with_the_odd_zero_behind() -> None:
    x = [1, 2, 3, 4]
    assert numbers(apply("conv1d", x, [1, 10], padding="same")) == [21, 32, 43, 4]
    assert numbers(apply("conv1d", x, [1, 10, 100], padding="same")) == [210, 321, 432, 43]


def test_the_exam_question() -> None:
    assert numbers(apply("conv2d", X, K)) == [[4], [-3], [-2]]
    k = name("K", 2, 2)
    h = _tensor(Apply("conv2d", (tree(X), k)))
    jacobian = numbers(jacobian_tensor(h, k))
    assert jacobian == [[2, -1, 0, -1], [0, -1, 1, 1], [1, 1, -1, 2]]
    assert [sum(g * row[c] for g, row in zip([0, 1, 2], jacobian, strict=True)) for c in range(4)] == [
        2,
        1,
        -1,
        5,
    ]


def test_a_forward_pass_and_the_gradient_by_the_image() -> None:
    assert numbers(apply("conv2d", A, B)) == [[109, 92, 72], [108, 85, 74], [110, 74, 79]]
    flipped = [row[::-1] for row in B[::-1]]
    assert numbers(apply("conv2d", A, flipped)) == [[113, 87, 75], [114, 80, 75], [112, 73, 81]]
    a = name("A", 5, 5)
    total = _tensor(Apply("sum", (Apply("conv2d", (a, tree(B))),)))
    gradient = numbers(jacobian_tensor(total, a))[0]
    assert [gradient[5 * r : 5 * r + 5] for r in range(5)] == [
        [4, 7, 10, 6, 3],
        [9, 17, 25, 16, 8],
        [11, 23, 34, 23, 11],
        [7, 16, 24, 17, 8],
        [2, 6, 9, 7, 3],
    ]


def test_full_valid_same_by_hand() -> None:
    x, w = [5, 6, 7, 8], [3, 0, 1]
    assert numbers(apply("convolve", x, w, "full")) == [15, 18, 26, 30, 7, 8]
    assert numbers(apply("convolve", x, w, "valid")) == [26, 30]
    assert numbers(apply("convolve", x, w, "same")) == [18, 26, 30, 7]


W = [[-1, 2, -3], [1, -2, 3], [3, 2, -1]]


def test_transposed_by_hand() -> None:
    assert numbers(apply("conv_transpose2d", [[4, 3], [2, 1]], [[-1, 2], [3, -4]])) == [
        [-4, 5, 6],
        [10, -4, -10],
        [6, -5, -4],
    ]
    y = [[9, 8, 7], [6, 5, 4], [3, 2, 1]]
    assert numbers(apply("conv_transpose2d", y, W, stride=2, padding=1, output_padding=1)) == [
        [-18, 35, -16, 31, -14, 21],
        [30, -8, 26, -6, 22, -19],
        [-12, 23, -10, 19, -8, 12],
        [18, -2, 14, 0, 10, -7],
        [-6, 11, -4, 7, -2, 3],
        [6, 3, 4, 1, 2, -1],
    ]


def test_dilated_by_hand() -> None:
    x = [[3, 1, 2, 6, 5], [6, 8, 1, 7, 9], [2, 7, 4, 2, 3], [8, 3, 5, 4, 1], [1, 5, 2, 7, 6]]
    found = numbers(apply("conv2d", x, W, dilation=2, stride=2, padding=2))
    assert found == [[0, 25, 10], [8, -10, 24], [-4, 12, -8]]


def test_symbolic_sizes_read_well() -> None:
    n, k = size("n"), size("k")
    h = _tensor(Apply("conv1d", (name("x", n), name("w", k))))
    assert same_size(h.shape[0], add(n, negative(k), ONE))
    strided = _tensor(Apply("conv1d", (name("x", n), name("w", k)), (("stride", tree(2)),)))
    assert "floor" in to_text(strided.shape[0])


@pytest.mark.parametrize(
    ("head", "args", "options", "words"),
    [
        ("conv2d", (image(2, 2, 0), image(3, 3, 1)), {}, "larger than its input"),
        ("conv2d", (image(2, 2, 0), [1, 2]), {}, "rank"),
        ("conv2d", ([image(3, 3, 0)] * 3, [[image(2, 2, 1)] * 2]), {}, "channels"),
        ("conv2d", ([image(3, 3, 0)] * 4, [[image(2, 2, 1)] * 2] * 3), {"groups": 2}, "don't divide"),
        ("conv2d", (image(4, 4, 0), image(2, 2, 1)), {"stride": 0}, "stride"),
        ("conv2d", (image(4, 4, 0), image(2, 2, 1)), {"padding": -1}, "padding"),
        ("conv2d", (image(4, 4, 0), image(2, 2, 1)), {"padding": "valued"}, "valued"),
        ("conv2d", (image(4, 4, 0), image(2, 2, 1)), {"padding": "same", "stride": 2}, "same"),
        ("conv_transpose1d", ([1, 2], [1, 2]), {"stride": 2, "output_padding": 2}, "output_padding"),
        ("correlate", ([1, 2], [1, 2, 3], "valid"), {}, "larger"),
        ("max_pool2d", (image(2, 2, 0), 3), {}, "larger than its input"),
    ],
)
def test_what_does_not_fit_is_refused(head: str, args: Any, options: Any, words: str) -> None:
    with pytest.raises((ShapeError, MeaningError), match=words) as caught:
        apply(head, *args, **options)
    assert caught.value.expected or caught.value.cure or "stride" in words or "padding" in words


def test_windows_as_columns_and_back() -> None:
    """The values are PyTorch's."""
    image = [[[1, 2, 3], [4, 5, 6]]]
    columns = [[1, 2], [2, 3], [4, 5], [5, 6]]
    assert numbers(apply("unfold", image, 2)) == columns
    assert numbers(apply("fold", columns, Sequence((Number(2), Number(3)), "tuple"), 2)) == [
        [[1, 4, 3], [4, 10, 6]]
    ]
    with pytest.raises(ShapeError, match="2 columns for 4 windows"):
        apply("fold", columns, 3, 2)
