"""How each operation looks in LaTeX: one rule a head, ``\\operatorname{head}(…)`` without one."""

from __future__ import annotations

import itertools
import re

from symderiv.expression.operators import ATOM, BY_HEAD
from symderiv.expression.printing.latex import (
    BIG,
    COMPARISON,
    POWER,
    PRODUCT,
    Printed,
    Printer,
    bracketed,
)
from symderiv.expression.printing.latex_arithmetic import ARITHMETIC, FENCES, Rule, of
from symderiv.expression.printing.latex_names import escape
from symderiv.expression.printing.slices import places_of
from symderiv.expression.tree import Apply, Expr, Number, Text, Variable

_COMMANDS = {
    "log": r"\log",
    "sin": r"\sin",
    "cos": r"\cos",
    "tan": r"\tan",
    "cot": r"\cot",
    "sec": r"\sec",
    "csc": r"\csc",
    "sinh": r"\sinh",
    "cosh": r"\cosh",
    "tanh": r"\tanh",
    "coth": r"\coth",
    "asin": r"\arcsin",
    "acos": r"\arccos",
    "atan": r"\arctan",
    "max": r"\max",
    "min": r"\min",
    "det": r"\det",
}
_REMAINDER = re.compile(r"[\d.]+ \\bmod ")
_WORDS = {"relu": "ReLU", "sign": "sign"}
_SIGNS = {
    "hadamard": r" \odot ",
    "eq": " = ",
    "ne": r" \ne ",
    "lt": " < ",
    "le": r" \le ",
    "gt": " > ",
    "ge": r" \ge ",
    "in": r" \in ",
    "and": r" \land ",
    "or": r" \lor ",
}


def applied(printer: Printer, expr: Apply) -> Printed:
    """``\\exp(x)``, ``\\operatorname{softmax}(z)``."""
    return _called(printer, expr, "")


def _primed(printer: Printer, expr: Apply) -> Printed | None:
    match expr.args:
        case (Apply() as called, Number(value=order)):
            return _called(printer, called, "'" * int(order))
    return None


def _called(printer: Printer, expr: Apply, primes: str) -> Printed:
    head = _COMMANDS.get(expr.head)
    if head is None:
        head = rf"\operatorname{{{escape(_WORDS.get(expr.head, expr.head))}}}"
    args = [printer.text(arg) for arg in expr.args]
    args += [rf"\text{{{escape(name)}}} = {printer.text(value)}" for name, value in expr.options]
    return f"{head}{primes}{bracketed(', '.join(args))}", ATOM


def _infix(printer: Printer, expr: Apply) -> Printed | None:
    operator = BY_HEAD[expr.head]
    if len(expr.args) < 2:
        return None
    tight = operator.precedence
    parts = [
        printer.inside(expr.args[0], tight + 1),
        *(_second(printer, expr.head, arg) for arg in expr.args[1:]),
    ]
    return _SIGNS[expr.head].join(parts), tight


def _chain(printer: Printer, expr: Apply) -> Printed | None:
    """``a ≤ b < c`` for a conjunction of links, else ``a ∧ b``."""
    links = [
        arg
        for arg in expr.args
        if isinstance(arg, Apply) and arg.head in ("lt", "le", "gt", "ge", "eq", "ne")
    ]
    if len(links) != len(expr.args) or len(links) < 2:
        return _infix(printer, expr)
    if any(a.args[1] != b.args[0] for a, b in itertools.pairwise(links)):
        return _infix(printer, expr)
    text = printer.inside(links[0].args[0], COMPARISON + 1)
    for link in links:
        text += _SIGNS[link.head] + _second(printer, link.head, link.args[1])
    return text, COMPARISON


def _second(printer: Printer, head: str, arg: Expr) -> str:
    """What stands behind an infix sign: ``n = 1 \\bmod 2`` without brackets may be a congruence."""
    text = printer.inside(arg, BY_HEAD[head].precedence + 1)
    return bracketed(text) if head == "eq" and _REMAINDER.match(text) else text


def _modulo(printer: Printer, expr: Apply) -> Printed:
    """In brackets wherever it is part of a sum or product: people don't agree how far it reaches."""
    tight = BY_HEAD["mod"].precedence
    a, m = (printer.inside(arg, tight + 1) for arg in expr.args)
    return rf"{a} \bmod {m}", COMPARISON + 1


def _not(printer: Printer, expr: Apply) -> Printed:
    return rf"\lnot {printer.inside(expr.args[0], ATOM)}", BY_HEAD["not"].precedence


def _floordiv(printer: Printer, expr: Apply) -> Printed:
    above, below = map(printer.text, expr.args)
    return rf"\left\lfloor \frac{{{above}}}{{{below}}} \right\rfloor", ATOM


def _fenced(printer: Printer, expr: Apply) -> Printed:
    opening, closing = FENCES[expr.head]
    return f"{opening}{printer.text(expr.args[0])}{closing}", ATOM


def _norm(printer: Printer, expr: Apply) -> Printed | None:
    if len(expr.args) > 2:
        return None
    opening, closing = FENCES["norm"]
    order = f"_{{{printer.text(expr.args[1])}}}" if len(expr.args) == 2 else ""
    return f"{opening}{printer.text(expr.args[0])}{closing}{order}", ATOM


def _sqrt(printer: Printer, expr: Apply) -> Printed:
    return rf"\sqrt{{{printer.text(expr.args[0])}}}", ATOM


def _factorial(printer: Printer, expr: Apply) -> Printed:
    return f"{printer.inside(expr.args[0], ATOM)}!", POWER


def _binomial(printer: Printer, expr: Apply) -> Printed:
    return rf"\binom{{{printer.text(expr.args[0])}}}{{{printer.text(expr.args[1])}}}", ATOM


def _delta(printer: Printer, expr: Apply) -> Printed:
    return rf"\delta_{{{printer.text(expr.args[0])},{printer.text(expr.args[1])}}}", ATOM


def _limit(printer: Printer, expr: Apply) -> Printed | None:
    if len(expr.args) not in (3, 4):
        return None
    body, name, point = expr.args[:3]
    side = expr.args[3] if len(expr.args) == 4 else Text("")
    if not isinstance(side, Text):
        return None
    raised = f"^{{{side.value}}}" if side.value else ""
    under = (
        rf"{printer.text(name)} \to {printer.inside(point, ATOM) if raised else printer.text(point)}{raised}"
    )
    return rf"\lim_{{{under}}} {printer.inside(body, PRODUCT)}", BIG


def _value_at(printer: Printer, expr: Apply) -> Printed:
    body, name, point = map(printer.text, expr.args)
    return rf"\left. {body} \right|_{{{name} = {point}}}", ATOM


def _gradient(printer: Printer, expr: Apply) -> Printed:
    return rf"\nabla_{{{printer.text(expr.args[1])}}} {printer.inside(expr.args[0], ATOM)}", PRODUCT + 1


def _derivative(printer: Printer, expr: Apply) -> Printed | None:
    if not isinstance(expr.args[1], Variable):
        return None
    body, name = expr.args
    below = rf"\partial {printer.text(name)}"
    if isinstance(body, Variable):
        return rf"\frac{{\partial {printer.text(body)}}}{{{below}}}", ATOM
    return rf"\frac{{\partial}}{{{below}}} {bracketed(printer.text(body))}", PRODUCT + 1


def _sliced(printer: Printer, expr: Apply) -> Printed | None:
    """``x_{1:3}``, ``X_{:, j}``: as in the text, in a subscript."""
    sliced = places_of(expr, printer.text)
    if sliced is None:
        return None
    base = printer.inside(sliced[0], ATOM)
    base = bracketed(base) if "_" in base and not base.endswith(")") else base
    return rf"{base}_{{{', '.join(sliced[1])}}}", ATOM


def _inverse(printer: Printer, expr: Apply) -> Printed:
    return f"{printer.inside(expr.args[0], ATOM)}^{{-1}}", POWER


WITH_OPTIONS = frozenset(("slice", "take"))
"""Heads whose options are written in signs."""

HEADS: dict[str, Rule] = {
    **ARITHMETIC,
    "hadamard": _infix,
    "mod": of(2, _modulo),
    "and": _chain,
    "or": _infix,
    "eq": _infix,
    "ne": _infix,
    "lt": _infix,
    "le": _infix,
    "gt": _infix,
    "ge": _infix,
    "in": _infix,
    "not": of(1, _not),
    "floordiv": of(2, _floordiv),
    "abs": of(1, _fenced),
    "floor": of(1, _fenced),
    "ceil": of(1, _fenced),
    "norm": _norm,
    "inv": of(1, _inverse),
    "sqrt": of(1, _sqrt),
    "factorial": of(1, _factorial),
    "binomial": of(2, _binomial),
    "delta": of(2, _delta),
    "limit": _limit,
    "value_at": of(3, _value_at),
    "primed": of(2, _primed),
    "slice": _sliced,
    "take": _sliced,
    "gradient": of(2, _gradient),
    "jacobian": of(2, _derivative),
    "diff": of(2, _derivative),
}
