"""Answers that look right and aren't: none of them may earn what a right one earns."""

from __future__ import annotations

import pytest

from symderiv.api import check
from symderiv.exercise import parse_exercise

EXERCISE = parse_exercise("""id: attacked
let:
  x: real
  a: real
  n: size
  v: vector(n)
  i: index
  j: index
  m: vector(2)
  K: matrix(2, 2) = [[1, 0], [0, -1]]
  X: [[1, 2], [3, 4]]
  H: conv2d(X, K)
  L: a*x^2
parts:
  - {id: number, ask: How much?, answer: 42}
  - {id: image, ask: Give H., answer: H}
  - {id: slope, ask: Give dL/dx., answer: 'diff(L, x)'}
  - {id: where, ask: 'Where is x^2 > a^2?', answer: x^2 > a^2}
  - {id: even, ask: For which n?, answer: n % 2 == 0}
  - {id: object, kind: construct, ask: f?, find: {f: real}, where: ['diff(f, x) == 1']}
  - {id: idempotent, kind: construct, ask: A?, find: {A: 'matrix(2, 2)'}, where: ['A*A == A', 'det(A) == 1']}
  - {id: steps, kind: steps, ask: Show it., points: 2, steps: {from: 'tanh(x)', to: '1 - 2/(exp(2*x) + 1)'}}
  - {id: program, kind: program, ask: P?, inputs: [x], calls: {f: 1, g: 1}, returns: 'g(f(x))'}
  - {id: quotient, kind: program, ask: Q?, inputs: [x, h], calls: {f: 2}, returns: '(f(x + h) - f(x))/h'}
  - {id: cost, kind: order, ask: Cost?, answer: n^2}
  - {id: choice, kind: choice, ask: Which?, choices: {a: one, b: two, c: three}, answer: [a, c]}
  - {id: table, ask: A table., answer: '{(0,0): 0, (0,1): 1, (1,0): 1, (1,1): 0}'}
  - {id: roots, ask: Roots?, answer: '{1, 3}'}
  - {id: limit, ask: 'The limit?', answer: 'limit(1/x, x, oo)'}
  - {id: names, ask: Mean and variance., answer: '{mu: 3, var: 4}'}
  - {id: entry, ask: The entry., entry: '[i, j]', answer: 'v[i]*v[j]'}
""")

WRONG = {
    "number": "42 = 41;41 = 42;42 if 1 > 2 else 41;42%;oo - oo + 42;42 + 0/0;0*oo + 42;42*(x-x)/(x-x);42, 41;"
    "nan;42 ± 1;{42, 41};41 → 42 → 41;4Ζ;42\u200b1;42 where x = 1;x is 42",
    "image": "H;conv2d(X, K);H = H;X*K;[[H[0,0]]]",
    "slope": "diff(L, x);\\frac{dL}{dx};2*a\nx;2*a*x\n1;2*а*x;2*a*x if x > 0;"
    "dx = 2*a;2*a*l;\\left. 2 a x \\right|_{x=1}",
    "where": "true;x = x;not false;|x| > a;x > a or x < -a;x != a;x or a;x > a\nx^2 > a^2;"
    "0 = 0;x^2 > a^2 or true",
    "even": "n even or odd;n > 0;2 | 2;1 | n;n is divisible by 1;4 | n;n is odd;n = 2",
    "object": "x if x > 0;x*(1/0);x/x;log(-1);x if false;sqrt(-x^2-1);|x|;exp(log(x)) + 1/(x-x)",
    "idempotent": "[[1,0],[0,0]];inv([[0,0],[0,0]]);[[1/0,0],[0,1]];[];[[1,1],[0,1]];"
    "A = [[1, 1], [0, 1]]\nA = [[1, 0], [0, 1]];A = [[1, 0], [0, 1]], A = [[0, 0], [0, 0]]",
    "program": "return f(g(x));f = g\nreturn g(f(x));x = 3\nreturn g(f(x));return g(f(х));"
    "return g.__class__(f(x))",
    "quotient": "return (f(x+h)-f(x))*h;return (f(x) - f(x+h))/h;return (f(x+2*h) - f(x))/(2*h);"
    "return (f(x+h)-f(x))/abs(h);h = 1\nreturn (f(x+h)-f(x))/h;return (f(x)-f(x-h))/h",
    "cost": "O(n^2 + n^3);n^2*log(n);n^2.0001;n^2*(2 + sin(n))*0;o(n^2);2^n",
    "choice": "a, b, c;a c b;not b;а, с;all;everything but a;a or c",
    "table": "00 -> 0, 01 -> 1, 10 -> 1, 11 -> 1;00 -> 0, 00 -> 1, 01 -> 1, 10 -> 1, 11 -> 0;"
    "XOR(0,0) = 0, XOR(0,1) = 1, XOR(1,0) = 1, XOR(1,1) = 0, XOR(1,1) = 1",
    "roots": "{1, 3, 1/0};1;{1, 3, 5};x = 1 and x = 3, x = 5;±1;(1, 3, 2)",
    "limit": "1/x;oo;0/0;oo - oo;0*oo;-0.0001",
    "names": "mu: 3, var: 4, mu: 5;mu: 5, var: 4, mu: 3;mu = 5, mu = 3, var = 4;{mu: 5, mu: 3, var: 4};"
    "$\\mu = 3$ $var = 4$ $mu = 7$;mu: 3 = 4, var: 4;| mu | 3 |\n| var | 5 |",
    "entry": "v*v;outer(v, v)*2;eye(n);[[1]];v.T*v;outer(v, v).T + eye(n)",
}


@pytest.mark.parametrize(
    ("part", "answer"), [(part, each) for part, answers in WRONG.items() for each in answers.split(";")]
)
def test_what_only_looks_right_earns_nothing(part: str, answer: str) -> None:
    report = check(EXERCISE, {part: answer}).part(part)
    assert report.verdict != "equal" and report.points == 0


PADDED = "tanh(x)*1;0 + tanh(x);-(-tanh(x));tanh(x)^1;tanh(1*x + 0);tanh(x)/1;1*(1 - 2/(exp(2*x) + 1))"


@pytest.mark.parametrize("line", PADDED.split(";"))
def test_a_line_that_says_nothing_is_no_step(line: str) -> None:
    report = check(EXERCISE, {"steps": f"tanh(x) = {line} = 1 - 2/(exp(2*x) + 1)"}).part("steps")
    assert report.verdict == "equal" and report.points == 1


def test_a_line_that_says_something_is_a_step() -> None:
    report = check(EXERCISE, {"steps": "tanh(x) = sinh(x)/cosh(x) = 1 - 2/(exp(2*x) + 1)"}).part("steps")
    assert report.verdict == "equal" and report.points == 2


def test_terms_that_cancel_are_a_step() -> None:
    exercise = parse_exercise("""id: cubes
let: {w: real}
parts:
  - {id: a, kind: steps, ask: Show it., points: 2, steps: {from: '(1 - w)*(1 + w + w^2)', to: '1 - w^3'}}
""")
    said = "(1 - w)(1 + w + w^2) = 1 + w + w^2 - w - w^2 - w^3 = 1 - w^3"
    assert check(exercise, {"a": said}).part("a").points == 2


FOLLOWING = parse_exercise("""id: following
let:
  W: matrix(2, 2)
  x: vector(2)
  J: jacobian(W*x, x)
  d: J.T*[1, 2]
parts:
  - {id: a, ask: J?, answer: J}
  - {id: b, ask: d?, answer: d, follows: [a]}
""")


@pytest.mark.parametrize(
    ("first", "second", "points"), [("W.T", "W*[1, 2]", 1), ("W/0", "W.T*[1, 2]/0", 0), ("0*W", "[0, 0]", 0)]
)
def test_from_nothing_nothing_follows(first: str, second: str, points: int) -> None:
    assert check(FOLLOWING, {"a": first, "b": second}).part("b").points == points


def test_the_gradient_by_another_name_is_refused() -> None:
    exercise = parse_exercise("""id: gradients
let:
  X: [[1, 2], [3, 4]]
  K: matrix(2, 2)
  L: sum(hadamard(X, K))
parts:
  - {id: a, ask: 'Give $\\\\partial L/\\\\partial K$.', answer: 'gradient(L, K)'}
""")
    said = {
        name: check(exercise, {"a": f"{name} = [[1, 2], [3, 4]]"}).part("a").verdict for name in ("dK", "dX")
    }
    assert said == {"dK": "equal", "dX": "invalid"}


def test_a_function_that_was_not_called_is_not_called_too_often() -> None:
    report = check(EXERCISE, {"program": "return g(x)"}).part("program")
    assert report.verdict == "different" and "called-too-often" not in report.misconceptions


@pytest.mark.parametrize("last", ["diff(x - log(1 + exp(x)), x)", "diff(-log(1 + exp(-x)), x)"])
def test_a_chain_does_not_end_in_a_derivative_that_is_left_to_do(last: str) -> None:
    exercise = parse_exercise(
        "id: steps\nlet: {x: real}\nparts:\n  - id: a\n    kind: steps\n"
        "    steps: {from: 'diff(log(sigmoid(x)), x)', to: '1 - sigmoid(x)'}\n"
    )
    chain = f"diff(log(1/(1 + exp(-x))), x) = {last}"
    assert check(exercise, {"a": chain}).part("a").verdict == "undecided"


def test_a_variance_is_not_the_deviation_that_is_asked_for() -> None:
    exercise = parse_exercise(
        "id: e\nlet: {n: size, i: index, x: vector(n)}\nnotation: {mu: '\\mu', sigma: '\\sigma'}\n"
        "parts: [{id: a, answer: '{mu: mean(x), sigma: std(x)}'}]\n"
    )
    report = check(exercise, {"a": r"\mu = \frac1n\sum_i x_i, \sigma^2 = \frac1n\sum_i (x_i - \mu)^2"}).part(
        "a"
    )
    assert report.verdict == "invalid" and "none of the names" in report.feedback[0]
