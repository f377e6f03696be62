"""What an expression means: a shape, and one formula for its entries in index variables.

A matrix typed out is the formula ``table[i, j]`` over a literal table, so explicit and symbolic
arrays are one kind of thing. ``defined`` is the condition under which an entry exists; it was gathered
from the tree before anything was simplified.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from symderiv.errors import LimitExceeded, ShapeError
from symderiv.expression.build import conjunction
from symderiv.expression.instantiation import Known, expand, instantiate
from symderiv.expression.tree import (
    TRUE,
    Expr,
    Index,
    Number,
    Sequence,
    SequenceKind,
    Variable,
    index_variable,
)

if TYPE_CHECKING:
    import sympy

MAX_ENTRIES = 2_000_000


@dataclass(frozen=True, slots=True)
class Tensor:
    """A shape and an entry formula: entry ``[i, j]`` is ``value`` with ``indices`` put to i, j (from 0).

    ``value`` and ``defined`` are in the vocabulary of `symderiv.expression.build`.

    >>> t = Tensor.table([[1, 2], [3, 4]])
    >>> t.shape_text, t.entry(Number(1), Number(0)).value
    ('2×2', 3)
    """

    shape: tuple[Expr, ...]
    indices: tuple[Variable, ...]
    value: Expr
    defined: Expr = TRUE

    @staticmethod
    def scalar(value: Expr, defined: Expr = TRUE) -> Tensor:
        return Tensor((), (), value, defined)

    @staticmethod
    def of(shape: tuple[Expr, ...], formula: Callable[..., Expr], defined: Expr = TRUE) -> Tensor:
        """The tensor whose entry at fresh index variables is ``formula(*indices)``."""
        indices = fresh_indices(len(shape))
        return Tensor(shape, indices, formula(*indices), defined)

    @staticmethod
    def table(rows: Any) -> Tensor:
        """A literal array: nested lists of numbers or entry expressions."""
        literal, shape = _literal(rows)
        if not shape:
            return Tensor.scalar(literal)
        indices = fresh_indices(len(shape))
        return Tensor(tuple(Number(n) for n in shape), indices, Index(literal, indices))

    @property
    def rank(self) -> int:
        return len(self.shape)

    @property
    def sizes(self) -> tuple[int, ...] | None:
        """The shape as numbers, or None where a size is symbolic."""
        if all(isinstance(n, Number) for n in self.shape):
            return tuple(int(n.value) for n in self.shape if isinstance(n, Number))
        return None

    @property
    def shape_text(self) -> str:
        from symderiv.expression.printing.text import shape_text

        return shape_text(self.shape)

    @property
    def described(self) -> str:
        """``a number``, ``a vector of length n``, ``a matrix 2×3``, ``an array 2×3×4``."""
        match self.rank:
            case 0:
                return "a number"
            case 1:
                return f"a vector of length {self.shape_text}"
            case 2:
                return f"a matrix {self.shape_text}"
        return f"an array {self.shape_text}"

    def entry(self, *at: Expr, known: Known | None = None) -> Expr:
        """The value at indices (from 0), sums with numeric bounds written out, but for what is known."""
        return expand(instantiate(self.value, self._values(at)), known)

    def defined_at(self, *at: Expr, known: Known | None = None) -> Expr:
        """The condition under which the entry at these indices exists."""
        return expand(instantiate(self.defined, self._values(at)), known)

    def _values(self, at: tuple[Expr, ...]) -> dict[Variable, Expr]:
        if len(at) != self.rank:
            raise ShapeError(f"{len(at)} indices for an array of rank {self.rank}")
        return dict(zip(self.indices, at, strict=True))

    def formula(self, *at: Expr) -> Expr:
        """The value at indices, sums kept as sums."""
        return instantiate(self.value, self._values(at))

    def condition(self, *at: Expr) -> Expr:
        return instantiate(self.defined, self._values(at))

    def positions(self) -> Iterator[tuple[int, ...]]:
        """All index tuples of an array of numeric shape, row by row."""
        sizes = self.sizes
        if sizes is None:
            raise ShapeError(f"the shape {self.shape_text} is not a number")
        total = 1
        for size in sizes:
            total *= size
        if total > MAX_ENTRIES:
            raise LimitExceeded(f"an array of {total} entries")
        return product(*(range(size) for size in sizes))

    def conditions(self) -> dict[tuple[int, ...], Expr]:
        """The condition under which each entry exists (the shape must be numbers)."""
        known: Known = {}
        return {p: self.defined_at(*map(Number, p), known=known) for p in self.positions()}

    def explicit(self) -> Tensor:
        """The same array as a literal table (its shape must be numbers)."""
        if not self.shape:
            return Tensor((), (), expand(self.value), expand(self.defined))
        return table_of(self.sizes or (), self.entries(), self.conditions())

    def entries(self) -> dict[tuple[int, ...], Expr]:
        """Each entry (the shape must be numbers)."""
        known: Known = {}
        return {p: self.entry(*map(Number, p), known=known) for p in self.positions()}

    def where(self, condition: Expr) -> Tensor:
        """The same tensor, defined only where ``condition`` (in its index variables) holds too."""
        return Tensor(self.shape, self.indices, self.value, conjunction(self.defined, condition))

    def __getitem__(self, at: Any) -> sympy.Basic:
        """Entry as a SymPy expression: ``tensor[i, j]``."""
        from symderiv.expression.sympy_bridge import from_python, to_sympy

        at = at if isinstance(at, tuple) else (at,)
        return to_sympy(self.entry(*(from_python(k) for k in at)))

    def to_sympy(self) -> Any:
        """A SymPy expression, Matrix (a vector is a column), or N-dimensional array."""
        from symderiv.expression.sympy_bridge import tensor_to_sympy

        return tensor_to_sympy(self)

    def _repr_latex_(self) -> str:
        from symderiv.expression.printing.latex import tensor_to_latex

        return f"$\\displaystyle {tensor_to_latex(self)}$"


@dataclass(frozen=True, slots=True)
class Record:
    """Named results: what ``{mu: …, sigma: …}`` means; keys are texts."""

    items: tuple[tuple[str, Meaning], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, tuple or set of results that is no rectangular array."""

    kind: SequenceKind
    items: tuple[Meaning, ...]


Meaning = Tensor | Record | Listing


def fresh_indices(rank: int) -> tuple[Variable, ...]:
    """Index variables ``_0``, ``_1``, …: reserved names that no text can spell, so nothing clashes."""
    return tuple(index_variable(f"_{axis}") for axis in range(rank))


def table_of(
    sizes: tuple[int, ...], values: dict[tuple[int, ...], Expr], conditions: dict[tuple[int, ...], Expr]
) -> Tensor:
    """The array whose entry at each place is given, and the condition under which it exists."""
    if not sizes:
        return Tensor.scalar(values[()], conditions[()])
    shape, indices = tuple(map(Number, sizes)), fresh_indices(len(sizes))
    table = Index(_nest(values, sizes, ()), indices)
    if all(condition == TRUE for condition in conditions.values()):
        return Tensor(shape, indices, table)
    return Tensor(shape, indices, table, Index(_nest(conditions, sizes, ()), indices))


def _literal(rows: Any) -> tuple[Expr, tuple[int, ...]]:
    if isinstance(rows, Expr):
        return rows, ()
    if not isinstance(rows, (list, tuple)):
        return Number(rows), ()
    parts = [_literal(row) for row in rows]
    shapes = {shape for _, shape in parts}
    if len(shapes) > 1:
        raise ShapeError("the rows of this array differ in length")
    inner = shapes.pop() if shapes else ()
    return Sequence(tuple(part for part, _ in parts)), (len(parts), *inner)


def _nest(values: dict[tuple[int, ...], Expr], sizes: tuple[int, ...], prefix: tuple[int, ...]) -> Expr:
    if not sizes:
        return values[prefix]
    return Sequence(tuple(_nest(values, sizes[1:], (*prefix, k)) for k in range(sizes[0])))
