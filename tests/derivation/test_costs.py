"""Counts of operations as written: weights, work and shapes, of one operation or of a composition."""

from __future__ import annotations

import pytest

from symderiv.derivation import meaning
from symderiv.derivation.given import read_given
from symderiv.equality import decide
from symderiv.equality.verdict import Equal
from symderiv.errors import SymderivError
from symderiv.exercise import parse_exercise
from symderiv.expression.printing.meaning_text import meaning_to_text
from symderiv.grading.misconceptions.written_counts import written_counts
from symderiv.language import read

GIVEN = read_given(
    [
        "X: tensor(B, C, H, W)",
        "F: tensor(N, C, k, k)",
        "f: vector(N)",
        "S: tensor(B, 1, H, W)",
        "D: tensor(1, 1, k, k)",
        "Z: tensor(2, 3, 8, 8)",
        "Q: tensor(5, 3, 3, 3)",
        "c: vector(5)",
        "R: tensor(4, 5, 3, 3)",
        "x: vector(n)",
        "A: matrix(m, n)",
        "T: matrix(n, n)",
        "b: vector(m)",
        "d: size",
    ]
)

COUNTS = {
    "parameters(conv2d(X, F))": "N*C*k*k",
    "parameters(conv2d(X, F, f))": "N*(C*k*k + 1)",
    "parameters(conv2d(conv2d(Z, Q, bias=c), R))": "5*(27 + 1) + 4*45",
    "parameters(conv2d(conv2d(Z, Q), R), conv2d(Z, Q))": "4*45",
    "parameters(max_pool2d(relu(conv2d(Z, Q)), 2))": "135",
    "parameters(max_pool2d(Z, 2))": "0",
    "parameters(relu(affine(A, x, b)))": "m*n + m",
    "parameters(affine(T, affine(T, x)))": "n*n",
    "parameters(affine(T, x) + x)": "n*n",
    "multiplications(conv2d(X, F, padding='same'))": "B*N*H*W*C*k*k",
    "additions(conv2d(X, F, padding='same'))": "B*N*H*W*(C*k*k - 1)",
    "operations(conv2d(S, D, padding='same'))": "B*H*W*(2*k*k - 1)",
    "operations(A @ x)": "2*m*n - m",
    "operations(T @ (T @ x))": "2*n*(2*n - 1)",
    "operations((T @ T) @ x)": "n*n*(2*n - 1) + n*(2*n - 1)",
    "operations(x / sqrt(d))": "n",
    "operations(softmax(affine(A, x)))": "2*m*n - m + 3*m - 1",
    "operations(A @ relu(x), relu(x))": "2*m*n - m",
    "shape(conv2d(X, F))": "[B, N, H - k + 1, W - k + 1]",
    "shape(max_pool2d(conv2d(Z, Q), 2))[2]": "3",
    "prod(shape(conv2d(Z, Q)))": "2*5*6*6",
}

REFUSED = {
    "parameters(A @ x)": "whether A is learnt doesn't show",
    "parameters(affine(A, x) + b)": "whether b is learnt doesn't show",
    "parameters(x)": "x is no operation",
    "operations(A @ x, b)": "b isn't on the way",
    "operations(sum(x[i]*x[i], (i, 0, n - 1)))": "is no operation",
    "operations(relu(sum(x[i], (i, 0, n - 1))*x))": "is no operation whose work is known",
    "shape(3)": "has no axes",
    "parameters(conv2d(Z, Q), Z, c)": "takes a value",
}


@pytest.mark.parametrize("text", COUNTS)
def test_the_count(text: str) -> None:
    found, expected = (meaning(read(each, GIVEN.scope)) for each in (text, COUNTS[text]))
    assert isinstance(decide(found, expected, GIVEN.facts), Equal), meaning_to_text(found)


@pytest.mark.parametrize("text", COUNTS)
def test_a_count_written_out_is_the_count(text: str) -> None:
    tree = read(text, GIVEN.scope)
    written = written_counts(tree)
    assert written is not None
    assert isinstance(decide(meaning(written), meaning(tree), GIVEN.facts), Equal)


@pytest.mark.parametrize("text", REFUSED)
def test_what_has_no_count_is_refused(text: str) -> None:
    with pytest.raises(SymderivError) as error:
        meaning(read(text, GIVEN.scope))
    assert REFUSED[text] in error.value.message


def test_a_name_is_what_it_is_defined_as() -> None:
    exercise = parse_exercise(
        "id: e\nlet:\n  X: tensor(3, 8, 8)\n  K: tensor(4, 3, 3, 3)\n  L: tensor(2, 4, 1, 1)\n"
        "  H: conv2d(X, K)\n  Y: conv2d(H, L)\n"
        "parts:\n  - {id: a, ask: How many?, points: 1, answer: '[parameters(Y), parameters(Y, H)]'}\n",
        "e.yaml",
    )
    question = exercise.question("a")
    assert question is not None
    assert meaning_to_text(meaning(question.key)) == "[116, 8]"


def test_an_answer_may_not_count() -> None:
    exercise = parse_exercise(
        "id: e\nlet:\n  X: tensor(3, 8, 8)\n  K: tensor(4, 3, 3, 3)\n"
        "parts:\n  - {id: a, ask: How many?, points: 1, answer: 'parameters(conv2d(X, K))'}\n"
        "  - {id: b, ask: How many?, points: 1, allow: [shape], answer: 'parameters(conv2d(X, K))'}\n",
        "e.yaml",
    )
    first, second = exercise.question("a"), exercise.question("b")
    assert first is not None and second is not None
    withheld = {"parameters", "multiplications", "additions", "operations", "shape"}
    assert withheld <= set(first.answer_scope.withheld)
    assert "shape" not in second.answer_scope.withheld
