"""The words in which a step says what an operation sends back: the rule's name, and why."""

from __future__ import annotations

from symderiv.derivation.dependence import depends
from symderiv.derivation.rules.functions import inside
from symderiv.derivation.rules.problem import shape
from symderiv.derivation.rules.quotients import is_length
from symderiv.expression.tree import Apply, Binder, Call, Cases, Expr, Variable, walk
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
    "vec": ("linearity", "vec keeps the entries: δ in the shape of what was written in a row"),
    "kron": (
        "product rule",
        "a ⊗ b sends the blocks of δ to their entries of a, weighed by b; to b their sum, weighed by a",
    ),
    "slice": ("linearity", "a slice sends δ back to its places, zeros to all others"),
    "take": ("linearity", "what is taken along an axis sends δ back to its place, zeros to all others"),
    "concat": ("linearity", "concat sends its stretch of δ back to each part"),
    "stack": ("linearity", "stack sends its row of δ back to each part"),
    "inv": ("product rule", "A inv(A) = 1, so inv(A)' = -inv(A) A' inv(A)"),
    "outer": ("product rule", "outer(u, v) sends δ v back to u, δᵀ u to v"),
    "sum": ("linearity", "a sum sends δ back to each entry that it adds up"),
    "mean": ("linearity", "a mean sends δ/n back to each entry"),
}

_CONVOLVED = (
    "each output spreads its δ over the window that it read, weighed by the kernel",
    "∂H[i]/∂K[a] is the entry of the input that K[a] met at i, so that δ is correlated with the input",
    "the bias stands in each output of its channel once, so that it gets the sum of their δ",
)
_SPREAD = (
    "it spreads X by K, so that what it sends to X is δ convolved with K",
    "X[i] K[a] is added to the output s i + a, so that K[a] gets each X[i] times the δ there",
    _CONVOLVED[2],
)
_NORMALISED = (
    "δ/σ through x itself, -mean(δ)/σ through the mean, -y mean(y ⊙ δ)/σ through the deviation, "
    "where δ has the factor γ already and y is what is normalised",
    "γ is a factor of the normalised y: the sum of y ⊙ δ over all that share it",
    "β is added: the sum of δ over all that share it",
)
_AXES = ("1d", "2d", "3d")

_IN_WORDS: dict[str, str | tuple[str, ...]] = {
    "affine": "W x + b sends δ xᵀ to W, Wᵀ δ to x, δ to b",
    "attention": "P V of P = softmax(S) sends Pᵀ δ to V and D = δ Vᵀ to P, which sends G = P ⊙ (D - the row "
    "sums of P ⊙ D) to the scores S = Q Kᵀ/√d; these send G K/√d to Q, Gᵀ Q/√d to K",
    "softmax": "p sends p ⊙ (δ - δᵀ p) back, by its Jacobian diag(p) - p pᵀ",
    "log_softmax": "it sends δ - (Σ δ) p back, by its Jacobian I - 1 pᵀ",
    "linear": "X Wᵀ + b sends δ W to X, δᵀ X to W, the sum of the rows of δ to b",
    "embedding": "each row of δ goes to the row that was looked up, where it is added to others",
    "embedding_bag": "each bag sends its share of δ to the rows that it read",
    "dropout": "δ passes where the mask lets through, scaled by 1/(1 - p)",
    "reparameterise": "mu + sigma ⊙ eps sends δ to mu, eps ⊙ δ to sigma, sigma ⊙ δ to eps",
    "rnn_cell": "h' = tanh(a) sends D = δ ⊙ (1 - h' ⊙ h') to a = W x + U h + b, which sends Wᵀ D to x, "
    "Uᵀ D to h, D xᵀ to W, D hᵀ to U, D to b",
    "glu": "a ⊙ σ(b) sends σ(b) ⊙ δ to a, a ⊙ σ(b) ⊙ (1 - σ(b)) ⊙ δ to b",
    "max": "δ goes to what is the largest",
    "min": "δ goes to what is the smallest",
    "rope": "each pair was turned by an angle: its δ is turned back",
    **dict.fromkeys(
        ("upsample_nearest1d", "upsample_nearest2d"), "each entry is sent the sum over its copies"
    ),
    "pixel_shuffle": "each δ goes back to the channel and the pixel that it came from",
    "unfold": "each entry is sent the sum over the columns that it was copied to",
    "fold": "each entry of a column is sent the δ of the place that it was added to",
    **dict.fromkeys(("batch_norm", "layer_norm", "instance_norm"), _NORMALISED),
    "rms_norm": (
        "δ/r through x itself, -y mean(y ⊙ δ)/r through r = √(mean x² + ε), with y = x/r",
        *_NORMALISED[1:],
    ),
    **dict.fromkeys((f"max_pool{n}" for n in _AXES), "each window sends its δ to its largest entry"),
    **dict.fromkeys((f"avg_pool{n}" for n in _AXES), "each window sends its share of δ to all its entries"),
    **dict.fromkeys(
        (f"lp_pool{n}" for n in _AXES), "a window's y sends (x/y)^(p-1) δ to each of its entries x"
    ),
    **dict.fromkeys((f"conv{n}" for n in _AXES), _CONVOLVED),
    **dict.fromkeys((f"conv_transpose{n}" for n in _AXES), _SPREAD),
}
"""What operations send back, where a formula alone doesn't say why; for each argument, or all in one."""


def in_words(u: Apply, x: Variable) -> str:
    """What u sends back to its arguments that depend on x."""
    words = _IN_WORDS.get(u.head)
    if isinstance(words, str):
        return words
    operation = OPERATIONS.get(u.head)
    if words is None or operation is None:
        return "what it sends back" if shape(u) else "δ times its gradient"
    bound = zip(operation.bind(u.args, u.options), words, strict=False)
    return "; ".join(said for a, said in bound if isinstance(a, Expr) and depends(a, x))


def said(u: Apply | Call, x: Variable) -> tuple[str, str]:
    """The rule's name, and in words what u sends back to the arguments that depend on x."""
    if isinstance(u, Call):
        name = u.function.name
        return "chain rule", f"the chain rule through {name}, entry by entry: δ ⊙ {name}'"
    known = inside(u)
    match u:
        case Apply(head="div", args=(v, s)) if shape(v) and not shape(s) and is_length(s, v):
            return "quotient rule", "y = u/‖u‖, u over its norm, sends (δ - (yᵀ δ) y)/‖u‖ back to u"
    if known is None and u.head in ("mul", "matmul"):
        return "product rule", _product(u, tuple(k for k, a in enumerate(u.children) if depends(a, x)))
    if known is None and u.head in _SAID:
        return _SAID[u.head]
    operation = OPERATIONS.get(u.head)
    kinks = f" ({operation.kinks})" if operation is not None and operation.kinks else ""
    if known is None:
        return "chain rule", f"the chain rule through {u.head}: {in_words(u, x)}{kinks}"
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
    moving = [node for node in walk(e) if depends(node, x)]
    sums = any(isinstance(node, Binder) and node.kind == "sum" for node in moving)
    cases = any(isinstance(node, Cases) for node in moving)
    used = (_rule(node, x) for node in moving if isinstance(node, Apply) and node.head not in _COMPARISONS)
    first = (*(["cases"] if cases else []), *(["linearity"] if sums else []))
    return ", ".join(dict.fromkeys((*first, *used)))


_COMPARISONS = frozenset("lt le gt ge eq ne and or not".split())


def _rule(node: Apply, x: Variable) -> str:
    """The rule of one operation; a constant factor, or a constant below, stays outside."""
    constant = sum(not depends(arg, x) for arg in node.args)
    outside = {"mul": constant == len(node.args) - 1, "div": not depends(node.args[-1], x)}
    if outside.get(node.head, False):
        return "linearity"
    head = f"{node.args[0].head}'" if node.head == "primed" and isinstance(node.args[0], Apply) else node.head
    return _ARITHMETIC.get(head, f"the derivative of {head}")


def _product(u: Apply, moving: tuple[int, ...]) -> str:
    places = {k == len(u.args) - 1 for k in moving}
    if any(not shape(u.args[k]) for k in moving) or len(u.args) > 2 or len(places) > 1:
        return "each factor of a product gets δ, the other factors transposed round it"
    if places == {True}:
        return "A v sends Aᵀ δ back to v"
    return "A v sends δ vᵀ back to A"
