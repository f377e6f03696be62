"""Chains of equal formulas: a derivation printed line by line, lines that an author wrote, values stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from symderiv.derivation import meaning
from symderiv.derivation.derive import derive
from symderiv.derivation.steps import Derivation, Step
from symderiv.derivation.tidying.at_kinks import kinks_of
from symderiv.equality import decide
from symderiv.equality.verdict import Equal
from symderiv.errors import SymderivError
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Expr, Variable
from symderiv.reports.sheets.content import Chain, Formula, Line
from symderiv.reports.sheets.counting import steps_counted_from_one
from symderiv.reports.sheets.formulas import ROOM, equated, formula_of, side_by_side, value_of

Notation = Mapping[str, str]
Facts = tuple[Expr, ...]

ONE_LINE = 34
TOO_WIDE = 75
"""A step whose rows are wider than this many letters isn't shown: the next one, which says the same, is."""
GAP = 4


def derived(goal: Expr, facts: Facts, notation: Notation, origin: int = 0) -> Chain | None:
    """The derivation of a key, its entries counted from ``origin``; None where there is nothing to derive."""
    try:
        derivation = derive(goal, None, facts)
    except SymderivError:  # a mapping, a set, a condition: a value without a derivation
        return None
    if not derivation.steps:
        return None
    return chain_of(steps_counted_from_one(derivation) if origin == 1 else derivation, notation)


def chain_of(derivation: Derivation, notation: Notation) -> Chain:
    """A derivation, printed: a line a step, but for steps that no page could hold."""
    lines: list[Line] = []
    known: set[str] = set()
    skipped = ""
    for step in derivation.steps:
        line = _line(step, notation, known, skipped)
        is_too_wide = line.formula.width > TOO_WIDE and not line.formula.rows
        if is_too_wide and line.proved and step is not derivation.steps[-1]:
            skipped = line.rule
            continue
        skipped = ""
        lines.append(line)
    return Chain(formula_of(derivation.goal, notation), tuple(lines), kinks=_kinks(derivation))


def _kinks(derivation: Derivation) -> tuple[str, ...]:
    """What is said of where there is no derivative, each once, as sentences."""
    said = [kink for kink in kinks_of(derivation.goal) if any(kink in s.reason for s in derivation.steps)]
    return tuple(f"{kink[0].upper()}{kink[1:]}." for kink in (*said, *derivation.kinks))


def _line(step: Step, notation: Notation, known: set[str], skipped: str) -> Line:
    """A step; names that it brings in are explained once, and a step left out lends it its rule."""
    fresh = [(name, tree) for name, tree in step.where if name not in known and _says(name, tree)]
    known.update(name for name, _ in fresh)
    rules = dict.fromkeys((*(skipped.split(", ") if skipped else ()), step.rule, *filter(None, (step.only,))))
    where = tuple(
        equated([formula_of(Variable(name), notation), formula_of(tree, notation)]) for name, tree in fresh
    )
    return Line(formula_of(step.after, notation), ", ".join(rules), step.reason, where, step.is_proved)


def _says(name: str, tree: Expr) -> bool:
    """Whether explaining a name says something, in a note beside a line."""
    return to_text(tree) != name and len(to_text(tree)) <= 24


def proved_chain(trees: Sequence[Expr], facts: Facts, notation: Notation) -> Chain:
    """``a = b = c`` as somebody wrote it, each line proved equal to the one before."""
    lines = [
        Line(formula_of(after, notation), proved=is_equal(before, after, facts))
        for before, after in pairwise(trees)
    ]
    return Chain(formula_of(trees[0], notation), tuple(lines))


def is_equal(before: Expr, after: Expr, facts: Facts) -> bool:
    try:
        return isinstance(decide(meaning(before), meaning(after), facts), Equal)
    except SymderivError:
        return False


def stated(
    name: Formula | None, key: Expr, notation: Notation, origin: int = 0, relation: str = "="
) -> Chain:
    """The key, and its value where that says more."""
    value = value_of(key, notation, origin)
    formulas = [formula_of(key, notation), *([value] if value is not None else [])]
    if name is None and len(formulas) > 1:
        name = formulas.pop(0)
    if sum(each.width for each in formulas) < ONE_LINE:
        formulas = [equated(formulas)]
    return Chain(name, tuple(map(Line, formulas)), relation)


def named(name: Formula, chain: Chain) -> Chain:
    """``name = goal = …``: a chain that is the value of a name."""
    assert chain.asked is not None
    return replace(chain, asked=name, lines=(Line(chain.asked), *chain.lines))


def gathered(chains: Sequence[Chain]) -> tuple[Chain, ...]:
    """Short values side by side, each still a formula of its own."""
    return tuple(_gathered(chains))


def _gathered(chains: Sequence[Chain]) -> Iterator[Chain]:
    row: list[Formula] = []
    for chain in chains:
        short = chain.as_one
        if short is None or sum(each.width + GAP for each in row) + short.width > ROOM:
            yield from _row(row)
            row = []
        if short is None:
            yield chain
        else:
            row.append(short)
    yield from _row(row)


def _row(row: list[Formula]) -> Iterator[Chain]:
    if row:
        yield Chain(None, (Line(side_by_side(row) if len(row) > 1 else row[0]),))
