"""A loss of an activation: ∂L/∂u = p - t for p = softmax(u) or σ(u), whatever way the loss is written.

    L = -Σ_i t_i log p_i,   L = -Σ_i (y_i log p_i + (1 - y_i) log (1 - p_i)),   means of these

The difference is tried for a free u and taken only if it is proved to be the derivative.
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.derivation.dependence import depends, paths, reached
from symderiv.derivation.meaning import tensor_of
from symderiv.derivation.proving import equal
from symderiv.derivation.rules.backward import sent_to
from symderiv.derivation.rules.problem import Problem, Rewriting, derivative_of, shape, times
from symderiv.equality.verdict import EVERYWHERE, Equal
from symderiv.expression.build import mul
from symderiv.expression.display import readable
from symderiv.expression.kinds import Kind
from symderiv.expression.substitution import fresh, substitute
from symderiv.expression.tree import Apply, Expr, Variable, walk

ACTIVATIONS = ("softmax", "sigmoid")
_SECONDS = 0.5


def loss_of_activation(p: Problem) -> Rewriting | None:
    """∂L/∂x = what u sends back to x for G = p - t."""
    if p.shape or not p.wrt:
        return None
    loss = _spelt_out(p.e)
    if not any(isinstance(node, Apply) and node.head == "log" for node in walk(loss)):
        return None
    for activation, form in _activations(loss):
        u = form.args[0]
        if not shape(u) or not _is_one_step(u, p.x):
            continue
        slope = _slope(loss, activation, form, p)
        after = None if slope is None else _sent(slope, u, p.x)
        if after is not None:
            name = "softmax" if form.head == "softmax" else "σ"
            reason = f"the loss and {name} together: the factors cancel"
            return Rewriting(after, reason, lemma=_lemma(u, p.x))
    return None


def _sent(slope: Expr, u: Expr, x: Variable) -> Expr | None:
    """What u sends back for the slope, a number below taken out."""
    if isinstance(slope, Apply) and slope.head == "div":
        above = sent_to(u, x, slope.args[0])
        return None if above is None else Apply("div", (above, slope.args[1]))
    return sent_to(u, x, slope)


def _lemma(u: Expr, x: Variable) -> tuple[Expr, Expr] | None:
    """What u sends back for a free G in the place of ∂L/∂u, which is proved already."""
    G = Variable("_upstream", Kind(shape=tuple(shape(u))))
    sent = None if u == x else sent_to(u, x, G)
    return None if sent is None else (derivative_of(Apply("sum", (Apply("hadamard", (G, u)),)), x), sent)


def _spelt_out(loss: Expr) -> Expr:
    return loss.definition if isinstance(loss, Variable) and loss.definition is not None else loss


def _activations(loss: Expr) -> Iterator[tuple[Expr, Apply]]:
    """The names of activations and the nameless ones in a loss, with what each is."""
    for node in dict.fromkeys(walk(loss)):
        form = node.definition if isinstance(node, Variable) else node
        if isinstance(form, Apply) and form.head in ACTIVATIONS and len(form.args) == 1:
            yield node, form


def _is_one_step(u: Expr, x: Variable) -> bool:
    return u == x or (depends(u, x) and not paths(u, x))


def _slope(loss: Expr, activation: Expr, form: Apply, p: Problem) -> Expr | None:
    """∂L/∂u, where it is proved for a free u to be a difference of the activation and a name."""
    z = Variable(fresh("z", p.taken), Kind(shape=tuple(shape(form))))
    plain = Apply(form.head, (z,), form.options)
    of_z = substitute(loss, {activation: plain})
    if depends(of_z, p.x):
        return None
    left = tensor_of(derivative_of(of_z, z))
    for guess in _guesses(plain, of_z):
        verdict = equal(left, tensor_of(guess), (), _SECONDS)
        if isinstance(verdict, Equal) and verdict.scope == EVERYWHERE:
            return substitute(guess, {plain: activation})
    return None


def _guesses(activation: Expr, loss: Expr) -> Iterator[Expr]:
    size = shape(activation)
    labels = (v for v in reached(loss) if v.definition is None and shape(v) == size and not v.kind.index)
    for t in sorted((v for v in labels if v not in reached(activation)), key=lambda v: v.name):
        total = times(Apply("sum", (t,)), activation)
        for first in (activation, total) if len(size) == 1 else (activation,):
            for pair in ((first, t), (t, first)):
                yield Apply("sub", pair)
                yield Apply("div", (Apply("sub", pair), readable(mul(*size))))
