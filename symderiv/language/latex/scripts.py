"""Sub- and superscripts: part of a name, an index, a power, a transpose, a prime."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.errors import UnknownName
from symderiv.language.assemble import checked
from symderiv.language.latex.context import CONSTANTS, index_count
from symderiv.language.latex.indices import indices_of
from symderiv.language.latex.pieces import Atom, Fence, Row, Unit
from symderiv.language.latex.ranks import rank_of
from symderiv.language.latex.sized import identity, is_identity
from symderiv.language.latex.spelling import label, spellings
from symderiv.language.latex.symbols import TRANSPOSES
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Group, Indexed, Items, Name, Node, Numeral, Operation

if TYPE_CHECKING:
    from symderiv.language.latex.row import Cursor, Reader

Scripts = tuple[str, Row | None, Row | None, int]
"""A name, and the subscript, superscript and primes that aren't part of it."""


def symbol(cursor: Cursor) -> Node:
    """A name with its scripts: the longest declared name that they spell, the rest index and power."""
    unit = cursor.take()
    names = spellings(unit.base)
    if names[:1] == ("I",) and is_identity(cursor.reader, unit.sub) and not unit.primes:
        return with_scripts(cursor.reader, identity(cursor.reader, unit), None, unit.sup, unit.end)
    name, sub, sup, primes = _declared(cursor.reader, unit, names)
    if name == "E" and cursor.reader.look_up(name) is None:
        raise Misread(
            "E isn't declared", unit.start, unit.end, cure="write e for Euler's number", error=UnknownName
        )
    return named(cursor, name, unit.start, unit, sub, sup, primes)


def symbol_named(cursor: Cursor, word: str, start: int, last: Unit) -> Node:
    """The same for a name of several letters, already taken."""
    name, sub, sup, primes = _declared(cursor.reader, last, (word,))
    return named(cursor, name, start, last, sub, sup, primes)


def _declared(reader: Reader, unit: Unit, names: tuple[str, ...]) -> Scripts:
    """Which scripts belong to the name."""
    sub, sup = label(unit.sub), label(unit.sup)
    primes = "'" * unit.primes
    for name in names:
        if primes and reader.look_up(name + primes):
            return name + primes, unit.sub, unit.sup, 0
    if sub:
        for name in (f"{n}{joint}{sub}" for n in names for joint in ("_", "")):
            if reader.look_up(name + primes):
                return name + primes, None, unit.sup, 0
    for name in names:
        if reader.look_up(name) is not None and not _is_layer(unit.sup):
            return name, unit.sub, unit.sup, unit.primes
    if sup:
        for name in (f"{n}{joint}{sup}" for n in names for joint in ("", "_")):
            if reader.look_up(name) is not None:
                return name, unit.sub, None, unit.primes
    return _undeclared(reader, unit, names, sub)


def _undeclared(reader: Reader, unit: Unit, names: tuple[str, ...], sub: str | None) -> Scripts:
    for name in names:
        if reader.is_known(name):
            return name, unit.sub, unit.sup, unit.primes
    if sub and not reader.scope.strict and not reader.uses.rank(names[0]) and _may_be_label(reader, names[0]):
        return f"{names[0]}_{sub}", None, unit.sup, unit.primes
    if sub and reader.scope.strict and reader.scope.head(names[0]) is None:
        return (
            f"{names[0]}_{sub}" if sub.isdigit() else names[0],
            (None if sub.isdigit() else unit.sub),
            unit.sup,
            unit.primes,
        )
    return names[0], unit.sub, unit.sup, unit.primes


def _may_be_label(reader: Reader, name: str) -> bool:
    return reader.scope.head(name) != "delta"


def _is_layer(sup: Row | None) -> bool:
    """``^{(l)}``"""
    return (
        sup is not None
        and len(sup.units) == 1
        and isinstance(sup.units[0].base, Fence)
        and sup.units[0].base.opening == "("
        and label(sup) is not None
    )


def named(
    cursor: Cursor, name: str, start: int, last: Unit, sub: Row | None, sup: Row | None, primes: int
) -> Node:
    """The operand that a name begins: applied, indexed, raised."""
    from symderiv.language.latex.functions import applied, is_applied

    reader = cursor.reader
    head = reader.scope.head(name) if reader.look_up(name) is None else None
    if reader.is_function(name) or (head is not None and head != "delta" and is_applied(cursor)):
        return applied(cursor, name, start, last, sub, sup, primes)
    node: Node = Name(name, start, last.base.end, primes)
    bracket = cursor.peek()
    if sub is None and bracket is not None and _is_index_bracket(reader, name, bracket, last):
        cursor.take()
        assert isinstance(bracket.base, Fence)
        node = Indexed(
            node, indices_of(reader, bracket.base.row, reader.rank(name), name), start, bracket.base.end
        )
        sub, sup = bracket.sub, bracket.sup
    elif bracket is not None and reader.rank(name):
        _check_call(reader, name, bracket)
    return with_scripts(reader, node, sub, sup, last.end)


def _check_call(reader: Reader, name: str, bracket: Unit) -> None:
    """``v(i)`` of an array: an entry, or a product?"""
    base = bracket.base
    if not isinstance(base, Fence) or base.opening != "(":
        return
    units = base.row.units
    found = [reader.look_up(s) for s in spellings(units[0].base)[:1]] if len(units) == 1 else []
    is_index = any(variable is not None and variable.kind.index for variable in found)
    if is_index or any(unit.base.key == ("PUNCT", ",") for unit in units):
        raise Misread(
            f"{name} before this bracket: an entry, or a product?",
            bracket.start,
            bracket.end,
            cure=rf"write {name}_{{i}} for an entry, \cdot for a product",
        )


def _is_index_bracket(reader: Reader, name: str, bracket: Unit, last: Unit) -> bool:
    """``X[b,c]`` of an array: its entry."""
    return (
        isinstance(bracket.base, Fence)
        and bracket.base.opening == "["
        and bracket.start == last.end
        and last.bare
        and bool(reader.rank(name) or (reader.look_up(name) is None and not reader.scope.strict))
    )


def scripted(cursor: Cursor, node: Node, unit: Unit) -> Node:
    """What isn't a name, with the scripts of its unit."""
    if unit.primes:
        raise Misread(
            "a prime on something that is no function",
            unit.start,
            unit.end,
            cure=r"a transpose is A^\top, a derivative f'(x)",
        )
    return with_scripts(cursor.reader, node, unit.sub, unit.sup, unit.end)


def with_scripts(reader: Reader, node: Node, sub: Row | None, sup: Row | None, end: int) -> Node:
    """``x_i^2``: the entry first, then the power; ``(x)_+`` is the positive part."""
    if sub is not None and sub.key == ("SIGN", "+") and isinstance(node, Group):
        zero = Numeral(0, node.start, node.start + 1)
        positive = Name("max", node.start, node.start + 1)
        node = Applied(positive, (zero, node), (), node.start, sub.end)
    elif sub is not None:
        _check_both(reader, node, sub, sup)
        node = indexed(reader, node, sub)
    return node if sup is None else raised(reader, node, sup, end)


def _check_both(reader: Reader, node: Node, sub: Row, sup: Row | None) -> None:
    """``W^\\top_{ij}`` and ``A^{-1}_{ij}`` could be the entry of the transpose, or of the inverse."""
    if (
        sup is not None
        and rank_of(reader, node) not in (0, 1)
        and (_is_transpose(reader, sup) or _is_inverse(sup))
    ):
        raise Misread(
            "an index and a transpose or inverse can be read in two ways",
            sub.start,
            sup.end,
            cure=r"write (A^\top)_{ij} or A_{ji}",
        )


def indexed(reader: Reader, node: Node, sub: Row) -> Node:
    """``x_{n-i+1}``, ``H_{10}``."""
    if isinstance(node, Name):
        if node.name in CONSTANTS and reader.look_up(node.name) is None:
            raise Misread(f"{node.name} has no index", node.start, sub.end, cure="write e^{x_i} with braces")
        if reader.rank(node.name) == 0 and reader.look_up(node.name) is not None:
            shown = label(sub)
            raise Misread(
                f"{node.name} is a number and has no index"
                + (f", and {node.name}_{shown} isn't declared" if shown else ""),
                node.start,
                sub.end,
                cure=f"declare {node.name} as an array, as in {node.name}: vector(n)",
            )
        rank = _rank(reader, node, sub)
        return Indexed(node, indices_of(reader, sub, rank, node.name), node.start, sub.end)
    return Indexed(node, indices_of(reader, sub, rank_of(reader, node), "this"), node.start, sub.end)


def _rank(reader: Reader, node: Name, sub: Row) -> int | None:
    """Kronecker's delta has two indices; with one, an undeclared delta is an array like any other."""
    is_delta = reader.look_up(node.name) is None and reader.scope.head(node.name) == "delta"
    if is_delta and index_count(sub) != 1:
        return 2
    return reader.rank(node.name) or None


def raised(reader: Reader, node: Node, sup: Row, end: int) -> Node:
    """``x^2``, ``A^\\top``, ``A^{-1}``, ``A^{-\\top}``."""
    if _is_transpose(reader, sup):
        return _transposed(reader, node, end)
    if sup.key == ("LETTER", "T") and rank_of(reader, node) != 0:
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
    if _is_layer(sup):
        shown = label(sup)
        raise Misread(
            f"({shown}) above isn't a power, and no name is declared so",
            sup.start,
            sup.end,
            cure=rf"declare it under notation: {{name: 'W^{{({shown})}}'}}",
        )
    first = sup.units[0] if sup.units else None
    if first is not None and len(sup.units) == 1 and first.base.key[0] == "SIGN":
        raise Misread(
            "a sign above isn't a power",
            sup.start,
            sup.end,
            expected=r"an exponent, or \top",
            cure="write a number or a name above",
        )
    return checked(Operation("pow", (node, reader.row(sup)), node.start, end))


def _transposed(reader: Reader, node: Node, end: int) -> Node:
    """The transpose; of a row typed in brackets, the column: the vector itself."""
    if isinstance(node, Items) and any(rank_of(reader, item) for item in node.items):
        raise Misread(
            "a bracket of arrays may stack them or set them side by side",
            node.start,
            end,
            cure=r"write \operatorname{concat}(a, b)",
        )
    if isinstance(node, Items) and node.kind in ("tuple", "list") and not _is_nested(node):
        return Items("list", node.items, node.start, end)
    return Operation("transpose", (node,), node.start, end)


def _is_nested(node: Items) -> bool:
    return any(isinstance(item, Items) for item in node.items)


def _is_transpose(reader: Reader, sup: Row) -> bool:
    return len(sup.units) == 1 and sup.units[0].bare and _is_t(reader, sup.units[0])


def _is_t(reader: Reader, unit: Unit) -> bool:
    base = unit.base
    if isinstance(base, Atom) and base.value in TRANSPOSES:
        return True
    if isinstance(base, Atom) and base.kind == "WORD":
        return base.value == "T"
    return spellings(base)[:1] == ("T",) and reader.look_up("T") is None


def _is_inverse_transpose(reader: Reader, sup: Row) -> bool:
    return len(sup.units) == 2 and sup.units[0].base.key == ("SIGN", "-") and _is_t(reader, sup.units[1])


def _is_inverse(sup: Row) -> bool:
    return [unit.base.key for unit in sup.units] == [("SIGN", "-"), ("NUMBER", "1")]


def refuse_primes(unit: Unit) -> None:
    """A prime behind a bracket, a fraction or a sign: never passed over."""
    if unit.primes:
        raise Misread(
            "a prime on something that is no function",
            unit.start,
            unit.end,
            cure=r"a transpose is A^\top, a derivative f'(x)",
        )


def grouped(node: Node) -> Node:
    """The node inside its brackets."""
    return node.inner if isinstance(node, Group) else node
