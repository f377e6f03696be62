"""Steps of an iteration, and sentences that name what the question asks for."""

from __future__ import annotations

import pytest

from symderiv.api import check
from symderiv.exercise import parse_exercise

EXERCISE = parse_exercise(r"""
id: updates
let:
  w: real
  g: real
  n: size
  v: vector(n)
  d: vector(n)
  x: vector(n)
  t: positive integer
  f: d.T*v
parts:
  - {id: step, ask: Write one step., answer: w - 2*g}
  - {id: vector, ask: 'One step (the new $v$)?', answer: v - 2*d}
  - {id: entry, ask: One step., answer: 'w + x[t]'}
  - {id: gradient, ask: Give the gradient of $f$., answer: 'gradient(f, v)'}
""")

RIGHT = [
    ("step", "w_{t+1} = w_t - 2g_t"),
    ("step", r"$w^{(k+1)} = w^{(k)} - 2g^{(k)}$"),
    ("vector", "v_{k+1} = v_k - 2 d_k"),
    ("entry", "w_{t+1} = w + x_t"),
    ("gradient", "The gradient is d."),
    ("gradient", r"$\nabla f(v) = d$"),
    ("gradient", "∇f(v) = d"),
]
REFUSED = [
    ("step", "w_{t+1} = w_t - 2g_{t+1}"),
    ("step", "w_{t+1} = w_{t-1} - 2g_t"),
    ("vector", "d_{k+1} = v_k - 2 d_k"),
    ("vector", "v_{t+1} = v_t - 2 d_t"),
    ("entry", "w_{t+1} = w_t + x_t"),
    ("gradient", "The hessian is d."),
    ("gradient", "The gradient is not d."),
    ("gradient", r"\nabla f(d) = d"),
]


@pytest.mark.parametrize(("part", "answer"), RIGHT)
def test_is_read(part: str, answer: str) -> None:
    assert check(EXERCISE, {part: answer}).part(part).verdict == "equal"


@pytest.mark.parametrize(("part", "answer"), REFUSED)
def test_is_refused(part: str, answer: str) -> None:
    assert check(EXERCISE, {part: answer}).part(part).verdict == "invalid"
