"""Operations that are linear in an argument: each entry that is read gives a delta, and deltas pick terms.

∂/∂X[m] Σ_a X[i + a] K[a]  =  Σ_a δ(i + a, m) K[a]
"""

from __future__ import annotations

from symderiv.derivation.rules.problem import Problem, Rewriting
from symderiv.expression.tree import ZERO, Apply, Binder, Cases, Expr, Index, Variable, transform, walk


def term_by_term(p: Problem, definition: Expr) -> tuple[Rewriting, ...]:
    """The definition with a delta in the place of each entry of x."""
    after = transform(definition, lambda node: _differentiated(node, p.x))
    if after == definition or any(_is_open(node) for node in walk(after)):
        return ()
    reason = f"each term is linear in {p.x.name}, and ∂{p.x.name}[a]/∂{p.x.name}[b] is 1 if a = b, else 0"
    return (Rewriting(after, reason, rule="linearity"),)


def _is_open(node: Expr) -> bool:
    return isinstance(node, Apply) and node.head == "diff"


def _differentiated(node: Expr, x: Variable) -> Expr:
    if not _is_open(node) or not isinstance(node, Apply):
        return node
    entry, by = node.args
    at = by.indices if isinstance(by, Index) else ()
    return _slope(entry, x, at) or node


def _slope(e: Expr, x: Variable, at: tuple[Expr, ...]) -> Expr | None:
    """The derivative of a formula that is linear in x; None of any other."""
    if e == x or (isinstance(e, Index) and e.base == x):
        return _deltas(e, at)
    if not any(node == x for node in walk(e)):
        return ZERO
    match e:
        case Binder(kind="sum"):
            body = _slope(e.body, x, at)
            return None if body is None else e.rebuild((body, *e.children[1:]))
        case Apply(head="add"):
            parts = [_slope(term, x, at) for term in e.args]
            kept = tuple(part for part in parts if part is not None and part != ZERO)
            return None if None in parts else kept[0] if len(kept) == 1 else Apply("add", kept)
        case Apply(head="mul" | "div" | "neg"):
            return _in_one_factor(e, x, at)
        case Cases(branches=((condition, value),), otherwise=rest) if rest == ZERO:
            slope = _slope(value, x, at)
            return None if slope is None else Cases(((condition, slope),), ZERO)
    return None


def _in_one_factor(e: Apply, x: Variable, at: tuple[Expr, ...]) -> Expr | None:
    moving = [k for k, factor in enumerate(e.args) if any(node == x for node in walk(factor))]
    if len(moving) != 1 or (e.head == "div" and moving != [0]):
        return None
    slope = _slope(e.args[moving[0]], x, at)
    if slope is None:
        return None
    return e.rebuild(tuple(slope if k == moving[0] else factor for k, factor in enumerate(e.args)))


def _deltas(read: Expr, at: tuple[Expr, ...]) -> Expr | None:
    if not isinstance(read, Index) or not at:
        return None
    factors = tuple(Apply("delta", pair) for pair in zip(read.indices, at, strict=True))
    return factors[0] if len(factors) == 1 else Apply("mul", factors)
