"""``I`` and ``I_n`` beside declared arrays: an identity, its size below it or told by its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.language.latex.names.spelling import label
from symderiv.language.latex.pieces import Row, Unit
from symderiv.language.sized import fill_sizes
from symderiv.language.syntax import Applied, Name, Node

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Reader

_CURES = {"eye": "I_n", "ones": r"\mathbf{1}_n", "zeros": r"\mathbf{0}_n"}


def unsized(reader: Reader, head: str, start: int, end: int) -> Applied:
    """An identity, or a vector of ones or zeros, whose size `fill_sizes` finds out."""
    node = Applied(Name(head, start, end), (), (), start, end)
    reader.unsized.append(node)
    return node


def is_identity(reader: Reader, sub: Row | None) -> bool:
    """An undeclared I with the size n below it, or, beside arrays, a number or nothing."""
    shown = label(sub) or ""
    if any(reader.look_up(name) for name in ("I", f"I_{shown}", f"I{shown}")):
        return False
    size = reader.look_up(shown)
    is_size = size is not None and size.kind.domain.integer and not size.kind.index and not size.kind.shape
    return is_size or (reader.scope.has_arrays and (sub is None or sub.key[0] == "NUMBER"))


def identity(reader: Reader, unit: Unit) -> Node:
    """``I``, or ``I_n``."""
    if unit.sub is None:
        return unsized(reader, "eye", unit.start, unit.base.end)
    return Applied(Name("eye", unit.start, unit.base.end), (reader.row(unit.sub),), (), unit.start, unit.end)


def sized(reader: Reader, node: Node) -> Node:
    """The formula with the sizes that its shapes imply."""
    return all_sized(reader, [node])[0]


def all_sized(reader: Reader, nodes: list[Node]) -> list[Node]:
    """Formulas that were read together, the members of a chain."""
    fill_sizes(reader, nodes, _CURES)
    return nodes
