"""A formula with the words around it cut into clauses: ``1/x``, ``for x ≠ 0``, ``(valid)``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from symderiv.language.latex.lexing.symbols import DOTS
from symderiv.language.latex.pieces import Atom, Fence, Row, Unit
from symderiv.language.provisos import ELSE, NOT_DEFINED, UNDER, is_remark, plain, says_undefined

if TYPE_CHECKING:
    from symderiv.language.latex.names.context import Context

_NAMING = re.compile(r"\\(?:operatorname\*?|mathrm|mathsf|mathtt|mathit|mathbf)(?![A-Za-z])")
_WIDE = re.compile(r"\\q?quad(?![A-Za-z])|\\hfill(?![A-Za-z])")
_BLANK = re.compile(r"\\ |~|\\(?:q?quad|enspace|hspace)(?![A-Za-z])")
_BEFORE = frozenset(("SIGN", "BIG", "FUNCTION", "PUNCT"))
_SETS = frozenset((r"\mathbb", r"\mathds", r"\mathbbm"))
_NUMBERS = [("LETTER", each) for each in "RNZ"]


@dataclass(slots=True)
class Clause:
    """Units that belong together, the words that lead them, and what parts them from the clause before."""

    sign: str
    start: int
    words: str = ""
    units: list[Unit] = field(default_factory=list)
    end: int = 0

    @property
    def row(self) -> Row:
        return Row(tuple(self.units), self.units[0].start, self.units[-1].end)

    @property
    def is_empty(self) -> bool:
        return not self.units and not self.words


def clauses(reader: Context, row: Row, text: str) -> list[Clause]:
    """The clauses of a row, in order; a formula without words and commas is one."""
    found = [Clause("", row.start)]
    for position, unit in enumerate(row.units):
        here = found[-1]
        said = _words(reader, row.units, position, text)
        if _parts(here, unit) or _begins_anew(here, row.units, position):
            found.append(Clause(str(unit.base.key[1]), unit.end))
        elif said:
            if here.units:
                found.append(here := Clause("", unit.start))
            here.words = f"{here.words} {said}".strip()
            here.end = unit.end
        else:
            if here.units and _stands_apart(reader, row.units, position, text):
                found.append(here := Clause("gap", unit.start))
            here.units.append(unit)
            here.end = unit.end
    return _with_dots([clause for clause in found if not clause.is_empty])


def _parts(here: Clause, unit: Unit) -> bool:
    """A comma or semicolon; a colon behind ``for x > 0``, before anything else."""
    if unit.base.key[0] != "PUNCT" or not unit.bare:
        return False
    return unit.base.key[1] in (",", ";") or (unit.base.key[1] == ":" and bool(here.words))


def _begins_anew(here: Clause, units: tuple[Unit, ...], position: int) -> bool:
    """``if x > 0 then 1``; an *and* that joins no conditions: ``x if x > 0 and 0 otherwise``."""
    said = plain(_word(units[position]))
    if said == "and" and here.sign and here.is_empty:
        return True  # 1 if x > 0, and 0 otherwise
    if said not in ("and", "then") or not here.words or not here.units:
        return False
    rest = units[position + 1 :]
    end = next((k for k, unit in enumerate(rest) if _word(unit) or unit.base.key[0] == "PUNCT"), len(rest))
    return said == "then" or not _has_relation(rest[:end]) or _is_naming(rest)


def _is_naming(units: tuple[Unit, ...]) -> bool:
    """``t = …``"""
    return len(units) > 2 and units[1].base.key == ("SIGN", "==")


def _words(reader: Context, units: tuple[Unit, ...], position: int, text: str) -> str:
    """The words that a unit is; "" where it is a name, a function, or part of a formula."""
    unit = units[position]
    if unit.base.key == ("SYMBOL", r"\forall") and unit.bare:
        return "for all"
    if not isinstance(unit.base, Atom) or unit.base.kind != "WORD" or not unit.bare:
        return ""
    said = unit.base.value
    following = units[position + 1] if position + 1 < len(units) else None
    if plain(said) in UNDER | ELSE or (says_undefined(said) and plain(said) not in NOT_DEFINED[:2]):
        return "" if reader.look_up(said) is not None else said
    if says_undefined(said):  # as a value by itself, or before "at x = 0"
        return said if following is not None and plain(_word(following)) in {*UNDER, "at", "in"} else ""
    is_head = reader.scope.head(said) is not None and not (position and _ends(following))
    named = _NAMING.match(text, unit.start) or reader.look_up(said) is not None or is_head
    if named or (" " not in said and _is_name_like(unit, following)):
        return ""
    return said if is_remark(said) else ""


def _ends(following: Unit | None) -> bool:
    return following is None or following.base.key[0] == "PUNCT"


def _word(unit: Unit) -> str:
    return unit.base.value if isinstance(unit.base, Atom) and unit.base.kind == "WORD" else ""


def _is_name_like(unit: Unit, following: Unit | None) -> bool:
    """``\\text{max} = …``, ``\\text{loss}(x)``: a word that names something."""
    if following is None:
        return False
    key = following.base.key
    touches = isinstance(following.base, Fence) and following.base.opening in "(["
    return touches or key in (("SIGN", "=="), ("SIGN", "mapsto"), ("SIGN", "to"), ("SIGN", ":="))


def _stands_apart(reader: Context, units: tuple[Unit, ...], position: int, text: str) -> bool:
    """Does a wide space part this unit from the one before? Any does before a bracket with a condition."""
    before, unit = units[position - 1], units[position]
    if before.base.key[0] in _BEFORE or unit.base.key[0] in ("SIGN", "PUNCT"):
        return False
    gap = text[before.end : unit.start]
    if isinstance(unit.base, Fence) and unit.bare and unit.base.opening in "([":
        inside = unit.base.row.units
        if inside and (_words(reader, inside, 0, text) or _adds_words(inside)) and unit.base.opening == "(":
            return True
        if _BLANK.search(gap) and _has_relation(inside):
            return True
    return bool(_WIDE.search(gap))


def _adds_words(inside: tuple[Unit, ...]) -> bool:
    """``(+ \\text{const})``."""
    return inside[0].base.key == ("SIGN", "+") and len(inside) == 2 and len(_word(inside[1])) > 1


def _has_relation(inside: tuple[Unit, ...]) -> bool:
    from symderiv.language.latex.rows.row import has_relation

    return bool(inside) and has_relation(Row(inside, inside[0].start, inside[-1].end))


def _with_dots(found: list[Clause]) -> list[Clause]:
    """``i = 1, \\dots, n`` is one clause again."""
    done: list[Clause] = []
    waiting = iter(found)
    for clause in waiting:
        is_dots = len(clause.units) == 1 and clause.units[0].base.key[-1] in DOTS and not clause.words
        last = next(waiting, None) if is_dots and done and done[-1].units else None
        if last is None or not last.units or last.words:
            done.extend(each for each in (clause, last) if each is not None)
            continue
        if len(done) > 1 and _is_start(done[-2]) and len(done[-1].units) == 1 and not done[-1].words:
            done.pop()  # i = 1, 2, …, n
        done[-1].units += [*clause.units, *last.units]
        done[-1].end = last.end
    return done


def _is_start(clause: Clause) -> bool:
    """``i = 1``."""
    return len(clause.units) == 3 and _is_naming(tuple(clause.units))


def number_set(units: list[Unit]) -> int | None:
    """Where ``\\in \\mathbb R^n`` begins at the end of a clause."""
    if len(units) < 2 or units[-2].base.key != ("SIGN", "in"):
        return None
    base = units[-1].base
    is_set = base.key[0] in _SETS and base.key[1] in _NUMBERS
    return len(units) - 2 if is_set else None


def remark_in(reader: Context, fence: Fence, text: str) -> bool:
    """Is what a bracket holds a remark?"""
    inside = fence.row.units
    if not inside or _adds_words(inside):
        return bool(inside)
    said = (_words(reader, inside, position, text) for position in range(len(inside)))
    return any(map(is_remark, filter(None, said)))


def conditions_in(fence: Fence) -> Iterator[Unit]:
    """What a bracket says, without the *for* or *if* before it."""
    units = fence.row.units
    return iter(units[1:] if units and plain(_word(units[0])) in UNDER else units)
