"""The lines that say what is given: ``X = …``, ``x ∈ ℝⁿ``, ``σ: ℝ → ℝ``; names of one set together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import groupby

from symderiv.exercise import Exercise
from symderiv.exercise.names.assumed_bounds import is_bound
from symderiv.exercise.names.assumed_indices import with_indices
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.latex_entries import as_written
from symderiv.expression.printing.text import to_text
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Call, Expr, Index, Variable
from symderiv.language import read_condition
from symderiv.reports.sheets.content import Formula
from symderiv.reports.sheets.formulas import side_by_side
from symderiv.reports.sheets.number_sets import set_latex, set_text
from symderiv.reports.sheets.textbook import textbook_latex

LINE_WIDTH = 46
GAP = 4
Notation = Mapping[str, str]


def given_lines(exercise: Exercise, told: Collection[Variable]) -> tuple[Formula, ...]:
    """One formula a line, short ones side by side, what is assumed behind what is declared.

    Indices and names of single entries go without saying.
    """
    notation = exercise.file.notation
    names = [name for name in told if not (name.kind.index or _is_another_spelling(name))]
    valued = [_valued(name, notation) for name in names if _stands_for(name) is not None]
    declared = [name for name in names if _stands_for(name) is None]
    known = [*_declared(declared, notation), *_symmetric(declared, notation)]
    return (*_joined([*known, *_assumed(exercise, frozenset(told))]), *_joined(valued))


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


def _symmetric(names: list[Variable], notation: Notation) -> list[Formula]:
    """``A = Aᵀ``."""
    letters = ((name.name, textbook_latex(name, notation)) for name in names if name.kind.symmetric)
    return [Formula(rf"{latex} = {latex}^{{\top}}", f"{text} = {text}.T") for text, latex in letters]


def _of_kind(names: list[Variable], kind: Kind, notation: Notation) -> Formula:
    letters = ", ".join(textbook_latex(name, notation) for name in names)
    text = ", ".join(name.name for name in names)
    if kind.function:
        growth = r"\text{ nondecreasing}" if kind.function == "nondecreasing" else ""
        return Formula(rf"{letters}\colon \mathbb{{R}} \to \mathbb{{R}}{growth}", f"{text}: function")
    return Formula(f"{letters} \\in {_set(kind, notation)}", f"{text} ∈ {_set_text(kind)}")


def _set(kind: Kind, notation: Notation) -> str:
    numbers = set_latex(kind.domain)
    sizes = r" \times ".join("?" if size is None else textbook_latex(size, notation) for size in kind.shape)
    return f"{_as_base(numbers)}^{{{sizes}}}" if sizes else numbers


def _set_text(kind: Kind) -> str:
    numbers = set_text(kind.domain)
    sizes = "×".join("?" if size is None else to_text(as_written(size)) for size in kind.shape)
    return f"{_as_base(numbers)}^({sizes})" if sizes else numbers


def _as_base(numbers: str) -> str:
    """``(2ℤ + 1)``: a sum stands in brackets below an exponent."""
    return f"({numbers})" if " + " in numbers else numbers


def _assumed(exercise: Exercise, told: frozenset[Variable]) -> list[Formula]:
    """What holds of the names told, beyond the sets that they range over."""
    scope = with_indices(exercise.scope, exercise.file.assume)
    conditions = (read_condition(each.text, scope) for each in exercise.file.assume)
    return [
        Formula(textbook_latex(condition, exercise.file.notation), to_text(condition))
        for condition in conditions
        if _declared_in(condition, exercise) <= told and not is_bound(condition)
    ]


def _declared_in(condition: Expr, exercise: Exercise) -> set[Variable]:
    return {v for v in free_variables(condition) if v.name in exercise.scope.names}
