"""``x^T`` and ``x.T``: of an array the transpose; of a number nobody can have meant one.

``2^T`` is a power; where nobody declared x or T, ``x^T`` may be either.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from symderiv.language.ranks import rank_of
from symderiv.language.resolving.assemble import ungrouped
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Name, Node, Numeral, Operation

_BEFORE_E = re.compile(r"[A-Za-z]e\Z")
_BEHIND_T = re.compile(r"T[^\W\d_]")

if TYPE_CHECKING:
    from symderiv.language.resolving.resolve import Resolver


def is_transpose(self: Resolver, base: Node, exponent: Name) -> bool:
    """Is this exponent no name, but the sign of a transpose? What is made of declared numbers has none.

    Beside a declared T it is a power, but of a matrix that isn't square.
    """
    if exponent.name != "T":
        return False
    if self.look_up("T") is not None:
        return _is_oblong(self, base)
    return self.uses is None or not _is_number(self, base)


def _is_oblong(self: Resolver, base: Node) -> bool:
    """Is this a declared matrix whose two sizes differ?"""
    name = ungrouped(base)
    kind = getattr(self.look_up(name.name), "kind", None) if isinstance(name, Name) else None
    return kind is not None and len(kind.shape) == 2 and kind.shape[0] != kind.shape[1]


def _is_number(self: Resolver, base: Node) -> bool:
    """A numeral but 1 (ones, to some), a declared number, or arithmetic of them; an entry may be a row."""
    match ungrouped(base):
        case Numeral(value=value):
            return value != 1
        case Name() as name:
            return self.rank(name.name) == 0
        case Operation(head="add" | "sub" | "mul" | "div" | "neg" | "pow", args=args):
            return all(isinstance(part, Numeral) or _is_number(self, part) for part in args)
    return False


def transposed(self: Resolver, base: Node, letter: Node) -> Operation:
    """The transpose that ``base^T`` is where T is no name; refuses a number's."""
    self.looks_around()
    if self.uses is None and rank_of(self, base) == 0 and not isinstance(base, Numeral):
        raise Misread(
            "^T behind a number: a power, or the transpose of an array?",
            letter.start,
            letter.end,
            expected="a declared array before it, or a declared T",
            cure="declare T for a power, what stands before it for a transpose; a row of ones is ones(n).T",
        )
    return Operation("transpose", (base,), base.start, letter.end)


def refuse_run_together(self: Resolver, exponent: Node) -> None:
    """``w^Tx`` of no declared Tx: nobody raises w to a power called Tx."""
    name = exponent.callee if isinstance(exponent, Applied) else exponent
    if not isinstance(name, Name) or not _BEHIND_T.match(name.name) or _is_declared(self, name):
        return
    raise Misread(
        "^T and a factor run together",
        name.start,
        name.end,
        cure=f"write ^T*{name.name[1:]} for a product with a transpose, or declare {name.name}",
    )


def refuse_letter_before_e(self: Resolver, base: Node) -> None:
    """``xe^x`` of no declared xe: a power of e, and what stands before it."""
    if not isinstance(base, Name) or not _BEFORE_E.match(base.name) or _is_declared(self, base):
        return
    raise Misread(
        "a power of e runs together with the letter before it",
        base.start,
        base.end,
        cure=f"write {base.name[:-1]}*e^… for a product, or declare {base.name}",
    )


def _is_declared(self: Resolver, name: Name) -> bool:
    known = name.name in self.scope.names and name.name not in self.scope.inferred
    return known or bool(self.scope.head(name.name))
