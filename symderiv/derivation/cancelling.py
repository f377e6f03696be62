"""What cancels at the end: the gradient of a loss after its activation is ``p - t``, guessed and proved.

The product of the two derivatives is long, and its short form is not found by rewriting alone: the
probabilities that stand in it, minus the labels, are tried, and kept only if they are proved equal.
"""

from __future__ import annotations

from symderiv.derivation.meaning import tensor_of
from symderiv.derivation.proving import equal
from symderiv.derivation.sameness import numbered
from symderiv.derivation.tidying import tidy
from symderiv.equality.verdict import Equal
from symderiv.expression.build import mul
from symderiv.expression.display import readable
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import ONE, Apply, Expr, Variable, walk

_SECONDS = 1.5
_ACTIVATIONS = ("softmax", "sigmoid")


def cancelled(tree: Expr, facts: tuple[Expr, ...] = ()) -> Expr | None:
    """``p - t`` for a long gradient that is equal to it, and ``p`` for ``sum(t)*p`` where Σ t = 1."""
    tried = (*_differences(tree), *_factored(tree), *_sums_of_one(tree, facts))
    return next((guess for guess in tried if guess != tree and _is_equal(tree, guess, facts)), None)


def sum_of_one(tree: Expr, facts: tuple[Expr, ...]) -> tuple[Expr, Expr] | None:
    """The first product with Σ t as a factor, and what it is where Σ t = 1."""
    ones = {numbered(fact.children[0]) for fact in facts if _says_one(fact)}
    for node in walk(tree) if ones else ():
        if isinstance(node, Apply) and node.head == "mul":
            kept = tuple(factor for factor in node.args if not _is_one(factor, ones))
            if 0 < len(kept) < len(node.args):
                return node, kept[0] if len(kept) == 1 else Apply("mul", kept)
    return None


def _says_one(fact: Expr) -> bool:
    return isinstance(fact, Apply) and fact.head == "eq" and fact.args[1] == ONE


def _is_one(factor: Expr, ones: set[Expr]) -> bool:
    """Whether a factor is ``sum(t)`` for a t of which a fact says that it sums to 1."""
    if not isinstance(factor, Apply) or factor.head != "sum" or len(factor.args) != 1:
        return False
    return isinstance(factor.args[0], Variable) and numbered(tensor_of(factor).value) in ones


def _is_equal(tree: Expr, guess: Expr, facts: tuple[Expr, ...]) -> bool:
    left, right = tensor_of(tree), tensor_of(guess)
    return left.shape == right.shape and isinstance(equal(left, right, facts, _SECONDS), Equal)


def _differences(tree: Expr) -> list[Expr]:
    """``softmax(z) - t`` for each activation in the tree and each name of its shape."""
    nodes = list(walk(tree))
    if len(nodes) < 10 or isinstance(tree, Variable):
        return []
    found = dict.fromkeys(n for n in nodes if _is_activation(n) and _free(n))
    labels = sorted((v for v in free_variables(tree) if _is_label(v)), key=lambda v: v.name)
    size = tensor_of(tree).shape
    pairs = [
        (activation, label)
        for activation in found
        if tensor_of(activation).shape == size
        for label in labels
        if tensor_of(label).shape == size and label not in free_variables(activation)
    ]
    plain: list[Expr] = [Apply("sub", pair) for pair in pairs]
    if not size:
        return plain
    entries = readable(mul(*size))
    return [*plain, *(_weighed(*pair) for pair in pairs), *(Apply("div", (p, entries)) for p in plain)]


def _factored(tree: Expr) -> list[Expr]:
    """``(p - t) x`` for a product whose last factors have no activation in them."""
    if not isinstance(tree, Apply) or tree.head != "mul":
        return []
    last = len(tree.args)
    while last and not any(map(_is_activation, walk(tree.args[last - 1]))):
        last -= 1
    if not 1 < last < len(tree.args):
        return []
    first = Apply("mul", tree.args[:last])
    return [Apply("mul", (guess, *tree.args[last:])) for guess in _differences(first)]


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
    """The tree with a sum over a name put to 1."""
    if not facts:
        return []
    sums = [n for n in walk(tree) if isinstance(n, Apply) and n.head == "sum" and len(n.args) == 1]
    return [tidy(substitute(tree, {n: ONE})) for n in dict.fromkeys(sums) if isinstance(n.args[0], Variable)]
