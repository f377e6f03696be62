"""What stands before brackets: an opaque function, an operation, or a form with a syntax of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Call, Expr, Number, Variable
from symderiv.language import names
from symderiv.language.functions import NOT_READ, SEVERAL_MEANINGS
from symderiv.language.known_elsewhere import KNOWN_ELSEWHERE
from symderiv.language.ranks import rank_of
from symderiv.language.resolving.beside import is_condition
from symderiv.language.resolving.factors import as_product
from symderiv.language.resolving.words import refuse_words
from symderiv.language.run_together import factor_before_function
from symderiv.language.source import Misread
from symderiv.language.spelling import normal
from symderiv.language.syntax import Applied, Choice, Name, Numeral

if TYPE_CHECKING:
    from symderiv.language.resolving.resolve import Resolver


def applied(self: Resolver, node: Applied) -> Expr:
    """``f(…)``: a product with a bracket, a declared function, an indicator, an operation, or unknown."""
    callee = node.callee
    if not isinstance(callee, Name):
        raise Misread(
            "this is not a function",
            callee.start,
            callee.end,
            cure="write * for a product",
        )
    if callee.name == "abs" and callee.end == callee.start + 1:
        _refuse_array_in_bars(self, node)
    product = as_product(self, node)
    if product is not None:
        return self.tree(product)
    found = self.look_up(callee.name)
    if found is not None:
        return _call(self, found, callee, node)
    if self.scope.withholds(callee.name):
        raise names.withheld(callee, self.scope)
    if callee.name in _INDICATORS and len(node.args) == 1 and is_condition(node.args[0]):
        one = Numeral(1, callee.start, callee.end)
        return self.tree(Choice(((node.args[0], one),), Numeral(0, node.end, node.end), node.start, node.end))
    head = self.scope.head(callee.name) or self.scope.head(normal(callee.name))
    if head is None and callee.name == "C" and len(node.args) == 2 and self.scope.strict:
        head = "binomial"  # where names are declared, no other C of two numbers is meant
    if head is None:
        _refuse_without_reading(callee)
        return _call(self, self.unknown(callee, "function"), callee, node)
    if head in self.scope.withheld:
        raise names.withheld(callee, self.scope)
    return _primed(self, head, callee, node) if callee.primes else _head(self, head, node)


MAX_PRIMES = 6
"""Such a derivative is worked out when it is read: the twelfth of tanh took more than ten seconds."""


def _primed(self: Resolver, head: str, callee: Name, node: Applied) -> Expr:
    """``tanh'(x)``: where derivatives may be asked for, that of a known function of one argument."""
    if callee.primes > MAX_PRIMES:
        message = f"{callee.primes} primes; expected at most {MAX_PRIMES}"
        raise Misread(message, callee.start, callee.end, cure="write the derivative out")
    called = None if "diff" in self.scope.withheld else _head(self, head, node)
    if not isinstance(called, Apply) or called.head != head or not _is_of_one_number(called):
        raise Misread(
            f"the derivative of {callee.name} is not written with a prime here",
            callee.start,
            callee.end,
            cure="write it out, or diff(f(x), x) where that is allowed",
        )
    return Apply("primed", (called.at(node.start, node.end), Number(callee.primes)))


def _is_of_one_number(called: Apply) -> bool:
    """One argument, and numbers for what else it takes: ``leaky_relu(x, 1/10)``."""
    return bool(called.args) and not any(map(free_variables, called.args[1:]))


def _refuse_without_reading(callee: Name) -> None:
    """A name that libraries know, or with several meanings: as an unknown function it would be another."""
    name = callee.name
    product = factor_before_function(name)
    if product is not None:
        factor, function = product
        cure = f"write {factor}*{function}(…) for a product, or declare {name}"
        raise Misread(f"{name} runs together", callee.start, callee.end, cure=cure)
    if name in SEVERAL_MEANINGS:
        cure = SEVERAL_MEANINGS[name]
        raise Misread(f"'{name}' has more than one meaning", callee.start, callee.end, cure=cure)
    if name in NOT_READ or name in KNOWN_ELSEWHERE or name.startswith("__"):
        raise Misread(
            f"'{name}' is not part of the language",
            callee.start,
            callee.end,
            expected="a function such as exp, or a declared one",
            cure=KNOWN_ELSEWHERE.get(name, "write the formula that it stands for"),
        )


_INDICATORS = frozenset(("I", "Indicator", "indicator", "Iverson", "iverson", "ind", "Ind"))
"""Of a condition they are 1 where it holds, else 0."""


def _refuse_array_in_bars(self: Resolver, node: Applied) -> None:
    """``|v|``: the norm of a vector, or the absolute value of each entry? ``|A|``: a determinant?"""
    rank = rank_of(self, node.args[0])
    if rank == 1:
        message = "bars around a vector may be its norm, or the absolute value of each entry"
        raise Misread(message, node.start, node.end, cure="write norm(x), or abs(x)")
    if rank == 2:
        message = "bars around a matrix may be its determinant"
        raise Misread(message, node.start, node.end, cure="write det(A), norm(A), or abs(A)")


@cache
def _forms() -> Mapping[str, Callable[[Resolver, Applied], Expr | None]]:
    """The forms with a syntax of their own, which rest on what stands here."""
    from symderiv.language.resolving.forms import FORMS

    return FORMS


def _head(self: Resolver, head: str, node: Applied) -> Expr:
    form = _forms().get(head)
    if form is not None:
        made: Expr | None = form(self, node)
        if made is not None:
            self.looks_around()
            return made
    return plain(self, head, node)


def plain(self: Resolver, head: str, node: Applied) -> Expr:
    """An ordinary operation: its arguments, and its options in the order written."""
    before, self.role = self.role, "option" if self.role == "scalar" else self.role
    args = self.trees(node.args)
    options = tuple([(name.name, self.tree(value)) for name, value in node.options])
    self.role = before
    return Apply(head, args, options)


def _refuse_conditions(callee: Name, node: Applied) -> None:
    """``P(A | B)``, ``P(x > 0)``: a function is one of numbers, and a probability no function of a truth."""
    for arg in node.args:
        if is_condition(arg):
            raise Misread(
                f"{callee.name} is a function of numbers, and this is a condition",
                arg.start,
                arg.end,
                expected="a number",
                cure="write a letter for a probability",
            )


def _call(self: Resolver, found: Expr, callee: Name, node: Applied) -> Expr:
    """An opaque function at its arguments."""
    if not isinstance(found, Variable) or not found.kind.function:
        raise Misread(
            f"{callee.name} is not a function",
            callee.start,
            callee.end,
            cure=f"write {callee.name}*(…) for a product",
        )
    if node.options:
        raise Misread(
            f"{callee.name} takes no named arguments",
            node.options[0][0].start,
            node.options[0][0].end,
            cure="write the arguments in their order",
        )
    refuse_words(node.args)
    _refuse_conditions(callee, node)
    args = tuple([self.as_role("scalar", arg) for arg in node.args])
    if not args:
        raise Misread(f"{callee.name} needs an argument", node.start, node.end, cure="write f(x)")
    if callee.primes and len(args) != 1:
        raise Misread(
            "a prime is the derivative of a function of one argument",
            callee.start,
            callee.end,
            cure="write diff(f(x, y), x)",
        )
    orders = (callee.primes,) if callee.primes else None
    return Call(Variable(found.name, found.kind, found.definition, found.value), args, orders)
