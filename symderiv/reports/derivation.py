"""A derivation for a terminal, for scripts, and for LaTeX: the goal, and each step with its rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from symderiv.expression.latex import to_latex
from symderiv.expression.text import to_text
from symderiv.expression.tree import Expr
from symderiv.reports.paint import PLAIN, Paint
from symderiv.reports.sheets.chains import chain_of
from symderiv.reports.sheets.content import Formula, Line
from symderiv.reports.sheets.formulas import equated, formula_of
from symderiv.reports.sheets.tex import Tex, escape, formula

if TYPE_CHECKING:
    from symderiv.derivation.steps import Derivation, Step

Notation = Mapping[str, str]


def derivation_text(derivation: Derivation, paint: Paint = PLAIN) -> str:
    """The goal, then a line a step, each with its rule and how it was proved."""
    lines = [to_text(derivation.goal)]
    for step in derivation.steps:
        lines.append(f"  = {to_text(step.after)}")
        lines.append(paint("dim", f"      {_why(step)}"))
    if derivation.where:
        names = ", ".join(f"{to_text(name)} = {to_text(part)}" for name, part in derivation.where)
        lines.append(f"where {names}")
    lines.append(summary(derivation))
    return "\n".join(lines)


def _why(step: Step) -> str:
    where = "".join(f"; {name} = {to_text(tree)}" for name, tree in step.where)
    said = step.reason if step.rule in step.reason else f"{step.rule}: {step.reason}"
    return f"{said}{where} [proved: {step.proof}]" if step.is_proved else f"{said}{where} [{step.proof}]"


def summary(derivation: Derivation) -> str:
    """Whether each step was proved."""
    open_steps = sum(not step.is_proved for step in derivation.steps)
    if open_steps:
        return f"{open_steps} of {len(derivation.steps)} steps could not be proved"
    return "each step is proved" if derivation.steps else "nothing to derive"


def derivation_json(derivation: Derivation) -> dict[str, Any]:
    shape = [to_text(size) for size in derivation.shape]
    return {
        "goal": _both(derivation.goal),
        "result": {
            **_both(derivation.result),
            "where": {name.name: _both(part) for name, part in derivation.where},
            "in_full": _both(derivation.in_full),
            "shape": [int(size) if size.isdigit() else size for size in shape],
        },
        "steps": [_step_json(step) for step in derivation.steps],
        "proved": derivation.is_proved,
    }


def _step_json(step: Step) -> dict[str, Any]:
    return {
        "rule": step.rule,
        "before": _both(step.before),
        "after": _both(step.after),
        "reason": step.reason,
        "where": {name: _both(tree) for name, tree in step.where},
        "proved": step.is_proved,
        "proof": step.proof,
    }


def _both(tree: Expr) -> dict[str, str]:
    return {"text": to_text(tree), "latex": to_latex(tree)}


def derivation_latex(derivation: Derivation, notation: Notation | None = None) -> Tex:
    """An ``align*`` with a line a step, as on a sheet (amsmath; a long derivation may break over pages)."""
    chain = chain_of(derivation, notation or {})
    rows = [row for line in chain.lines for row in _rows(line)]
    goal = formula(chain.asked.latex) if chain.asked is not None else ""
    rows += _where(derivation, {each for line in chain.lines for each in line.where}, notation or {})
    return Tex("\\begin{align*}\n" + goal + " " + " \\\\\n".join(rows) + "\n\\end{align*}")


def _where(derivation: Derivation, said: set[Formula], notation: Notation) -> Iterator[str]:
    """What the names in the result stand for, a row each, where no line said it."""
    pairs = ((formula_of(name, notation), formula_of(part, notation)) for name, part in derivation.where)
    unsaid = [both for pair in pairs if (both := equated(list(pair))) not in said]
    for k, both in enumerate(unsaid):
        word = r"\text{where}\quad{} " if k == 0 else r"\phantom{\text{where}}\quad{} "
        yield f"& {word}{formula(both.latex)}"


def _rows(line: Line) -> Iterator[str]:
    """A step, broken where it is long, its rule beside its last row."""
    broken = line.formula.rows or (line.formula,)
    for k, row in enumerate(broken):
        sign = "&= " if k == 0 else r"&\quad{} "
        where = "".join(rf",\; {formula(name.latex)}" for name in line.where)
        note = rf" && \text{{{escape(line.rule)}}}{where}" if k == len(broken) - 1 else ""
        yield f"{sign}{formula(row.latex)}{note}"
