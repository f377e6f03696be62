"""The words in which a step says what an operation sends back: the rule's name, and why."""

from __future__ import annotations

from symderiv.derivation.dependence import depends
from symderiv.derivation.rules.functions import inside
from symderiv.derivation.rules.problem import shape
from symderiv.derivation.rules.quotients import is_length
from symderiv.expression.tree import Apply, Binder, Call, Expr, Variable, walk
from symderiv.operations import OPERATIONS

_SAID = {
    "add": ("linearity", "a sum sends δ back to each of its terms"),
    "sub": ("linearity", "a difference sends δ back to its first term, -δ to its second"),
    "neg": ("linearity", "a minus sign stays outside"),
    "pos": ("linearity", "a plus sign changes nothing in δ"),
    "hadamard": ("product rule", "u ⊙ v sends v ⊙ δ back to u, u ⊙ δ to v"),
    "div": ("quotient rule", "u/s sends δ/s back to u, -Σ δ ⊙ u/s² to s"),
    "transpose": ("linearity", "a transposition sends δᵀ back"),
    "flatten": ("linearity", "flatten keeps the entries: δ in the shape of what was flattened"),
    "reshape": ("linearity", "reshape keeps the entries: δ in the shape of what was reshaped"),
    "slice": ("linearity", "a slice sends δ back to its places, zeros to all others"),
    "take": ("linearity", "what is taken along an axis sends δ back to its place, zeros to all others"),
    "concat": ("linearity", "concat sends its stretch of δ back to each part"),
    "stack": ("linearity", "stack sends its row of δ back to each part"),
    "inv": ("product rule", "A inv(A) = 1, so inv(A)' = -inv(A) A' inv(A)"),
    "outer": ("product rule", "outer(u, v) sends δ v back to u, δᵀ u to v"),
    "sum": ("linearity", "a sum sends δ back to each entry that it adds up"),
    "mean": ("linearity", "a mean sends δ/n back to each entry"),
}

_IN_WORDS = {
    "attention": "P V of P = softmax(S) sends D = δ Vᵀ to P, which sends G = P ⊙ (D - the row sums of P ⊙ D) "
    "to the scores S = Q Kᵀ/√d; these send G K/√d to Q, Gᵀ Q/√d to K",
    "softmax": "p sends p ⊙ (δ - δᵀ p) back, by its Jacobian diag(p) - p pᵀ",
    "log_softmax": "it sends δ - (Σ δ) p back, by its Jacobian I - 1 pᵀ",
    "linear": "X Wᵀ + b sends δ W to X, δᵀ X to W, the sum of the rows of δ to b",
    "embedding": "each row of δ goes to the row that was looked up, where it is added to others",
    "dropout": "δ passes where the mask lets through, scaled by 1/(1 - p)",
    **dict.fromkeys(
        ("max_pool1d", "max_pool2d", "max_pool3d"), "each window sends its δ to its largest entry"
    ),
    **dict.fromkeys(
        ("avg_pool1d", "avg_pool2d", "avg_pool3d"), "each window sends its share of δ to all its entries"
    ),
    **dict.fromkeys(
        ("conv_transpose1d", "conv_transpose2d", "conv_transpose3d"),
        "it spreads X by K, so that what it sends to X is δ convolved with K",
    ),
}
"""What operations send back, where a formula alone doesn't say why."""


def said(u: Apply | Call, moving: tuple[int, ...]) -> tuple[str, str]:
    """The rule's name, and in words what u sends back to the arguments at these places."""
    if isinstance(u, Call):
        name = u.function.name
        return "chain rule", f"the chain rule through {name}, entry by entry: δ ⊙ {name}'"
    known = inside(u)
    match u:
        case Apply(head="div", args=(v, s)) if shape(v) and not shape(s) and is_length(s, v):
            return "quotient rule", "y = u/‖u‖, u over its norm, sends (δ - (yᵀ δ) y)/‖u‖ back to u"
    if known is None and u.head in ("mul", "matmul"):
        return "product rule", _product(u, moving)
    if known is None and u.head in _SAID:
        return _SAID[u.head]
    operation = OPERATIONS.get(u.head)
    kinks = f" ({operation.kinks})" if operation is not None and operation.kinks else ""
    if known is None:
        words = _IN_WORDS.get(u.head, "what it sends back")
        return "chain rule", f"the chain rule through {u.head}: {words}{kinks}"
    more = f", {known[2]}" if known[0] != u.args[0] else kinks
    return "chain rule", f"the chain rule through {u.head}: δ ⊙ f', entry by entry{more}"


_ARITHMETIC = {
    **dict.fromkeys(("add", "sub", "neg", "pos", "transpose", "sum", "mean"), "linearity"),
    **dict.fromkeys(("mul", "matmul", "hadamard"), "the product rule"),
    "div": "the quotient rule",
    "pow": "the power rule",
}


def rules_within(e: Expr, x: Variable) -> str:
    """What an entry is differentiated by: ``linearity, the product rule, the derivative of exp``."""
    heads = dict.fromkeys(node.head for node in walk(e) if isinstance(node, Apply) and depends(node, x))
    used = dict.fromkeys(_ARITHMETIC.get(head, f"the derivative of {head}") for head in heads)
    sums = any(isinstance(node, Binder) and node.kind == "sum" and depends(node, x) for node in walk(e))
    return ", ".join(dict.fromkeys((*(["linearity"] if sums else []), *used)))


def _product(u: Apply, moving: tuple[int, ...]) -> str:
    places = {k == len(u.args) - 1 for k in moving}
    if any(not shape(u.args[k]) for k in moving) or len(u.args) > 2 or len(places) > 1:
        return "each factor of a product gets δ, the other factors transposed round it"
    if places == {True}:
        return "A v sends Aᵀ δ back to v"
    return "A v sends δ vᵀ back to A"
