"""A derivation for a terminal, for scripts, and for LaTeX: the goal, and each step with its rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from symderiv.expression.printing.latex import to_latex
from symderiv.expression.printing.text import entry_text, to_text
from symderiv.expression.tree import Expr
from symderiv.reports.paint import PLAIN, Paint
from symderiv.reports.sheets.chains import chain_of
from symderiv.reports.sheets.content import Formula, Line
from symderiv.reports.sheets.formulas import equated, formula_of, laid_out
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
    lines += derivation.kinks
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
    """The goal, the result, the names in it, and each step: the shape that scripts rest on."""
    shape = [entry_text(size) for size in derivation.shape]
    return {
        "goal": _both(derivation.goal),
        "result": {
            **_both(derivation.result),
            "where": {name.name: _both(part) for name, part in derivation.where},
            "in_full": _both(derivation.in_full),
            "shape": [int(size) if size.isdigit() else size for size in shape],
        },
        "steps": [_step_json(step) for step in derivation.steps],
        "kinks": list(derivation.kinks),
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


LINE = 72
"""How many letters fit into a line of a page, a formula and its rule together."""


def derivation_latex(derivation: Derivation, notation: Notation | None = None) -> Tex:
    r"""An ``align*`` with a line a step, as on a sheet (amsmath).

    Rules stand beside their lines, or below them where a line leaves no room; a long goal has a line of its
    own. What was not proved, or is for some points only, is said beside the rule.
    """
    chain = chain_of(derivation, notation or {})
    widest = max((row.width for line in chain.lines for row in _broken(line)), default=0)
    rules = max((len(line.rule) + sum(name.width for name in line.where) for line in chain.lines), default=0)
    asked = chain.asked
    widest += widest // 6  # the room around its signs
    goal_apart = asked is not None and asked.width + widest > LINE
    width = widest + (0 if asked is None or goal_apart else asked.width)
    told = _beside if width + rules + 4 <= LINE else _below
    rows = [row for line in chain.lines for row in told(line)]
    goal = "" if asked is None else formula(asked.latex)
    first = f"{_goal_apart(asked)} \\\\\n" if goal_apart and asked is not None else f"{goal} "
    rows += _where(derivation, {each for line in chain.lines for each in line.where}, notation or {})
    return Tex("\\begin{align*}\n" + first + " \\\\\n".join(rows) + "\n\\end{align*}")


PAGE = 15
"""From how many lines on a derivation may break over pages."""


def derivation_document(derivation: Derivation) -> Tex:
    r"""The same for a document: a long one may break over pages, by a group with ``\allowdisplaybreaks``."""
    aligned = derivation_latex(derivation)
    if aligned.count("\\\\\n") < PAGE:
        return aligned
    return Tex(f"{{\\allowdisplaybreaks\n{aligned}}}")


def _goal_apart(asked: Formula) -> str:
    """The goal in lines of its own."""
    rows = (formula(row.latex) for row in asked.rows or (asked,))
    return " \\\\\n".join(f"& {row}" if k == 0 else rf"&\quad{{}} {row}" for k, row in enumerate(rows))


def _where(derivation: Derivation, said: set[Formula], notation: Notation) -> Iterator[str]:
    """What the names in the result stand for, a row each, where no line said it."""
    pairs = ((formula_of(name, notation), formula_of(part, notation)) for name, part in derivation.where)
    unsaid = [both for pair in pairs if (both := equated(list(pair))) not in said]
    for k, both in enumerate(unsaid):
        word = r"\text{where}\quad{} " if k == 0 else r"\phantom{\text{where}}\quad{} "
        first, *others = laid_out(both).rows or (both,)
        yield f"& {word}{formula(first.latex)}"
        for row in others:
            yield rf"& \phantom{{\text{{where}}}}\quad\quad{{}} {formula(row.latex)}"


def _beside(line: Line) -> Iterator[str]:
    """A step, broken where it is long, its rule beside its last row."""
    *rows, last = _rows(line)
    yield from rows
    yield f"{last} && {_note(line)}"


def _below(line: Line) -> Iterator[str]:
    """A step, its rule in a row of its own."""
    yield from _rows(line)
    yield rf"&\qquad {_note(line)}"


def _rows(line: Line) -> Iterator[str]:
    for k, row in enumerate(_broken(line)):
        sign = "&= " if k == 0 else r"&\quad{} "
        yield f"{sign}{formula(row.latex)}"


def _broken(line: Line) -> tuple[Formula, ...]:
    return line.formula.rows or (line.formula,)


def _note(line: Line) -> str:
    where = "".join(rf",\; {formula(name.latex)}" for name in line.where)
    rule = line.rule if line.proved else f"{line.rule} (not proved)"
    return rf"\text{{{escape(rule)}}}{where}"
