"""What operations cost: known counts, the same in letters and in numbers, and each value once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import pytest

from symderiv.expression.build import add, mul
from symderiv.expression.instantiation import instantiate
from symderiv.expression.tree import MINUS_ONE, ONE, ZERO, Expr, Number, Text
from symderiv.operations import OPERATIONS
from symderiv.operations.declaring.counting import Work, array, parameters, work, work_of
from symderiv.operations.declaring.positions import positions
from symderiv.tensor import Tensor
from symderiv.testing.work import written_out
from tests.operations.operation_values import size

Shapes = Mapping[str, tuple[int | Expr, ...]]


def values(name: str, shapes: Shapes, **options: int | str) -> list[Any]:
    operation = OPERATIONS[name]
    given = {key: Text(o) if isinstance(o, str) else Number(o) for key, o in options.items()}
    return [
        array(p.name, *shapes[p.name]) if p.name in shapes else given.get(p.name, p.default)
        for p in operation.parameters
    ]


def cost(name: str, shapes: Shapes, **options: int | str) -> dict[str, int]:
    return numbers(work(OPERATIONS[name], *values(name, shapes, **options)))


def numbers(done: Work) -> dict[str, int]:
    named = zip((part.name for part in fields(Work)), done.each, strict=True)
    return {name: int(n.value) for name, n in named if isinstance(n, Number) and n != ZERO}


def test_softmax_takes_each_exponential_once() -> None:
    assert cost("softmax", {"x": (10,)}) == {"functions": 10, "additions": 9, "divisions": 10}
    assert cost("softmax", {"x": (5, 10)}) == {"functions": 50, "additions": 45, "divisions": 50}


def test_a_dense_layer() -> None:
    assert cost("affine", {"W": (120, 400), "x": (400,)}) == {
        "multiplications": 120 * 400,
        "additions": 120 * 399,
    }
    biased = {"W": (120, 400), "x": (400,), "b": (120,)}
    assert cost("affine", biased)["additions"] == 120 * 400
    assert parameters(OPERATIONS["affine"], *values("affine", biased)) == 48120


def test_a_batch_norm_of_a_column() -> None:
    """Two means, n differences, n squares, √, n quotients."""
    assert cost("batch_norm", {"X": (8,)}) == {
        "additions": 7 + 8 + 7,
        "multiplications": 8 + 2,
        "functions": 1,
        "divisions": 8,
    }


def test_attention_part_by_part() -> None:
    m, n, d, e = 3, 5, 4, 2
    assert cost("attention", {"Q": (m, d), "K": (n, d), "V": (n, e)}) == {
        "multiplications": m * n * d + m * n + m * n * e,
        "additions": m * n * (d - 1) + m * (n - 1) + m * e * (n - 1),
        "functions": m * n,
        "divisions": m * n,
    }


def test_the_gated_cells() -> None:
    m, n = 3, 2
    cell = {"x": (m,), "h": (n,), "W": (4 * n, m), "U": (4 * n, n), "b": (4 * n,)}
    lstm = cost("lstm_cell", {**cell, "c": (n,)})
    assert lstm["multiplications"] == 4 * n * (m + n) + 3 * n
    assert lstm["functions"] == 5 * n
    gru = {"x": (m,), "h": (n,), "W": (3 * n, m), "U": (3 * n, n)}
    assert cost("gru_cell", gru)["multiplications"] == 3 * n * (m + n) + 3 * n
    both = {**gru, "b": (3 * n,), "b_hidden": (3 * n,)}
    assert parameters(OPERATIONS["gru_cell"], *values("gru_cell", both)) == 3 * n * (m + n + 2)


def test_pooling_compares_and_averages() -> None:
    assert cost("max_pool2d", {"X": (6, 28, 28)}, kernel_size=2) == {"comparisons": 6 * 14 * 14 * 3}
    assert cost("avg_pool2d", {"X": (6, 28, 28)}, kernel_size=2) == {
        "additions": 6 * 14 * 14 * 3,
        "multiplications": 6 * 14 * 14,
    }


SPREAD = [(3, 2, 1, 1), (3, 3, 2, 1), (4, 2, 3, 1), (3, 3, 2, 2), (4, 3, 2, 3), (2, 2, 1, 3), (5, 4, 4, 2)]


@pytest.mark.parametrize(("n", "k", "s", "d"), SPREAD)
def test_a_transposed_convolution_without_cutting(n: int, k: int, s: int, d: int) -> None:
    shapes: Shapes = {"X": (2, n), "K": (2, 3, k)}
    given = values("conv_transpose1d", shapes, stride=s, dilation=d)
    result = OPERATIONS["conv_transpose1d"].forward(*given)
    assert isinstance(result, Tensor)
    assert numbers(work(OPERATIONS["conv_transpose1d"], *given)) == dict(written_out(result))


@pytest.mark.parametrize(("n", "k", "s", "d"), SPREAD)
def test_different_positions(n: int, k: int, s: int, d: int) -> None:
    found = positions(*map(Number, (n, k, s, d)))
    assert found == len({s * u + d * a for u in range(n) for a in range(k)})


@pytest.mark.parametrize("name", ["softmax", "logsumexp", "batch_norm", "layer_norm", "gelu", "softplus"])
def test_letters_and_numbers_agree(name: str) -> None:
    n = size("n")
    (parameter, *_) = OPERATIONS[name].parameters
    in_letters = work(OPERATIONS[name], *values(name, {parameter.name: (n,)}))
    in_numbers = work(OPERATIONS[name], *values(name, {parameter.name: (7,)}))
    assert [instantiate(count, {n: Number(7)}) for count in in_letters.each] == list(in_numbers.each)


def test_a_network_of_letters_adds_up_like_its_formula() -> None:
    c, h, w, filters = (size(letter) for letter in ("C", "H", "W", "N"))
    operation = OPERATIONS["conv2d"]
    shapes: Shapes = {"X": (c, h, w), "K": (filters, c, 3, 3)}
    found = work(operation, *values("conv2d", shapes, padding="same"))
    point = {c: Number(3), h: Number(5), w: Number(7), filters: Number(4)}
    assert instantiate(found.operations, point) == 4 * 5 * 7 * (2 * 27 - 1)


def test_a_value_that_occurs_twice_counts_once() -> None:
    x = array("x", 4)

    def entry(i: Expr) -> Expr:
        square = mul(x.formula(i), x.formula(i))
        return add(square, mul(square, x.formula(i)))

    t = Tensor.of((Number(4),), entry)
    assert numbers(work_of(t)) == dict(written_out(t))


def test_a_formula_that_counts_too_much_is_seen() -> None:
    """The written-out count is not the formula's: it sees that overlapping windows share their powers."""
    t = OPERATIONS["lp_pool1d"].forward(array("X", 5), Number(3), Number(2), Number(1))
    assert isinstance(t, Tensor)
    assert written_out(t) == Counter(multiplications=10, additions=4, functions=4)


def test_every_score_of_word2vec_is_worked_out_once() -> None:
    d, words, sampled = 3, 5, 2
    naive = cost("naive_softmax_loss", {"v": (d,), "U": (words, d), "o": ()})
    assert naive == {"multiplications": words * d, "additions": words * d, "functions": words + 1}
    drawn = cost("negative_sampling_loss", {"v": (d,), "U": (words, d), "o": (), "K": (sampled,)})
    scores = 1 + sampled
    assert drawn == {
        "multiplications": scores * d,
        "additions": scores * (d - 1) + scores + sampled,
        "functions": 2 * scores,
    }


def test_what_is_written_out_tells_values_apart_by_sign_and_by_what_is_known() -> None:
    """1 + t and 1 - t take an addition each, 2t and 3t a product each."""
    x = array("x", 2)
    t, s = x.formula(Number(0)), x.formula(Number(1))

    def counted(expr: Expr) -> Counter[str]:
        return written_out(Tensor.scalar(expr))

    assert counted(mul(add(ONE, t), add(ONE, mul(MINUS_ONE, t)))) == {"additions": 2, "multiplications": 1}
    assert counted(add(mul(Number(2), t), mul(Number(3), t, s))) == {"multiplications": 3, "additions": 1}
