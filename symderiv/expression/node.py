"""What all nodes share: equality by structure, a hash that is kept, room for what is found out of them."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar

from symderiv.expression.arithmetic import Arithmetic

if TYPE_CHECKING:
    from symderiv.expression.contents import Contents

# what a node keeps for whoever asks again
_KEPT = frozenset(("_hash", "contents", "meant", "printed", "sizes"))


class Expr(Arithmetic):
    """A node. Subclasses list in ``_fields`` what makes them equal."""

    __slots__ = ("_hash", "contents", "meant", "printed", "sizes", "span")
    _fields: ClassVar[tuple[str, ...]] = ()
    _key: ClassVar[attrgetter[object]]  # the values of the fields; made once a class, read very often

    span: tuple[int, int] | None
    contents: Contents | None  # what `symderiv.expression.contents` found, kept here
    meant: object  # for whoever evaluates: what the node was found to mean, once
    printed: tuple[str, int] | None  # how it reads as text, likewise
    sizes: tuple[Expr, ...] | None  # its shape, likewise
    _hash: int | None

    def __init_subclass__(cls) -> None:
        cls._key = attrgetter(*cls._fields)

    def __init__(self) -> None:
        self._hash = None
        self.contents = None
        self.meant = None
        self.printed = None
        self.sizes = None
        self.span = None

    def __getstate__(self) -> dict[str, object]:
        """What is written to another process: no hash, which is another there, nothing kept."""
        names = (name for kind in type(self).__mro__ for name in getattr(kind, "__slots__", ()))
        return {name: getattr(self, name) for name in names if name not in _KEPT}

    def __setstate__(self, state: dict[str, object]) -> None:
        self._hash = self.contents = self.meant = self.printed = self.sizes = None
        for name, value in state.items():
            setattr(self, name, value)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(self) is not type(other):
            return False
        assert isinstance(other, Expr)
        if (self._hash or hash(self)) != (other._hash or hash(other)):
            return False
        key = self._key
        return key(self) == key(other)

    def __hash__(self) -> int:
        value = self._hash
        if value is None:
            value = self._hash = hash((type(self).__name__, self._key(self)))
        return value

    @property
    def children(self) -> tuple[Expr, ...]:
        """The nodes directly below, left to right."""
        return ()

    def rebuild(self, children: tuple[Expr, ...]) -> Expr:
        """The same node over other children (as many as before)."""
        return self

    def at(self, start: int, end: int) -> Expr:
        """Note where in the text the node stood, and return it."""
        self.span = (start, end)
        return self
