"""What stands before ``[…]``: an array, declared or told by its use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.expression.tree import Constant, Expr, Variable
from symderiv.language import names
from symderiv.language.source import Misread
from symderiv.language.syntax import Name

if TYPE_CHECKING:
    from symderiv.language.resolving.resolve import Resolver


def array_of(self: Resolver, node: Name, rank: int) -> Expr:
    """The array that a name before ``[…]`` stands for."""
    found = self.look_up(node.name + "'" * node.primes)
    if found is None and node.primes:
        raise names.misplaced_prime(node, self.look_up(node.name))
    if found is None and self.scope.withholds(node.name):
        raise names.withheld(node, self.scope)
    if found is None:
        return self.unknown(node, "array", rank).at(node.start, node.end)
    if isinstance(found, Constant):
        raise _no_entries(node)
    if isinstance(found, Variable) and names.is_plain_number(found):
        raise Misread(
            f"{node.name} is a number, it has no entries",
            node.start,
            node.end,
            cure=f"declare it as an array, as in {node.name}: vector(n)",
        )
    return names.copy(found).at(node.start, node.end)


def _no_entries(node: Name) -> Misread:
    cure = "write the sum or the integral that it is" if node.name == "E" else "write a declared array"
    message = "an expectation isn't computed here" if node.name == "E" else f"{node.name} has no entries"
    return Misread(message, node.start, node.end, cure=cure)
