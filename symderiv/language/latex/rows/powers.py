"""Superscripts: a power, a transpose, an inverse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.language.latex.lexing.symbols import TRANSPOSES
from symderiv.language.latex.names.spelling import is_layer, is_step, label, spellings
from symderiv.language.latex.pieces import Atom, Row, Styled, Unit
from symderiv.language.ranks import rank_of
from symderiv.language.resolving.levels import checked
from symderiv.language.sized import is_oblong
from symderiv.language.source import Misread
from symderiv.language.syntax import Items, Name, Node, Numeral, Operation

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Reader

_UPRIGHT = frozenset((r"\mathsf", r"\mathrm", r"\textsf", r"\textrm", r"\text"))


def raised(reader: Reader, node: Node, sup: Row, end: int) -> Node:
    """``x^2``, ``A^\\top``, ``A^{-1}``, ``A^{-\\top}``."""
    if is_transpose(reader, sup) and (sup.key != ("LETTER", "T") or rank_of(reader, node) != 0):
        return _transposed(reader, node, end)
    if sup.key == ("LETTER", "T") and (is_oblong(reader, node) or _is_row(node)):
        return _transposed(reader, node, end)
    if sup.key == ("LETTER", "T") and reader.look_up("T") is not None and rank_of(reader, node) != 0:
        raise Misread(
            "T is a declared name here: a power, or the transpose?",
            sup.start,
            sup.end,
            cure=r"write A^\top for the transpose",
        )
    if _is_inverse_transpose(reader, sup):
        minus_one = Numeral(-1, sup.start, sup.end)
        return Operation(
            "transpose", (Operation("pow", (node, minus_one), node.start, end),), node.start, end
        )
    if is_layer(sup):
        shown = label(sup)
        raise Misread(
            f"({shown}) above isn't a power, and no name is declared so",
            sup.start,
            sup.end,
            cure=rf"declare it under notation: {{name: 'W^{{({shown})}}'}}",
        )
    if is_step(sup) and isinstance(node, Name) and not _is_given(reader, node.name):
        raise Misread(
            f"{node.name} with the number of a step above, or its power?",
            sup.start,
            sup.end,
            cure=f"write {node.name}^{{…}} without brackets for the power, or declare {node.name}",
        )
    first = sup.units[0] if sup.units else None
    if is_entrywise(sup):
        return _entrywise(node, int(str(sup.units[1].base.key[1])), end)
    if first is not None and len(sup.units) == 1 and first.base.key[0] == "SIGN":
        raise Misread(
            "a sign above isn't a power",
            sup.start,
            sup.end,
            expected=r"an exponent, or \top",
            cure="write a number or a name above",
        )
    return checked(Operation("pow", (node, reader.row(sup)), node.start, end))


def _is_given(reader: Reader, name: str) -> bool:
    """Did somebody declare it, or is it e?"""
    return name == "e" or (reader.look_up(name) is not None and name not in reader.scope.inferred)


def is_entrywise(sup: Row) -> bool:
    """``^{\\odot 2}`` and ``^{\\circ 2}``: the power of each entry."""
    keys = [unit.base.key for unit in sup.units]
    is_power = len(keys) == 2 and keys[1][0] == "NUMBER" and str(keys[1][1]) in ("2", "3", "4")
    return is_power and keys[0] in (("SIGN", "⊙"), ("SIGN", "hadamard"), ("SIGN", "circ"))


def _entrywise(node: Node, power: int, end: int) -> Node:
    return Operation("hadamard", (node,) * power, node.start, end)


def _transposed(reader: Reader, node: Node, end: int) -> Node:
    """The transpose; of a row typed in brackets, the column: the vector itself."""
    if isinstance(node, Items) and any(rank_of(reader, item) for item in node.items):
        raise Misread(
            "a bracket of arrays may stack them or set them side by side",
            node.start,
            end,
            cure=r"write \operatorname{concat}(a, b)",
        )
    if isinstance(node, Items) and _is_row(node):
        return Items("list", node.items, node.start, end)
    return Operation("transpose", (node,), node.start, end)


def _is_row(node: Node) -> bool:
    return isinstance(node, Items) and node.kind in ("tuple", "list") and not _is_nested(node)


def _is_nested(node: Items) -> bool:
    return any(isinstance(item, Items) for item in node.items)


def is_transpose(reader: Reader, sup: Row) -> bool:
    return len(sup.units) == 1 and sup.units[0].bare and _is_t(reader, sup.units[0])


def _is_t(reader: Reader, unit: Unit) -> bool:
    base = unit.base
    if isinstance(base, Atom) and base.value in TRANSPOSES:
        return True
    if isinstance(base, Atom) and base.kind == "WORD":
        return base.value == "T"
    if isinstance(base, Styled) and base.style in _UPRIGHT:  # \\mathsf T is no T that is declared
        return spellings(base) == ("T",)
    return spellings(base)[:1] == ("T",) and reader.look_up("T") is None


def _is_inverse_transpose(reader: Reader, sup: Row) -> bool:
    return len(sup.units) == 2 and sup.units[0].base.key == ("SIGN", "-") and _is_t(reader, sup.units[1])


def is_inverse(sup: Row) -> bool:
    return [unit.base.key for unit in sup.units] == [("SIGN", "-"), ("NUMBER", "1")]
