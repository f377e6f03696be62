"""The multiple of I that a combination of words is, where free square arrays are such multiples."""

from __future__ import annotations

from fractions import Fraction

from symderiv.equality.procedures.matrices.free_arrays import FreeArrays
from symderiv.equality.procedures.matrices.reading import Reader
from symderiv.equality.procedures.matrices.words import Combination, Letter, Scalar, names_in
from symderiv.expression.tree import Variable


class Multiples:
    """Free square arrays as multiples of I by 2, 3, …; the others are zero."""

    def __init__(self, reader: Reader, free: FreeArrays) -> None:
        self.reader = reader
        self.free = free
        self.numbers: dict[Variable, int] = {}

    def at(self, of: Combination) -> Fraction | None:
        """The number of which it is the multiple of I where free square arrays are, and others are zero.

        Its determinant is a rational function of the entries: where that number isn't 0, no zero function.
        An array of which a part stands there, too, a column of A beside A, can't be both.
        """
        total = Fraction(0)
        for term, coefficient in of.items():
            factors = [self._number_of(letter) for letter in term.word]
            factors += [self._number_of_scalar(scalar, power) for scalar, power in term.scalars]
            for factor in factors:
                if factor is None:
                    return None
                coefficient *= factor
            total += coefficient
        return total

    def _number_of(self, letter: Letter) -> Fraction | None:
        of = self.reader.inverse_of(letter)
        if of is not None:
            value = self.at(of)
            return 1 / value if value else None
        square = self.free.square(letter)
        if square is not None:
            return Fraction(self.numbers.setdefault(square, len(self.numbers) + 2)) or None
        if letter.rows == letter.columns:
            return None
        arrays = [self.free.some_of(name) for name in names_in(letter)]
        zero = all(array is not None and self.numbers.setdefault(array, 0) == 0 for array in arrays)
        return Fraction(0) if zero else None

    def _number_of_scalar(self, scalar: Scalar, power: int) -> Fraction | None:
        name = self.reader.factors.get(scalar.name) if scalar.kind == "name" else None
        if not isinstance(name, Variable) or not self.free.is_free(name):
            return None
        return Fraction(self.numbers.setdefault(name, len(self.numbers) + 2)) ** power
