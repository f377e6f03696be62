"""What the clauses of a formula with words around it are: values, conditions, definitions, remarks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from symderiv.errors import LimitExceeded
from symderiv.language.latex.names.spelling import spellings
from symderiv.language.latex.pieces import Fence, Row, Unit
from symderiv.language.latex.ranges.range_pieces import RELATIONS, is_name, relations_in
from symderiv.language.latex.sentences.clauses import Clause, clauses, conditions_in, number_set, remark_in
from symderiv.language.latex.sentences.definitions import check_new, defines, is_used
from symderiv.language.provisos import DEFINING, ELSE, MAX_CLAUSES, UNDER, is_unit, plain, says_undefined
from symderiv.language.source import Misread

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Reader

INEQUALITIES = RELATIONS - {"=="}


@dataclass(slots=True)
class Value:
    """A value, and the clauses that say where it holds; ``elsewhere``: in all other cases."""

    clause: Clause
    conditions: list[tuple[Row, bool]] = field(default_factory=list)
    elsewhere: bool = False


@dataclass(slots=True)
class Sentence:
    """What a row says: values, definitions of names of its own, and remarks (where they stand)."""

    reader: Reader
    text: str
    values: list[Value] = field(default_factory=list)
    definitions: list[Row] = field(default_factory=list)
    remarks: list[tuple[int, int]] = field(default_factory=list)
    before: list[tuple[Row, bool]] = field(default_factory=list)
    stating: frozenset[str] = RELATIONS
    quantified: Clause | None = None

    def value(self, value: Value) -> None:
        """One more value, under what was said before it: ``for x > 0: …``."""
        value.conditions += self.before
        self.before = []
        self.values.append(value)


def sentence(reader: Reader, row: Row, text: str, stating: frozenset[str] = RELATIONS) -> Sentence | None:
    """What the clauses of a row are; None where it says values and nothing else.

    A clause with one of the signs ``stating`` is no value that a condition can stand beside.
    """
    found = Sentence(reader, text, stating=stating)
    cut = clauses(reader, row, text)
    if len(cut) > MAX_CLAUSES:
        if any(clause.words or clause.sign == "gap" for clause in cut):
            raise Misread(
                "too many clauses",
                cut[MAX_CLAUSES].start,
                cut[-1].end,
                expected=f"at most {MAX_CLAUSES}",
                error=LimitExceeded,
            )
        return None
    for clause in cut:
        _sort(clause, found)
    if not found.values:
        return None
    _check_quantified(found)
    held = any(value.conditions or value.elsewhere for value in found.values)
    nothing = not (found.definitions or found.remarks or held)
    if nothing and len(cut) == len(found.values) and not any(clause.sign == "gap" for clause in cut):
        return None
    return found


def _sort(clause: Clause, found: Sentence) -> None:
    """Put a clause where it belongs: a value, a condition, a definition, or a remark."""
    words = plain(clause.words)
    at = number_set(clause.units)
    if at is not None and _says_no_more(found.reader, clause, at):
        # what a name ranges over is declared: x ∈ ℝ says nothing new
        is_value = not words and not all(is_name((unit,)) for unit in clause.units[:at])
        if is_value:
            found.value(Value(_shortened(clause, at)))
            _absorb(found, clause, at)
            return
        found.quantified = clause if words.startswith("for") else found.quantified
        found.remarks.append((clause.start, clause.end))
        while len(found.values) > 1 and is_name(tuple(found.values[-1].clause.units)):
            found.remarks.append((found.values.pop().clause.start, clause.end))
        return
    if _is_about_all(clause):
        found.quantified = clause
        found.remarks.append((clause.start, clause.end))
        return
    if words in ELSE:
        _elsewhere(clause, found)
    elif words and (words in UNDER or words.split()[0] in UNDER):
        _condition(clause, found)
    elif says_undefined(words):
        _undefined(clause, found)
    elif words:
        _remark(clause, found)
    elif defines(found.reader, clause.row) and _may_define(clause.row, found):
        found.definitions.append(clause.row)
    elif found.values and (condition := _unled(clause, found)) is not None:
        found.values[-1].conditions.append((condition, False))
    elif found.values and len(clause.units) == 1 and _is_remark(found, clause.units[0]):
        found.remarks.append((clause.start, clause.end))
    else:
        _value(clause, found)


def _may_define(row: Row, found: Sentence) -> bool:
    values = (value.clause.row for value in found.values)
    return bool(found.definitions) or is_used(row, found.reader, values)


def _check_quantified(found: Sentence) -> None:
    """``\\forall x: f(x) \\ge 0`` says of all x what ``f(x) \\ge 0`` says of one."""
    clause = found.quantified
    if clause is not None and any(_states(found, value.clause.row) for value in found.values):
        raise Misread(
            "a statement about all values of a name",
            clause.start,
            clause.end,
            expected="a condition on the names",
            cure="write the condition alone",
        )


def _states(found: Sentence, row: Row) -> bool:
    return any(sign in found.stating for _, sign in relations_in(row))


def _says_no_more(reader: Reader, clause: Clause, at: int) -> bool:
    """``\\in \\mathbb R^n`` says a shape; ``\\in \\mathbb N`` of a number must be declared so."""
    if clause.units[-1].base.key[1] == ("LETTER", "R"):
        return True
    names = [name for unit in clause.units[:at] for name in spellings(unit.base)[:1]]
    found = [reader.look_up(name) for name in names]
    return bool(found) and all(v is not None and (v.kind.index or v.kind.domain.integer) for v in found)


def _is_about_all(clause: Clause) -> bool:
    """``\\forall i``, ``\\text{for all } x, y``: names without a condition on them."""
    if plain(clause.words).split()[:1] != ["for"] or not clause.units:
        return False
    return all(is_name((unit,)) for unit in clause.units)


def _shortened(clause: Clause, at: int) -> Clause:
    return Clause(clause.sign, clause.start, clause.words, clause.units[:at], clause.units[at - 1].end)


def _absorb(found: Sentence, clause: Clause, at: int) -> None:
    found.remarks.append((clause.units[at].start, clause.end))


def _elsewhere(clause: Clause, found: Sentence) -> None:
    """``0 \\text{ otherwise}``, ``\\text{else } 0``."""
    if clause.units:
        found.value(Value(clause, elsewhere=True))
    elif found.values:
        found.values[-1].elsewhere = True


def _condition(clause: Clause, found: Sentence) -> None:
    from symderiv.language.latex.rows.row import has_relation

    if not clause.units or not has_relation(clause.row):
        raise Misread(
            f"no condition stands behind '{plain(clause.words)}'",
            clause.start,
            max(clause.end, clause.start + 1),
            expected="a condition, as in x > 0",
            cure="write the condition, or leave the words out",
        )
    defining = plain(clause.words).split()[0] in DEFINING
    if defining and defines(found.reader, clause.row):
        found.definitions.append(clause.row)
        return
    if defining:
        check_new(found.reader, clause.row)
    if found.values and any(sign in INEQUALITIES for _, sign in relations_in(found.values[-1].clause.row)):
        raise Misread(
            "a condition under a condition",
            clause.start,
            clause.end,
            cure=r"join the two with \land, or write cases",
        )
    if found.values:
        found.values[-1].conditions.append((clause.row, False))
    else:
        found.before.append((clause.row, False))


def _undefined(clause: Clause, found: Sentence) -> None:
    """``\\text{undefined for } x = 0`` takes this away; ``\\text{undefined at } 0`` is a remark."""
    from symderiv.language.latex.rows.row import has_relation

    if clause.units and has_relation(clause.row):
        (found.values[-1].conditions if found.values else found.before).append((clause.row, True))
    else:
        found.remarks.append((clause.start, clause.end))


def _remark(clause: Clause, found: Sentence) -> None:
    if clause.units or not (found.values or found.quantified):
        raise Misread(
            f"the words '{clause.words}' aren't a formula",
            clause.start,
            clause.end,
            expected="a formula",
            cure="leave the words out, or put them in brackets behind the formula",
        )
    is_behind = (
        bool(found.values) and not clause.sign and not found.text[: clause.start].rstrip().endswith("&")
    )
    if is_behind and is_unit(clause.words):
        raise Misread(
            f"'{clause.words}' stands behind the value: a unit?",
            clause.start,
            clause.end,
            expected="the value alone, in the unit that is asked for",
            cure="leave the unit out, or put a remark in brackets",
        )
    found.remarks.append((clause.start, clause.end))


def _unled(clause: Clause, found: Sentence) -> Row | None:
    """A condition without a word before it: ``x^2, x > 0`` or ``x^2 \\quad (x > 0)``."""
    from symderiv.language.latex.rows.row import has_relation

    row = clause.row
    base = clause.units[0].base
    if len(clause.units) == 1 and isinstance(base, Fence) and base.opening in "([" and clause.units[0].bare:
        units = tuple(conditions_in(base))
        inside = Row(units, units[0].start, units[-1].end) if units else base.row
        if clause.sign == "gap" and has_relation(inside) and not remark_in(found.reader, base, found.text):
            return inside
    value = found.values[-1].clause
    return row if has_relation(row) and not _states(found, value.row) and clause.sign else None


def _is_remark(found: Sentence, unit: Unit) -> bool:
    base = unit.base
    return isinstance(base, Fence) and base.opening in "([" and remark_in(found.reader, base, found.text)


def _value(clause: Clause, found: Sentence) -> None:
    from symderiv.language.latex.rows.row import has_relation

    if found.values and clause.sign in ("gap", "") and not has_relation(clause.row):
        raise Misread(
            "two formulas stand side by side",
            clause.start,
            clause.end,
            cure=r"set a comma between two results, \cdot between factors",
        )
    found.value(Value(clause))
