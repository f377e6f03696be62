"""Declared notation: which stretch of a formula is the name that an author wrote so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from symderiv.language.latex.lexing.symbols import TRANSPOSES
from symderiv.language.latex.names.spelling import label
from symderiv.language.latex.pieces import Atom, Fraction, Row, Unit


@dataclass(frozen=True, slots=True)
class Notation:
    """A name, and the units that show it."""

    name: str
    units: tuple[Unit, ...]

    @property
    def weight(self) -> int:
        """Longer notations are tried first: ``w^2`` before ``w``."""
        last = self.units[-1]
        return 4 * len(self.units) + (last.sub is not None) + (last.sup is not None) + (last.primes > 0)


@dataclass(frozen=True, slots=True)
class Found:
    """A declared name met in a formula: where it ends, and the scripts that aren't part of it."""

    name: str
    length: int
    sub: Row | None
    sup: Row | None
    primes: int


def sorted_notations(given: dict[str, Row]) -> tuple[Notation, ...]:
    """The notations, the longest first."""
    made = [Notation(name, units) for name, row in given.items() if row.units for units in _ways(row.units)]
    return tuple(sorted(made, key=lambda notation: -notation.weight))


def _ways(units: tuple[Unit, ...]) -> list[tuple[Unit, ...]]:
    """``\\frac{\\partial y}{\\partial x}`` is also written ``\\partial y/\\partial x``."""
    base = units[0].base
    if len(units) > 1 or not isinstance(base, Fraction) or not units[0].bare:
        return [units]
    rows = (base.top, base.bottom)
    if any(not row.units or row.units[0].base.key != ("SYMBOL", r"\partial") for row in rows):
        return [units]
    slash = Unit(Atom("SIGN", "/", base.top.end, base.bottom.start))
    return [units, (*base.top.units, slash, *base.bottom.units)]


def match(notations: Sequence[Notation], units: Sequence[Unit], position: int) -> Found | None:
    """The longest notation that stands at ``position``."""
    for notation in notations:
        found = _matches(notation, units, position)
        if found is not None:
            return found
    return None


def _matches(notation: Notation, units: Sequence[Unit], position: int) -> Found | None:
    length = len(notation.units)
    here = units[position : position + length]
    if len(here) < length:
        return None
    if any(a.key != b.key for a, b in zip(notation.units[:-1], here[:-1], strict=True)):
        return None
    wanted, last = notation.units[-1], here[-1]
    if wanted.base.key != last.base.key or wanted.primes > last.primes:
        return None
    if not _fits(wanted.sub, last.sub):
        return None
    sub = None if wanted.sub is not None else last.sub
    if _fits(wanted.sup, last.sup):
        sup = None if wanted.sup is not None else last.sup
    elif _is_layer_and_transpose(wanted.sup, last.sup):
        assert last.sup is not None
        rest = last.sup.units[1:]
        sup = Row(rest, rest[0].start, rest[-1].end)
    else:
        return None
    return Found(notation.name, length, sub, sup, last.primes - wanted.primes)


def _is_layer_and_transpose(wanted: Row | None, here: Row | None) -> bool:
    """``W^{(l)\\top}``: the notation ``W^{(l)}``, transposed."""
    if wanted is None or here is None or len(wanted.units) != 1 or len(here.units) != 2:
        return False
    above = here.units[1].base.key
    is_transpose = above[1] in TRANSPOSES or above in (("LETTER", "T"), ("WORD", "T"))
    return is_transpose and here.units[0].key == wanted.units[0].key


def _fits(wanted: Row | None, here: Row | None) -> bool:
    return wanted is None or (here is not None and (wanted.key == here.key or _is_same_word(wanted, here)))


def _is_same_word(wanted: Row, here: Row) -> bool:
    """``\\eta_{\\min}``, ``\\eta_{min}`` and ``\\eta_{\\text{min}}``."""
    word = _word(wanted)
    return len(word) > 1 and word == _word(here)


def _word(row: Row) -> str:
    """The word that a script is, however it is set."""
    function = row.units[0].base if len(row.units) == 1 and row.units[0].bare else None
    if isinstance(function, Atom) and function.kind == "FUNCTION":
        return function.value.lstrip("\\")
    return label(row) or ""
