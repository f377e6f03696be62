"""Several values, or several choices, as people list them in words."""

from __future__ import annotations

import pytest

from symderiv.api import check
from symderiv.exercise import parse_exercise

EXERCISE = parse_exercise("""
id: sets
let: {x: real}
parts:
  - {id: set, answer: '{1, 3}'}
  - {id: pick, kind: choice, choices: {relu: ReLU, sigmoid: sigmoid, tanh: tanh}, answer: [sigmoid, tanh]}
  - {id: pair, answer: '[1/2, 13/2]'}
  - {id: four, answer: '[1, 2, 3, 4]'}
  - {id: rate, answer: 4/9}
  - {id: one, kind: choice, choices: {A: up, B: down}, answer: B}
  - {id: truth, kind: choice, choices: {'true': 'true', 'false': 'false'}, answer: 'false'}
""")

ROWS = [
    ("set", r"\lambda_1 = 3, \lambda_2 = 1", "equal"),
    ("set", r"$\lambda_1=3$, $\lambda_2=1$", "equal"),
    ("set", r"\lambda \in \{1, 3\}", "equal"),
    ("set", "λ₁=3 and λ₂=1", "equal"),
    ("set", "x = 1 or x = 3", "equal"),
    ("set", r"x = 1 \lor x = 3", "equal"),
    ("set", "x_1 = 1 oder x_2 = 3", "equal"),
    ("set", "1 or 3", "equal"),
    ("set", "x = 1 or x = 2", "different"),
    ("set", "x = 1 or y = 3", "invalid"),
    ("set", "x = 1", "invalid"),
    ("pick", "tanh and sigmoid", "equal"),
    ("pick", "Sigmoid & Tanh.", "equal"),
    ("pick", "- sigmoid\n- tanh", "equal"),
    ("pick", "relu and sigmoid", "different"),
    ("pick", "sigmoid and foo", "invalid"),
    ("pair", "0,5; 6,5", "equal"),
    ("pair", "0,5 und 6,5", "equal"),
    ("pair", "(0,5, 6,5)", "equal"),
    ("pair", "0,5; 6,6", "different"),
    ("pair", "c_1 = 0,5; c_2 = 6,5", "equal"),
    ("pair", r"\mu_1 = 0.5,\quad \mu_2 = 6.5", "equal"),
    ("pair", "μ₁ = 1/2 = 0.5, μ₂ = 13/2 = 6.5", "equal"),
    ("pair", "μ₁ = 2/2 = 0.5, μ₂ = 13/2 = 6.5", "invalid"),
    ("pair", "first = 0.5, second = 6.5", "invalid"),
    ("pair", "first: 0.5, second: 6.5", "invalid"),
    ("pair", "The new centres: 0.5 and 6.5", "equal"),
    ("four", "1, 2; 3, 4", "invalid"),
    ("four", "1,2, 3,4", "equal"),
    ("rate", "4/9 (≈ 0.444)", "equal"),
    ("rate", r"$\frac{4}{9}\ (\approx 0.444)$", "equal"),
    ("rate", "4/9 (~0.44)", "equal"),
    ("rate", "0.444... = 4/9", "equal"),
    ("rate", "0.444...", "invalid"),
    ("rate", "0.444 (≈ 4/9)", "different"),
    ("rate", "Gini: 4/9", "equal"),
    ("rate", "2. 4/9", "invalid"),
    ("rate", "1. (4/9)", "invalid"),
    ("rate", "4/9 für alle x", "equal"),
    ("one", "Label B", "equal"),
    ("one", "class: a", "different"),
    ("truth", "falsch", "equal"),
    ("truth", "False.", "equal"),
    ("truth", "wahr", "different"),
]


@pytest.mark.parametrize(("part", "answer", "verdict"), ROWS)
def test_a_list_in_words(part: str, answer: str, verdict: str) -> None:
    assert check(EXERCISE, {part: answer}).part(part).verdict == verdict
