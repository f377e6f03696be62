"""Which letters of a word are all entries of an array that nothing restricts: they may be anything."""

from __future__ import annotations

from symderiv.equality.cells.open_facts import leaves_room
from symderiv.equality.procedures.matrices.reading import COLUMN, ROW, Reader
from symderiv.equality.procedures.matrices.words import DIAGONAL, Letter, names_in
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Expr, Index, Variable


class FreeArrays:
    """The arrays behind letters that the facts leave free."""

    def __init__(self, reader: Reader, facts: tuple[Expr, ...]) -> None:
        self.reader = reader
        self.bound = {name for fact in facts if not leaves_room(fact) for name in free_variables(fact)}

    def is_diagonal(self, letter: Letter, apart_from: Variable | None = None) -> bool:
        """Does a vector stand on it, or a product of such, that nobody restricts?"""
        if not letter.name.startswith(DIAGONAL):
            return False
        vectors = [self.whole(name, ROW) for name in names_in(letter)]
        return None not in vectors and apart_from not in vectors

    def whole(self, name: str, *indices: Variable) -> Variable | None:
        """The array of which a name is all entries, each once: not ``u[i + j]``, nor ``A[i, 0]``."""
        match self.reader.factors.get(name):
            case Index(base=Variable() as array, indices=at) if (
                len(at) == len(indices) and set(at) == set(indices) and not array.kind.zero_outside
            ):
                return array if self.is_free(array) else None
        return None

    def some_of(self, name: str) -> Variable | None:
        """The array of which a name is some entries."""
        match self.reader.factors.get(name):
            case Index(base=Variable() as array) if self.is_free(array):
                return array
        return None

    def square(self, letter: Letter) -> Variable | None:
        """The array of which a letter is all entries, if nothing binds them."""
        return self.whole(letter.name, ROW, COLUMN) if letter.rows == letter.columns else None

    def is_free(self, name: Variable) -> bool:
        return not name.kind.domain.integer and name not in self.bound
