"""``p_i``, ``M_ij``, ``δ_ij``: entries of a declared array, written with a subscript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from symderiv.expression.tree import Apply, Expr, Index, Number, Variable
from symderiv.language import names
from symderiv.language.source import Misread
from symderiv.language.spelling import normal
from symderiv.language.syntax import Name

if TYPE_CHECKING:
    from symderiv.language.resolving.resolve import Resolver


_DIGITS = re.compile(r"([^\W\d_]+)(\d{1,3})")


class Subscripted(NamedTuple):
    """A name cut at its underscore, its subscript letter by letter."""

    base: str
    letters: tuple[str, ...]


def subscripted(name: str) -> Subscripted | None:
    """``p_i`` cut in two; None where the name has no short subscript.

    >>> subscripted("M_ij"), subscripted("x_max2"), subscripted("x")
    (Subscripted(base='M', letters=('i', 'j')), None, None)
    """
    base, underscore, sub = normal(name).rpartition("_")
    if not underscore or not base or not sub.isalnum() or not 0 < len(sub) <= 3:
        return None
    return Subscripted(base, (sub,) if sub.isdigit() else tuple(sub))


def entry(self: Resolver, node: Name) -> Expr | None:
    """The entry that an undeclared ``p_i`` stands for; None where ``p`` is no array, or ``i`` no index.

    Raises Misread where i is bound and nobody knows what p is: a name of its own, or the entry?
    """
    cut = None if node.primes else subscripted(node.name) or _touching(self, node.name)
    if cut is None:
        return None
    said = _said(self, cut.base)
    if said is not None:
        return _entry_of(self, said, cut)
    array = names.declared(self.scope, cut.base)
    rank = len(array.kind.shape) if array is not None else 0
    letters = tuple(cut.letters[0]) if rank > len(cut.letters) == 1 else cut.letters  # M_00
    is_array = array is not None and rank == len(letters)
    indices = tuple(
        _index(self, letter) or (_met(self, letter, node) if is_array else None) for letter in letters
    )
    known = tuple(index for index in indices if index is not None)
    if array is None and cut.base == "delta" and len(known) == len(indices) == 2:
        return Apply("delta", known)
    if array is not None and rank == len(indices) == len(known):
        _refuse_two_origins(self, node, known)
        return Index(names.copy(array).at(node.start, node.end), known, self.origin)
    if array is None and self.uses is None and set(cut.letters) <= _bound(self):
        shown = f"{cut.base}[{','.join(cut.letters)}]"
        raise Misread(
            f"'{node.name}' is not declared: a name of its own, or the entry {shown}?",
            node.start,
            node.end,
            cure=f"write {shown}",
        )
    return None


def _touching(self: Resolver, name: str) -> Subscripted | None:
    """``w0`` where w is a declared array, and names are declared or refused."""
    said = _DIGITS.fullmatch(name) if self.uses is None else None
    array = names.declared(self.scope, said[1]) if said is not None else None
    return Subscripted(said[1], (said[2],)) if said and array is not None and array.kind.shape else None


def _said(self: Resolver, name: str) -> Expr | None:
    """What ``where p = …`` says that a name stands for."""
    values = (value for bound, value in reversed(self.bound) if normal(bound) == name)
    value = next(values, None)
    return None if isinstance(value, Variable) and value.kind.index else value


def _entry_of(self: Resolver, array: Expr, cut: Subscripted) -> Expr | None:
    """``p_i where p = softmax(a)``; that p has so many indices is for its meaning to tell."""
    known = tuple(index for letter in cut.letters if (index := _index(self, letter)) is not None)
    return Index(array, known, self.origin) if len(known) == len(cut.letters) else None


def _refuse_two_origins(self: Resolver, node: Name, at: tuple[Expr, ...]) -> None:
    """``x_1`` without dollars, where text counts from 0 and LaTeX from 1: which of the two is it?"""
    origins = {self.scope.origin(syntax) for syntax in ("text", "latex")}
    if len(origins) > 1 and not all(isinstance(k, Variable) and k.kind.index for k in at):
        message = f"'{node.name}' may be text or LaTeX, which count from different numbers here"
        raise Misread(message, node.start, node.end, cure=f"write x[…], counted as in text, or ${node.name}$")


def is_entry(self: Resolver, name: Name) -> bool:
    """Does the name stand for an entry of an array?"""
    return isinstance(entry(self, name), Index)


def _bound(self: Resolver) -> set[str]:
    return {normal(name) for name, _ in self.bound}


def _met(self: Resolver, letter: str, node: Name) -> Expr | None:
    """An undeclared letter below a declared array counts its entries, as in LaTeX."""
    if self.uses is None or self.is_known(letter):
        return None
    return self.unknown(Name(letter, node.start, node.end), "index")


def _index(self: Resolver, letter: str) -> Expr | None:
    if letter.isdigit():
        return Number(int(letter))
    found = self.look_up(letter)
    is_index = isinstance(found, Variable) and (found.kind.index or found.kind.domain.integer)
    return names.copy(found) if is_index and found is not None else None
