"""Facts, hidden products and conditions: what is given is used, and nothing beyond it."""

from symderiv.expression.tree import ONE, TRUE, ZERO, Apply, Binder, Variable
from symderiv.index import normalise, without_certain
from tests.index.index_notation import (
    array,
    cases,
    delta,
    exp,
    indices,
    raw,
    scalars,
    sizes,
    total,
)

n, k, C = sizes("n k C")
i, j, p, q, a, c_index = indices("i j p q a r")
(c,) = scalars("c")
x, t, y = array("x", n), array("t", n), array("y", n)
X = array("X", C, n, n)
sums_to_one = total(t[i], (i, 0, n - 1)).equals(1)


def difference(left, right, *facts):
    return normalise((raw(left - right),), tuple(raw(fact) for fact in facts))[0]


def test_average_pooling_is_a_convolution_for_every_symbolic_stride():
    window = X[p, k * i + a, k * j + q]
    ranges = (p, 0, C - 1), (a, 0, k - 1), (q, 0, k - 1)
    weighted = total(delta(p, c_index) / k**2 * window, *ranges)
    pooled = total(X[c_index, k * i + a, k * j + q], *ranges[1:]) / k**2
    assert difference(weighted, pooled, c_index >= 0, c_index < C) == ZERO
    off = total(X[c_index, k * i + a + 1, k * j + q], *ranges[1:]) / k**2
    assert difference(weighted, off, c_index >= 0, c_index < C) != ZERO


def test_part_of_a_known_sum_is_the_rest():
    others = total(t[i], (i, 0, n - 1), where=i.differs(j))
    assert difference(others, 1 - t[j], sums_to_one) == ZERO
    assert difference(others, 1 - t[j]) != ZERO


def test_known_sum_as_a_factor():
    both = total(t[i] * y[j], (i, 0, n - 1), (j, 0, n - 1))
    assert difference(both, total(y[j], (j, 0, n - 1)), sums_to_one) == ZERO


def test_empty_range_is_respected_unless_a_fact_excludes_it():
    count = total(1, (i, 0, n - k))
    assert difference(count, n - k + 1, k <= n) == ZERO
    assert difference(count, cases(k <= n, n - k + 1)) == ZERO
    assert difference(count, n - k + 1) != ZERO


def test_joint_inside_functions():
    one, two = (
        exp(total(x[i] * x[j], (i, 0, n - 1), (j, 0, i - 1))),
        exp(total(x[i] * x[j], (i, 0, n - 1), (j, i + 1, n - 1))),
    )
    left, right = normalise((raw(one), raw(two)))
    assert left == right


def test_bound_variables_are_never_captured():
    inner = total(x[i] * y[j], (i, 0, n - 1))
    summed, free = normalise((raw(total(inner * x[j], (j, 0, n - 1))), raw(inner * x[i])))
    bound = {node.variable for node in (summed, *summed.children) if isinstance(node, Binder)}
    assert i.expr not in bound
    assert free != summed


def test_same_input_gives_same_output():
    formula = raw(total(x[i] * y[n - 1 - i], (i, 0, n - 1)) ** 2 + total(exp(x[i] + c), (i, 0, n - 1)))
    assert normalise((formula,)) == normalise((formula,))


def test_certain_conditions_are_seen_through():
    weight = raw(total(exp(x[i]), (i, 0, n - 1)))
    assert without_certain(Apply("ne", (weight, ZERO))) == TRUE
    assert without_certain(Apply("lt", (ZERO, weight))) == TRUE
    perhaps_empty = raw(total(exp(x[i]), (i, k, n)))
    assert without_certain(Apply("lt", (ZERO, perhaps_empty))) != TRUE
    assert without_certain(Apply("ne", (raw(total(x[i], (i, 0, n - 1))), ZERO))) != TRUE
    assert isinstance(i.expr, Variable)
    every = Binder("forall", Apply("ne", (raw(exp(x[i]) + 1), ZERO)), i.expr, ZERO, raw(n - 1))
    assert without_certain(every) == TRUE
    assert without_certain(Apply("le", (ONE, n.expr))) == TRUE
