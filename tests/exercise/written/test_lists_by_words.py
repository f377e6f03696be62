"""Lists whose entries stand behind what the question calls them, and entries with a chain each."""

from __future__ import annotations

import pytest

from symderiv.api import check
from symderiv.exercise import parse_exercise

EXERCISE = parse_exercise(r"""id: lists-by-words
let: {a: positive, n: size, u: real, mu: real, sigma: positive, score: -(u - mu)^2/(2*sigma^2) - log(sigma)}
notation: {mu: '\mu', sigma: '\sigma'}
parts:
  - {id: tied, ask: 'How many weights (i) untied, (ii) tied? Give a pair.', answer: '(2*n + 1, n + 1)'}
  - {id: moments, ask: 'Mean and variance of $y$ (a pair)?', answer: '(0, 4)'}
  - {id: returns, ask: 'Returns $G_0, G_1$?', answer: '[3, 2]'}
  - {id: hats, ask: 'Give the list of the means.', answer: '[1/2, 1/3]'}
  - {id: where, ask: 'Where is it largest? ($u = ?$)', answer: 1/2}
  - {id: best, ask: 'Which $u^*$ maximises it?', answer: a/(a + 1)}
  - {id: loss, ask: 'And the loss $u$ there?', answer: '2'}
  - {id: integers, ask: 'Give the integers $u$.', answer: '[1, 4]'}
  - {id: derivatives, ask: 'By both.', answer: '{mu: diff(score, mu), sigma: diff(score, sigma)}'}
  - {id: bound, ask: 'Variance and width.', answer: '{var: a^2/3, a: sqrt(6/n)}'}
  - {id: sizes, ask: 'The set of all $n$?', answer: '{8}'}
""")
RIGHT = [
    ("tied", "(i) 2*n + 1 (ii) n + 1"),
    ("tied", "tied: n + 1, untied: 2*n + 1"),
    ("tied", "untied: $2n + 1$, tied: $n + 1$"),
    ("moments", "variance: 2^2 = 4, mean: 0"),
    ("moments", "(1 - 1) = 0, 2*2 = 4"),
    ("moments", r"$1 - 1 = 0$, $2 \cdot 2 = 4$"),
    ("moments", "0, 2*2 = 4"),
    ("returns", "G_1 = 2, G_0 = 1 + 2 = 3"),
    ("returns", "$G_0 = 3$\n$G_1 = 2$"),
    ("hats", r"$\bar{u}_1 = \frac12$, $\bar{u}_2 = \frac12 \cdot \frac23 = \frac13$"),
    ("where", "u = 1/2"),
    ("best", "u = a/(a + 1)"),
    ("loss", "u = 2"),
    ("integers", "u = (1, 4)"),
    ("derivatives", "{mu: (u - mu)/sigma^2, sigma: (u - mu)^2/sigma^3 - 1/sigma}"),
    (
        "derivatives",
        r"$\mu = \frac{u - \mu}{\sigma^2}, \sigma = \frac{(u-\mu)^2}{\sigma^3} - \frac{1}{\sigma}$",
    ),
    ("bound", "var = (2*a)^2/12, a = sqrt(6/n)"),
    ("sizes", "n ∈ {8}"),
    ("sizes", r"$n \in \{8\}$"),
    ("sizes", "n = 8"),
]
WRONG = [
    ("tied", "tied: 2*n + 1, untied: n + 1"),
    ("moments", "mean: 4, variance: 0"),
    ("moments", "0, 2*2 = 4 + 1"),
    ("returns", "G_0 = 2, G_1 = 3"),
    ("derivatives", "{mu: (mu - u)/sigma^2, sigma: (u - mu)^2/sigma^3 - 1/sigma}"),
    ("sizes", "n ∈ {3}"),
]
REFUSED = [
    ("moments", r"$\mathbb{E}[y] = 0, \mathrm{Var}(y) = 4$"),
    ("moments", "p = 0, q = 4"),
    ("moments", "1 = 0, 4 = 4"),
]


@pytest.mark.parametrize(("part", "answer"), RIGHT)
def test_words_of_the_question_say_which_entry_is_which(part: str, answer: str) -> None:
    report = check(EXERCISE, {part: answer}).part(part)
    assert report.verdict == "equal", report.feedback


@pytest.mark.parametrize(("part", "answer"), WRONG)
def test_the_values_are_still_judged(part: str, answer: str) -> None:
    assert check(EXERCISE, {part: answer}).part(part).verdict == "different"


@pytest.mark.parametrize(("part", "answer"), REFUSED)
def test_names_of_the_students_own_tell_no_order(part: str, answer: str) -> None:
    assert check(EXERCISE, {part: answer}).part(part).verdict == "invalid"
