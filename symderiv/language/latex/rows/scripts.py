"""Sub- and superscripts: part of a name, an index, a power, a transpose, a prime."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.errors import UnknownName
from symderiv.language.latex.names.context import CONSTANTS
from symderiv.language.latex.names.declared import declared, labelled
from symderiv.language.latex.names.spelling import index_count, is_layer, label, spellings
from symderiv.language.latex.pieces import Atom, Fence, Row, Unit
from symderiv.language.latex.rows.at_arguments import is_at_its_arguments
from symderiv.language.latex.rows.identities import identity, is_identity
from symderiv.language.latex.rows.indices import index_letters, indices_of
from symderiv.language.latex.rows.powers import is_inverse, is_transpose, raised
from symderiv.language.ranks import rank_of
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Group, Indexed, Name, Node, Numeral

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Cursor, Reader


_INDICES = frozenset("ijklmnpqrst")
"""What is no factor between square brackets behind a name, in a sum either."""
_NO_INDICES = frozenset("xyzuvw")
"""What may be one, or an argument, also alone."""


def symbol(cursor: Cursor) -> Node:
    """A name with its scripts: the longest declared name that they spell, the rest index and power."""
    unit = cursor.take()
    names = cursor.reader.uses.told_apart(spellings(unit.base))
    if names[:1] == ("I",) and is_identity(cursor.reader, unit.sub) and not unit.primes:
        return with_scripts(cursor.reader, identity(cursor.reader, unit), None, unit.sup, unit.end)
    name, sub, sup, primes = declared(cursor.reader, unit, names)
    if name == "E" and cursor.reader.look_up(name) is None:
        raise Misread(
            "E isn't declared", unit.start, unit.end, cure="write e for Euler's number", error=UnknownName
        )
    if name == "e" and sup is not None:
        _refuse_two_of_e(cursor.reader, unit)
    return named(cursor, name, unit.start, unit, sub, sup, primes)


def _refuse_two_of_e(reader: Reader, unit: Unit) -> None:
    """``e^x`` where e is declared as a number that has another look, ε."""
    look = reader.scope.notation.get("e", "e")
    if look != "e" and reader.look_up("e") is not None and not reader.rank("e"):
        raise Misread(
            f"e is declared here and looks like {look}: a power of it, or the exponential function?",
            unit.start,
            unit.end,
            cure=rf"write \exp(…), or {look}^{{…}}",
        )


def symbol_named(cursor: Cursor, word: str, start: int, last: Unit) -> Node:
    """The same for a name of several letters, already taken."""
    name, sub, sup, primes = declared(cursor.reader, last, (word,))
    return named(cursor, name, start, last, sub, sup, primes)


def named(
    cursor: Cursor, name: str, start: int, last: Unit, sub: Row | None, sup: Row | None, primes: int
) -> Node:
    """The operand that a name begins: applied, indexed, raised."""
    from symderiv.language.latex.rows.functions import applied, is_applied

    reader = cursor.reader
    head = reader.scope.head(name) if reader.look_up(name) is None else None
    if reader.is_function(name) or (head not in (None, "delta", "gamma") and is_applied(cursor)):
        return applied(cursor, name, start, last, sub, sup, primes)
    node = Name(name, start, last.base.end, primes)
    bracket = cursor.peek()
    if sub is None and bracket is not None and _is_index_bracket(reader, name, bracket, last):
        return _entry(cursor, node)
    if bracket is not None and last.bare and is_at_its_arguments(reader, name, bracket):
        cursor.take()
        node = Name(name, start, bracket.base.end)
        return with_scripts(reader, node, bracket.sub, bracket.sup, bracket.end)
    if bracket is not None and reader.rank(name):
        _check_call(reader, name, bracket)
    return with_scripts(reader, node, sub, sup, last.end)


def _entry(cursor: Cursor, node: Name) -> Node:
    """``X[b,c]`` or ``X[b][c]`` of an array."""
    reader = cursor.reader
    units: list[Unit] = []
    last = cursor.take()
    while isinstance(last.base, Fence):
        units += last.base.row.units
        following = cursor.peek()
        if not last.bare or following is None or not _opens_index(following, last):
            break
        units.append(Unit(Atom("PUNCT", ",", last.end - 1, last.end)))
        last = cursor.take()
    row = Row(tuple(units), node.end, last.base.end)
    rank = reader.rank(node.name) or _told_rank(reader, node.name, row)
    entry = Indexed(node, indices_of(reader, row, rank, node.name), node.start, row.end)
    return with_scripts(reader, entry, last.sub, last.sup, last.end)


def _told_rank(reader: Reader, name: str, bracket: Row) -> int:
    """How many indices an undeclared name has: as many as its bracket holds, if this can be no factor."""
    commas = sum(unit.base.key == ("PUNCT", ",") for unit in bracket.units)
    found = (next(iter(spellings(unit.base)), None) for unit in bracket.units)
    letters = [letter for letter in found if letter and letter not in reader.bound]
    is_alone = len(bracket.units) == 1
    doubtful = _NO_INDICES.intersection(letters) if is_alone else set(letters) - _INDICES
    if doubtful and not commas:
        raise Misread(
            f"{name} before this bracket: an entry, or a product?",
            bracket.start,
            bracket.end,
            cure=rf"write {name}_{{…}} for an entry, \cdot for a product, or declare {name}",
        )
    return commas + 1


def _check_call(reader: Reader, name: str, bracket: Unit) -> None:
    """``v(i)`` of an array: an entry, or a product?"""
    base = bracket.base
    if not isinstance(base, Fence) or base.opening != "(":
        return
    units = base.row.units
    found = [reader.look_up(s) for s in spellings(units[0].base)[:1]] if len(units) == 1 else []
    is_index = any(variable is not None and variable.kind.index for variable in found)
    if is_index or any(unit.base.key == ("PUNCT", ",") for unit in units):
        entry = rf"{name}_{{{index_letters(reader.rank(name) or 1)}}}"
        raise Misread(
            f"{name} before this bracket: an entry, or a product?",
            bracket.start,
            bracket.end,
            cure=rf"write {entry} for an entry, \cdot for a product",
        )


def _is_index_bracket(reader: Reader, name: str, bracket: Unit, last: Unit) -> bool:
    """``X[b,c]`` of an array: its entry; ``X [ b , c ]`` too, where the bracket holds as many indices."""
    return (
        (_opens_index(bracket, last) or _holds_indices(reader, name, bracket))
        and last.bare
        and bool(reader.rank(name) or (reader.look_up(name) is None and not reader.scope.strict))
    )


def _opens_index(bracket: Unit, last: Unit) -> bool:
    return isinstance(bracket.base, Fence) and bracket.base.opening == "[" and bracket.start == last.end


def _holds_indices(reader: Reader, name: str, bracket: Unit) -> bool:
    """Are there as many entries as the declared array has indices, so that it is no factor?"""
    base, rank = bracket.base, reader.rank(name)
    if not isinstance(base, Fence) or base.opening != "[" or not rank or reader.look_up(name) is None:
        return False
    units = base.row.units
    if rank == 1 and len(units) == 1:
        found = [reader.look_up(spelt) for spelt in spellings(units[0].base)[:1]]
        return any(variable is not None and variable.kind.index for variable in found)
    return rank > 1 and sum(unit.base.key == ("PUNCT", ",") for unit in units) == rank - 1


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
    """``x_i^2``: the entry first, then the power; ``(x)_+`` and ``(x)^+`` are the positive part."""
    is_sum = isinstance(node, Group) and not isinstance(node.inner, Name) and rank_of(reader, node) == 0
    if sub is None and _is_plus(sup) and is_sum:  # (A)^+ of a matrix is another thing
        sub, sup = sup, None
    if sub is not None and _is_plus(sub) and isinstance(node, Group):
        zero = Numeral(0, node.start, node.start + 1)
        positive = Name("max", node.start, node.start + 1)
        node = Applied(positive, (zero, node), (), node.start, sub.end)
    elif sub is not None:
        _check_both(reader, node, sub, sup)
        node = indexed(reader, node, sub)
    return node if sup is None else raised(reader, node, sup, end)


def _is_plus(script: Row | None) -> bool:
    return script is not None and script.key == ("SIGN", "+")


def _check_both(reader: Reader, node: Node, sub: Row, sup: Row | None) -> None:
    """``W^\\top_{ij}`` and ``A^{-1}_{ij}`` could be the entry of the transpose, or of the inverse."""
    if (
        sup is not None
        and rank_of(reader, node) not in (0, 1)
        and (is_transpose(reader, sup) or is_inverse(sup))
    ):
        raise Misread(
            "an index and a transpose or inverse can be read in two ways",
            sub.start,
            sup.end,
            cure=r"write (A^\top)_{ij} or A_{ji}",
        )


def indexed(reader: Reader, node: Node, sub: Row) -> Node:
    """``x_{n-i+1}``, ``H_{10}``."""
    if is_layer(sub):
        raise Misread(
            f"an index in brackets, ({label(sub)}), may count entries in the order of their size",
            sub.start,
            sub.end,
            cure="write it without brackets for an entry, or declare the name under notation",
        )
    if isinstance(node, Name):
        _check_numbered(reader, node, sub)
        if node.name in CONSTANTS and reader.look_up(node.name) is None:
            cure = (
                "write e^{x_i} with braces"
                if node.name == "e"
                else f"a {node.name} with an index isn't declared"
            )
            raise Misread(f"{node.name} has no index", node.start, sub.end, cure=cure)
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


def _check_numbered(reader: Reader, node: Name, sub: Row) -> None:
    """``\\delta_{2,k}`` beside a declared ``delta2``: its entry, or Kronecker's?"""
    is_delta = reader.look_up(node.name) is None and reader.scope.head(node.name) == "delta"
    found = labelled(reader, sub, (node.name,)) if is_delta else None
    if found is not None:
        raise Misread(
            f"an entry of {found.name}, or Kronecker's delta?",
            node.start,
            sub.end,
            cure=rf"write (\delta_{{{found.label}}})_k for the entry, [i = j] for Kronecker's",
        )


def _rank(reader: Reader, node: Name, sub: Row) -> int | None:
    """Kronecker's delta has two indices; with one, an undeclared delta is an array like any other."""
    is_delta = reader.look_up(node.name) is None and reader.scope.head(node.name) == "delta"
    if is_delta and (index_count(sub) != 1 or _is_letter_and_digit(sub)):
        return 2
    return reader.rank(node.name) or None


def _is_letter_and_digit(sub: Row) -> bool:
    """``\\delta_{i0}``: two indices, for one isn't enough."""
    kinds = sorted(unit.base.kind for unit in sub.units if unit.bare and isinstance(unit.base, Atom))
    return len(sub.units) == 2 and kinds == ["LETTER", "NUMBER"]


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
