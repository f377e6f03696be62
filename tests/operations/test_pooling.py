"""Pooling, losses and normalisation in numbers worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb

from symderiv.calculus import derivative_tensor
from symderiv.derivation.meaning.meaning import meaning
from symderiv.errors import MeaningError, ShapeError
from symderiv.expression.tree import FALSE, INFINITY, TRUE, Apply, Number, Variable
from symderiv.tensor import Tensor
from symderiv.testing.entries import DualEvaluator
from tests.operations.operation_values import apply, name, numbers, size, tree

C = [[113, 87, 75], [114, 80, 75], [112, 73, 81]]


def test_max_pool_by_hand() -> None:
    assert numbers(apply("max_pool2d", C, 2, 1)) == [[114, 87], [114, 81]]
    assert numbers(apply("max_pool2d", C, 2)) == [[114]]
    assert numbers(apply("max_pool2d", [[-1, -2], [-3, -4]], 2, 2, 1)) == [[-1, -2], [-3, -4]]


def test_avg_pool_counts_padding_or_not() -> None:
    x = [4, 8]
    assert numbers(apply("avg_pool1d", x, 2, 1, 1)) == [2, 6, 4]
    assert numbers(apply("avg_pool1d", x, 2, 1, 1, FALSE)) == [4, 6, 8]


def test_lp_pool_between_sum_and_maximum() -> None:
    x = [[3, 0], [4, 0]]
    assert numbers(apply("lp_pool2d", x, 1, 2)) == [[7]]
    assert numbers(apply("lp_pool2d", x, INFINITY, 2)) == [[4]]


def test_a_tie_in_a_maximum_has_no_derivative() -> None:
    x = name("x", 4)
    pooled = meaning(Apply("max_pool1d", (x, Number(4))))
    assert isinstance(pooled, Tensor)
    slope = derivative_tensor(pooled, x)
    condition = slope.defined_at(Number(0), Number(1))
    assert condition not in (TRUE, FALSE)
    values = [5, 5, 3, 1]
    assert _at(condition, x, values) == FALSE
    assert _at(slope.defined_at(Number(0), Number(2)), x, values) == TRUE
    assert _at(slope.entry(Number(0), Number(0)), x, [5, 4, 3, 1]) == Number(1)


def _at(expr, x: Variable, values: list[int]):
    """The expression with numbers for the entries of x."""
    from symderiv.expression.instantiation import instantiate, refold
    from symderiv.expression.tree import Index

    if isinstance(expr, Index) and expr.base == x:
        return Number(values[expr.indices[0].value])  # type: ignore[attr-defined]
    if not expr.children:
        return expr
    return instantiate(refold(expr, tuple(_at(child, x, values) for child in expr.children)), {})


def test_cross_entropy_of_uniform_logits() -> None:
    loss = apply("cross_entropy", [0, 0, 0], [1, 0, 0])
    value = DualEvaluator({}).entry(loss, ()).value
    assert abs(value - arb(3).log()) < arb(10) ** -12


def test_an_index_is_a_one_hot_label() -> None:
    z = name("z", 3)
    by_index = meaning(Apply("cross_entropy", (z, Number(1))))
    by_label = meaning(Apply("cross_entropy", (z, tree([0, 1, 0]))))
    assert isinstance(by_index, Tensor) and isinstance(by_label, Tensor)
    assert by_index.rank == by_label.rank == 0


def test_one_hot_labels() -> None:
    assert numbers(apply("one_hot", 1, 3)) == [0, 1, 0]
    assert numbers(apply("one_hot", [2, 0], 3)) == [[0, 0, 1], [1, 0, 0]]


def test_mean_squared_error() -> None:
    assert numbers(apply("mse", [1, 2], [3, 5])) == Fraction(13, 2)
    assert numbers(apply("mse", [1, 2], [3, 5], reduction="sum")) == 13
    assert numbers(apply("mae", [1, 2], [3, 5])) == Fraction(5, 2)
    assert numbers(apply("hinge", [2, Fraction(1, 2)], [1, -1])) == Fraction(3, 4)


@pytest.mark.parametrize(("axis", "groups"), [((0, 1, 2, 3), 1), ((0, 2, 3), 3), ((0, 1), 4), ((0,), 12)])
def test_batch_norm_over_each_choice_of_axes(axis: tuple[int, ...], groups: int) -> None:
    """Each group of entries has mean 0 and mean square 1 afterwards."""
    shape = (2, 3, 2, 2)
    x = [
        [[[(7 * b + 5 * c * c + 3 * h + w * b) % 11 for w in range(2)] for h in range(2)] for c in range(3)]
        for b in range(2)
    ]
    normal = apply("batch_norm", x, axis=axis)
    assert normal.sizes == shape
    sums: dict[tuple[int, ...], list[object]] = {}
    for at in normal.positions():
        key = tuple(k for axis_number, k in enumerate(at) if axis_number not in axis)
        sums.setdefault(key, []).append(normal.entry(*map(Number, at)))
    assert len(sums) == groups


def test_normalisation_without_a_number() -> None:
    with pytest.raises(ShapeError):
        apply("layer_norm", 3)
    with pytest.raises(MeaningError):
        apply("batch_norm", [1, 2], axis=2)


def test_sizes_may_be_letters() -> None:
    n = size("n")
    x = name("x", n)
    for head in ("softmax", "layer_norm", "batch_norm", "logsumexp"):
        result = meaning(Apply(head, (x,)))
        assert isinstance(result, Tensor)
        assert derivative_tensor(result, x).rank == result.rank + 1


@pytest.mark.parametrize("option", ["kernel_size", "stride", "padding"])
def test_a_window_is_no_real_number(option: str) -> None:
    options = {"kernel_size": Number(2), option: Variable("s")}
    with pytest.raises(MeaningError, match="declare 's: size'"):
        meaning(Apply("max_pool1d", (name("x", Number(8)),), tuple(options.items())))


@pytest.mark.parametrize(
    ("head", "x", "options", "expected"),
    [
        ("max_pool1d", [-3, 1, -5], {"kernel_size": 2}, [1, -5]),  # the last window has one entry
        ("avg_pool1d", [2, 4, 9], {"kernel_size": 2}, [3, 9]),
        ("max_pool1d", [1, 2, 3, 4], {"kernel_size": 1, "stride": 2}, [1, 3]),  # none begins behind the input
        ("max_pool1d", [7, 1, 1, 1, 8], {"kernel_size": 3, "stride": 3, "padding": 1}, [7, 8]),
        ("avg_pool1d", [5, 1, 7], {"kernel_size": 1, "stride": 2}, [5, 7]),
    ],
)
def test_windows_are_counted_up_with_ceil_mode(
    head: str, x: list[int], options: dict[str, int], expected: list[int]
) -> None:
    """The values are PyTorch's."""
    assert numbers(apply(head, x, **options, ceil_mode=TRUE)) == expected


@pytest.mark.parametrize(
    ("head", "x", "m", "expected"),
    [
        ("adaptive_max_pool1d", [3, 1, 4, 1, 5], 3, [3, 4, 5]),
        ("adaptive_avg_pool1d", [6, 0, 3, 3, 9], 2, [3, 5]),  # windows of three that share the middle
        ("adaptive_max_pool1d", [3, 1], 3, [3, 3, 1]),  # more windows than entries
        ("adaptive_max_pool2d", [[1, 2, 3], [4, 5, 6], [7, 8, 9]], 2, [[5, 6], [8, 9]]),
    ],
)
def test_windows_of_adaptive_pooling_overlap_where_they_must(head, x, m, expected) -> None:
    """The values are PyTorch's."""
    assert numbers(apply(head, x, m)) == expected


def test_overlapping_windows_are_for_numbers() -> None:
    with pytest.raises(ShapeError, match="n entries in 2 windows"):
        meaning(Apply("adaptive_max_pool1d", (name("x", size("n")), Number(2))))
