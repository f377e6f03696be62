"""Which of a symbol's scripts belong to its name: the longest declared name that they spell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from symderiv.language.latex.names.spelling import (
    index_above,
    index_count,
    is_layer,
    label,
    layer_number,
    sampled_indices,
)
from symderiv.language.latex.pieces import Row, Unit
from symderiv.language.source import Misread

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Reader

Scripts = tuple[str, Row | None, Row | None, int]
"""A name, and the subscript, superscript and primes that aren't part of it."""


class Labelled(NamedTuple):
    """A declared name and its label, which begin a subscript, and the indices that are left."""

    name: str
    label: str
    indices: Row


def declared(reader: Reader, unit: Unit, names: tuple[str, ...]) -> Scripts:
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
        if reader.look_up(name) is not None and not is_layer(unit.sup):
            return name, unit.sub, unit.sup, unit.primes
    if sup:
        for name in (f"{n}{joint}{sup}" for n in names for joint in ("", "_")):
            known = reader.look_up(name)
            if known is not None and not _is_power(reader, unit, known.name):
                _check_layer(reader, unit, name, known.name)
                return name, unit.sub, None, unit.primes
    found = labelled(reader, unit.sub, names)
    if found is not None:
        return found.name, found.indices, unit.sup, unit.primes
    sampled = _sampled(reader, unit, names)
    if sampled is not None:
        return sampled
    return _undeclared(reader, unit, names, sub)


def labelled(reader: Reader, sub: Row | None, names: tuple[str, ...]) -> Labelled | None:
    """``W_{2,kj}`` beside a declared ``W2``."""
    units = sub.units if sub is not None else ()
    if len(units) < 2 or not units[0].bare:
        return None
    has_comma = units[1].base.key == ("PUNCT", ",")
    rest = units[2:] if has_comma else units[1:] if units[0].base.key[0] == "NUMBER" else ()
    first = label(Row(units[:1], units[0].start, units[0].end))
    if not rest or first is None:
        return None
    for name in (f"{n}{joint}{first}" for n in names for joint in ("_", "")):
        if reader.look_up(name) is not None and reader.rank(name):
            return Labelled(name, first, Row(rest, rest[0].start, rest[-1].end))
    return None


def _undeclared(reader: Reader, unit: Unit, names: tuple[str, ...], sub: str | None) -> Scripts:
    for name in names:
        if reader.is_known(name):
            return name, unit.sub, unit.sup, unit.primes
    layered = _layered(reader, unit, names)
    if layered is not None:
        return layered
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


def _sampled(reader: Reader, unit: Unit, names: tuple[str, ...]) -> Scripts | None:
    """``x^{(i)}_j``: the entry (i, j) of an array with so many indices, or of one that nobody declared."""
    letter = index_above(unit.sup)
    if letter is None or not _is_index(reader, letter):
        return None
    indices = sampled_indices(unit)
    for name in names:
        known = reader.look_up(name)
        if known is not None and len(known.kind.shape) == index_count(indices):
            return name, indices, None, unit.primes
    is_free = not reader.scope.strict and not any(map(reader.is_known, names))
    return (names[0], indices, None, unit.primes) if is_free and names[0] not in reader.uses.applied else None


def _is_index(reader: Reader, letter: str) -> bool:
    found = reader.look_up(letter)
    return found is not None and found.kind.index


def _layered(reader: Reader, unit: Unit, names: tuple[str, ...]) -> Scripts | None:
    """``W^{(1)}`` where nobody declared W is a name, W1, as it is where that is declared."""
    number = layer_number(unit.sup)
    takes_names = reader.scope.inferred or not reader.scope.strict
    if not number or not takes_names or names[0] in reader.uses.applied or reader.scope.head(names[0]):
        return None
    bare = Unit(unit.base, unit.sub, None, unit.primes, unit.end)
    return declared(reader, bare, tuple(f"{name}{number}" for name in names))


def _check_layer(reader: Reader, unit: Unit, name: str, known: str) -> None:
    """``x^{(1)}`` beside ``x_1``, of names that nobody declared."""
    if known in reader.scope.inferred and name.replace("_", "") in reader.uses.numbered:
        raise Misread(
            f"{name} stands below and above in this formula: one name, or two?",
            unit.start,
            unit.end,
            cure="use another letter for one of the two",
        )


def _is_power(reader: Reader, unit: Unit, name: str) -> bool:
    """``x^2`` beside an ``x_2`` that nobody declared is the square of x."""
    return name in reader.scope.inferred and not is_layer(unit.sup)


def _may_be_label(reader: Reader, name: str) -> bool:
    return reader.scope.head(name) != "delta"
