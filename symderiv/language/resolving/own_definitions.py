"""``s*(1 - s) where s = sigmoid(x)``: names that a text defines itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symderiv.expression.tree import Apply, Cases, Expr
from symderiv.language import names
from symderiv.language.mentions import mentions, walk
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Bound, Comprehension, Items, Name, Node, Where

if TYPE_CHECKING:
    from symderiv.language.resolving.resolve import Resolver


def where(self: Resolver, node: Where) -> Expr:
    """The value with the name written out; of a declared name the value under the condition ``x == …``."""
    meant = self.tree(node.meant)
    declared = names.declared(self.scope, node.name.name)
    if declared is not None and declared.definition is None and declared.value is None:
        raise Misread(
            f"{node.name.name} is declared, and stands for itself",
            node.name.start,
            node.name.end,
            cure=f"write out what it stands for here, or 'for {node.name.name} == …' for a condition",
        )
    if declared is not None:
        return Cases(((Apply("eq", (declared, meant)), self.tree(node.body)),), None)
    _check_free(node)
    with self.binding(node.name.name, meant):
        return self.tree(node.body)


def _check_free(node: Where) -> None:
    """What the name stands for may not mean something else where the name stands."""
    for inner in walk(node.body):
        for bound in _bound_by(inner):
            if mentions(inner, node.name.name) and mentions(node.meant, bound.name):
                raise Misread(
                    f"{node.name.name} stands where a letter of what it was said to be is bound",
                    inner.start,
                    inner.end,
                    cure="use another letter for one of the two, or write the name out",
                )


def _bound_by(node: Node) -> Iterator[Name]:
    if isinstance(node, Bound):
        yield node.name
    elif isinstance(node, Comprehension):
        yield from (clause.name for clause in node.clauses)
    elif isinstance(node, Applied) and len(node.args) > 1:
        for argument in node.args[1:]:
            first = argument.items[0] if isinstance(argument, Items) and argument.items else argument
            if isinstance(first, Name):
                yield first
