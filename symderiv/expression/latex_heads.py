"""How each operation looks in LaTeX: one rule a head, ``\\operatorname{head}(…)`` without one."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from symderiv.expression.latex import (
    BIG,
    COMPARISON,
    POWER,
    PRODUCT,
    SIGN,
    SUM,
    Printed,
    Printer,
    bracketed,
)
from symderiv.expression.latex_names import escape
from symderiv.expression.operators import ATOM, BY_HEAD
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Expr, Number, Text, Variable

Rule = Callable[[Printer, Apply], Printed | None]

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
    "mod": r" \bmod ",
}
_FENCES = {
    "abs": (r"\left| ", r" \right|"),
    "norm": (r"\left\| ", r" \right\|"),
    "floor": (r"\left\lfloor ", r" \right\rfloor"),
    "ceil": (r"\left\lceil ", r" \right\rceil"),
}
_OPENINGS = tuple(opening for opening, _ in _FENCES.values())
_DIGIT = frozenset("0123456789.")


def applied(printer: Printer, expr: Apply) -> Printed:
    """``\\exp(x)``, ``\\operatorname{softmax}(z)``."""
    head = _COMMANDS.get(expr.head)
    if head is None:
        head = rf"\operatorname{{{escape(_WORDS.get(expr.head, expr.head))}}}"
    args = [printer.text(arg) for arg in expr.args]
    args += [rf"\text{{{escape(name)}}} = {printer.text(value)}" for name, value in expr.options]
    return f"{head}{bracketed(', '.join(args))}", ATOM


def _add(printer: Printer, expr: Apply) -> Printed:
    text = printer.inside(expr.args[0], SUM if _no_sum(expr.args[0]) else SUM + 1)
    for term in expr.args[1:]:
        sign, term = _signed(term)
        text += f" {sign} {printer.inside(term, SUM + 1)}"
    return text, SUM


def _no_sum(expr: Expr) -> bool:
    return not (isinstance(expr, Apply) and expr.head in ("add", "sub"))


def _signed(term: Expr) -> tuple[str, Expr]:
    """A term of a sum, and the sign before it; a leading negative number or minus is drawn out."""
    if isinstance(term, Apply) and term.head == "neg":
        return "-", term.args[0]
    if isinstance(term, Number) and term.value < 0:
        return "-", Number(-term.value)
    if isinstance(term, Apply) and term.head in ("mul", "div") and not term.options:
        sign, first = _signed(term.args[0])
        rest = term.args[1:]
        if sign == "-" and term.head == "mul" and first == Number(1) and len(rest) >= 1:
            return sign, rest[0] if len(rest) == 1 else Apply("mul", rest)
        return sign, Apply(term.head, (first, *rest)) if sign == "-" else term
    return "+", term


def _sub(printer: Printer, expr: Apply) -> Printed:
    first, second = expr.args
    return f"{printer.inside(first, SUM)} - {printer.inside(second, SUM + 1)}", SUM


def _mul(printer: Printer, expr: Apply) -> Printed:
    """Factors side by side; a dot only where two would run together."""
    sign, whole = _signed(expr)
    if sign == "-" and whole != expr:
        return f"-{printer.inside(whole, PRODUCT)}", SUM + 1
    factors = [printer.inside(factor, PRODUCT + 1) for factor in expr.args]
    text = factors[0]
    for before, factor, node in zip(factors, factors[1:], expr.args[1:], strict=False):
        text += (r" \cdot " if _clash(before, factor, node) else " ") + factor
    return text, PRODUCT


def _clash(before: str, factor: str, node: Expr) -> bool:
    """Would the two be read as one: digits side by side, a mixed number, a factor that starts with a sign?"""
    if factor[0] in _DIGIT:
        return True
    if before[-1] in _DIGIT and factor.startswith(r"\frac"):
        return True
    return before.startswith(r"\operatorname") and not before.endswith(")")


def _div(printer: Printer, expr: Apply) -> Printed:
    above, below = expr.args
    sign, above = _signed(above)
    fraction = rf"\frac{{{printer.text(above)}}}{{{printer.text(below)}}}"
    return (f"-{fraction}", SUM + 1) if sign == "-" else (fraction, ATOM)


def _neg(printer: Printer, expr: Apply) -> Printed:
    return f"-{printer.inside(expr.args[0], PRODUCT)}", SUM + 1


def _pos(printer: Printer, expr: Apply) -> Printed:
    return f"+{printer.inside(expr.args[0], SIGN)}", SUM + 1


def _pow(printer: Printer, expr: Apply) -> Printed:
    base, exponent = expr.args
    return f"{_raised(printer, base)}^{{{printer.text(exponent)}}}", POWER


def _raised(printer: Printer, base: Expr) -> str:
    """The base of a power: in brackets if it is no single symbol, or carries a superscript already."""
    text, own = printer.show(base)
    fraction = text.startswith((r"\frac", r"\begin{cases}"))
    raised = "^" in text.split("_")[0] and not text.startswith(_OPENINGS)
    return bracketed(text) if own < ATOM or fraction or raised else text


def _exp(printer: Printer, expr: Apply) -> Printed | None:
    if any(v.name == "e" for v in free_variables(expr)):
        return rf"\exp{bracketed(printer.text(expr.args[0]))}", ATOM
    return f"e^{{{printer.text(expr.args[0])}}}", POWER


def _transpose(printer: Printer, expr: Apply) -> Printed:
    return f"{_raised(printer, expr.args[0])}^{{\\top}}", POWER


def _infix(printer: Printer, expr: Apply) -> Printed | None:
    operator = BY_HEAD[expr.head]
    if len(expr.args) < 2:
        return None
    tight = operator.precedence
    parts = [
        printer.inside(expr.args[0], tight + 1),
        *(printer.inside(arg, tight + 1) for arg in expr.args[1:]),
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
        text += _SIGNS[link.head] + printer.inside(link.args[1], COMPARISON + 1)
    return text, COMPARISON


def _not(printer: Printer, expr: Apply) -> Printed:
    return rf"\lnot {printer.inside(expr.args[0], ATOM)}", BY_HEAD["not"].precedence


def _floordiv(printer: Printer, expr: Apply) -> Printed:
    above, below = map(printer.text, expr.args)
    return rf"\left\lfloor \frac{{{above}}}{{{below}}} \right\rfloor", ATOM


def _fenced(printer: Printer, expr: Apply) -> Printed | None:
    if len(expr.args) != 1:
        return None
    opening, closing = _FENCES[expr.head]
    return f"{opening}{printer.text(expr.args[0])}{closing}", ATOM


def _norm(printer: Printer, expr: Apply) -> Printed | None:
    opening, closing = _FENCES["norm"]
    order = f"_{{{printer.text(expr.args[1])}}}" if len(expr.args) == 2 else ""
    return f"{opening}{printer.text(expr.args[0])}{closing}{order}", ATOM


def _sqrt(printer: Printer, expr: Apply) -> Printed:
    return rf"\sqrt{{{printer.text(expr.args[0])}}}", ATOM


def _factorial(printer: Printer, expr: Apply) -> Printed:
    return f"{printer.inside(expr.args[0], ATOM)}!", POWER


def _binomial(printer: Printer, expr: Apply) -> Printed | None:
    if len(expr.args) != 2:
        return None
    return rf"\binom{{{printer.text(expr.args[0])}}}{{{printer.text(expr.args[1])}}}", ATOM


def _delta(printer: Printer, expr: Apply) -> Printed | None:
    if len(expr.args) != 2:
        return None
    return rf"\delta_{{{printer.text(expr.args[0])},{printer.text(expr.args[1])}}}", ATOM


def _limit(printer: Printer, expr: Apply) -> Printed | None:
    if len(expr.args) not in (3, 4):
        return None
    body, name, point = expr.args[:3]
    side = expr.args[3] if len(expr.args) == 4 else None
    raised = f"^{{{side.value}}}" if isinstance(side, Text) else ""
    under = (
        rf"{printer.text(name)} \to {printer.inside(point, ATOM) if raised else printer.text(point)}{raised}"
    )
    return rf"\lim_{{{under}}} {printer.inside(body, PRODUCT)}", BIG


def _gradient(printer: Printer, expr: Apply) -> Printed | None:
    if len(expr.args) != 2:
        return None
    return rf"\nabla_{{{printer.text(expr.args[1])}}} {printer.inside(expr.args[0], ATOM)}", PRODUCT + 1


def _derivative(printer: Printer, expr: Apply) -> Printed | None:
    if len(expr.args) != 2 or not isinstance(expr.args[1], Variable):
        return None
    body, name = expr.args
    below = rf"\partial {printer.text(name)}"
    if isinstance(body, Variable):
        return rf"\frac{{\partial {printer.text(body)}}}{{{below}}}", ATOM
    return rf"\frac{{\partial}}{{{below}}} {bracketed(printer.text(body))}", PRODUCT + 1


HEADS: dict[str, Rule] = {
    "add": _add,
    "sub": _sub,
    "mul": _mul,
    "matmul": _mul,
    "div": _div,
    "neg": _neg,
    "pos": _pos,
    "pow": _pow,
    "transpose": _transpose,
    "exp": _exp,
    "hadamard": _infix,
    "mod": _infix,
    "and": _chain,
    "or": _infix,
    "eq": _infix,
    "ne": _infix,
    "lt": _infix,
    "le": _infix,
    "gt": _infix,
    "ge": _infix,
    "in": _infix,
    "not": _not,
    "floordiv": _floordiv,
    "abs": _fenced,
    "floor": _fenced,
    "ceil": _fenced,
    "norm": _norm,
    "sqrt": _sqrt,
    "factorial": _factorial,
    "binomial": _binomial,
    "delta": _delta,
    "limit": _limit,
    "gradient": _gradient,
    "jacobian": _derivative,
    "diff": _derivative,
}
