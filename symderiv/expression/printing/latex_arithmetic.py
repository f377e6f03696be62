"""How sums, products, quotients and powers look in LaTeX."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.operators import ATOM
from symderiv.expression.printing.latex import POWER, PRODUCT, SIGN, SUM, Printed, Printer, bracketed
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Expr, Number

Rule = Callable[[Printer, Apply], Printed | None]

FENCES = {
    "abs": (r"\left| ", r" \right|"),
    "norm": (r"\left\| ", r" \right\|"),
    "floor": (r"\left\lfloor ", r" \right\rfloor"),
    "ceil": (r"\left\lceil ", r" \right\rceil"),
}
_OPENINGS = tuple(opening for opening, _ in FENCES.values())
_DIGIT = frozenset("0123456789.")


def of(count: int, rule: Rule) -> Rule:
    """The rule of an operation with so many arguments; with any other it is shown as it was written."""

    def shown(printer: Printer, expr: Apply) -> Printed | None:
        return rule(printer, expr) if len(expr.args) == count else None

    return shown


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
    if isinstance(term, Apply) and term.head == "neg" and len(term.args) == 1:
        return "-", term.args[0]
    if isinstance(term, Number) and term.value < 0:
        return "-", Number(-term.value)
    if isinstance(term, Apply) and term.head in ("mul", "div") and term.args and not term.options:
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
    exponent = printer.text(expr.args[0])
    if "e" in exponent and any(v.name == "e" for v in free_variables(expr)):
        return rf"\exp{bracketed(exponent)}", ATOM
    return f"e^{{{exponent}}}", POWER


def _transpose(printer: Printer, expr: Apply) -> Printed:
    return f"{_raised(printer, expr.args[0])}^{{\\top}}", POWER


ARITHMETIC: dict[str, Rule] = {
    "add": _add,
    "sub": of(2, _sub),
    "mul": _mul,
    "matmul": _mul,
    "div": of(2, _div),
    "neg": of(1, _neg),
    "pos": of(1, _pos),
    "pow": of(2, _pow),
    "transpose": of(1, _transpose),
    "exp": of(1, _exp),
}
