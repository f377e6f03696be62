"""The lines that say what is given: ``X = …``, ``x ∈ ℝⁿ``, ``σ: ℝ → ℝ``; names of one set together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from symderiv.exercise import Exercise
from symderiv.expression.kinds import Kind
from symderiv.expression.text import to_text
from symderiv.expression.tree import Call, Index, Variable
from symderiv.reports.sheets.content import Formula
from symderiv.reports.sheets.formulas import side_by_side
from symderiv.reports.sheets.textbook import textbook_latex

LINE_WIDTH = 46
GAP = 4
Notation = Mapping[str, str]


def given_lines(exercise: Exercise, told: Iterable[Variable]) -> tuple[Formula, ...]:
    """One formula a line, short ones side by side; indices and names of single entries go without saying."""
    notation = exercise.file.notation
    names = [name for name in told if not (name.kind.index or _is_another_spelling(name))]
    valued = [_valued(name, notation) for name in names if _stands_for(name) is not None]
    declared = [name for name in names if _stands_for(name) is None]
    return (*_joined(_declared(declared, notation)), *_joined(valued))


def _is_another_spelling(name: Variable) -> bool:
    """``H00: H[0,0]``, ``sp: sigma'``: a spelling offered to students, nothing that is given."""
    stands_for = name.definition
    if isinstance(stands_for, Call) and not stands_for.args:
        return True
    return isinstance(stands_for, Index) and isinstance(stands_for.base, Variable)


def _stands_for(name: Variable) -> object:
    return name.value if name.value is not None else name.definition


def _joined(formulas: list[Formula]) -> Iterator[Formula]:
    line: list[Formula] = []
    for formula in formulas:
        if line and sum(each.width + GAP for each in line) + formula.width > LINE_WIDTH:
            yield side_by_side(line)
            line = []
        line.append(formula)
    if line:
        yield side_by_side(line)


def _valued(name: Variable, notation: Notation) -> Formula:
    stands_for = name.value if name.value is not None else name.definition
    assert stands_for is not None
    latex = f"{textbook_latex(name, notation)} = {textbook_latex(stands_for, notation)}"
    return Formula(latex, f"{name.name} = {to_text(stands_for)}")


def _declared(names: list[Variable], notation: Notation) -> list[Formula]:
    """``C, n ∈ ℕ``: neighbours of one kind share their set."""
    groups = groupby(names, key=lambda name: name.kind)
    return [_of_kind(list(group), kind, notation) for kind, group in groups]


def _of_kind(names: list[Variable], kind: Kind, notation: Notation) -> Formula:
    letters = ", ".join(textbook_latex(name, notation) for name in names)
    text = ", ".join(name.name for name in names)
    if kind.function:
        growth = r"\text{ nondecreasing}" if kind.function == "nondecreasing" else ""
        return Formula(rf"{letters}\colon \mathbb{{R}} \to \mathbb{{R}}{growth}", f"{text}: function")
    return Formula(f"{letters} \\in {_set(kind, notation)}", f"{text} ∈ {_set_text(kind)}")


def _numbers(kind: Kind) -> str:
    domain = kind.domain
    letters = r"\mathbb{Z}" if domain.integer else r"\mathbb{R}"
    if domain.lower == 1 and domain.integer:
        return r"\mathbb{N}"
    if domain.is_positive and domain.lower == 0:
        return rf"{letters}_{{>0}}"
    if domain.is_nonnegative and domain.lower == 0:
        return rf"{letters}_{{\ge 0}}"
    return letters


def _set(kind: Kind, notation: Notation) -> str:
    sizes = r" \times ".join("?" if size is None else textbook_latex(size, notation) for size in kind.shape)
    return f"{_numbers(kind)}^{{{sizes}}}" if sizes else _numbers(kind)


def _set_text(kind: Kind) -> str:
    sizes = "×".join("?" if size is None else to_text(size) for size in kind.shape)
    letter = "ℤ" if kind.domain.integer else "ℝ"
    return f"{letter}^({sizes})" if sizes else letter
