"""Σ_o G[o] J[o, x], for a Jacobian J written entry by entry; its deltas pick their terms."""

from __future__ import annotations

from collections.abc import Mapping

from symderiv.derivation.rules.problem import Shape, shape, times
from symderiv.expression.build import add
from symderiv.expression.parts import conjuncts
from symderiv.expression.printing.display import readable
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import (
    MINUS_ONE,
    ZERO,
    Apply,
    Binder,
    Cases,
    Expr,
    Index,
    Number,
    Variable,
    walk,
)


def contracted(form: Expr, G: Variable, wrt: Shape) -> Expr | None:
    """``[Σ_i G[i] J[i, k] for k in …]``, where ``form`` is J with an axis for each index.

    A factor ``delta(i, k)`` leaves of the sum over i the term i = k.
    """
    outputs, inputs = len(shape(G)), len(wrt)
    found = _opened(form, outputs + inputs)
    if found is None:
        return None
    letters, entry = found
    over, at = list(letters[:outputs]), letters[outputs:]
    sizes = dict(zip(letters, (*shape(G), *wrt), strict=True))
    factors = [Index(G, tuple(over)), *_factors(entry)]
    for name in tuple(over):
        partner = _partner(factors, name, sizes)
        if partner is not None:
            delta, other = partner
            factors = [substitute(f, {name: other}) for f in factors if f != delta]
            over.remove(name)
    body = times(*factors)
    for name in reversed(over):
        body = Binder("sum", body, name, ZERO, readable(add(sizes[name], MINUS_ONE)))
    for name in reversed(at):
        body = Binder("array", body, name, ZERO, readable(add(sizes[name], MINUS_ONE)))
    return body


def _opened(form: Expr, rank: int) -> tuple[tuple[Variable, ...], Expr] | None:
    """The index letters and the entry formula of nested entry formulas; None of anything else."""
    letters: list[Variable] = []
    while isinstance(form, Binder) and form.kind == "array" and len(letters) < rank:
        if form.lower != ZERO:
            return None
        letters.append(form.variable)
        form = form.body
    return (tuple(letters), form) if len(letters) == rank and len(set(letters)) == rank else None


def _factors(entry: Expr) -> list[Expr]:
    if isinstance(entry, Apply) and entry.head == "mul":
        return [factor for part in entry.args for factor in _factors(part)]
    match entry:
        case Cases(branches=((condition, value),), otherwise=Number(value=0)):
            same = conjuncts(condition)
            if all(isinstance(part, Apply) and part.head == "eq" for part in same):
                return [*(Apply("delta", part.children) for part in same), *_factors(value)]
    return [entry]


def _partner(factors: list[Expr], name: Variable, sizes: Mapping[Variable, Expr]) -> tuple[Expr, Expr] | None:
    """A factor ``delta(name, other)``, and the other index, where this runs over the same range."""
    for factor in factors:
        if isinstance(factor, Apply) and factor.head == "delta" and name in factor.args:
            other = factor.args[1] if factor.args[0] == name else factor.args[0]
            same = isinstance(other, Variable) and sizes.get(other) == sizes[name]
            if same and other != name and not _binds(factors, other):
                return factor, other
    return None


def _binds(factors: list[Expr], name: Expr) -> bool:
    nodes = (node for factor in factors for node in walk(factor))
    return any(isinstance(node, Binder) and node.variable == name for node in nodes)
