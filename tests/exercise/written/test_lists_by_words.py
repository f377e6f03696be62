"""Lists whose entries stand behind what the question calls them, and what else stands around values."""

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
  - {id: flat, ask: 'The slope, wherever it exists?', answer: 0}
  - {id: curvature, ask: 'The second derivative?', answer: -a/u^2}
  - {id: parity, ask: 'For which n?', answer: n % 2 == 0}
  - {id: half, ask: 'The value?', answer: 'u if u > 0 else undefined'}
  - {id: side, ask: 'The side of the receptive field?', answer: '15'}
  - {id: logarithm, ask: The volume?, answer: u}
  - {id: shape, ask: The shape?, answer: '(3, 4)'}
  - {id: kernel, kind: construct, ask: A kernel?, find: {w: vector(3)}, where: ['w == [1, 0, 0]']}
  - {id: pair, kind: construct, ask: Both?, find: {W: 'matrix(2, 2)', b: vector(2)}, where: ['W*b == 0*b']}
  - {id: named, ask: Both?, answer: '{mu: [1, 2], sigma: [3, 4]}'}
  - {id: turned, ask: 'What is $R R^T$?', answer: '[[cos(u)^2 + sin(u)^2, 0], [0, 1]]'}
  - {id: least, ask: 'The $u$ at which it is least.', answer: 1/2}
  - {id: swap, kind: construct, ask: A swap?, find: {W: 'matrix(2, 2)'}, where: ['W == [[0, 1], [1, 0]]']}
  - {id: which, kind: choice, ask: Which?, choices: {1: few modes, 2: many, 3: '$P f(X, A)$'}, answer: [1, 3]}
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
    ("flat", "0 (almost everywhere)"),
    ("flat", "$0$ a.e."),
    ("flat", "0 wherever it exists"),
    ("flat", r"$0 \text{ almost everywhere}$"),
    ("flat", "$= a - a = 0$"),
    ("curvature", "-a/u^2 < 0"),
    ("half", "u if u > 0"),
    ("half", "u for u > 0"),
    ("half", "u, u > 0"),
    ("half", r"$u \quad u > 0$"),
    ("half", r"$u \text{ if } u > 0$"),
    ("half", "1*u where u > 0"),
    ("curvature", r"$-\frac{a}{u^2} \leq 0$"),
    ("parity", "$n$ even"),
    ("parity", "even n"),
    ("logarithm", "ln|exp(u)|"),
    ("shape", "3 by 4"),
    ("kernel", "w_0 = 1, w_1 = 0, w_2 = 0"),
    ("kernel", "$w_1 = 1, w_2 = 0, w_3 = 0$"),
    ("pair", r"$W = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}, b = \mathbf{0}$"),
    ("pair", "W_00 = W_11 = 1, W_01 = W_10 = 0 and b_0 = b_1 = 0"),
    ("pair", r"$W_{00} = W_{01} = 1$, $W_{10} = 0$, $W_{11} = 2$, $b = (0, 0)$"),
    ("named", "mu[0] = 1, mu[1] = 2, sigma[0] = 3, sigma[1] = 4"),
    ("named", "mu_1 = 1, mu_2 = 2, sigma = [3, 4]"),
    ("named", r"$\mu_0 = 1$, $\mu_1 = 4/2 = 2$, $\sigma = (3, 4)$"),
    ("turned", "I"),
    ("turned", r"$\mathbf{I}$"),
    ("turned", "[[1, 0]; [0, 1]]"),
    ("least", "u = 1/2"),
    ("swap", "W_00 = W_11 = 0, W_01 = W_10 = 1"),
    ("which", "1) few modes, 3) P f(X,A)"),
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
    ("flat", "1 a.e."),
    ("curvature", "a/u^2 > 0"),
    ("side", "15*15"),
    ("parity", "odd n"),
    ("turned", r"\mathbf{1}"),
    ("least", "u = 1"),
    ("named", "mu_0 = 2, mu_1 = 1, sigma_0 = 3, sigma_1 = 4"),
    ("pair", "W_00 = W_11 = 1, W_01 = W_10 = 0, b_0 = 0, b_1 = 1"),
    ("kernel", "w_0 = 1, w_1 = 0, w_2 = 1"),
    ("which", "1) few modes, 2) many"),
]
REFUSED = [
    ("moments", r"$\mathbb{E}[y] = 0, \mathrm{Var}(y) = 4$"),
    ("moments", "p = 0, q = 4"),
    ("which", "1) many, 3) P f(X,A)"),
    ("kernel", "w_0 = 1"),
    ("curvature", "u < 0"),
    ("named", "mu > 1"),
    ("side", "15x15"),
    ("side", r"$15 \times 15$"),
    ("side", "r = 15 × 15"),
    ("curvature", "0 < -a/u^2 < 0"),
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
