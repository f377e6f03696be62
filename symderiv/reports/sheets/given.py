"""The lines that say what is given: ``X = …``, ``x ∈ ℝⁿ``, ``σ: ℝ → ℝ``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symderiv.exercise import Exercise
from symderiv.expression.kinds import Kind
from symderiv.expression.text import to_text
from symderiv.expression.tree import Expr, Index, Variable
from symderiv.reports.sheets.content import Formula
from symderiv.reports.sheets.textbook import textbook_latex

LINE_WIDTH = 44
Notation = Mapping[str, str]


def given_lines(exercise: Exercise) -> tuple[Formula, ...]:
    """One formula a line, short ones side by side."""
    notation = exercise.file.notation
    return tuple(_joined([_given(name, notation) for name in exercise.given if not _names_an_entry(name)]))


def _names_an_entry(name: Variable) -> bool:
    """``H00: H[0,0]``: a spelling offered to students, nothing that is given."""
    return isinstance(name.definition, Index) and isinstance(name.definition.base, Variable)


def _joined(formulas: list[Formula]) -> Iterator[Formula]:
    line: list[Formula] = []
    for formula in formulas:
        if line and sum(map(_width, line)) + _width(formula) > LINE_WIDTH:
            yield _side_by_side(line)
            line = []
        line.append(formula)
    if line:
        yield _side_by_side(line)


def _width(formula: Formula) -> int:
    """About how many letters wide a formula is set: a matrix counts its widest row."""
    return min(len(formula.text), max(map(len, formula.text.split("],"))) + 4) + 2


def _side_by_side(line: list[Formula]) -> Formula:
    return Formula(r",\qquad ".join(f.latex for f in line), ",  ".join(f.text for f in line))


def _given(name: Variable, notation: Notation) -> Formula:
    stands_for = name.value if name.value is not None else name.definition
    if stands_for is not None:
        return Formula(
            f"{textbook_latex(name, notation)} = {textbook_latex(stands_for, notation)}",
            f"{name.name} = {to_text(stands_for)}",
        )
    return _declared(name, notation)


def _declared(name: Variable, notation: Notation) -> Formula:
    kind, letter = name.kind, textbook_latex(name, notation)
    if kind.function:
        growth = r"\text{ nondecreasing}" if kind.function == "nondecreasing" else ""
        latex = rf"{letter}\colon \mathbb{{R}} \to \mathbb{{R}}{growth}"
        return Formula(latex, f"{name.name}: {kind.function} function")
    return Formula(f"{letter} \\in {_set(kind, notation)}", f"{name.name}: {_set_text(kind)}")


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
    sizes = ", ".join("?" if size is None else _size(size) for size in kind.shape)
    return f"array({sizes})" if sizes else "integer" if kind.domain.integer else "real"


def _size(size: Expr) -> str:
    return to_text(size)
