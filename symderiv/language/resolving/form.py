"""What a form is: it makes the tree of a call whose arguments have a syntax of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from symderiv.expression.tree import Expr
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Node

if TYPE_CHECKING:
    from symderiv.language.resolving.resolve import Resolver

Form = Callable[["Resolver", Applied], Expr | None]
"""Makes the tree of a call, or None where it is an ordinary call after all."""


def incomplete(node: Node, expected: str, message: str = "this isn't complete") -> Misread:
    return Misread(message, node.start, node.end, expected=expected, cure="write it in this form")


def unwanted(node: Applied) -> Misread:
    name = node.options[0][0]
    return Misread(f"nothing is named '{name.name}' here", name.start, name.end, cure="leave it out")


def without_options(form: Form) -> Form:
    """The form, refusing named arguments instead of dropping them."""

    def strict(self: Resolver, node: Applied) -> Expr | None:
        if node.options:
            raise unwanted(node)
        return form(self, node)

    return strict
