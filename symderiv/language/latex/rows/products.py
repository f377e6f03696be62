"""Products: factors side by side, dots, slashes, and the signs that an exercise declares."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from symderiv.language.ranks import is_column, rank_of
from symderiv.language.sign import Sign
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Group, Name, Node, Operation

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Reader

Element = list[Node] | Sign

_SPECIAL = frozenset(("times", "⊙", "star", "star2", "star3", "circ", "otimes", "oslash"))
_SLASHES = frozenset(("/", "mod"))


class Plain(Sign):
    """A product sign that is no dot of vectors."""


def join_products(reader: Reader, elements: Sequence[Element]) -> list[Node | Sign]:
    """One row of operands and plain signs, ready for the table of operators."""
    joined = _special(reader, list(elements))
    row: list[Node | Sign] = []
    for position, element in enumerate(joined):
        if isinstance(element, Sign):
            row.append(element)
            continue
        before = joined[position - 1] if position else None
        if len(element) > 1 and isinstance(before, Sign) and before.symbol in _SLASHES:
            raise Misread(
                f"after {before.symbol} it isn't clear what this product belongs to",
                element[0].start,
                element[-1].end,
                cure=r"write \frac{a}{b} c, or brackets",
            )
        row.extend(_side_by_side(element))
    return row


def _side_by_side(run: list[Node]) -> list[Node | Sign]:
    row: list[Node | Sign] = [run[0]]
    for before, node in itertools.pairwise(run):
        row += [Sign("*", before.end, node.start), node]
    return row


def _special(reader: Reader, elements: list[Element]) -> list[Element]:
    """Operators of an exercise, ⊙ and the like, and the dot of two vectors, joined from the left."""
    done: list[Element] = []
    elements = [_plain_times(reader, elements, k) for k in range(len(elements))]
    position = 0
    while position < len(elements):
        element = elements[position]
        following = elements[position + 1] if position + 1 < len(elements) else None
        left = done[-1] if done else None
        if (
            isinstance(element, Sign)
            and isinstance(left, list)
            and isinstance(following, list)
            and (_is_special(element) or _is_dot(reader, element, left, following))
        ):
            after = elements[position + 2] if position + 2 < len(elements) else None
            _check_mixed(reader, element, done, after)
            done[-1] = [_joined(reader, element, _one(left), _one(following))]
            position += 2
            continue
        done.append(element)
        position += 1
    return done


def _plain_times(reader: Reader, elements: list[Element], position: int) -> Element:
    """``\\times`` is a product, unless it stands between two arrays: then it may be the cross product."""
    sign = elements[position]
    if not isinstance(sign, Sign) or sign.symbol != "times":
        return sign
    around = [elements[k] for k in (position - 1, position + 1) if 0 <= k < len(elements)]
    ranks = [rank_of(reader, node) for run in around if isinstance(run, list) for node in run]
    if sum(1 for rank in ranks if rank) > 1:
        raise Misread(
            "× between arrays may be the cross product",
            sign.start,
            sign.end,
            cure=r"write A B for the product of matrices, \operatorname{cross}(a, b) for the cross product",
        )
    return Plain("*", sign.start, sign.end)


def _is_special(sign: Sign) -> bool:
    return sign.symbol in _SPECIAL or (sign.symbol.startswith("@") and len(sign.symbol) > 1)


def _is_dot(reader: Reader, sign: Sign, left: list[Node], right: list[Node]) -> bool:
    """``w \\cdot x`` of two vectors that are names, or stand in brackets."""
    return (
        sign.symbol == "*"
        and not isinstance(sign, Plain)
        and sign.end > sign.start
        and len(left) == len(right) == 1
        and all(isinstance(node, (Name, Group)) and is_column(reader, node) for node in (left[0], right[0]))
    )


def _one(run: list[Node]) -> Node:
    return run[0] if len(run) == 1 else Operation("mul", tuple(run), run[0].start, run[-1].end)


def _check_mixed(reader: Reader, sign: Sign, done: Sequence[Element], after: Element | None) -> None:
    """A dot or slash next to ⊙ is refused, unless it only brings a number in."""
    before = done[-2] if len(done) > 1 else None
    mixed = isinstance(after, Sign) and (
        after.symbol in ("*", "/", "mod") or (sign.symbol == "*" and _is_special(after))
    )
    if isinstance(before, Sign) and before.symbol in ("*", "/", "mod"):
        factor = done[-3] if len(done) > 2 else None
        mixed = (
            mixed
            or before.symbol != "*"
            or not isinstance(factor, list)
            or rank_of(reader, _one(factor)) != 0
        )
    if mixed:
        raise Misread(
            "what this sign joins can be read in two ways",
            sign.start,
            sign.end,
            cure="write brackets around one of the two products",
        )


def _joined(reader: Reader, sign: Sign, left: Node, right: Node) -> Node:
    ranks = rank_of(reader, left), rank_of(reader, right)
    start, end = left.start, right.end
    if sign.symbol.startswith("@"):
        return _applied(sign.symbol[1:], sign, left, right)
    if sign.symbol == "*":
        return _applied("dot", sign, left, right)
    if sign.symbol == "⊙" or (sign.symbol == "circ" and ranks[0] and ranks[1]):
        return Operation("hadamard", (left, right), start, end)
    if sign.symbol == "star" and 0 in ranks:
        return Operation("mul", (left, right), start, end)
    if sign.symbol == "oslash" and ranks[0] and ranks[1]:
        return Operation("div", (left, right), start, end)
    if sign.symbol == "otimes" and ranks in ((1, 1), (2, 2)):
        return _applied("outer" if ranks == (1, 1) else "kron", sign, left, right)
    raise Misread(_UNDECLARED[sign.symbol], sign.start, sign.end, cure=_CURES[sign.symbol])


def _applied(name: str, sign: Sign, left: Node, right: Node) -> Node:
    return Applied(Name(name, sign.start, sign.end), (left, right), (), left.start, right.end)


_UNDECLARED = dict.fromkeys(("star", "star2", "star3"), "what this star stands for isn't declared") | {
    "circ": "∘ is the elementwise product of two arrays here, and these aren't known to be arrays",
    "oslash": "⊘ is the elementwise quotient of two arrays here, and these aren't known to be arrays",
    "otimes": "⊗ joins two vectors or two matrices here, and these aren't known to be that",
}
_CURES = dict.fromkeys(
    ("star", "star2", "star3"),
    r"write \cdot for a product, \operatorname{name}(a, b) for an operation, or declare it under notation:",
) | {
    "circ": r"write \odot, or f(g(x))",
    "oslash": r"write \frac{a}{b}",
    "otimes": r"write \operatorname{outer}(a, b) or \operatorname{kron}(A, B)",
}
