"""Embedding look-up and the losses of word2vec.

    one_hot(i, n)_j = δ_ij
    embedding(W, i) = W[i]                                        ∂y_j/∂W_kl = δ_ik δ_jl
    naive_softmax_loss(v, U, o) = -log softmax(U v)_o             ∂/∂v = Uᵀ(p - y),   ∂/∂U = (p - y) vᵀ
    negative_sampling_loss(v, U, o, K) = -log σ(u_o·v) - Σ_{k∈K} log σ(-u_k·v)

v (d) is the centre word's vector, the rows of U (V, d) are the outside words', o is the outside word's
index, K the indices of the sampled words (one may occur twice), y the one-hot vector of o.
Source: Mikolov et al., Distributed representations of words and phrases (2013).
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.errors import ShapeError
from symderiv.expression.build import add, compare, conjunction, function, mul, negative, subtract
from symderiv.expression.build import delta as kronecker
from symderiv.expression.tree import ONE, ZERO, Expr, Number, Sequence
from symderiv.operations.activations.softmax import logsumexp
from symderiv.operations.affine import affine
from symderiv.operations.declaring.bound import forall, over_axis
from symderiv.operations.declaring.counting import Work, work_of
from symderiv.operations.declaring.counting import array as letters
from symderiv.operations.declaring.forms import (
    array_of,
    call,
    delta,
    entry,
    minus,
    plus,
    shape_of,
    times,
    total,
)
from symderiv.operations.declaring.operation import Operation, array
from symderiv.operations.declaring.places import checked_places
from symderiv.operations.declaring.shapes import as_tensor, same_size
from symderiv.tensor import Meaning, Tensor


def embedding(W: Meaning, i: Meaning) -> Tensor:
    """The row of W for an index, the rows for an array of indices."""
    table, indices = as_tensor(W, "W"), as_tensor(i, "i")
    if table.rank != 2:
        raise ShapeError(f"an embedding table of shape {table.shape_text}", expected="W (V, d)")
    checked_places(indices, table.shape[0], "row")

    def value(*at: Expr) -> Expr:
        return table.formula(indices.formula(*at[:-1]), at[-1])

    result = Tensor.of((*indices.shape, table.shape[1]), value)
    *lead, j = result.indices
    return result.where(conjunction(indices.condition(*lead), table.condition(indices.formula(*lead), j)))


def one_hot(i: Meaning, n: Meaning) -> Tensor:
    """δ(i, j) for j = 0 … n-1; of an array of indices a row for each."""
    indices, size = as_tensor(i, "i"), as_tensor(n, "n")
    if size.rank:
        raise ShapeError("the number of classes is a number")
    checked_places(indices, size.value, "class")
    result = Tensor.of((*indices.shape, size.value), lambda *at: kronecker(indices.formula(*at[:-1]), at[-1]))
    return result.where(indices.condition(*result.indices[:-1]))


def _embedding_by_table(W: Expr, i: Expr) -> Expr:
    places = shape_of(i)

    def value(*at: Expr) -> Expr:
        *lead, j, k, l = at  # noqa: E741
        return times(delta(entry(i, *lead), k), delta(j, l))

    return array_of((*places, shape_of(W)[1], *shape_of(W)), value, W, i)


def _embedding_back(G: Expr, W: Expr, i: Expr) -> Expr | None:
    """Each row of G to the row that was looked up: Eᵀ G for the one-hot rows E of the indices."""
    hot = call("one_hot", i, shape_of(W)[0])
    if not shape_of(i):
        return times(hot, call("transpose", G))
    return times(call("transpose", hot), G) if len(shape_of(i)) == 1 else None


def _words(v: Meaning, U: Meaning) -> tuple[Tensor, Tensor]:
    centre, outside = as_tensor(v, "v"), as_tensor(U, "U")
    if centre.rank != 1 or outside.rank != 2 or not same_size(outside.shape[1], centre.shape[0]):
        raise ShapeError(
            f"word vectors of shapes {centre.shape_text} and {outside.shape_text}",
            expected="v (d) and U (V, d)",
        )
    return centre, outside


def _score(centre: Tensor, outside: Tensor, word: Expr) -> Expr:
    """u_w · v"""
    return over_axis("sum", centre.shape[0], lambda l: mul(outside.formula(word, l), centre.formula(l)))  # noqa: E741


def _exist(centre: Tensor, outside: Tensor) -> Expr:
    d, words = centre.shape[0], outside.shape[0]
    rows = forall(words, lambda w: forall(d, lambda l: outside.condition(w, l)))  # noqa: E741
    return conjunction(rows, forall(d, lambda l: centre.condition(l)))  # noqa: E741


def _is_a_word(word: Expr, outside: Tensor) -> Expr:
    """Whether a word is in the vocabulary: 0 ≤ w < V."""
    return conjunction(compare("le", ZERO, word), compare("lt", word, outside.shape[0]))


def naive_softmax_loss(v: Meaning, U: Meaning, o: Meaning) -> Tensor:
    """-u_o·v + log Σ_w exp(u_w·v)"""
    centre, outside = _words(v, U)
    chosen = as_tensor(o, "o")
    word = chosen.value
    partition = over_axis("sum", outside.shape[0], lambda w: function("exp", _score(centre, outside, w)))
    value = subtract(function("log", partition), _score(centre, outside, word))
    there = conjunction(chosen.defined, _is_a_word(word, outside))
    return Tensor.scalar(value, conjunction(_exist(centre, outside), there))


def negative_sampling_loss(v: Meaning, U: Meaning, o: Meaning, K: Meaning) -> Tensor:
    """log(1 + e^(-u_o·v)) + Σ_k log(1 + e^(u_k·v)), which is -log σ(u_o·v) - Σ_k log σ(-u_k·v)."""
    centre, outside = _words(v, U)
    chosen, sampled = as_tensor(o, "o"), as_tensor(K, "K")
    word = chosen.value

    def softplus(x: Expr) -> Expr:
        return function("log", add(ONE, function("exp", x)))

    away = over_axis("sum", sampled.shape[0], lambda k: softplus(_score(centre, outside, sampled.formula(k))))
    near = softplus(negative(_score(centre, outside, word)))
    drawn = (sampled.formula(Number(k)) for k in range((sampled.sizes or (0,))[0]))
    words = conjunction(*(_is_a_word(each, outside) for each in (word, *drawn)))
    there = conjunction(chosen.defined, forall(sampled.shape[0], sampled.condition), words)
    return Tensor.scalar(add(near, away), conjunction(_exist(centre, outside), there))


def _scored(centre: Tensor, words: Expr, loss: Callable[[Tensor], Tensor]) -> Work:
    """So many scores u_w·v, each once, and the loss of them."""
    d = centre.shape[0]
    scores = work_of(affine(letters("U", words, d), centre))
    return scores + work_of(loss(letters("s", words)))


def naive_softmax_work(v: Meaning, U: Meaning, o: Meaning) -> Work:
    """The scores of all words, and -s_o + log Σ_w exp(s_w)."""
    centre, outside = _words(v, U)
    word = as_tensor(o).value

    def loss(s: Tensor) -> Tensor:
        return Tensor.scalar(subtract(as_tensor(logsumexp(s)).value, s.formula(word)))

    return _scored(centre, outside.shape[0], loss)


def _surprise(v: Expr, U: Expr, o: Expr) -> Expr:
    """p - y, one number a word."""
    return minus(call("softmax", times(U, v)), call("one_hot", o, shape_of(U)[0]))


def _naive_by_centre(v: Expr, U: Expr, o: Expr) -> Expr:
    return times(call("transpose", U), _surprise(v, U, o))


def _naive_by_outside(v: Expr, U: Expr, o: Expr) -> Expr:
    return times(_surprise(v, U, o), call("transpose", v))


def _rate(v: Expr, U: Expr, word: Expr) -> Expr:
    """σ(u_w·v)"""
    return call("sigmoid", entry(times(U, v), word))


def _over_words(v: Expr, U: Expr, o: Expr, K: Expr, row: Callable[[Expr], Expr], length: Expr) -> Expr:
    """(σ(u_o·v) - 1) row(o) + Σ_k σ(u_k·v) row(k); for K of unknown length entry by entry."""
    near = times(minus(_rate(v, U, o), ONE), row(o))
    size = shape_of(K)[0]
    if isinstance(K, Sequence):
        return plus(near, *(times(_rate(v, U, word), row(word)) for word in K.items))
    if isinstance(size, Number):
        drawn = (entry(K, Number(k)) for k in range(int(size.value)))
        return plus(near, *(times(_rate(v, U, word), row(word)) for word in drawn))

    def at(j: Expr) -> Expr:
        return total(size, lambda k: times(_rate(v, U, entry(K, k)), entry(row(entry(K, k)), j)), v, U, o, K)

    return plus(near, array_of((length,), at, v, U, o, K))


def _sampling_by_centre(v: Expr, U: Expr, o: Expr, K: Expr) -> Expr:
    """(σ(u_o·v) - 1) u_o + Σ_k σ(u_k·v) u_k"""
    return _over_words(v, U, o, K, lambda word: entry(U, word), shape_of(U)[1])


def _sampling_by_outside(v: Expr, U: Expr, o: Expr, K: Expr) -> Expr:
    """((σ(u_o·v) - 1) e_o + Σ_k σ(u_k·v) e_k) vᵀ"""
    n = shape_of(U)[0]
    rows = _over_words(v, U, o, K, lambda word: call("one_hot", word, n), n)
    return times(rows, call("transpose", v))


TWO = Number(2)
EMBEDDING = (
    Operation(
        "embedding",
        (array("W"), array("i")),
        embedding,
        jacobians={"W": _embedding_by_table},
        vjps={"W": _embedding_back},
        formula="W[i]",
        weights=("W",),
        numeric_with=("i",),
        examples=(
            {"W": (3, 2), "i": TWO},
            {"W": (2, 2), "i": Sequence((ONE, ONE, Number(0)))},
            {"W": (4, 1), "i": Sequence((TWO, Number(3)))},
        ),
    ),
    Operation("one_hot", (array("i"), array("n")), one_hot, formula="δ(i, j), j = 0 … n-1"),
    Operation(
        "naive_softmax_loss",
        (array("v"), array("U"), array("o")),
        naive_softmax_loss,
        jacobians={"v": _naive_by_centre, "U": _naive_by_outside},
        formula="-log softmax(U v)_o",
        work=naive_softmax_work,
        examples=(
            {"v": (2,), "U": (3, 2), "o": ONE},
            {"v": (3,), "U": (2, 3), "o": Number(0)},
            {"v": (2,), "U": (4, 2), "o": TWO},
        ),
    ),
    Operation(
        "negative_sampling_loss",
        (array("v"), array("U"), array("o"), array("K")),
        negative_sampling_loss,
        jacobians={"v": _sampling_by_centre, "U": _sampling_by_outside},
        formula="-log σ(u_o·v) - Σ_k log σ(-u_k·v)",
        examples=(
            {"v": (2,), "U": (3, 2), "o": ONE, "K": Sequence((Number(0), TWO))},
            {"v": (2,), "U": (3, 2), "o": ONE, "K": Sequence((TWO, TWO, ONE))},
            {"v": (3,), "U": (2, 3), "o": Number(0), "K": Sequence((ONE,))},
        ),
    ),
)
