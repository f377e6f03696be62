"""What stands side by side without a sign: a product, or two pieces that are one; else a fault."""

from __future__ import annotations

import re
from itertools import pairwise

from symderiv.language.functions import BUILTIN, OFTEN_NAMES
from symderiv.language.mentions import walk
from symderiv.language.names import constant, declared
from symderiv.language.scope import Scope
from symderiv.language.source import Misread
from symderiv.language.syntax import (
    Adjacent,
    Applied,
    Beside,
    Choice,
    Comprehension,
    Group,
    Indexed,
    Items,
    Name,
    Node,
    Numeral,
    Operation,
    Pairs,
    Quoted,
)

_CONDITIONS = frozenset(("eq", "ne", "lt", "le", "gt", "ge", "in", "and", "or", "not"))
_SIZES = re.compile(r"(?:x\d+){2,}")
_NORMS = {"_2": 2, "₂": 2, "_1": 1, "₁": 1, "_F": None, "_oo": "oo", "_inf": "oo", "_∞": "oo"}
"""What may stand behind the bars of a norm."""


def merged_with(before: Node, node: Node) -> Node | None:
    """``||x||_1``, ``max{0, x}``, ``1{x > 0}``: two operands that are one; None where they aren't."""
    if before.end != node.start:
        return None
    if isinstance(before, Applied) and isinstance(node, Name) and node.name in _NORMS:
        return _norm(before, node, _NORMS[node.name])
    if not isinstance(node, Items) or node.kind not in ("set", "list"):
        return None
    if node.kind == "set" and isinstance(before, Name) and before.name in ("max", "min"):
        return Applied(before, node.items, (), before.start, node.end)
    condition = node.items[0] if len(node.items) == 1 else None
    if (
        condition is not None
        and is_condition(condition)
        and isinstance(before, Numeral)
        and before.value == 1
    ):
        zero = Numeral(0, before.start, before.end)
        return Choice(((condition, before),), zero, before.start, node.end)
    return None


def is_condition(node: Node) -> bool:
    return isinstance(node, Operation) and node.head in _CONDITIONS


def _norm(before: Applied, node: Name, order: int | str | None) -> Node | None:
    if not isinstance(before.callee, Name) or before.callee.name != "norm" or len(before.args) != 1:
        return None
    if order is None:
        return Applied(before.callee, before.args, (), before.start, node.end)
    which = Name(order, node.start, node.end) if isinstance(order, str) else None
    args = (*before.args, which or Numeral(int(order), node.start, node.end))
    return Applied(before.callee, args, (), before.start, node.end)


def refuse_side_by_side(before: Node, node: Node, raised: Node | None, apart: bool) -> None:
    """Refuse what is no product, or not for sure.

    ``raised`` is what ``before`` is the exponent of; ``apart``, that a blank stands before ``before``, too.
    """
    _refuse_bare_function(before, node, raised)
    _refuse_other_numbers(before, node)
    if isinstance(node, Numeral | Quoted | Items | Pairs | Comprehension | Choice) or isinstance(
        before, Quoted | Items | Pairs | Comprehension | Choice
    ):
        raise _missing(node)
    if isinstance(node, Group) and is_condition(node.inner):
        raise Misread(
            "a factor, or where the value holds?",
            node.start,
            node.end,
            cure="write 'if' before a condition, * before a factor",
        )
    if apart and _is_cross(before, node):
        raise Misread(
            f"{_plain(before)} between two blanks: a name, or the sign of a product?",
            before.start,
            before.end,
            cure="write * for a product",
        )


_DERIVATIVES = frozenset("diff Derivative derivative grad gradient jacobian hessian vjp jvp".split())


def is_factor(callee: Node) -> bool:
    """Is a bracket behind this a factor? A name is applied; a derivative in front may be taken there."""
    if isinstance(callee, Applied):
        return not isinstance(callee.callee, Name) or callee.callee.name not in _DERIVATIVES
    return isinstance(callee, Group | Indexed | Adjacent) or (
        isinstance(callee, Operation) and callee.head == "transpose"
    )


def refuse_beside(node: Node, scope: Scope) -> None:
    """Refuse two names side by side, unless all are declared: else these may be any two words."""
    beside = None
    for part in walk(node):
        beside = part if beside is None and isinstance(part, Beside) else beside
        _refuse_function_before(part, scope)
    if beside is not None and not all(_is_known(part, scope) for part in walk(node)):
        raise _missing(beside)


def _refuse_function_before(node: Node, scope: Scope) -> None:
    """``gamma x``, unless gamma is declared."""
    factors = node.args if isinstance(node, Operation) and node.head == "mul" else ()
    for before, factor in pairwise(factors):
        inner = before.inner if isinstance(before, Beside) else before
        if not isinstance(factor, Beside) or not isinstance(inner, Name):
            continue
        if inner.name in OFTEN_NAMES and declared(scope, inner.name) is None:
            raise _without_brackets(inner, factor)


def _is_known(node: Node, scope: Scope) -> bool:
    """Declared, or a word of the language; the T of a transpose is one."""
    if not isinstance(node, Name) or node.name == "T":
        return True
    return bool(declared(scope, node.name) or constant(node.name) or scope.head(node.name))


def _missing(node: Node) -> Misread:
    cure = (
        "write * for a product, commas between entries"
        if isinstance(node, Numeral)
        else "write * for a product"
    )
    return Misread("an operator is missing here", node.start, node.end, cure=cure)


def _plain(node: Node) -> str:
    inner = node.inner if isinstance(node, Beside) else node
    return inner.name if isinstance(inner, Name) else ""


def _is_cross(before: Node, node: Node) -> bool:
    """The x of ``C x H x W``."""
    return _plain(before) in ("x", "X") and node.start > before.end


def _refuse_bare_function(before: Node, node: Node, raised: Node | None) -> None:
    """``sin x``, ``sin²(x)`` and ``sin^2(x)``: the argument of a function stands in brackets."""
    base = before.args[0] if isinstance(before, Operation) and before.head == "pow" else before
    base = raised if raised is not None else base
    if not isinstance(base, Name) or base.name not in BUILTIN:
        return
    is_plain = base is before or (isinstance(before, Name) and before.name == "T")
    if not (is_plain and base.name in OFTEN_NAMES):  # of delta x the scope knows: see refuse_beside
        raise _without_brackets(base, node, "" if base is before else "^2")


def _without_brackets(function: Name, node: Node, power: str = "") -> Misread:
    return Misread(
        f"the argument of {function.name} stands in brackets, right after it",
        node.start,
        node.end,
        cure=f"write {function.name}(x){power}",
    )


def _refuse_other_numbers(before: Node, node: Node) -> None:
    base = node.args[0] if isinstance(node, Operation) and node.head == "transpose" else node
    if not isinstance(before, Numeral) or not isinstance(base, Name):
        return
    if base.name.startswith("_"):
        counts = base.name[1:].isdigit()
        cure = "write 1000, not 1_000" if counts else "write ones(n) for a vector of ones"
        raise Misread("a number has digits only", before.start, node.end, cure=cure)
    if not isinstance(node, Name):
        return
    if before.end == node.start and _SIZES.fullmatch(node.name):
        cure = "write (64, 32, 32) for a shape, 64*32*32 for a product"
        raise Misread("a shape, or a product?", before.start, node.end, cure=cure)
    is_based = before.value == 0 and before.end == node.start
    if is_based and node.name[:1] in ("x", "b", "o") and node.name[1:2].isdigit():
        raise Misread(
            "a number to another base, or a product?", before.start, node.end, cure="write it in decimals"
        )
