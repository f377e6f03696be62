"""The leaves of a tree: exact numbers, constants, words, names."""

from __future__ import annotations

from fractions import Fraction

from symderiv.expression.kinds import INDEX, SCALAR, Kind
from symderiv.expression.node import Expr

Exact = int | Fraction


class Number(Expr):
    """An exact rational: ``0.587`` is 587/1000."""

    __slots__ = ("value",)
    _fields = ("value",)
    value: Exact

    def __init__(self, value: Exact) -> None:
        super().__init__()
        if isinstance(value, Fraction) and value.denominator == 1:
            value = value.numerator
        self.value = value

    def __eq__(self, other: object) -> bool:
        """A number is what it counts: the shape of a 3×2 array equals ``(3, 2)``."""
        if type(other) is Number:
            return self.value == other.value
        return type(other) in (int, Fraction) and self.value == other

    def __hash__(self) -> int:
        value = self._hash
        if value is None:
            value = self._hash = hash(self.value)
        return value


class Constant(Expr):
    """``pi``, ``e``, ``oo`` (infinity), ``true``, ``false``, or ``undefined``."""

    __slots__ = ("name",)
    _fields = ("name",)
    name: str

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class Text(Expr):
    """A word given as an option: ``mode='full'``."""

    __slots__ = ("value",)
    _fields = ("value",)
    value: str

    def __init__(self, value: str) -> None:
        super().__init__()
        self.value = value


class Variable(Expr):
    """A name: a scalar, an array, an index, or an opaque function, as its kind says.

    ``definition`` is the expression that the name abbreviates (``H: conv2d(X, K)``), ``value`` what is
    put in for it at the very end (``K: matrix(2,2) = …``). Two variables of one name and kind are equal.
    """

    __slots__ = ("definition", "kind", "name", "value")
    _fields = ("name", "kind")
    name: str
    kind: Kind
    definition: Expr | None
    value: Expr | None

    def __init__(
        self,
        name: str,
        kind: Kind = SCALAR,
        definition: Expr | None = None,
        value: Expr | None = None,
    ) -> None:
        super().__init__()
        self.name = name
        self.kind = kind
        self.definition = definition
        self.value = value


TRUE = Constant("true")
FALSE = Constant("false")
UNDEFINED = Constant("undefined")
INFINITY = Constant("oo")
PI = Constant("pi")
EULER = Constant("e")
ZERO = Number(0)
ONE = Number(1)
MINUS_ONE = Number(-1)
HALF = Number(Fraction(1, 2))


def index_variable(name: str) -> Variable:
    """An integer that indexes."""
    return Variable(name, INDEX)
