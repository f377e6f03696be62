"""The losses of word2vec by what they are made of, so that each operation is crossed by itself.

naive_softmax_loss(v, U, o) = -log softmax(U v)_o
negative_sampling_loss(v, U, o, K) = -log σ(u_o·v) - Σ_k log (1 - σ(u_k·v))
"""

from __future__ import annotations

from symderiv.derivation.rules.problem import D, Problem, Rewriting, plus, shape, times
from symderiv.expression.kinds import Kind
from symderiv.expression.tree import ONE, Apply, Expr, Index, Sequence, Variable
from symderiv.operations import OPERATIONS


def word_loss(p: Problem) -> Rewriting | None:
    """The loss written out for scores U v."""
    if not isinstance(p.e, Apply) or p.e.head not in ("naive_softmax_loss", "negative_sampling_loss"):
        return None
    v, U, *words = OPERATIONS[p.e.head].bind(p.e.args, p.e.options)
    written = None if not (isinstance(v, Expr) and isinstance(U, Expr)) else _written(v, U, words)
    if written is None or not isinstance(v, Expr) or not isinstance(U, Expr):
        return None
    letters = (Variable("·v", Kind(shape=shape(v))), Variable("·U", Kind(shape=shape(U))))
    plain = _written(*letters, words)
    lemma = () if plain is None else ((Apply(p.e.head, (*letters, *_trees(words))), plain),)
    return Rewriting(D(written, p.x), f"the definition of {p.e.head}", lemma=lemma)


def _trees(words: list[Expr | tuple[Expr, ...] | None]) -> tuple[Expr, ...]:
    return tuple(word for word in words if isinstance(word, Expr))


def _written(v: Expr, U: Expr, words: list[Expr | tuple[Expr, ...] | None]) -> Expr | None:
    scores = times(U, v)
    match words:
        case [Expr() as o]:
            return _negative(Index(Apply("log_softmax", (scores,)), (o,)))
        case [Expr() as o, Sequence(items=drawn)]:
            near = _negative(Apply("log", (_rate(scores, o),)))
            away = (_negative(Apply("log", (Apply("sub", (ONE, _rate(scores, k))),))) for k in drawn)
            return plus(near, *away)
    return None


def _rate(scores: Expr, word: Expr) -> Expr:
    return Apply("sigmoid", (Index(scores, (word,)),))


def _negative(a: Expr) -> Expr:
    return Apply("neg", (a,))
