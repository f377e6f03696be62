"""The solution of a part: the derivation of its key, or the key itself where nothing is derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from symderiv.errors import SymderivError
from symderiv.exercise import Exercise, Question
from symderiv.exercise.format.models import ChoicePart, ProgramPart, TextPart
from symderiv.expression import tree as trees
from symderiv.expression.printing.latex import bracketed
from symderiv.expression.tree import Expr
from symderiv.grading.kinds.lines import lines_of
from symderiv.grading.misconceptions.written_counts import written_counts
from symderiv.reports.sheets.chains import derived, gathered, is_equal, named, proved_chain, stated
from symderiv.reports.sheets.content import Chain, Formula, Line, Solution
from symderiv.reports.sheets.formulas import formula_of, name_of
from symderiv.reports.sheets.textbook import safe

Words = Mapping[str, str]
Notation = Mapping[str, str]


def solution_of(exercise: Exercise, question: Question, words: Words) -> Solution:
    """What a solution sheet shows for a part."""
    part, notation = question.part, safe(exercise.file.notation)
    if isinstance(part, ChoicePart):
        return Solution(words="; ".join(part.choices.get(key, key) for key in part.answer))
    if isinstance(part, TextPart):
        return Solution(words=part.answer or words["kept_for_a_person"])
    if isinstance(part, ProgramPart):
        return _program(part, words)
    if "steps.from" in question.trees:
        return _shown(question, notation, words)
    if "answer" not in question.trees:
        return _whatever_holds(question, notation, words)
    if part.kind == "order":
        return Solution(_costs(written_counts(question.key) or question.key, notation))
    if part.kind == "expression":
        return _derived(question, notation)
    return Solution(_given_away(question.key, notation), words=words["for_example"])


def _whatever_holds(question: Question, notation: Notation, words: Words) -> Solution:
    """The conditions on an object, where the author gives no example of one."""
    conditions = [tree for field, tree in question.trees.items() if field.startswith("where")]
    if not conditions:
        return Solution(words=words["kept_for_a_person"])
    shown = [Chain(None, (Line(formula_of(tree, notation)),)) for tree in conditions]
    return Solution(gathered(shown), words=words["any_object"])


def _program(part: ProgramPart, words: Words) -> Solution:
    """A program that the author accepts: the longest, which shows most of the way."""
    programs = [part.answer] if part.answer is not None else part.accept
    texts = [program.text.strip() for program in programs]
    if not texts:
        return Solution(words=words["run_to_check"])
    return Solution(words=words["for_example"], code=max(texts, key=lambda text: text.count("\n")))


def _shown(question: Question, notation: Notation, words: Words) -> Solution:
    """What was to be shown: derived from one end, or else as the author's example goes from line to line."""
    first, last = question.trees["steps.from"], question.trees["steps.to"]
    end = Line(formula_of(last, notation), words["as_asked"], proved=is_equal(first, last, question.facts))
    origin = question.scope.origin("latex")
    chain = derived(first, question.facts, notation, origin) or _example(question, notation)
    if chain is None:
        return Solution((Chain(formula_of(first, notation), (end,)),), derived=True)
    before = chain.lines if chain.result.latex != end.formula.latex else chain.lines[:-1]
    if before is not chain.lines and chain.lines[-1].rule:
        return Solution((chain,), derived=True)
    return Solution((replace(chain, lines=(*before, end)),), derived=True)


def _example(question: Question, notation: Notation) -> Chain | None:
    """The accepted answer of the most lines, written out and proved line by line."""
    found: list[tuple[Expr, ...]] = []
    for answer in question.part.accept:
        try:
            found.append(tuple(line.tree for line in lines_of(question, answer)[0]))
        except SymderivError:
            continue
    longest = max(found, key=len, default=())
    if len(longest) < 2:
        return None
    start = formula_of(question.trees["steps.from"], notation)
    if formula_of(longest[0], notation).latex != start.latex:
        longest = (question.trees["steps.from"], *longest)
    return proved_chain(longest, question.facts, notation)


def _derived(question: Question, notation: Notation) -> Solution:
    """Each named result by its own derivation, side by side where nothing is to be derived."""
    key, facts, origin = question.key, question.facts, question.scope.origin("latex")
    if not isinstance(key, trees.Mapping):
        chain = derived(key, facts, notation, origin)
        if chain is not None:
            return Solution((chain,), derived=True)
        return Solution((stated(None, key, notation, origin),))
    found: list[Chain] = []
    is_derived = False
    for name, item in key.items:
        chain = derived(item, facts, notation, origin) if isinstance(name, str) else None
        is_derived |= chain is not None
        label = name_of(name, notation)
        found.append(named(label, chain) if chain is not None else _item(name, label, item, notation, origin))
    return Solution(gathered(found), derived=is_derived)


def _item(name: str | Expr, label: Formula, item: Expr, notation: Notation, origin: int) -> Chain:
    """``W_1 = …``, but ``(0, 1) ↦ …`` for a table."""
    return stated(label, item, notation, origin, "=" if isinstance(name, str) else r"\mapsto")


def _given_away(key: Expr, notation: Notation) -> tuple[Chain, ...]:
    """An object, or several by name, without any evaluation."""
    if not isinstance(key, trees.Mapping):
        return (Chain(None, (Line(formula_of(key, notation)),)),)
    found = [Chain(name_of(name, notation), (Line(formula_of(item, notation)),)) for name, item in key.items]
    return gathered(found)


def _costs(key: Expr, notation: Notation) -> tuple[Chain, ...]:
    """``O(n^2)``, for each program by name where several are asked for."""
    if not isinstance(key, trees.Mapping):
        return (Chain(None, (Line(_order(key, notation)),)),)
    return gathered(
        [Chain(name_of(name, notation), (Line(_order(item, notation)),)) for name, item in key.items]
    )


def _order(cost: Expr, notation: Notation) -> Formula:
    inner = formula_of(cost, notation)
    return Formula(f"O{bracketed(inner.latex)}", f"O({inner.text})")
