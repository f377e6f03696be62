"""The letters that courses use: p for probabilities, h for a state, i, f, o for gates, δ going back."""

from __future__ import annotations

from collections.abc import Iterator, Set

from symderiv.derivation.rules.problem import shape
from symderiv.expression.substitution import fresh
from symderiv.expression.tree import Apply, Expr, Variable

_LETTERS = {
    "softmax": "p",
    "sigmoid": "s",
    "tanh": "h",
    "rnn_cell": "h",
    "gru_cell": "h",
    "exp": "e",
    "norm": "r",
    "sqrt": "r",
    **dict.fromkeys(("relu", "leaky_relu", "elu", "gelu", "silu", "swish", "softplus"), "a"),
    **dict.fromkeys(("layer_norm", "batch_norm", "rms_norm"), "y"),
}
_ARITHMETIC = frozenset("add sub mul matmul hadamard div kron sum mean".split())
_GATES = frozenset(("sigmoid", "tanh"))
_PARAMETERS = frozenset("WUVRwub")


def letter_of(part: Expr, forward: Set[Expr], taken: Set[str] = frozenset(), *, several: bool = False) -> str:
    """A name for a part of a result, none of those taken; numbered where several have the letter.

    What stands in the goal (``forward``) belongs to the forward pass; sums that don't are sent back: δ.
    """
    letter = _letter(part, forward)
    if len(shape(part)) == 2 and len(letter) == 1:
        letter = letter.upper()
    return fresh(f"{letter}1" if several else letter, set(taken))


def _letter(part: Expr, forward: Set[Expr]) -> str:
    if not isinstance(part, Apply):
        return "v"
    if part.head in _GATES and (gate := _gate(part)):
        return gate
    if part.head in _ARITHMETIC:
        return "z" if part in forward else "delta" if shape(part) else "s"
    return _LETTERS.get(part.head, "v")


def is_gate(part: Expr) -> bool:
    """Whether all parameters of a part end in one letter, as in ``sigmoid(Wi*x + Ui*h + bi)``."""
    return isinstance(part, Apply) and part.head in _GATES and bool(_gate(part))


def _gate(part: Apply) -> str:
    """The letter that the parameters of a gate end in."""
    names = {name.replace("_", "") for name in _parameters(part.args[0])}
    ends = [name[1:] for name in names if len(name) > 1 and name[0] in _PARAMETERS]
    plain = all(len(end) == 1 and end.isalpha() for end in ends)
    return ends[0] if len(ends) > 1 and plain and len(set(ends)) == 1 else ""


def _parameters(e: Expr) -> Iterator[str]:
    """The arrays in a sum of products, without those that a function is taken of."""
    if isinstance(e, Variable) and e.kind.shape:
        yield e.name
    elif isinstance(e, Apply) and e.head in _ARITHMETIC:
        for child in e.children:
            yield from _parameters(child)
