"""Valid, same and full mixed up."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import Apply, Expr, Text
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, option, with_arg, with_option

_MODES = ("valid", "same", "full")


def _other_mode(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, Apply) or node.head not in ("correlate", "convolve"):
        return
    named = option(node, "mode")
    now = named if named is not None else node.args[2] if len(node.args) > 2 else Text("full")
    for mode in _MODES:
        if now != Text(mode):
            if named is not None:
                yield with_option(node, "mode", Text(mode))
            elif len(node.args) > 2:
                yield with_arg(node, 2, Text(mode))
            else:
                yield Apply(node.head, (*node.args, Text(mode)), node.options)


PATTERN = Misconception(
    "mode-mixed",
    "Valid, same and full are mixed up: count the entries that the result must have.",
    at_nodes(_other_mode),
    Example(("x: vector(4)", "w: vector(2)"), "convolve(x, w, 'valid')", "convolve(x, w, 'full')"),
)
