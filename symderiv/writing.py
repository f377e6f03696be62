"""Trees written in Python: names, values, operations called by name (``symderiv.conv2d(X, K)``)."""

from __future__ import annotations

from collections.abc import Callable
from inspect import getdoc
from typing import Any

from symderiv.derivation import read_given
from symderiv.errors import MeaningError, ShapeError
from symderiv.expression.from_plain import from_plain, is_plain
from symderiv.expression.kinds import Kind
from symderiv.expression.tree import Apply, Expr, Number, Text, Variable
from symderiv.language import read_declaration

Value = Any  # a text, a tree, a number, nested lists, or a SymPy expression


def as_tree(value: Value) -> Expr:
    """The tree of a number, nested lists, a tree, or a SymPy expression.

    Raises `MeaningError` for anything else, and for SymPy's classes that have no meaning here.

    >>> print(as_tree([[1, 2], [3, 4]]))
    [[1, 2], [3, 4]]
    """
    if is_plain(value):
        return from_plain(value)
    from symderiv.expression.sympy_bridge import from_python

    return from_python(value)


def declare(text: str) -> Variable:
    """A name with its shape and domain, in the words of ``--given``; raises `ReadError` on others.

    >>> declare("x: vector(3)").kind.shape[0].value
    3
    """
    return read_declaration(text, read_given().scope)


def scalar(name: str) -> Variable:
    """A real number.

    >>> print(scalar("x") ** 2 + 1)
    x^2 + 1
    """
    return array(name)


def vector(name: str, n: int | Expr) -> Variable:
    """A column of n real numbers, n a number or a size: ``vector("x", declare("n: positive integer"))``.

    >>> print(vector("p", 3)[0])
    p[0]
    """
    return array(name, n)


def matrix(name: str, n: int | Expr, m: int | Expr) -> Variable:
    """n rows and m columns of real numbers.

    >>> print(matrix("W", 3, 2) @ vector("x", 2))
    W @ x
    """
    return array(name, n, m)


def array(name: str, *shape: int | Expr) -> Variable:
    """An array of real numbers; its sizes are positive integers, or names for some.

    Raises `MeaningError` for a name that no text can spell, `ShapeError` for what is no size.

    >>> array("X", 2, 3).kind.shape[1].value
    3
    """
    if not name.isidentifier():
        raise MeaningError(f"{name!r} is no name", expected="letters, digits and _")
    return Variable(name, Kind(tuple(map(_size, shape))))


def _size(given: int | Expr) -> Expr:
    size = as_tree(given)
    if isinstance(size, Number) and not (isinstance(size.value, int) and size.value > 0):
        raise ShapeError(f"{size} is no size", expected="a positive integer, or a name for one")
    return size


def operation(name: str) -> Callable[..., Expr]:
    """The operation of that name, as a function from values to trees; AttributeError if there is none."""
    from symderiv.derivation.given import ALL_FUNCTIONS

    head = ALL_FUNCTIONS.get(name)
    if head is None:
        raise AttributeError(f"module 'symderiv' has no attribute {name!r}")

    def call(*args: Value, **options: Value) -> Expr:
        positional = tuple(_argument(arg) for arg in args)
        return Apply(head, positional, tuple((key, _argument(value)) for key, value in options.items()))

    call.__name__ = name
    call.__doc__ = _described(head)
    return call


def operations() -> tuple[str, ...]:
    """The names that `operation` knows.

    >>> "conv2d" in operations(), "jacobian" in operations()
    (True, True)
    """
    from symderiv.derivation.given import ALL_FUNCTIONS

    return tuple(ALL_FUNCTIONS)


def _argument(value: Value) -> Expr:
    return Text(value) if isinstance(value, str) else as_tree(value)


def _described(head: str) -> str:
    """How an operation is called, its formula, where it has no derivative, and where it is defined."""
    from symderiv.derivation.meaning.forms import FORMS
    from symderiv.operations import OPERATIONS

    known = OPERATIONS.get(head)
    if known is None:
        return getdoc(FORMS[head]) or head if head in FORMS else head
    kinks, source = known.kinks, known.source
    said = (f"{known.usage}: {known.formula}", kinks and f"Kinks: {kinks}.", source and f"Source: {source}.")
    return "\n".join(filter(None, said))
