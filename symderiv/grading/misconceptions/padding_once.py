"""Padding counted once instead of on both sides, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import ZERO, Apply, Expr, Number, Variable
from symderiv.grading.misconceptions.integers import is_whole
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, nodes_of, option, with_arg, with_option

_SUM = ("add", "sub", "neg")


def _forms(tree: Expr) -> Iterator[Expr]:
    yield from at_nodes(_unpadded)(tree)
    if any(_is_size(node) for node in nodes_of(tree)):
        yield from at_nodes(_once)(tree)


def _unpadded(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Apply) and option(node, "padding") is not None:
        yield with_option(node, "padding", None)


def _once(node: Expr) -> Iterator[Expr]:
    """Of a sum of sizes the ``2 p``; elsewhere a 2 is no two sides."""
    if isinstance(node, Apply) and node.head in _SUM:
        for place, term in enumerate(node.args):
            yield from (with_arg(node, place, less) for less in _one_side(term))


def _is_size(node: Expr) -> bool:
    """Is this a sum like n + 2 p - k: three terms or more, some of them taken away?"""
    signs = [sign for sign, _ in _terms(node)]
    return len(signs) > 2 and len(set(signs)) == 2


def _terms(node: Expr, sign: int = 1) -> Iterator[tuple[int, Expr]]:
    """The terms of a sum with their signs."""
    if not isinstance(node, Apply) or node.head not in _SUM:
        is_less = isinstance(node, Apply) and node.head == "mul" and _is_negative(node.args[0])
        yield (-sign if is_less or _is_negative(node) else sign), node
        return
    for place, term in enumerate(node.args):
        turned = node.head == "neg" or (node.head == "sub" and place == 1)
        yield from _terms(term, -sign if turned else sign)


def _is_negative(node: Expr) -> bool:
    return isinstance(node, Number) and node.value < 0


def _one_side(term: Expr) -> Iterator[Expr]:
    if isinstance(term, Apply) and term.head == "mul" and len(term.args) == 2:
        twice, other = term.args
        is_size = isinstance(other, Variable | Number) and is_whole(other)
        if is_size and isinstance(twice, Number) and abs(twice.value) == 2:
            yield other if twice.value > 0 else Apply("mul", (Number(-1), other))
            yield ZERO


PATTERN = Misconception(
    "padding-once",
    "Padding is added on both sides: here it is counted once, or not at all.",
    _forms,
    Example(("n: size", "p: size", "k: size"), "n + 2*p - k + 1", "n + p - k + 1"),
)
