"""Sums over deltas give the entry at the solution, under range and divisibility conditions."""

from symderiv.expression.tree import Binder
from symderiv.index import collapse_deltas, sampled_differences, size_of
from tests.index.index_notation import array, cases, delta, indices, raw, sizes, total

n, m, k = sizes("n m k")
i, j, q, a = indices("i j q a")
x, y, w, A = array("x", n), array("y", n), array("w", k), array("A", n, m)


def collapsed(formula, *facts):
    return collapse_deltas(raw(formula), tuple(raw(fact) for fact in facts))


def test_correlation_by_its_input_is_the_flipped_kernel():
    found = collapsed(total(delta(i + j - 1, q) * w[j], (j, 1, k)))
    at = q - i + 1
    assert found == raw(cases((at >= 1) & (at <= k), w[at]))


def test_bounds_from_zero_read_as_half_open():
    found = collapsed(total(delta(i + j, q) * w[j], (j, 0, k - 1)))
    assert found == raw(cases((q - i >= 0) & (q - i < k), w[q - i]))


def test_dilation_asks_for_divisibility():
    found = collapsed(total(delta(i + 2 * j, q) * w[j], (j, 0, k - 1)))
    half = (q - i) // 2
    assert found == raw(cases((q - i - 2 * half).equals(0) & (q - i >= 0) & (q - i <= 2 * k - 2), w[half]))


def test_conditions_that_the_facts_imply_are_left_out():
    assert collapsed(total(delta(j, q) * x[j], (j, 0, n - 1)), q >= 0, q < n) == raw(x[q])
    nested = total(total(delta(i, q) * delta(j, a) * A[i, j], (i, 0, n - 1)), (j, 0, m - 1))
    assert collapsed(nested, q >= 0, q < n, a >= 0, a < m) == raw(A[q, a])


def test_impossible_delta_is_zero():
    assert collapsed(total(delta(j, q) * x[j], (j, 0, n - 1)), q >= n) == raw(0)


def test_sum_beside_a_delta_stays():
    found = collapsed(total((delta(j, q) - x[j]) * y[j], (j, 0, n - 1)), q >= 0, q < n)
    assert found == raw(y[q] + total(-1 * x[j] * y[j], (j, 0, n - 1)))


def test_size_of_a_range():
    whole, part = total(x[j], (j, 0, n - 1)).expr, total(x[j], (j, k, n)).expr
    assert isinstance(whole, Binder) and isinstance(part, Binder)
    assert size_of(whole) == raw(n)
    counted = size_of(part, (raw(k <= n),))
    assert counted in (raw(n - k + 1), raw(-k + n + 1))


def test_sample_is_small_and_none_for_equal_sums():
    forward, backward = total(x[j], (j, 0, n - 1)), total(x[n - 1 - j], (j, 0, n - 1))
    assert not list(sampled_differences(raw(forward), raw(backward)))
    short = total(x[j], (j, 0, n - 2))
    assert list(sampled_differences(raw(forward), raw(short))) == [{n.expr: 1}]
