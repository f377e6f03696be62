"""What a LaTeX name may be here: declared, bound by a sum around it, or (where allowed) told by its uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from symderiv.expression.kinds import INDEX
from symderiv.expression.tree import Variable
from symderiv.language import names
from symderiv.language.functions import TYPICAL_FUNCTIONS
from symderiv.language.latex.names.spelling import (
    index_above,
    index_count,
    label,
    layer_number,
    sampled_indices,
    spellings,
)
from symderiv.language.latex.pieces import (
    Braced,
    Environment,
    Fence,
    Fraction,
    Piece,
    Root,
    Row,
    Styled,
    Unit,
)
from symderiv.language.scope import Scope

CONSTANTS = frozenset(("e", "pi", "oo"))
_GROWTH = frozenset(("O", "o", "Theta", "Omega"))
"""``O(n)`` is no value."""


@dataclass(slots=True)
class Uses:
    """How the names of a formula are used, before anyone knows what they are.

    ``applied`` stand before a bracket, ``to_names`` before one that holds a name or several; ``alone`` stand
    without bracket or index; ``ranks`` counts indices, ``letters`` uses; ``numbered`` are names with a number
    below, ``x1`` for ``x_1``.
    """

    applied: set[str] = field(default_factory=set)
    to_names: set[str] = field(default_factory=set)
    alone: set[str] = field(default_factory=set)
    ranks: dict[str, int] = field(default_factory=dict)
    letters: Counter[str] = field(default_factory=Counter)
    numbered: set[str] = field(default_factory=set)

    def note(self, row: Row) -> None:
        """Note every name of a row and of all that is inside it."""
        waiting: list[Row] = [row]
        while waiting:
            units = waiting.pop().units
            for position, unit in enumerate(units):
                following = units[position + 1] if position + 1 < len(units) else None
                name = next(iter(spellings(unit.base)), None)
                if name is None:
                    waiting.extend(rows_inside(unit))
                else:
                    self._note_name(name, unit, following)
                    waiting.extend(row for row in (unit.sub, unit.sup) if row is not None)

    def _note_name(self, name: str, unit: Unit, following: Unit | None) -> None:
        self.letters[name] += 1
        is_applied = following is not None and _is_bracket(following.base)
        below, number = label(unit.sub), layer_number(unit.sup)
        if below is not None and below.isdigit() and number is None:
            self.numbered.add(f"{name}{below}")
        if number is not None and not is_applied:
            name = f"{name}{number}"
        sub = sampled_indices(unit) if index_above(unit.sup) is not None and not is_applied else unit.sub
        if sub is not None:
            count = index_count(sub)
            if count:
                self.ranks[name] = max(count, self.ranks.get(name, 0))
        elif following is not None and is_applied:
            self.applied.add(name)
            if _is_of_names(following.base):
                self.to_names.add(name)
        else:
            self.alone.add(name)

    def told_apart(self, names: tuple[str, ...]) -> tuple[str, ...]:
        r"""The spellings of a letter without those written beside it: ``\phi + \varphi`` has two names."""
        return tuple(name for name in names if name == names[0] or name not in self.letters)

    def rank(self, name: str) -> int:
        """How many indices the name carries somewhere."""
        return self.ranks.get(name, 0)


def _is_typical(name: str) -> bool:
    """Is it a letter that usually is a function: f, σ?"""
    return name.rstrip("0123456789_") in TYPICAL_FUNCTIONS


def _is_bracket(piece: Piece) -> bool:
    """``(x)``, also inside braces, as SymPy prints it behind ``f^{2}``."""
    if isinstance(piece, Braced) and len(piece.row.units) == 1 and piece.row.units[0].bare:
        piece = piece.row.units[0].base
    return isinstance(piece, Fence) and piece.opening == "("


def _is_of_names(bracket: Piece) -> bool:
    """``(x)``, ``(x_i)``, ``(p, q)``: nobody brackets a factor that is a name, or several of them."""
    if isinstance(bracket, Braced):
        bracket = bracket.row.units[0].base
    units = bracket.row.units if isinstance(bracket, Fence) else ()
    if any(unit.base.key == ("PUNCT", ",") for unit in units):
        return True
    return len(units) == 1 and next(iter(spellings(units[0].base)), None) is not None


def rows_inside(piece: Piece) -> list[Row]:
    """The rows directly inside a piece."""
    match piece:
        case Unit():
            scripts = [row for row in (piece.sub, piece.sup) if row is not None]
            return rows_inside(piece.base) + scripts
        case Braced() | Fence() | Styled():
            return [piece.row]
        case Fraction():
            return [piece.top, piece.bottom]
        case Root():
            return [piece.body] + ([piece.degree] if piece.degree else [])
        case Environment():
            return [cell for row in piece.rows for cell in row]
    return []


class Context:
    """The scope, the names bound so far, and how undeclared names are used."""

    def __init__(self, scope: Scope, uses: Uses) -> None:
        self.scope = scope
        self.uses = uses
        self.bound: list[str] = []
        self.own_names: frozenset[str] = frozenset()
        """What the formula itself defines: ``where s = …``."""

    @contextmanager
    def binding(self, bound: Iterable[str]) -> Iterator[None]:
        before = len(self.bound)
        self.bound.extend(bound)
        try:
            yield
        finally:
            del self.bound[before:]

    def look_up(self, name: str) -> Variable | None:
        """The variable that a spelling means: a bound index, or a declared name."""
        if name in self.bound:
            return Variable(name, INDEX)
        return names.declared(self.scope, name)

    def is_known(self, name: str) -> bool:
        if self.look_up(name) is not None or name in CONSTANTS or name in self.own_names:
            return True
        return name == "I" and self.scope.has_arrays

    def is_function(self, name: str) -> bool:
        """Is the name applied to its bracket, not multiplied with it?"""
        found = self.look_up(name)
        if found is not None:
            return bool(found.kind.function)
        if name in self.scope.numbers and not _is_typical(name):
            return False
        return (
            not self.scope.strict
            and name not in CONSTANTS
            and name in self.uses.applied
            and (name in self.uses.to_names or name not in self.uses.alone)
        )

    def is_doubtful_function(self, name: str) -> bool:
        """Undeclared before a bracket that may be a factor, and no name that usually is a function."""
        return (
            not self.scope.strict
            and self.look_up(name) is None
            and self.is_function(name)
            and (name not in self.uses.to_names or name in _GROWTH or self.scope.head(name) is not None)
            and not _is_typical(name)
        )

    def rank(self, name: str) -> int | None:
        """How many indices the name has; None where that isn't known."""
        found = self.look_up(name)
        if found is None:
            return None if self.scope.strict else self.uses.rank(name)
        if found.kind.shape:
            return len(found.kind.shape)
        return 0 if names.is_number(found) else None
