"""What a teacher tells between definition and closed form, each line proved."""

from __future__ import annotations

import pytest

from symderiv.derivation import read_given
from symderiv.derivation.derive import derive
from symderiv.expression.printing.text import to_text
from symderiv.language import read

CASES = [
    ("sigmoid(x)", ("x: real",), "exp(-x)/(1 + exp(-x))^2"),
    ("tanh(x)", ("x: real",), "((exp(x) + exp(-x))^2 - (exp(x) - exp(-x))^2)/(exp(x) + exp(-x))^2"),
    ("leaky_relu(x)", ("x: real",), "1 if x > 0 else 0.01 if x < 0 else undefined"),
    ("relu(x)", ("x: real",), "1 if x > 0 else 0 if x < 0 else undefined"),
    ("softmax(x)", ("x: vector(n)",),
     "[[p[i]*(1 - p[i]) if i == j else -(p[i]*p[j]) for j in range(0, n)] for i in range(0, n)]"),
    ("log_softmax(x)", ("x: vector(n)",),
     "[[delta(i, j) - exp(x[j])/sum(exp(x[k]), (k, 0, n - 1)) for j in range(0, n)] for i in range(0, n)]"),
    ("cross_entropy(x, t)", ("x: vector(n)", "t: vector(n)"),
     "[sum(t[i]*(p[j] - delta(i, j)), (i, 0, n - 1)) for j in range(0, n)]"),
    ("batch_norm(x)", ("x: vector(n)",),
     "[[((delta(i, j) - 1/n)*sigma - (x[i] - mu)*(x[j] - mu)/(n*sigma))/sigma^2 "
     "for j in range(0, n)] for i in range(0, n)]"),
    ("relu(x)", ("x: vector(n)",),
     "[[delta(i, j)*(1 if x[i] > 0 else 0 if x[i] < 0 else undefined) for j in range(0, n)] "
     "for i in range(0, n)]"),
    ("mse(x, t)", ("x: vector(n)", "t: vector(n)"), "[2*(x[i] - t[i])/n for i in range(0, n)]"),
    ("hinge(x, t)", ("x: vector(n)", "t: vector(n)"),
     "[diff(max(0, 1 - t[i]*x[i])/n, x[i]) for i in range(0, n)]"),
    ("binary_cross_entropy(x, t, reduction='sum')", ("x: matrix(B, n)", "t: matrix(B, n)"),
     "[[(1 - t[i, j])/(1 - x[i, j]) - t[i, j]/x[i, j] for j in range(0, n)] for i in range(0, B)]"),
    ("softplus(x)", ("x: matrix(n, m)",),
     "reshape([[[[delta(i, k)*delta(j, l)*(exp(x[i, j])/(1 + exp(x[i, j]))) for l in range(0, m)] "
     "for k in range(0, n)] for j in range(0, m)] for i in range(0, n)], n*m, n*m)"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "given", "line"), CASES)
def test_the_line_is_told_and_proved(expression: str, given: tuple[str, ...], line: str) -> None:
    known = read_given(given)
    derivation = derive(read(expression, known.scope), known.scope.names["x"], known.facts)
    assert line in [to_text(step.after) for step in derivation.steps]
    assert derivation.is_proved


def test_an_index_of_a_sum_is_no_place_of_an_output() -> None:
    known = read_given(("x: tensor(B, n, m)",))
    derivation = derive(read("logsumexp(x, axis=-1, keepdims=True)", known.scope), known.scope.names["x"])
    assert derivation.is_proved
