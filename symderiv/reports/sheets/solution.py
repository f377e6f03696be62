"""The solution of a part: the derivation of its key, or the key itself where nothing is derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from symderiv.derivation import meaning
from symderiv.derivation.derive import derive
from symderiv.derivation.steps import Derivation, Step
from symderiv.equality import decide
from symderiv.equality.verdict import Equal
from symderiv.errors import SymderivError
from symderiv.exercise import Exercise, Question
from symderiv.exercise.models import ChoicePart, TextPart
from symderiv.expression import tree as trees
from symderiv.expression.latex import meaning_to_latex
from symderiv.expression.text import meaning_to_text, to_text
from symderiv.expression.tree import Expr, Variable
from symderiv.reports.sheets.content import Chain, Formula, Line, Solution
from symderiv.reports.sheets.textbook import safe, textbook_latex
from symderiv.tensor import Meaning, Record

Words = Mapping[str, str]
Notation = Mapping[str, str]

ONE_LINE = 34
TOO_WIDE = 90
"""A step whose rows are wider than this many letters isn't shown: the next one, which says the same, is."""


def solution_of(exercise: Exercise, question: Question, words: Words) -> Solution:
    """What a solution sheet shows for a part."""
    part, notation = question.part, safe(exercise.file.notation)
    if isinstance(part, ChoicePart):
        return Solution(words="; ".join(part.choices.get(key, key) for key in part.answer))
    if isinstance(part, TextPart):
        return Solution(words=part.answer or words["kept_for_a_person"])
    if "steps.from" in question.trees:
        return _shown(question, notation)
    if "answer" not in question.trees:
        return Solution(words=words["kept_for_a_person" if part.kind != "program" else "run_to_check"])
    if part.kind == "expression":
        return _derived(question, notation)
    example = words["for_example"] if part.kind == "construct" else ""
    return Solution(_items(question.key, None, notation), words=example)


def _shown(question: Question, notation: Notation) -> Solution:
    """What was to be shown: derived from one end, and the other end where the result looks otherwise."""
    first, last = question.trees["steps.from"], question.trees["steps.to"]
    end = Line(_formula(last, notation))
    try:
        derivation = derive(first, None, question.facts)
    except SymderivError:
        return Solution((Chain(_formula(first, notation), (end,)),))
    chain = chain_of(derivation, notation)
    if not chain.lines or max(line.formula.width for line in chain.lines) > TOO_WIDE:
        return Solution((Chain(_formula(first, notation), (end,)),))
    if chain.result == end.formula:
        return Solution((chain,), derived=True)
    proved = decide(meaning(derivation.result), meaning(last), question.facts)
    same = replace(end, proved=isinstance(proved, Equal))
    return Solution((replace(chain, lines=(*chain.lines, same)),), derived=True)


def _derived(question: Question, notation: Notation) -> Solution:
    try:
        derivation = derive(question.key, None, question.facts)
    except SymderivError:  # a mapping, a set, a condition: a value without a derivation
        return _stated(question.key, notation)
    if not derivation.steps:
        return _stated(question.key, notation)
    return Solution((chain_of(derivation, notation),), derived=True)


def chain_of(derivation: Derivation, notation: Notation) -> Chain:
    """A derivation, printed: a line a step, but for steps that no page could hold."""
    lines: list[Line] = []
    known: set[str] = set()
    skipped = ""
    for step in derivation.steps:
        line = _line(step, notation, known, skipped)
        if line.formula.width > TOO_WIDE and step is not derivation.steps[-1] and line.proved:
            skipped = line.rule
            continue
        skipped = ""
        lines.append(line)
    return Chain(_formula(derivation.goal, notation), tuple(lines))


def _line(step: Step, notation: Notation, known: set[str], skipped: str) -> Line:
    """A step; names that it brings in are explained once, and a step left out lends it its rule."""
    fresh = [(name, tree) for name, tree in step.where if name not in known and _says(name, tree)]
    known.update(name for name, _ in fresh)
    rule = f"{skipped}, {step.rule}" if skipped and not skipped.endswith(step.rule) else step.rule
    where = tuple(
        Formula(
            f"{textbook_latex(Variable(name), notation)} = {textbook_latex(tree, notation)}",
            f"{name} = {to_text(tree)}",
        )
        for name, tree in fresh
    )
    return Line(_formula(step.after, notation), rule, step.reason, where, step.is_proved)


def _says(name: str, tree: Expr) -> bool:
    """Whether explaining a name says something, in a note beside a line."""
    return to_text(tree) != name and len(to_text(tree)) <= 24


def _stated(key: Expr, notation: Notation) -> Solution:
    """The key, and its value where that says more."""
    try:
        return Solution(_items(key, meaning(key), notation))
    except SymderivError:
        return Solution(_items(key, None, notation))


def _items(key: Expr, value: Meaning | None, notation: Notation) -> tuple[Chain, ...]:
    """A chain for each named result, one for any other value."""
    if not isinstance(key, trees.Mapping):
        return (_chain(None, key, value, notation),)
    values: dict[str, Meaning] = dict(value.items) if isinstance(value, Record) else {}
    return tuple(
        _chain(_name(name, notation), item, values.get(_name_text(name)), notation)
        for name, item in key.items
    )


def _name_text(name: str | Expr) -> str:
    return name if isinstance(name, str) else to_text(name)


def _name(name: str | Expr, notation: Notation) -> Formula:
    tree = Variable(name) if isinstance(name, str) else name
    return Formula(textbook_latex(tree, notation), _name_text(name))


def _chain(name: Formula | None, key: Expr, value: Meaning | None, notation: Notation) -> Chain:
    asked = _formula(key, notation)
    formulas = [asked]
    if value is not None and meaning_to_text(value) != asked.text:
        formulas.append(Formula(meaning_to_latex(value, notation), meaning_to_text(value)))
    if name is None and len(formulas) > 1:
        name = formulas.pop(0)
    if sum(each.width for each in formulas) < ONE_LINE:
        formulas = [_equated(formulas)]
    return Chain(name, tuple(map(Line, formulas)))


def _equated(formulas: list[Formula]) -> Formula:
    return Formula(" = ".join(each.latex for each in formulas), " = ".join(each.text for each in formulas))


def _formula(tree: Expr, notation: Notation) -> Formula:
    return Formula(textbook_latex(tree, notation), to_text(tree))
