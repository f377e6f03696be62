"""What may stand left of an answer as a label, on the way to it, or behind it as what is counted."""

from __future__ import annotations

import pytest

from symderiv.api import check
from symderiv.exercise import parse_exercise

EXERCISE = parse_exercise(r"""
id: labels
let:
  K: size
  T: positive
  a: real
  w: real
  n: size
  e: real
  i: index
  z: vector(K)
  G: vector(K)
  eta: a*T^2
  C: sum(hadamard(z, z))/T
notation: {eta: '\eta'}
parts:
  - {id: value, answer: a*T}
  - {id: called, answer: a*T, called: ['\gamma', D]}
  - {id: named, answer: eta}
  - {id: looks, answer: a*T, called: [eta]}
  - {id: gradient, answer: 'gradient(C, z)', entry: {i: K}}
  - {id: unnamed, answer: 'gradient(sum(hadamard(G, z)), z)', entry: {i: K}}
  - {id: two, answer: '2'}
  - {id: update, answer: w - a, called: w}
  - {id: entry, answer: 'gradient(C, z)[0]'}
  - {id: square, answer: a^2, called: s^2}
  - {id: delta, answer: 'delta(i, 0)', entry: {i: 3}}
  - {id: inside, answer: abs(w) < 1}
""")


def verdict(part: str, answer: str) -> str:
    return check(EXERCISE, {part: answer}).part(part).verdict


RIGHT = [
    ("value", r"D^* = aT"),
    ("value", "D* = a*T"),
    ("value", r"D^{\star} = aT"),
    ("value", r"\theta_{t+1} = aT"),
    ("value", r"w^{new} = aT"),
    ("value", r"w_{\text{new}} = aT"),
    ("value", r"\Delta w = aT"),
    ("value", r"\eta(T/2) = aT"),
    ("value", "eta(T/2) = a*T"),
    ("value", r"\mathrm{Var}[y] = aT"),
    ("value", r"\operatorname{Var}(y) = aT"),
    ("value", r"a \cdot v_2 + g_3 = aT"),
    ("value", r"a + a + \dots + a = aT"),
    ("value", "a + a + ... + a = a*T"),
    ("value", "a*T."),
    ("value", r"$D^* = aT$."),
    ("looks", r"\eta = aT"),
    ("called", r"\gamma = aT"),
    ("called", "γ = a*T"),
    ("called", "gamma = a*T"),
    ("called", r"$\gamma = aT$."),
    ("called", r"D^* = aT"),
    ("called", r"D_{opt} = aT"),
    ("gradient", r"\frac{\partial C}{\partial z_i} = 2 z_i/T"),
    ("gradient", "dC/dz_i = 2*z_i/T"),
    ("unnamed", r"\frac{\partial L}{\partial z_i} = G_i"),
    ("unnamed", r"\frac{\partial L}{\partial z} = G"),
    ("two", r"2\text{ parameters}"),
    ("two", "2 parameters"),
    ("two", "1 + 1 = 2 steps."),
    ("two", "1 + 1/2 + 1/4 + ... = 2"),
    ("two", r"a \cdot v_2 + g_3 = 1 + 1 = 2"),
]
RIGHT += [
    ("update", r"w \leftarrow w - a"),
    ("update", "w ← w - a"),
    ("update", "w <- w - a"),
    ("update", "w -= a"),
    ("update", r"$w := w - a$"),
    ("update", r"w_{t+1} = w - a"),
    ("value", r"w_t = aT"),
    ("entry", r"\frac{\partial C}{\partial z_0} = 2z_0/T"),
    ("square", "s² = a²"),
    ("delta", r"\delta_{i0}"),
    ("delta", r"\delta_{0i}"),
    ("inside", "for |w| < 1"),
    ("inside", "if |w| < 1"),
]
RIGHT += [
    ("value", r"w^+ = aT"),
    ("value", r"w_{MAP} = aT"),
    ("value", r"\hat w_{\text{MLE}} = aT"),
    ("value", r"w_1 = aT"),
    ("value", r"\mu_{1|2} = aT"),
    ("value", r"G_0^{(2)} = aT"),
    ("value", r"\sigma_{\max}(w) = aT"),
    ("value", r"\kappa(w) = aT"),
    ("value", "acc = a*T"),
    ("value", r"\text{Acc} = aT"),
    ("value", r"f^{-1}(w) = aT"),
    ("value", r"\sigma^2 = aT"),
    ("value", "s² = a*T"),
    ("value", r"\nabla_x \log p(x \mid y) = aT"),
    ("value", r"\nabla^2 \ell = aT"),
    ("value", r"\mathbb E[q \mid D] = aT"),
    ("gradient", r"\frac{dC}{dz} = 2 z_i/T"),
]
REFUSED = [
    ("value", r"aw = aT"),
    ("value", "w² = a*T"),
    ("value", r"\eta^2 = aT"),
    ("value", "wa = a*T"),
    ("value", r"w^{-1} = aT"),
    ("value", r"\exp(w) = aT"),
    ("value", r"z_1 = aT"),
    ("value", r"z_i = aT"),
    ("update", "a := w - a"),
    ("update", "a <- w - a"),
    ("value", "a < T"),
    ("entry", r"\frac{\partial C}{\partial z_1} = 2z_0/T"),
    ("inside", "for all w"),
    ("value", "w = a*T"),
    ("value", r"w^2 = aT"),
    ("value", "2*q = a*T"),
    ("two", "x_1 + a = 2"),
    ("two", r"a \cdot v_2 + g_3 = 2"),
    ("called", "w = a*T"),
    ("called", r"w^* = aT"),
    ("named", r"w^* = a T^2"),
    ("gradient", r"\frac{\partial C}{\partial w} = 2 z/T"),
    ("gradient", r"\frac{\partial C}{\partial z_0} = 2 z_i/T"),
    ("unnamed", r"\frac{\partial C}{\partial z} = G"),
    ("two", r"2\text{ nats}"),
    ("two", r"2\text{ Mio.}"),
    ("two", r"2\text{ GFLOPs}"),
    ("two", r"2\ (\text{in millions})"),
    ("two", "2 bits"),
    ("two", "2 million"),
]


@pytest.mark.parametrize(("part", "answer"), RIGHT)
def test_a_label_or_a_step_does_not_matter(part: str, answer: str) -> None:
    assert verdict(part, answer) == "equal"


@pytest.mark.parametrize(("part", "answer"), REFUSED)
def test_what_is_said_of_another_quantity_is_refused(part: str, answer: str) -> None:
    assert verdict(part, answer) == "invalid"


def test_behind_a_label_the_value_is_judged() -> None:
    assert verdict("value", r"D^* = a + T") == "different"
    assert verdict("value", r"a \cdot v_2 + g_3 = a = T") in ("invalid", "different")


def test_a_constant_in_words_is_no_unit() -> None:
    assert verdict("two", r"2\text{ pi}") == "different"


def test_what_was_not_judged_is_told() -> None:
    told = check(EXERCISE, {"value": r"a \cdot v_2 + g_3 = aT"}).part("value").feedback
    assert any("v_2" in line and "Not judged" in line for line in told)


def test_a_declared_name_is_not_what_is_counted() -> None:
    exercise = parse_exercise("id: e\nlet: {layers: size}\nparts: [{id: a, answer: 2*layers}]\n")
    assert check(exercise, {"a": "2 layers"}).part("a").verdict == "equal"
    assert check(exercise, {"a": "2"}).part("a").verdict == "different"
