"""The letters that courses use: p for probabilities, h for a state, i, f, o for gates, δ going back."""

from __future__ import annotations

from collections.abc import Iterator, Set

from symderiv.derivation.vocabulary import shape
from symderiv.expression.substitution import fresh
from symderiv.expression.tree import Apply, Expr, Index, Number, Variable, walk

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
    **dict.fromkeys(("affine", "linear", "conv1d", "conv2d", "conv3d", "attention"), "z"),
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
        return "m"
    if part.head in _GATES and (gate := _gate(part)):
        return gate
    if is_state(part):
        return "c"
    if _is_jacobian(part):
        return "J"
    if part.head in _ARITHMETIC:
        back = "delta_c" if any(map(_is_tanh_of_state, walk(part))) else "delta"
        return "z" if part in forward else back if shape(part) else "s"
    return _LETTERS.get(part.head, "v")


def _is_jacobian(part: Apply) -> bool:
    """``diag(p) - p pᵀ`` and the like: a matrix by which rows are multiplied, not something sent back."""
    return part.head in ("add", "sub") and any(isinstance(a, Apply) and a.head == "diag" for a in part.args)


def is_gate(part: Expr) -> bool:
    """Whether a part is a gate: its parameters end in one letter, or it is taken of one block of them."""
    return isinstance(part, Apply) and part.head in _GATES and bool(_gate(part))


def is_state(part: Expr) -> bool:
    """``f ⊙ c + i ⊙ g``: a state that gates let through."""
    if not isinstance(part, Apply) or part.head != "add":
        return False
    return all(isinstance(term, Apply) and term.head == "hadamard" for term in part.args) and any(
        is_gate(factor) and isinstance(factor, Apply) and factor.head == "sigmoid"
        for term in part.args
        for factor in term.children
    )


def _is_tanh_of_state(node: Expr) -> bool:
    return isinstance(node, Apply) and node.head == "tanh" and is_state(node.args[0])


def sent_to_gates(tree: Expr) -> dict[Expr, str]:
    """What goes back to each gate of a cell, where they stand in a stack: ``delta_i``, ``delta_f``, …"""
    stacks = (n for n in walk(tree) if isinstance(n, Apply) and n.head == "stack" and len(n.args) in _BLOCKS)
    return {
        part: f"delta_{gate}"
        for stack in stacks
        for part, gate in zip(stack.args, _BLOCKS[len(stack.args)], strict=True)
    }


_BLOCKS = {4: "ifgo", 3: "rzg"}
"""The gates of an LSTM and of a GRU cell in the order in which their parameters are stacked."""


def _gate(part: Apply) -> str:
    """The letter of a gate: of the block that it is taken of, or the one that its parameters end in."""
    blocks = set(_blocks(part.args[0]))
    if len(blocks) == 1:
        return blocks.pop()
    names = {name.replace("_", "") for name in _parameters(part.args[0])}
    ends = [name[1:] for name in names if len(name) > 1 and name[0] in _PARAMETERS]
    plain = all(len(end) == 1 and end.isalpha() for end in ends)
    return ends[0] if len(ends) > 1 and plain and len(set(ends)) == 1 else ""


def _blocks(e: Expr) -> Iterator[str]:
    """The letter of ``reshape(a, 4, n)[k]``, the block k of what the gates of a cell are taken of."""
    match e:
        case Index(
            base=Apply(head="reshape", args=(_, Number(value=int(count)), _)),
            indices=(Number(value=int(k)),),
        ) if count in _BLOCKS and 0 <= k < count:
            yield _BLOCKS[count][k]
        case Apply() if e.head in _ARITHMETIC:
            for child in e.children:
                yield from _blocks(child)


def _parameters(e: Expr) -> Iterator[str]:
    """The arrays in a sum of products, without those that a function is taken of."""
    if isinstance(e, Variable) and e.kind.shape:
        yield e.name
    elif isinstance(e, Apply) and e.head in _ARITHMETIC:
        for child in e.children:
            yield from _parameters(child)
