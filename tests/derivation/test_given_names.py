"""Exercises with names of their own: the derivation ends in these, as a textbook writes it."""

from __future__ import annotations

import pytest

from symderiv.derivation import read_given
from symderiv.derivation.derive import derive
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.steps import Derivation
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Variable
from symderiv.language import read

LOGISTIC = (
    ["X: matrix(N, d)", "y: vector(N) in [0,1]", "w: vector(d)"],
    {"p": "sigmoid(X*w)", "L": "-sum(y[i]*log(p[i]) + (1-y[i])*log(1-p[i]), (i,0,N-1))"},
)
SOFTMAX = (
    ["W: matrix(c, d)", "x: vector(d)", "b: vector(c)", "t: vector(c)", "sum(t) == 1"],
    {"z": "W*x + b", "p": "softmax(z)", "L": "-sum(t[i]*log(p[i]), (i,0,c-1))"},
)
NAMELESS = (
    LOGISTIC[0],
    {"L": "-sum(y[i]*log(sigmoid(X*w)[i]) + (1-y[i])*log(1-sigmoid(X*w)[i]), (i,0,N-1))"},
)
MEAN = (
    LOGISTIC[0],
    {"p": "sigmoid(X*w)", "L": "-1/N*sum(y[i]*log(p[i]) + (1-y[i])*log(1-p[i]), (i,0,N-1)) + a/2*norm(w)^2"},
)

HINGE = (
    ["X: matrix(N, d)", "y: vector(N)", "w: vector(d)", "C: positive"],
    {"m": "y ⊙ (X*w)", "L": "norm(w)^2/2 + C*sum(max(0, 1 - m[i]), (i,0,N-1))"},
)
MARGIN = (["x: vector(d)", "y: real", "w: vector(d)"], {"L": "max(0, 1 - y*w.T*x)"})
SQUARES = (
    ["X: matrix(N, d)", "y: vector(N)", "w: vector(d)"],
    {"r": "X*w - y", "L": "sum(r[i]^2, (i,0,N-1))/2"},
)


def derived(goal: str, exercise: tuple[list[str], dict[str, str]]) -> Derivation:
    known = read_given(exercise[0])
    scope = known.scope
    for name, text in exercise[1].items():
        tree = read(text, scope)
        scope = scope.declare((Variable(name, Kind(shape=tuple(tensor_of(tree).shape)), definition=tree),))
    return derive(read(goal, scope), None, known.facts)


@pytest.mark.parametrize(
    ("goal", "exercise", "result"),
    [
        ("gradient(L, w)", LOGISTIC, "X.T*(p - y)"),
        ("jacobian(gradient(L, w), w)", LOGISTIC, "X.T*diag(p ⊙ (1 - p))*X"),
        ("gradient(L, z)", SOFTMAX, "p - t"),
        ("gradient(L, W)", SOFTMAX, "(p - t)*x.T"),
        ("gradient(L, b)", SOFTMAX, "p - t"),
        ("gradient(L, x)", SOFTMAX, "W.T*(p - t)"),
        ("jacobian(gradient(L, z), z)", SOFTMAX, "diag(p) - p*p.T"),
        ("gradient(L, w)", NAMELESS, "X.T*(sigmoid(X*w) - y)"),
        ("gradient(L, w)", HINGE, "w - X.T*(y ⊙ (C*heaviside(1 - m)))"),
        ("gradient(L, w)", MARGIN, "-(heaviside(1 - y*w.T*x)*y*x)"),
        ("gradient(L, w)", SQUARES, "X.T*r"),
        ("jacobian(gradient(L, w), w)", SQUARES, "X.T*X"),
        ("gradient(L, w)", MEAN, "X.T*(p - y)/N + a*w"),
    ],
)
def test_ends_in_the_names_given(goal: str, exercise: tuple[list[str], dict[str, str]], result: str) -> None:
    derivation = derived(goal, exercise)
    assert derivation.is_proved
    assert to_text(derivation.result) == result


def test_a_story_calls_the_probabilities_by_their_name() -> None:
    derivation = derived("jacobian(p, z)", (["z: vector(3)"], {"p": "softmax(z)"}))
    assert derivation.is_proved
    assert {name for step in derivation.steps for name, _ in step.where} <= {"p"}
    assert to_text(derivation.result) == "diag(p) - p*p.T"
