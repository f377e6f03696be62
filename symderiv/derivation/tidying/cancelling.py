"""What cancels at the end: the gradient of a loss after its activation is ``p - t``, guessed and proved.

The product of the two derivatives is long, and its short form is not found by rewriting alone: the
probabilities that stand in it, minus the labels, are tried, and kept only if they are proved equal.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeGuard

from symderiv.derivation.dependence import reached
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.meaning.shapes import shape_of
from symderiv.derivation.proof import limits
from symderiv.derivation.proof.lines import equal
from symderiv.derivation.proof.monomials import as_multiple, shortened
from symderiv.derivation.proof.sameness import numbered
from symderiv.derivation.tidying.tidying import tidy
from symderiv.equality.conditions.condition import holds
from symderiv.equality.verdict import Equal
from symderiv.expression.build import mul
from symderiv.expression.expansion import terms
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.display import readable
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import ONE, ZERO, Apply, Binder, Expr, Number, Variable, walk

_SECONDS = 1.5
_MAX_TERMS = 3000  # written out: a guess is not worth a look at more
_ACTIVATIONS = ("softmax", "sigmoid")
_FUNCTIONS = frozenset((*_ACTIVATIONS, "tanh", "relu", "heaviside", "gelu", "silu", "softplus", "erf"))
_SUMS = ("add", "sub", "neg", "hadamard")
_TRIES = 4


def cancelled(tree: Expr, facts: tuple[Expr, ...] = ()) -> tuple[Expr, Expr] | None:
    """A part of a gradient, and ``p - t`` that it is equal to; ``p`` for ``sum(t)*p`` where Σ t = 1."""
    for node in walk(tree):
        if isinstance(node, Apply) and node.head == "div" and node.args[0] == node.args[1]:
            size = tuple(map(readable, shape_of(node)))
            return node, Apply("ones", size) if size else ONE
    short = shortened(tree)
    if short is not None:
        return short
    with limits.one_search():
        return _guessed(tree, facts)


def _guessed(tree: Expr, facts: tuple[Expr, ...]) -> tuple[Expr, Expr] | None:
    for part in _candidates(tree):
        for guess in (*_differences(part), *(_sums_of_one(part, facts) if part == tree else ())):
            if _is_shorter(guess, part) and _is_equal(part, guess, facts):
                return part, guess
        multiple = as_multiple(part)
        for guess in _differences(multiple[0]) if multiple else ():
            if multiple and _is_equal(multiple[0], guess, facts):
                return part, Apply("mul", (guess, multiple[1]))
    return None


def _is_shorter(guess: Expr, part: Expr) -> bool:
    """A guess that isn't would be taken back by the next: p - q and Σ q p - q of two softmaxes."""
    return sum(1 for _ in walk(guess)) < sum(1 for _ in walk(part))


def _candidates(tree: Expr) -> list[Expr]:
    """The tree, and the parts of it in which a loss and its activation may meet."""
    parts = (node for node in walk(tree) if isinstance(node, Apply) and node.head in _SUMS)
    return [tree, *[part for part in dict.fromkeys(parts) if part != tree and _meet(part)][:_TRIES]]


def _meet(part: Expr) -> bool:
    """Whether 1/p or 1 - p stands there, as the derivative of a logarithm of p leaves it."""
    for node in walk(part):
        match node:
            case Apply(head="div", args=(_, below)) if any(map(_is_activation, walk(below))):
                return True
            case Apply(head="sub", args=(Number(value=1), p)) if _is_activation(p):
                return True
    return False


def cancelled_inside(node: Apply, facts: tuple[Expr, ...] = ()) -> Expr | None:
    """``vjp(u, x, p - t)`` for a long G in which p = σ(u) or softmax(u) stands, ``jacobian(p - t, x)``."""
    if node.head == "vjp" and _follows_activation(*node.args):
        place = 2
    elif node.head == "jacobian" and _meet(node.args[0]):
        place = 0
    else:
        return None
    found = cancelled(node.args[place], facts)
    if found is None:
        return None
    short = substitute(node.args[place], dict((found,)))
    return Apply(node.head, (*node.args[:place], short, *node.args[place + 1 :]))


def _follows_activation(u: Expr, x: Expr, G: Expr) -> bool:
    return any(_is_activation(part) and _form(part).args == (u,) for part in walk(G))


def _form(activation: Expr) -> Apply:
    form = activation.definition if isinstance(activation, Variable) else activation
    assert isinstance(form, Apply)
    return form


def sum_of_one(tree: Expr, facts: tuple[Expr, ...]) -> tuple[Expr, Expr] | None:
    """The first product with Σ t as a factor, and what it is where Σ t = 1."""
    ones = {numbered(fact.children[0]) for fact in facts if _says_one(fact)}
    rows = {numbered(fact.body.children[0]) for fact in facts if _says_ones(fact)}
    for node in walk(tree):
        if isinstance(node, Apply) and node.head == "mul":
            kept = tuple(factor for factor in node.args if not _is_one(factor, ones, facts))
            if _are_ones(node, rows):
                return node, Apply("ones", tuple(map(readable, shape_of(node))))
            if 0 < len(kept) < len(node.args):
                return node, kept[0] if len(kept) == 1 else Apply("mul", kept)
    return None


def _says_ones(fact: Expr) -> TypeGuard[Binder]:
    return isinstance(fact, Binder) and fact.kind == "forall" and _says_one(fact.body)


def _are_ones(node: Apply, rows: set[Expr]) -> bool:
    """Whether a product is ``sum(T, axis=1)*ones(c).T`` for a T whose rows sum to 1 by a fact."""
    match node.args:
        case (Apply(head="sum") as sums, Apply(head="transpose", args=(Apply(head="ones"),))) if rows:
            t = tensor_of(sums)
            return any(numbered(t.formula(*free)) in rows for free in _free_index_of(rows, t.rank))
    return False


def _free_index_of(rows: set[Expr], rank: int) -> list[tuple[Variable, ...]]:
    found = {v for row in rows for v in free_variables(row) if v.kind.index}
    return [(v,) for v in found] if rank == 1 else []


def _says_one(fact: Expr) -> bool:
    return isinstance(fact, Apply) and fact.head == "eq" and fact.args[1] == ONE


def _is_one(factor: Expr, ones: set[Expr], facts: tuple[Expr, ...]) -> bool:
    """Whether a factor is ``sum(t)`` for a t of which a fact says that it sums to 1, or for a softmax."""
    if not isinstance(factor, Apply) or factor.head != "sum" or len(factor.args) != 1 or factor.options:
        return False
    summed = factor.args[0]
    if isinstance(summed, Variable) and summed.definition is not None:
        summed = summed.definition
    match summed:
        case Apply(head="softmax") as p:
            return len(shape_of(p)) == 1
        case Apply(head="one_hot", args=(k, n)):
            at, size = tensor_of(k).value, tensor_of(n).value
            return holds(Apply("le", (ZERO, at)), facts) is holds(Apply("lt", (at, size)), facts) is True
    return isinstance(factor.args[0], Variable) and numbered(tensor_of(factor).value) in ones


def _is_equal(tree: Expr, guess: Expr, facts: tuple[Expr, ...]) -> bool:
    """Whether a guess is proved right; one that leaves out a name of the tree is not looked at."""
    if not _inputs(tree) <= _inputs(guess):
        return False
    left, right = map(tensor_of, _of_letters(tree, guess))
    if left.shape != right.shape or terms(left.value) + terms(right.value) > _MAX_TERMS:
        return False
    return isinstance(equal(left, right, facts, _SECONDS), Equal)


def _of_letters(*trees: Expr) -> tuple[Expr, ...]:
    """Both with a letter for what an activation is taken of: p - t is right for any logits, or no guess."""
    if any(name.definition is not None for tree in trees for name in free_variables(tree)):
        return trees
    activations = [node for tree in trees for node in walk(tree) if _is_activation(node)]
    inner = {node.args[0] for node in activations if isinstance(node, Apply) and not node.options}
    letters: dict[Expr, Expr] = {
        u: Variable(f"·u{k}", Kind(shape=shape_of(u)))
        for k, u in enumerate(sorted((u for u in inner if isinstance(u, Apply)), key=str))
    }
    return tuple(substitute(tree, letters) for tree in trees)


def _inputs(tree: Expr) -> set[Variable]:
    """The names on which a tree rests, behind others."""
    return {name for name in reached(tree) if name.definition is None}


def _differences(tree: Expr) -> list[Expr]:
    """``softmax(z) - t`` for each activation in the tree and each name of its shape outside it."""
    nodes = list(walk(tree))
    if len(nodes) < 10 or isinstance(tree, Variable):
        return []
    found = dict.fromkeys(n for n in nodes if _is_activation(n) and _free(n))
    if len(_outermost(tree)) > 2:  # in p - t no function is left but p, and t if it is one
        return []
    if not _may_cancel(tree, found):
        return []
    outside = substitute(tree, dict.fromkeys(found, ONE))
    names = sorted((v for v in free_variables(outside) if _is_label(v)), key=lambda v: v.name)
    labels: list[Expr] = [*names, *found]
    size = shape_of(tree)
    pairs = [
        (activation, label)
        for activation in found
        if shape_of(activation) == size
        for label in labels
        if shape_of(label) == size and label not in (activation, *free_variables(activation))
    ]
    plain: list[Expr] = [Apply("sub", ordered) for pair in pairs for ordered in (pair, pair[::-1])]
    if not size:
        return plain
    entries = readable(mul(*size))
    return [*plain, *(_weighed(*pair) for pair in pairs), *_divided(tree, plain, entries)]


def _may_cancel(tree: Expr, activations: Iterable[Expr]) -> bool:
    """Whether an activation divides, or none is multiplied by itself, as in σ (1 - σ)."""
    activations = list(activations)
    products = []
    for node in walk(tree):
        if isinstance(node, Apply) and node.head == "div" and _stands_in(node.args[1], activations):
            return True
        if isinstance(node, Apply) and node.head in ("mul", "hadamard"):
            products.append([set(walk(factor)) for factor in node.args])
    return not any(sum(p in factor for factor in factors) > 1 for factors in products for p in activations)


def _stands_in(tree: Expr, activations: Iterable[Expr]) -> bool:
    """Whether one of them stands in a tree, by itself or behind its name."""
    forms = {_form(activation) for activation in activations}
    return any(_is_activation(node) and _form(node) in forms for node in walk(tree))


def _outermost(tree: Expr) -> set[Expr]:
    """The functions that stand in no other one."""
    if isinstance(tree, Apply) and tree.head in _FUNCTIONS:
        return {tree}
    return set().union(*map(_outermost, tree.children))


def _divided(tree: Expr, plain: list[Expr], entries: Expr) -> list[Expr]:
    """``(p - t)/N``, where N stands in the tree."""
    over = [entries] if any(node == entries for node in walk(tree)) else []
    return [Apply("div", (difference, below)) for difference in plain for below in over]


def _weighed(activation: Expr, label: Expr) -> Expr:
    """``sum(t)*p - t``: what p - t is for labels with any sum."""
    return Apply("sub", (Apply("mul", (Apply("sum", (label,)), activation)), label))


def _is_activation(node: Expr) -> bool:
    form = node.definition if isinstance(node, Variable) else node
    return isinstance(form, Apply) and form.head in _ACTIVATIONS


def _free(node: Expr) -> bool:
    """An activation of names alone, not of an index that is bound outside."""
    return not any(v.kind.index for v in free_variables(node))


def _is_label(v: Variable) -> bool:
    return v.definition is None and not v.kind.index and not v.kind.function


def _sums_of_one(tree: Expr, facts: tuple[Expr, ...]) -> list[Expr]:
    """The tree with a sum put to 1."""
    if not facts:
        return []
    sums = [
        n
        for n in walk(tree)
        if isinstance(n, Apply) and n.head == "sum" and len(n.args) == 1 and not n.options
    ]
    return [tidy(substitute(tree, {n: ONE})) for n in dict.fromkeys(sums)]
