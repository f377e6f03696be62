"""``p(1 - p)``: of a declared number, or an entry, before a sum in brackets the bracket is a factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.expression.tree import Variable
from symderiv.language import names
from symderiv.language.mentions import mentions, walk
from symderiv.language.resolving.subscripts import is_entry
from symderiv.language.resolving.transposes import transposed
from symderiv.language.source import Misread
from symderiv.language.spelling import normal
from symderiv.language.syntax import Applied, Group, Name, Node, Operation

if TYPE_CHECKING:
    from symderiv.language.resolving.resolve import Resolver

_SIGNS = {"div": "/", "floordiv": "//", "mod": "%"}


def as_product(self: Resolver, node: Node) -> Operation | None:
    """The product that an application of a number is; None where it may be something else.

    ``p(x)`` of a number p stays refused: somebody may take p for a function.
    """
    if not isinstance(node, Applied) or not isinstance(node.callee, Name):
        return None
    callee, argument = node.callee, node.args[0] if len(node.args) == 1 and not node.options else None
    if callee.primes or not isinstance(argument, Operation) or argument.head not in ("add", "sub"):
        return None
    if not self.scope.strict and self.look_up(callee.name) is None and not is_entry(self, callee):
        if self.scope.head(callee.name) or not _stands_bare(argument, callee.name):
            return None
    elif not _stands_for_a_number(self, callee) and not _is_said(self, callee, argument):
        return None
    bracket = Group(argument, callee.end, node.end)
    return Operation("mul", (callee, bracket), node.start, node.end)


def transpose_before(self: Resolver, node: Operation) -> Operation | None:
    """``A^T(x + y)``: the transpose of A, times the bracket; None where the exponent is no such T."""
    exponent = node.args[1]
    if not _is_transpose_applied(self, exponent):
        return None
    assert isinstance(exponent, Applied)
    turned = transposed(self, node.args[0], exponent.callee)
    return Operation(
        "mul", (turned, Group(exponent.args[0], exponent.callee.end, node.end)), node.start, node.end
    )


def _is_transpose_applied(self: Resolver, node: Node) -> bool:
    if not isinstance(node, Applied) or not isinstance(node.callee, Name) or node.callee.name != "T":
        return False
    return len(node.args) == 1 and not node.options and self.look_up("T") is None


def _stands_bare(argument: Node, name: str) -> bool:
    """``n(n + 1)``: nothing is both a function and a number in its own argument."""
    nodes = list(walk(argument))
    applied = {id(node.callee) for node in nodes if isinstance(node, Applied)}
    return any(isinstance(node, Name) and node.name == name and id(node) not in applied for node in nodes)


def _stands_for_a_number(self: Resolver, name: Name) -> bool:
    """A declared number, or the entry ``p_i`` of a declared array."""
    found = self.look_up(name.name)
    if found is None:
        return not self.is_known(name.name) and is_entry(self, name)
    return isinstance(found, Variable) and names.is_number(found)


def _is_said(self: Resolver, name: Name, argument: Operation) -> bool:
    """``p(1 - p) where p = …``; in ``f(x - 1) where f = x^2`` the f may be a function."""
    is_said = any(normal(bound) == normal(name.name) for bound, _ in self.bound)
    return is_said and mentions(argument, name.name)


def regrouped(self: Resolver, node: Operation) -> Operation | None:
    """``p(1 - p)^2`` raises the bracket alone; after ``/`` or ``^`` such a product is refused."""
    if node.head in ("pow", "factorial", "transpose"):
        _refuse(self, node.args[1:], "^")
        product = as_product(self, node.args[0])
        if product is None:
            return None
        number, bracket = product.args
        power = Operation(node.head, (bracket, *node.args[1:]), bracket.start, node.end)
        return Operation("mul", (number, power), node.start, node.end)
    if node.head in _SIGNS:
        _refuse(self, node.args[1:], _SIGNS[node.head])
    return None


def _refuse(self: Resolver, operands: tuple[Node, ...], sign: str) -> None:
    for operand in operands:
        inner, is_turned = operand, False
        if isinstance(operand, Operation) and operand.head == "pow":
            inner, is_turned = operand.args[0], _is_transpose_applied(self, operand.args[1])
        if is_turned or as_product(self, inner) is not None:
            raise Misread(
                f"after {sign} it isn't clear what this product belongs to",
                operand.start,
                operand.end,
                cure=f"write a{sign}(b*c) or (a{sign}b)*c",
            )
