"""Sums over deltas give the entry at the solution, under range and divisibility conditions, as people write it."""

from index_notation import array, cases, delta, indices, raw, sizes, total

from symderiv.index import collapse_deltas, normalise, sample_difference, size_of

n, m, k = sizes("n m k")
i, j, l, a = indices("i j l a")
x, y, w, A = array("x", n), array("y", n), array("w", k), array("A", n, m)


def collapsed(formula, *facts):
    return collapse_deltas(raw(formula), tuple(raw(fact) for fact in facts))


def test_correlation_by_its_input_is_the_flipped_kernel():
    found = collapsed(total(delta(i + j - 1, l) * w[j], (j, 1, k)))
    at = l - i + 1
    assert found == raw(cases((at >= 1) & (at <= k), w[at]))


def test_bounds_from_zero_read_as_half_open():
    found = collapsed(total(delta(i + j, l) * w[j], (j, 0, k - 1)))
    assert found == raw(cases((l - i >= 0) & (l - i < k), w[l - i]))


def test_dilation_asks_for_divisibility():
    found = collapsed(total(delta(i + 2 * j, l) * w[j], (j, 0, k - 1)))
    half = (l - i) // 2
    assert found == raw(cases((l - i - 2 * half).equals(0) & (l - i >= 0) & (l - i <= 2 * k - 2), w[half]))


def test_conditions_that_the_facts_imply_are_left_out():
    assert collapsed(total(delta(j, l) * x[j], (j, 0, n - 1)), l >= 0, l < n) == raw(x[l])
    nested = total(total(delta(i, l) * delta(j, a) * A[i, j], (i, 0, n - 1)), (j, 0, m - 1))
    assert collapsed(nested, l >= 0, l < n, a >= 0, a < m) == raw(A[l, a])


def test_impossible_delta_is_zero():
    assert collapsed(total(delta(j, l) * x[j], (j, 0, n - 1)), l >= n) == raw(0)


def test_sum_beside_a_delta_stays():
    found = collapsed(total((delta(j, l) - x[j]) * y[j], (j, 0, n - 1)), l >= 0, l < n)
    assert found == raw(y[l] + total(-1 * x[j] * y[j], (j, 0, n - 1)))


def test_size_of_a_range():
    assert size_of(total(x[j], (j, 0, n - 1)).expr) == raw(n)
    assert (
        size_of(total(x[j], (j, k, n)).expr, (raw(k <= n),))
        == normalise((raw(n - k + 1 + total(0, (j, 1, n))),))[0]
    )


def test_sample_is_small_and_none_for_equal_sums():
    forward, backward = total(x[j], (j, 0, n - 1)), total(x[n - 1 - j], (j, 0, n - 1))
    assert sample_difference(raw(forward), raw(backward)) is None
    short = total(x[j], (j, 0, n - 2))
    assert sample_difference(raw(forward), raw(short)) == {n.expr: 1}
