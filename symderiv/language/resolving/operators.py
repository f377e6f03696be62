"""An operator at its operands: what is asked before the tree of it is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from symderiv.expression.tree import (
    Apply,
    Expr,
    Variable,
)
from symderiv.language.functions import BUILTIN
from symderiv.language.ranks import rank_of
from symderiv.language.resolving.assemble import ungrouped
from symderiv.language.resolving.bare_functions import squares_each_value
from symderiv.language.resolving.factors import regrouped, transpose_before
from symderiv.language.resolving.transposes import (
    is_transpose,
    refuse_letter_before_e,
    refuse_run_together,
    transposed,
)
from symderiv.language.resolving.words import refuse_words
from symderiv.language.size import check_size
from symderiv.language.source import Misread
from symderiv.language.syntax import (
    Name,
    Node,
    Numeral,
    Operation,
)

if TYPE_CHECKING:
    from symderiv.language.resolving.resolve import Resolver


def operation(self: Resolver, node: Operation) -> Expr:
    """Two operands and their sign, once what may be meant otherwise is refused or read as what it is."""
    if node.head == "pow":
        exponent = ungrouped(node.args[1])
        refuse_run_together(self, node.args[1])
        refuse_letter_before_e(self, node.args[0])
        if isinstance(exponent, Name) and is_transpose(self, node.args[0], exponent):
            return self.tree(transposed(self, node.args[0], exponent))
        turned = transpose_before(self, node)
        if turned is not None:
            return self.tree(turned)
    _refuse_doubled(node)
    product = regrouped(self, node)
    if product is not None:
        return self.tree(product)
    if node.head in ("pow", "factorial"):
        check_size(node)
    if node.head == "pow" and squares_each_value(node) and rank_of(self, node.args[0]):
        return _each_squared(self, node)
    refuse_words(node.args)
    if node.head in ("add", "sub", "mul", "matmul"):
        _refuse_identity(self, node)
    if node.head in ("and", "or", "not"):
        _refuse_numbers(node)
    args = self.trees(node.args)
    if node.head in ("and", "or", "not"):
        _refuse_values(self, node, args)
    if node.head in _ARITHMETIC:
        _refuse_bare_functions(node.args, args)
    return Apply(node.head, args)


def _refuse_doubled(node: Operation) -> None:
    """``n!!`` and ``1^T``: a double factorial, or two; one, or as many ones as there are entries?"""
    inner = node.args[0]
    if node.head == "factorial" and isinstance(inner, Operation) and inner.head == "factorial":
        message = "!! may be the double factorial, or a factorial twice"
        raise Misread(message, node.start, node.end, cure="write (n!)! or the product")
    if node.head == "transpose" and isinstance(ungrouped(inner), Numeral):
        message = "the transpose of a number: a vector of ones, or the number itself?"
        raise Misread(message, node.start, node.end, cure="write ones(n), in LaTeX \\mathbf{1}")


def _refuse_identity(self: Resolver, node: Operation) -> None:
    """``E + A`` in an answer: Euler's number, as in SymPy, or the identity?"""
    e = next((each for each in node.args if isinstance(each, Name) and each.name == "E"), None)
    if e is None or not self.scope.strict or isinstance(self.look_up("E"), Variable):
        return
    if any(rank_of(self, each) == 2 for each in node.args if each is not e):
        cure = "write e for the number, eye(n) for the identity"
        raise Misread("E may be Euler's number or an identity matrix", e.start, e.end, cure=cure)


def _refuse_numbers(node: Operation) -> None:
    """``1 and 2``, ``~0.5``: a number is neither true nor false."""
    for each in map(ungrouped, node.args):
        if isinstance(each, Numeral) or (isinstance(each, Operation) and each.head in _ARITHMETIC):
            raise _no_condition(node, each)


def _refuse_values(self: Resolver, node: Operation, args: Sequence[Expr]) -> None:
    """``log(x) or y``: the same of functions, and of what is declared as a number."""
    for said, tree in zip(node.args, args, strict=True):
        is_declared = (
            self.scope.strict and isinstance(tree, Variable) and tree.name not in self.scope.inferred
        )
        is_number = is_declared and isinstance(tree, Variable) and tree.definition is None
        if is_number or (isinstance(tree, Apply) and tree.head in _FUNCTIONS):
            raise _no_condition(node, said)


_FUNCTIONS = frozenset(BUILTIN.values()) - frozenset(
    "and or not eq ne lt le gt ge in forall ITE Piecewise".split()
)


def _no_condition(node: Operation, said: Node) -> Misread:
    message = f"'{node.head}' joins conditions" if node.head != "not" else "'not' is said of a condition"
    return Misread(message, said.start, said.end, expected="a comparison", cure="write a list, [a, b]")


def _each_squared(self: Resolver, node: Operation) -> Expr:
    """``tanh^2(v)`` of an array: the square of each value."""
    base, exponent = node.args
    if not isinstance(exponent, Numeral) or exponent.value != 2:
        raise Misread(
            "a power of a function of an array", node.start, node.end, cure="write it entry by entry"
        )
    return Apply("hadamard", self.trees((base, base)))


_ARITHMETIC = frozenset("add sub mul div pow neg pos".split())


def _refuse_bare_functions(nodes: Sequence[Node], factors: Sequence[Expr]) -> None:
    """``f x``: a function without the brackets around its argument is no number."""
    for node, factor in zip(nodes, factors, strict=True):
        if isinstance(factor, Variable) and factor.kind.function:
            raise Misread(
                f"{factor.name} is a function",
                node.start,
                node.end,
                expected="its argument",
                cure=f"write {factor.name}(x)",
            )
