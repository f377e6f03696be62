"""The operators of the language: one table, read by both parsers and by the printers.

A chain of ``+`` and ``-`` with more than two terms is one n-ary ``add`` whose subtracted terms are ``neg``
(``a - b + c`` is ``add(a, neg(b), c)``; ``a - b`` alone is ``sub(a, b)``);
``*``, ``and`` and ``or`` are n-ary
too: so a long sum is wide, not deep. Everything else is binary.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Side = Literal["left", "right", "chain", "prefix", "postfix"]


@dataclass(frozen=True, slots=True)
class Operator:
    """``symbol`` as it is printed, ``head`` of the node, how tightly it binds, to which side it groups."""

    symbol: str
    head: str
    precedence: int
    side: Side
    nary: bool = False


CONDITIONAL = 5
"""How tightly ``a if c else b`` binds: the loosest of all."""
ATOM = 100
"""What needs no brackets anywhere: a name, a call, a bracketed list."""

OPERATORS: tuple[Operator, ...] = (
    Operator("or", "or", 10, "left", nary=True),
    Operator("and", "and", 20, "left", nary=True),
    Operator("not", "not", 30, "prefix"),
    Operator("<", "lt", 40, "chain"),
    Operator("<=", "le", 40, "chain"),
    Operator(">", "gt", 40, "chain"),
    Operator(">=", "ge", 40, "chain"),
    Operator("==", "eq", 40, "chain"),
    Operator("!=", "ne", 40, "chain"),
    Operator("in", "in", 40, "chain"),
    Operator("+", "add", 50, "left", nary=True),
    Operator("-", "sub", 50, "left"),
    Operator("*", "mul", 60, "left", nary=True),
    Operator("/", "div", 60, "left"),
    Operator("//", "floordiv", 60, "left"),
    Operator("%", "mod", 60, "left"),
    Operator("@", "matmul", 60, "left"),
    Operator("⊙", "hadamard", 60, "left"),
    Operator("-", "neg", 70, "prefix"),
    Operator("+", "pos", 70, "prefix"),
    Operator("^", "pow", 80, "right"),
    Operator("!", "factorial", 90, "postfix"),
    Operator(".T", "transpose", 90, "postfix"),
)

BY_HEAD: dict[str, Operator] = {operator.head: operator for operator in OPERATORS}
PREFIX: dict[str, Operator] = {o.symbol: o for o in OPERATORS if o.side == "prefix"}
POSTFIX: dict[str, Operator] = {o.symbol: o for o in OPERATORS if o.side == "postfix"}
INFIX: dict[str, Operator] = {o.symbol: o for o in OPERATORS if o.side not in ("prefix", "postfix")}

SPELLINGS: dict[str, str] = {
    "**": "^",
    "·": "*",
    "×": "*",
    "⋅": "*",
    "∙": "*",
    "∗": "*",
    "−": "-",
    "–": "-",
    "÷": "/",
    "⁄": "/",
    "∕": "/",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "∧": "and",
    "∨": "or",
    "¬": "not",
    "&": "and",
    "~": "not",
    "ᵀ": ".T",
    "⊤": ".T",
}
"""Other ways to write an operator, and the symbol in the table that each stands for."""
