"""Values under conditions, as people write them beside a formula: ``\\frac1x \\text{ for } x \\neq 0``.

docs/language.md states the convention; `symderiv.language.provisos` holds the words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from symderiv.language.latex.clauses import Clause, clauses, conditions_in, number_set, remark_in
from symderiv.language.latex.counted import counted
from symderiv.language.latex.fences import named_results
from symderiv.language.latex.functions import condition_of
from symderiv.language.latex.notation import Notation
from symderiv.language.latex.pieces import Atom, Fence, Row, Unit
from symderiv.language.latex.range_pieces import RELATIONS, is_name, relations_in
from symderiv.language.latex.ranks import rank_of
from symderiv.language.latex.spelling import spellings
from symderiv.language.provisos import DEFINING, ELSE, UNDER, plain, says_undefined, several, under
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Choice, Comprehension, Group, Name, Node, Operation, Pairs
from symderiv.language.syntax import Clause as Through

if TYPE_CHECKING:
    from symderiv.language.latex.row import Reader


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


def stated(reader: Reader, row: Row, text: str, whole: Callable[[Reader, Row], Node]) -> Node:
    """The value of a row under its conditions; ``whole`` reads a row that says values alone."""
    found = sentence(reader, row, text)
    if found is None:
        return whole(reader, row)
    for definition in reversed(found.definitions):
        _define(reader, definition)
    values = found.values
    if any(value.conditions or value.elsewhere for value in values):
        return _conditioned(reader, values, whole)
    return whole(reader, _side_by_side(values))


def stated_chain(reader: Reader, line: Row, text: str, cut: Callable[[Row], list[Row]]) -> list[Node]:
    """The members of ``a = b``, each under the conditions of the line."""
    found = sentence(reader, line, text, INEQUALITIES)
    if found is None:
        return [reader.row(member) for member in cut(line)]
    for definition in reversed(found.definitions):
        _define(reader, definition)
    if len(found.values) > 1 and any(value.conditions for value in found.values):
        raise several(line.start, line.end)
    conditions = _read(reader, found.values[0])
    return [under(reader.row(member), conditions) for member in cut(_side_by_side(found.values))]


def remarks_of(reader: Reader, row: Row, text: str) -> list[str]:
    """The words of a row that its reading leaves out."""
    found = sentence(reader, row, text)
    return [] if found is None else [" ".join(text[a:b].split()) for a, b in found.remarks]


def sentence(reader: Reader, row: Row, text: str, stating: frozenset[str] = RELATIONS) -> Sentence | None:
    """What the clauses of a row are; None where it says values and nothing else.

    A clause with one of the signs ``stating`` is no value that a condition can stand beside.
    """
    found = Sentence(reader, text, stating=stating)
    cut = clauses(reader, row, text)
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
    elif found.definitions and _defines(found.reader, clause.row):
        found.definitions.append(clause.row)
    elif found.values and (condition := _unled(clause, found)) is not None:
        found.values[-1].conditions.append((condition, False))
    elif found.values and len(clause.units) == 1 and _is_remark(found, clause.units[0]):
        found.remarks.append((clause.start, clause.end))
    else:
        _value(clause, found)


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
    from symderiv.language.latex.row import has_relation

    if not clause.units or not has_relation(clause.row):
        raise Misread(
            f"no condition stands behind '{plain(clause.words)}'",
            clause.start,
            max(clause.end, clause.start + 1),
            expected="a condition, as in x > 0",
            cure="write the condition, or leave the words out",
        )
    if plain(clause.words).split()[0] in DEFINING and _defines(found.reader, clause.row):
        found.definitions.append(clause.row)
    elif found.values:
        found.values[-1].conditions.append((clause.row, False))
    else:
        found.before.append((clause.row, False))


def _undefined(clause: Clause, found: Sentence) -> None:
    """``\\text{undefined for } x = 0`` takes this away; ``\\text{undefined at } 0`` is a remark."""
    from symderiv.language.latex.row import has_relation

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
    found.remarks.append((clause.start, clause.end))


def _unled(clause: Clause, found: Sentence) -> Row | None:
    """A condition without a word before it: ``x^2, x > 0`` or ``x^2 \\quad (x > 0)``."""
    from symderiv.language.latex.row import has_relation

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
    from symderiv.language.latex.row import has_relation

    if found.values and clause.sign in ("gap", "") and not has_relation(clause.row):
        raise Misread(
            "two formulas stand side by side",
            clause.start,
            clause.end,
            cure=r"set a comma between two results, \cdot between factors",
        )
    found.value(Value(clause))


def _defines(reader: Reader, row: Row) -> bool:
    """Is this ``s = …`` of a name that is declared nowhere?"""
    if len(row.units) < 3 or row.units[1].base.key != ("SIGN", "=="):
        return False
    first = row.units[0]
    names = spellings(first.base)
    return bool(names) and not first.primes and first.sup is None and reader.look_up(names[0]) is None


def _define(reader: Reader, row: Row) -> None:
    first, rest = row.units[0], row.units[2:]
    node = reader.row(Row(rest, rest[0].start, rest[-1].end))
    reader.own = (*reader.own, (Notation("", (first,)), Group(node, rest[0].start, rest[-1].end)))


def _conditioned(reader: Reader, values: list[Value], whole: Callable[[Reader, Row], Node]) -> Node:
    if len(values) == 1 and not values[0].elsewhere:
        return under(whole(reader, values[0].clause.row), _read(reader, values[0]))
    rows = [value.clause.row for value in values]
    if all(value.conditions or value.elsewhere for value in values):
        return _cases(reader, values)
    pairs = named_results(reader, rows)
    if pairs is None:
        raise several(values[0].clause.start, values[-1].clause.end)
    held = [(key, under(node, _read(reader, v))) for (key, node), v in zip(pairs, values, strict=True)]
    return Pairs(tuple(held), values[0].clause.start, values[-1].clause.end)


def _cases(reader: Reader, values: list[Value]) -> Node:
    """``1 \\text{ for } x > 0,\\ 0 \\text{ otherwise}``."""
    branches: list[tuple[Node, Node]] = []
    otherwise: Node | None = None
    for value in values:
        node = reader.row(value.clause.row)
        if otherwise is not None:
            raise Misread("a case after 'otherwise'", node.start, node.end, cure="put 'otherwise' last")
        if value.elsewhere:
            otherwise = node
        else:
            held = _read(reader, value)
            joint = held[0] if len(held) == 1 else Operation("and", tuple(held), held[0].start, held[-1].end)
            branches.append((joint, node))
    start, end = values[0].clause.start, values[-1].clause.end
    if not branches:
        raise Misread("'otherwise' without another case", start, end, cure="write the other case, too")
    return Choice(tuple(branches), otherwise, start, end)


def _read(reader: Reader, value: Value) -> list[Node]:
    return [_one(reader, row, negated) for row, negated in value.conditions]


def _one(reader: Reader, row: Row, negated: bool) -> Node:
    node = counted(reader, row) or _of_each(reader, condition_of(reader, row))
    return Operation("not", (node,), node.start, node.end) if negated else node


def _of_each(reader: Reader, node: Node) -> Node:
    """``x \\ge 0`` of a vector x says it of each entry."""
    if not isinstance(node, Operation) or node.head not in ("lt", "le", "gt", "ge") or len(node.args) != 2:
        return node
    ranks = [rank_of(reader, side) for side in node.args]
    if ranks not in ([1, 0], [0, 1]):
        return node
    array = node.args[ranks.index(1)]
    entry = Name("entry", array.start, array.end)
    sides = tuple(entry if side is array else side for side in node.args)
    through = Through(entry, array, None, array.start, array.end)
    said = Comprehension(
        "argument", Operation(node.head, sides, node.start, node.end), (through,), node.start, node.end
    )
    return Applied(Name("all", node.start, node.end), (said,), (), node.start, node.end)


def _side_by_side(values: list[Value]) -> Row:
    """The values with commas between them, as they were written."""
    units: list[Unit] = []
    for value in values:
        if units:
            units.append(Unit(Atom("PUNCT", ",", value.clause.start, value.clause.start + 1)))
        units += value.clause.units
    return Row(tuple(units), units[0].start, units[-1].end)
