"""Operations that are made of others are written out first: the chain rule then crosses each of these.

    group_norm(X, G)   a batch norm of X in groups
    attention(Q, K, V, scale=t)   attention(t Q, K, V, scale=1), for a derivative by t

Equal functions have equal derivatives: the two sides are proved equal for letters in the place of the arrays.
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.derivation.dependence import depends
from symderiv.derivation.rules.closed_forms import argument_of
from symderiv.derivation.rules.problem import Problem, Rewriting, derivative_of, operation_of, shape
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.display import readable
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import ONE, Apply, Expr, Sequence, Text, Variable, transform, walk
from symderiv.operations import OPERATIONS

Written = tuple[Expr, tuple[Expr, Expr], str]
"""The operation in other words, both sides for letters, and what is said."""


def composed(p: Problem) -> Rewriting | None:
    """∂e/∂x with what depends on x written out; not of an operation that states its own Jacobian at x."""
    if p.shape and p.wrt and _states_its_own(p):
        return None
    found = dict(_found(p.e, p.x))
    if not found:
        return None
    after = transform(p.e, lambda node: found[node][0] if node in found else node)
    lemma = tuple(dict.fromkeys(pair for _, pair, _ in found.values()))
    said = "; ".join(dict.fromkeys(reason for _, _, reason in found.values()))
    return Rewriting(derivative_of(after, p.x), said, lemma=lemma)


def _states_its_own(p: Problem) -> bool:
    known = operation_of(p.e)
    return known is not None and argument_of(*known, p.x) in known[0].jacobians


def _found(e: Expr, x: Variable) -> Iterator[tuple[Expr, Written]]:
    for node in walk(e):
        written = written_by_others(node, x)
        if written is not None:
            yield node, written


def written_by_others(u: Expr, x: Variable) -> Written | None:
    """u = f(a) by what f is made of, where a depends on x."""
    if not isinstance(u, Apply) or not depends(u, x):
        return None
    if u.head == "attention":
        return _by_its_scale(u, x)
    operation = OPERATIONS.get(u.head)
    if operation is None or operation.made_of is None:
        return None
    letters = _letters(u)
    plain = substitute(u, {a: letter for letter, a in letters.items()}) if letters else u
    assert isinstance(plain, Apply)
    form = operation.made_of(*operation.bind(plain.args, plain.options))
    if form is None:
        return None
    form = readable(form)
    return substitute(form, dict(letters.items())), (plain, form), f"the definition of {u.head}"


def _letters(u: Apply) -> dict[Variable, Expr]:
    """A letter for each array that an operation is taken of."""
    arrays = (a for a in dict.fromkeys(u.children) if not isinstance(a, (Sequence, Text)) and shape(a))
    return {Variable(f"·{k}", Kind(shape=tuple(shape(a)))): a for k, a in enumerate(arrays)}


def _by_its_scale(u: Apply, x: Variable) -> Written | None:
    """softmax(t Q Kᵀ) V, as an attention of t Q."""
    scale = dict(u.options).get("scale")
    if scale is None or not depends(scale, x) or len(u.args) != 3:
        return None
    Q, K, V = u.args
    letters = [Variable(f"·{k}", Kind(shape=tuple(shape(a)))) for k, a in enumerate((Q, K, V))]
    t = Variable("·t")
    said = "the scale is a factor of the queries: softmax(t Q Kᵀ) V for the queries t Q"
    rest = tuple((name, value) for name, value in u.options if name != "scale")

    def both(a: tuple[Expr, ...], by: Expr, others: tuple[tuple[str, Expr], ...]) -> tuple[Expr, Expr]:
        scaled = Apply("attention", (Apply("mul", (by, a[0])), *a[1:]), (*others, ("scale", ONE)))
        return Apply("attention", a, (*others, ("scale", by))), scaled

    lettered = tuple(
        (name, Variable(f"·{name}", Kind(shape=tuple(shape(value)))) if shape(value) else value)
        for name, value in rest
    )
    return both((Q, K, V), scale, rest)[1], both(tuple(letters), t, lettered), said
