"""What stands side by side in a row, checked: could it be read as something else?"""

from __future__ import annotations

from collections.abc import Sequence

from symderiv.language.joined import COMMA, COMMA_CURE, may_mean_or
from symderiv.language.latex.pieces import Row, Unit
from symderiv.language.latex.ranges.range_pieces import relations_in
from symderiv.language.mentions import mentions
from symderiv.language.sign import Sign
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Bound, Group, Name, Node, Numeral, Operation, Pairs

_CONDITIONS = frozenset(("eq", "ne", "lt", "le", "gt", "ge", "in", "and", "or", "not"))


def check_neighbours(before: Node, node: Node, unit: Unit) -> None:
    """A product without its sign, unless it could be read as something else."""
    if isinstance(node, Group) and isinstance(node.inner, Operation) and node.inner.head in _CONDITIONS:
        raise Misread(
            "a condition stands next to a value",
            node.start,
            node.end,
            cure=r"write cases, or \mathbb{1}[…] for an indicator",
        )
    if isinstance(node, Pairs) or isinstance(before, Pairs):
        raise Misread(
            "named results stand next to a factor",
            before.start,
            node.end,
            cure=r"write \mathbb{1}\{…\} for an indicator",
        )
    if isinstance(node, Numeral):
        raise Misread(
            "a number stands right after another factor",
            node.start,
            node.end,
            cure=r"write \cdot between them, or the number first",
        )
    if isinstance(before, Numeral) and unit.base.key[0] == "frac" and _is_numeric(node):
        raise Misread(
            "a number before a fraction of numbers can be read in two ways",
            before.start,
            node.end,
            cure=r"write + or \cdot between them",
        )


def _is_numeric(node: Node) -> bool:
    return isinstance(node, Operation) and all(isinstance(arg, Numeral) for arg in node.args)


def check_joined(pieces: Sequence[Row]) -> None:
    """``x = 1, x = -1``: commas between statements about the same are refused."""
    statements = [_sides(piece) for piece in pieces]
    if all(len(sides) > 1 for sides in statements) and may_mean_or(statements):
        raise Misread(COMMA, pieces[0].start, pieces[-1].end, cure=COMMA_CURE)


def _sides(statement: Row) -> list[object]:
    """The sides of a statement, by what they look like; None for a number."""
    cuts = [at for at, _ in relations_in(statement)]
    begins, ends = [0, *(at + 1 for at in cuts)], [*cuts, len(statement.units)]
    sides = [statement.units[begin:end] for begin, end in zip(begins, ends, strict=True)]
    return [None if _is_number(side) else tuple(unit.key for unit in side) for side in sides]


def _is_number(side: Sequence[Unit]) -> bool:
    unsigned = side[1:] if len(side) > 1 and side[0].key[0] == "SIGN" else side
    return len(unsigned) == 1 and unsigned[0].key[0] == "NUMBER"


def check_binders(elements: Sequence[list[Node] | Sign]) -> None:
    """``\\sum_i a_i + b_i``: an index that stands after its sum, outside of it, is refused."""
    bound: list[Name] = []
    for element in elements:
        if isinstance(element, Sign):
            continue
        for node in element:
            for binder in bound:
                if mentions(node, binder.name):
                    raise Misread(
                        f"{binder.name} stands after a sum, limit or derivative by {binder.name}",
                        node.start,
                        node.end,
                        cure="write brackets around all that the sign reaches, or use another letter",
                    )
            bound.extend(_binders(node))


def _binders(node: Node) -> list[Name]:
    """The names that a factor binds, or differentiates by as an operator, to all that follows it."""
    found: list[Name] = []
    while True:
        match node:
            case Bound(kind="integral"):
                return found
            case Bound():
                found.append(node.name)
                node = node.body
            case Applied(callee=Name(name="limit"), args=(body, Name() as name, *_)):
                found.append(name)
                node = body
            case Applied(callee=Name(name="diff"), args=(body, Name() as name)) if body.start > name.end:
                if isinstance(body, Group):
                    return found
                found.append(name)
                node = body
            case _:
                return found
