"""Lists over slices: the derivative of each by itself, and no other line believed."""

from __future__ import annotations

import pytest

from symderiv import derive
from symderiv.derivation.proof.entries.by_slices import by_slices
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import (
    ZERO,
    Apply,
    Binder,
    BinderKind,
    Expr,
    Index,
    Number,
    Variable,
    index_variable,
)

k = index_variable("a")
X = Variable("X", Kind(shape=(Number(3), Number(2))))
A = Variable("A", Kind(shape=(Number(3), Number(2), Number(2))))
G = Variable("G", Kind(shape=(Number(3), Number(2))))
x = Variable("x", Kind(shape=(Number(2),)), definition=Index(X, (k,)))


def each(kind: BinderKind, body: Expr) -> Binder:
    return Binder(kind, body, k, ZERO, Number(2))


def f(v: Expr) -> Expr:
    return Apply("mul", (Index(A, (k,)), v))


SLICES = each("array", f(Index(X, (k,))))


def test_each_slice_by_itself() -> None:
    right = each("array", Apply("vjp", (f(x), x, Index(G, (k,)))))
    assert by_slices(Apply("vjp", (SLICES, X, G)), right) is not None


def test_what_is_shared_is_added_up() -> None:
    right = each("sum", Apply("vjp", (f(Index(X, (k,))), A, Index(G, (k,)))))
    assert by_slices(Apply("vjp", (SLICES, A, G)), right) is not None


@pytest.mark.parametrize(
    "wrong",
    [
        each("sum", Apply("vjp", (f(x), x, Index(G, (k,))))),
        each("array", Apply("vjp", (f(x), x, Index(G, (Number(0),))))),
        each("array", Apply("vjp", (x, x, Index(G, (k,))))),
        each("array", Apply("vjp", (f(Index(X, (k,))), X, Index(G, (k,))))),
        Binder("array", Apply("vjp", (f(x), x, Index(G, (k,)))), k, ZERO, Number(1)),
    ],
    ids=["added up", "another entry", "another function", "all of X", "a slice too few"],
)
def test_another_line_is_not_believed(wrong: Expr) -> None:
    assert by_slices(Apply("vjp", (SLICES, X, G)), wrong) is None


SUM = each("sum", f(Index(X, (k,))))
H = Variable("H", Kind(shape=(Number(2),)))


def test_a_sum_of_arrays_sends_the_same_to_each() -> None:
    by_slice = each("array", Apply("vjp", (f(x), x, H)))
    assert by_slices(Apply("vjp", (SUM, X, H)), by_slice) is not None
    by_all = each("sum", Apply("vjp", (f(Index(X, (k,))), A, H)))
    assert by_slices(Apply("vjp", (SUM, A, H)), by_all) is not None


@pytest.mark.parametrize(
    "wrong",
    [
        each("sum", Apply("vjp", (f(x), x, H))),
        each("array", Apply("vjp", (f(x), x, Index(G, (k,))))),
        each("array", Apply("vjp", (f(Index(X, (k,))), X, H))),
        Binder("array", Apply("vjp", (f(x), x, H)), k, ZERO, Number(1)),
    ],
    ids=["added up", "another array", "all of X", "a slice too few"],
)
def test_another_line_for_a_sum_is_not_believed(wrong: Expr) -> None:
    assert by_slices(Apply("vjp", (SUM, X, H)), wrong) is None


@pytest.mark.parametrize("by", ["X", "Q", "K", "V", "O"])
def test_heads_may_be_as_many_as_a_letter_says(by: str) -> None:
    derivation = derive(
        "sum(G ⊙ multi_head_attention(X, X, X, Q, K, V, O))",
        by,
        given=(
            *(f"{name}: tensor(h, d, k)" for name in "QK"),
            "X: matrix(n, d)",
            "V: tensor(h, d, v)",
            "O: matrix(h*v, d)",
            "G: matrix(n, d)",
        ),
    )
    assert [step.proof for step in derivation.steps if not step.is_proved] == []


def test_a_function_that_sees_more_of_the_array_is_not_taken_slice_by_slice() -> None:
    both = each("array", Apply("hadamard", (Index(X, (k,)), Index(X, (ZERO,)))))
    alone = each("array", Apply("vjp", (Apply("hadamard", (x, Index(X, (ZERO,)))), x, Index(G, (k,)))))
    assert by_slices(Apply("vjp", (both, X, G)), alone) is None


def test_a_list_over_some_slices_only_is_not_taken_slice_by_slice() -> None:
    two = Binder("array", f(Index(X, (k,))), k, ZERO, Number(1))
    said = Binder("array", Apply("vjp", (f(x), x, Index(G, (k,)))), k, ZERO, Number(1))
    assert by_slices(Apply("vjp", (two, X, G)), said) is None


def test_the_index_of_a_slice_is_no_index_of_an_entry_formula() -> None:
    """Inside, x stands for X[k] and doesn't show its k: a formula over i and k must not catch it."""
    derivation = derive(
        "sum(G ⊙ [max_pool1d(X[i], 2) for i in range(0, b)])", "X", given=("X: matrix(b,4)", "G: matrix(b,2)")
    )
    assert derivation.is_proved
    bound = [step.after for step in derivation.steps]
    assert "for a in range(0, b)" in to_text(bound[-1])


def test_a_sum_inside_a_sum_stays_in_it() -> None:
    """Σ_k Σ_j Y_kj log softmax(W x_k)_j: the inner sum has the k of the outer one."""
    derivation = derive(
        "sum(-sum(Y[k,j]*log(softmax(W*X[k])[j]) for j in range(0, o)) for k in range(0, N))",
        "W",
        given=("X: matrix(N,d)", "Y: matrix(N,o)", "W: matrix(o,d)"),
    )
    assert [step.proof for step in derivation.steps if not step.is_proved] == []


def test_a_list_by_a_number_has_no_slices() -> None:
    c, k = Variable("c"), index_variable("k")
    u = Binder("array", Apply("mul", (k, c)), k, Number(0), Number(1))
    named = Variable("v", definition=Apply("sin", (c,)))
    assert by_slices(Apply("jacobian", (u, c)), Apply("mul", (named, c))) is None
