"""Determinants of sums: ``det(M + u vᵀ) = det M (1 + vᵀ M⁻¹ u)``, and ``det(I + A B) = det(I + B A)``.

The first is said of an M that is a diagonal, or a multiple of an array, where it has an inverse. Of the
second one of the products is written out, the same from whichever size it is read.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import count

from symderiv.equality.cells.generic import vanishes_rarely
from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.normal_forms.opaque import is_of_whole_array
from symderiv.equality.procedures.matrices.networks import Unreadable
from symderiv.equality.procedures.matrices.reading import COLUMN, ROW, Reader
from symderiv.equality.procedures.matrices.words import (
    DIAGONAL,
    ONE_COLUMN,
    ONES,
    Combination,
    Letter,
    Scalar,
    Scalars,
    Term,
    Word,
    names_in,
    transposed,
    turned,
)
from symderiv.expression.build import add, compare, delta, divide, mul, power
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import (
    MINUS_ONE,
    ONE,
    ZERO,
    Apply,
    Binder,
    Expr,
    Index,
    Number,
    Variable,
    index_variable,
)


class Updates:
    """Writes determinants of sums of words; ``nonzero``: what was divided by."""

    def __init__(self, reader: Reader, facts: tuple[Expr, ...]) -> None:
        self.reader = reader
        self.known = knowledge(facts)
        self.nonzero: list[Expr] = []
        self._numbers = count()

    def determinant(self, size: int, matrix: Combination) -> Expr:
        """The determinant of a matrix of more than one word; raises `Unreadable`."""
        self._numbers = count()
        narrow = [each for each in matrix if _cut(each.word) is not None]
        rest = {each: c for each, c in matrix.items() if each not in narrow}
        if len({each.word for each in narrow}) == 1 and rest:
            times = add(*(self._scalar(each.scalars, matrix[each]) for each in narrow))
            return self._by_one_column(size, rest, narrow[0].word, times)
        return self._from_either_size(size, matrix)

    def _by_one_column(self, size: int, rest: Combination, outer: Word, times: Expr) -> Expr:
        cut, last = _cut(outer), self.reader.last(size)
        i, j = self._index(), self._index()
        left, right = self._column(outer[:cut], j), self._column(turned(outer[cut:]), i)
        if all(map(_is_diagonal, rest)):
            entry = add(
                *(
                    mul(self._scalar(each.scalars, d), self._entry(each.word, i, i))
                    for each, d in rest.items()
                )
            )
            det: Expr = Binder("prod", entry, i, ZERO, last)
            inner = mul(right, substitute(left, {j: i}), power(entry, MINUS_ONE))
            is_rare = vanishes_rarely(det, ())
        else:
            det, inverse = self._of_multiple(rest, last, i, j)
            inner = Binder("sum", mul(right, inverse, left), j, ZERO, last)
            is_rare = any(map(is_of_whole_array, (det, *det.children)))
        if not is_rare and not self.known.implies(compare("ne", det, ZERO)):
            raise Unreadable
        self.nonzero.append(det)
        return mul(det, add(ONE, mul(times, Binder("sum", inner, i, ZERO, last))))

    def _of_multiple(self, rest: Combination, last: Expr, i: Expr, j: Expr) -> tuple[Expr, Expr]:
        """The determinant of a number times an array, and the entry (i, j) of its inverse."""
        if len(rest) != 1:
            raise Unreadable
        ((only, scale),) = rest.items()
        if len(only.word) != 1 or only.scalars:
            raise Unreadable
        (letter,) = only.word
        entry = self.reader.factors.get(letter.name)
        if not isinstance(entry, Index) or set(entry.indices) != {ROW, COLUMN}:
            raise Unreadable
        is_turned = letter.turned != (entry.indices == (COLUMN, ROW))
        row = Binder("array", Index(entry.base, (ROW, COLUMN)), COLUMN, ZERO, last)
        matrix = Binder("array", row, ROW, ZERO, last)
        inverse = Apply("inverse", (matrix, j, i) if is_turned else (matrix, i, j))
        det = mul(power(Number(scale), add(last, ONE)), Apply("det", (matrix,)))
        return det, mul(Number(1 / scale), inverse)

    def _from_either_size(self, size: int, matrix: Combination) -> Expr:
        """``det(s I + c W)``, the letters of W in a circle begun where that is least."""
        words = [each for each in matrix if each.word]
        identity = [each for each in matrix if not each.word]
        if len(words) != 1 or len(identity) != 1:
            return self._least(size, matrix)
        (only,), (unit,) = words, identity
        circles = (each[k:] + each[:k] for each in (only.word, turned(only.word)) for k in range(len(each)))
        word = min(circles)
        s = self._scalar(unit.scalars, matrix[unit])
        if s != ONE and not self.known.implies(compare("ne", s, ZERO)):
            raise Unreadable
        i, j = self._index(), self._index()
        scale = divide(self._scalar(only.scalars, matrix[only]), s)
        entry = add(delta(i, j), mul(scale, self._entry(word, i, j)))
        return mul(power(s, add(self.reader.last(size), ONE)), self._written(word[0].rows, entry, i, j))

    def _least(self, size: int, matrix: Combination) -> Expr:
        """Of a matrix or its transpose, whichever is written less."""
        least = min(matrix, transposed(matrix), key=lambda each: sorted(each.items()))
        i, j = self._index(), self._index()
        parts = ((self._scalar(each.scalars, c), self._entry(each.word, i, j)) for each, c in least.items())
        return self._written(size, add(*(mul(*pair) for pair in parts)), i, j)

    def _written(self, size: int, entry: Expr, i: Variable, j: Variable) -> Expr:
        last = self.reader.last(size)
        return Apply("det", (Binder("array", Binder("array", entry, j, ZERO, last), i, ZERO, last),))

    def _index(self) -> Variable:
        return index_variable(f"_at{next(self._numbers)}")

    def _scalar(self, scalars: Scalars, c: Fraction) -> Expr:
        """A number times powers of scalars: of what has a name, sizes, closed words."""
        return mul(Number(c), *(power(self._number(each), Number(times)) for each, times in scalars))

    def _number(self, scalar: Scalar) -> Expr:
        if scalar.kind == "size":
            return add(self.reader.last(int(scalar.name)), ONE)
        if scalar.kind == "closed":
            (first, *rest), i = scalar.word, self._index()
            inner = mul(self._column((first.transposed,), i), self._column(tuple(rest), i))
            return Binder("sum", inner, i, ZERO, self.reader.last(first.columns))
        return self._factor(scalar.name, {})

    def _entry(self, word: Word, i: Expr, j: Expr) -> Expr:
        """The entry (i, j) of a product of matrices."""
        if not word:
            return ONE if i == j else delta(i, j)
        if len(word) == 1:
            return self._of_letter(word[0], i, j)
        k = self._index()
        inner = mul(self._of_letter(word[0], i, k), self._entry(word[1:], k, j))
        return Binder("sum", inner, k, ZERO, self.reader.last(word[0].columns))

    def _column(self, word: Word, i: Expr) -> Expr:
        """The entry i of a product that ends in a vector."""
        first, rest = word[0], word[1:]
        if not rest:
            return mul(*(self._factor(name, {ROW: i}) for name in names_in(first) if name != ONES))
        k = self._index()
        inner = mul(self._of_letter(first, i, k), self._column(rest, k))
        return Binder("sum", inner, k, ZERO, self.reader.last(first.columns))

    def _of_letter(self, letter: Letter, i: Expr, j: Expr) -> Expr:
        if letter.name.startswith(DIAGONAL):
            entry = mul(*(self._factor(name, {ROW: i}) for name in names_in(letter)))
            return entry if i == j else mul(delta(i, j), entry)
        if ONE_COLUMN in (letter.rows, letter.columns):
            raise Unreadable
        row, column = (j, i) if letter.turned else (i, j)
        return self._factor(letter.name, {ROW: row, COLUMN: column})

    def _factor(self, name: str, put: dict[Expr, Expr]) -> Expr:
        factor = self.reader.factors.get(name)
        if factor is None:
            raise Unreadable
        return substitute(factor, put)


def _cut(word: Word) -> int | None:
    """Where a word narrows to one column."""
    return next((k for k, letter in enumerate(word) if letter.rows == ONE_COLUMN), None)


def _is_diagonal(each: Term) -> bool:
    return all(letter.name.startswith(DIAGONAL) for letter in each.word) and len(each.word) < 2
