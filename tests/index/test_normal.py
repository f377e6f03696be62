"""Identities for all sizes, and wrong variants of them that must not be proved."""

import pytest

from symderiv.derivation import compare
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ZERO
from symderiv.index import normalise
from symderiv.tensor import Tensor
from tests.index.index_notation import (
    F,
    array,
    cases,
    delta,
    exp,
    function,
    indices,
    raw,
    scalars,
    sizes,
    total,
)

n, m, k, d, C = sizes("n m k d C")
i, j, q, a, b, t = indices("i j q a b t")
(c,) = scalars("c")
x, y, u = array("x", n), array("y", n), array("u", m)
w = array("w", k, zero_outside=True)
g = array("g", m, zero_outside=True)
z = array("z", n, zero_outside=True)
A, B = array("A", n, m), array("B", m, n)
P, Q, R = (array(name, n, n) for name in "PQR")
S = array("S", n, n, symmetric=True)
X = array("X", C, n, n)
f = function("f")


def proved(p, q, *facts) -> bool:
    """Equal normal forms, and a difference that is zero: either is a proof."""
    known = tuple(raw(fact) for fact in facts)
    one, two = normalise((raw(p), raw(q)), known)
    return one == two or normalise((raw(F(raw(p)) - q),), known)[0] == ZERO


def over(formula, *names, upper=n):
    return total(formula, *((name, 0, upper - 1) for name in names))


def softmax(at):
    return exp(x[at]) / over(exp(x[t]), t)


TRUE = {
    "full convolution, substituted": (
        total(g[i] * w[n - i], (i, 0, m - 1)),
        total(g[n - j] * w[j], (j, 0, k - 1)),
    ),
    "full convolution, reversed": (
        total(g[i] * w[n - i], (i, 0, m - 1)),
        total(g[n + j - k + 1] * w[k - 1 - j], (j, 0, k - 1)),
    ),
    "trace(AB) = trace(BA)": (
        total(A[i, j] * B[j, i], (i, 0, n - 1), (j, 0, m - 1)),
        total(B[i, j] * A[j, i], (i, 0, m - 1), (j, 0, n - 1)),
    ),
    "trace is cyclic": (
        over(P[i, j] * Q[j, q] * R[q, i], i, j, q),
        over(Q[i, j] * R[j, q] * P[q, i], i, j, q),
    ),
    "i < j is j < i": (
        total(x[i] * x[j], (i, 0, n - 1), (j, 0, i - 1)),
        total(x[i] * x[j], (i, 0, n - 1), (j, i + 1, n - 1)),
    ),
    "square of a sum": (
        over(x[i], i) ** 2,
        2 * total(x[i] * x[j], (i, 0, n - 1), (j, 0, i - 1)) + over(x[i] ** 2, i),
    ),
    "first entry apart": (x[0] + total(x[i], (i, 1, n - 1)), over(x[i], i)),
    "triangular numbers": (total(i, (i, 1, n)), n * (n + 1) / 2),
    "pyramidal numbers": (total(i**2, (i, 1, n)), n * (n + 1) * (2 * n + 1) / 6),
    "sum of ones": (over(1, i), n),
    "geometric sum": ((1 - c) * over(c**i, i), 1 - c**n),
    "geometric sum as a quotient": (over(c**i, i), (1 - c**n) / (1 - c)),
    "delta": (over(delta(i, j) * x[i], i), cases((j >= 0) & (j < n), x[j])),
    "delta with parity": (
        total(delta(2 * j, n - i) * w[j], (j, 0, k - 1)),
        cases((n - i - 2 * ((n - i) // 2)).equals(0) & (n - i >= 0) & (n - i <= 2 * k - 2), w[(n - i) // 2]),
    ),
    "softmax is shift invariant": (exp(x[i] + c) / over(exp(x[t] + c), t), softmax(i)),
    "softmax as a ratio": (softmax(i), 1 / over(exp(x[j] - x[i]), j)),
    "softmax sums to 1": (over(softmax(i), i), F(raw(1))),
    "softmax jacobian is symmetric": (
        softmax(i) * (delta(i, j) - softmax(j)),
        softmax(j) * (delta(i, j) - softmax(i)),
    ),
    "symmetric matrix": (over(S[i, j] * x[i] * y[j], i, j), over(S[i, j] * y[i] * x[j], i, j)),
    "a layer's gradient": (
        over(f(total(A[i, q] * u[q], (q, 0, m - 1)) + x[i], orders=(1,)) * A[i, j], i),
        over(A[t, j] * f(x[t] + total(u[a] * A[t, a], (a, 0, m - 1)), orders=(1,)), t),
    ),
    "even and odd": (over(x[2 * i], i) + over(x[2 * i + 1], i), total(x[i], (i, 0, 2 * n - 1))),
    "upsampling": (total(x[i // 2], (i, 0, 2 * n - 1)), 2 * over(x[i], i)),
    "strided": (over(x[2 * j], j), total(x[2 * j - 2], (j, 1, n))),
    "product": (
        total(c * x[i], (i, 0, n - 1), kind="prod"),
        c**n * total(x[n - 1 - i], (i, 0, n - 1), kind="prod"),
    ),
    "maximum": (total(2 * x[i + 1], (i, -1, n - 2), kind="max"), total(2 * x[j], (j, 0, n - 1), kind="max")),
    "zero outside, inside a function": (total(exp(z[i]), (i, -1, n)), 2 + over(exp(z[i]), i)),
    "variance": (over((x[i] - over(x[j], j) / n) ** 2, i), over(x[i] ** 2, i) - over(x[i], i) ** 2 / n),
    "antisymmetric": (over(x[i] - x[j], i, j), F(ZERO)),
    "Lagrange": (
        over(x[i] ** 2, i) * over(y[i] ** 2, i) - over(x[i] * y[i], i) ** 2,
        over((x[i] * y[j] - x[j] * y[i]) ** 2, i, j) / 2,
    ),
}

FALSE = {
    "range short by one": (
        total(g[i] * w[n - i], (i, 0, m - 1)),
        total(g[n + j - k + 1] * w[k - 1 - j], (j, 0, k - 2)),
    ),
    "index off by one": (
        total(g[i] * w[n - i], (i, 0, m - 1)),
        total(g[n + j - k] * w[k - 1 - j], (j, 0, k - 1)),
    ),
    "kernel not flipped": (
        total(g[i] * w[n - i], (i, 0, m - 1)),
        total(g[n + j - k + 1] * w[j], (j, 0, k - 1)),
    ),
    "transposed": (over(P[i, j] * x[i] * y[j], i, j), over(P[j, i] * x[i] * y[j], i, j)),
    "wrong order": (over(P[i, j] * Q[j, q], j), over(Q[i, j] * P[j, q], j)),
    "missing delta": (softmax(i) * (delta(i, j) - softmax(j)), -1 * softmax(i) * softmax(j)),
    "missing parity": (
        total(delta(2 * j, n - i) * w[j], (j, 0, k - 1)),
        cases((n - i >= 0) & (n - i <= 2 * k - 2), w[(n - i) // 2]),
    ),
    "empty range": (total(1, (i, 0, n - k)), n - k + 1),
    "diagonal forgotten": (over(x[i], i) ** 2, 2 * total(x[i] * x[j], (i, 0, n - 1), (j, 0, i - 1))),
    "triangular numbers short": (over(i, i), n * (n + 1) / 2),
    "even only": (over(x[2 * i], i), total(x[i], (i, 0, 2 * n - 1))),
}


@pytest.mark.parametrize("name", TRUE)
def test_true_identity_is_proved(name):
    assert proved(*TRUE[name])


@pytest.mark.parametrize("name", FALSE)
def test_false_identity_is_not_proved(name):
    assert not proved(*FALSE[name])


def test_no_name_of_a_dummy_is_left_behind() -> None:
    """A change of variables whose body was read back in the old name once left that name unbound."""
    text = "max(x[n-1]*(x[n]*delta(n, p+i) + x[p])^2, (i, 0, n-1))"
    reading = compare(text, "0", ("x: vector(n) zero outside", "p: index")).a
    assert reading is not None
    assert isinstance(reading.meaning, Tensor)
    before = reading.meaning.value
    assert free_variables(normalise((before,), ())[0]) == free_variables(before)
