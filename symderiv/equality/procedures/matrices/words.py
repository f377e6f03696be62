"""Sums of products of matrices: words in letters, with scalars beside them.

A letter is a matrix, a vector (a matrix of one column), or what stands on a diagonal. Where a word narrows to
one column it falls apart: ``u vᵀ V u wᵀ`` is ``(vᵀ V u) u wᵀ``, and what is closed on both sides is a scalar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

ONE_COLUMN = 0
BESIDE, DIAGONAL, ONES = " ⊙ ", "diag ", "1"


@dataclass(frozen=True, order=True)
class Letter:
    """A matrix under its name; ``turned``: its transpose. Sizes are numbers that stand for expressions."""

    name: str
    turned: bool
    rows: int
    columns: int
    symmetric: bool = False

    @cached_property
    def transposed(self) -> Letter:
        turned = not self.turned and not self.symmetric
        return replace(self, turned=turned, rows=self.columns, columns=self.rows)


Word = tuple[Letter, ...]


def turned(word: Word) -> Word:
    """The transpose: ``(A B)ᵀ = Bᵀ Aᵀ``."""
    return tuple(letter.transposed for letter in reversed(word))


@dataclass(frozen=True, order=True)
class Scalar:
    """A number: one that has a name, a closed word ``uᵀ A v``, or the trace of a word."""

    kind: str  # "name", "size", "closed" or "trace"
    name: str
    word: Word = ()


def closed(word: Word) -> Scalar:
    return Scalar("closed", "", min(word, turned(word)))


def trace(word: Word) -> Scalar:
    """The trace, the same from whichever letter on the word is read, and backwards."""
    rotations = (each[k:] + each[:k] for each in (word, turned(word)) for k in range(len(word)))
    return Scalar("trace", "", min(rotations))


def size(number: int) -> Scalar:
    """The size that a number stands for: the trace of an identity."""
    return Scalar("size", f"{number:04}")


Scalars = tuple[tuple[Scalar, int], ...]
"""A product of powers, in order."""


@dataclass(frozen=True, order=True)
class Term:
    """A word times scalars."""

    word: Word
    scalars: Scalars = ()

    @cached_property
    def measure(self) -> tuple[int, Word]:
        """How long it is, the word itself among words of one length."""
        return len(self.word), self.word


Combination = Mapping[Term, Fraction]


def term(word: Word, scalars: Iterable[tuple[Scalar, int]] = ()) -> Term:
    """The term, a word that narrows to one column taken apart.

    >>> u, v = Letter("u", False, 1, ONE_COLUMN), Letter("v", False, 1, ONE_COLUMN)
    >>> found = term((u, v.transposed, u, v.transposed))
    >>> [letter.name for letter in found.word], [power for _, power in found.scalars]
    (['u', 'v'], [1])
    """
    word = _with_products_of_vectors(word)
    cuts = [k for k in range(len(word) + 1) if _is_narrow(word, k)]
    found = [(closed(word[a:b]), 1) for a, b in pairwise(cuts)]
    left = word[: cuts[0]] + word[cuts[-1] :] if cuts else word
    return Term(left, multiplied((*scalars, *found)))


def column(name: str, size: int) -> Letter:
    """A vector."""
    return Letter(name, False, size, ONE_COLUMN)


def diagonal(vector: Letter) -> Letter:
    """``diag(v)``."""
    return Letter(DIAGONAL + vector.name, False, vector.rows, vector.rows, symmetric=True)


def entrywise(names: Iterable[str], size: int) -> Letter:
    """The product of vectors, entry by entry; without any, all entries are 1."""
    return column(BESIDE.join(sorted(name for name in names if name != ONES)) or ONES, size)


def names_in(letter: Letter) -> list[str]:
    """The names of which a vector, or what stands on a diagonal, is the product."""
    return letter.name.removeprefix(DIAGONAL).split(BESIDE)


def _with_products_of_vectors(word: Word) -> Word:
    """``diag(a) b`` as the vector ``a ⊙ b``, and ``bᵀ diag(a)`` as its row."""
    for k, (left, right) in enumerate(pairwise(word)):
        if right.columns == ONE_COLUMN and left.name.startswith(DIAGONAL):
            vector = entrywise((*names_in(left), *names_in(right)), right.rows)
        elif left.rows == ONE_COLUMN and right.name.startswith(DIAGONAL):
            vector = entrywise((*names_in(left), *names_in(right)), left.columns).transposed
        else:
            continue
        return _with_products_of_vectors((*word[:k], vector, *word[k + 2 :]))
    return word


def _is_narrow(word: Word, place: int) -> bool:
    if place == len(word):
        return bool(word) and word[-1].columns == ONE_COLUMN
    return word[place].rows == ONE_COLUMN


def multiplied(scalars: Iterable[tuple[Scalar, int]]) -> Scalars:
    powers: dict[Scalar, int] = {}
    for scalar, power in scalars:
        powers[scalar] = powers.get(scalar, 0) + power
    return tuple(sorted((scalar, power) for scalar, power in powers.items() if power))


def total(parts: Iterable[tuple[Term, Fraction]]) -> Combination:
    """Terms added up."""
    found: dict[Term, Fraction] = {}
    for each, coefficient in parts:
        found[each] = found.get(each, Fraction(0)) + coefficient
    return {each: coefficient for each, coefficient in found.items() if coefficient}


def between(left: Word, middle: Combination, right: Word, scalars: Scalars = ()) -> Combination:
    """``left · middle · right``, times scalars."""
    return total(_between(left, middle, right, scalars))


def _between(
    left: Word, middle: Combination, right: Word, scalars: Scalars
) -> Iterator[tuple[Term, Fraction]]:
    for each, coefficient in middle.items():
        yield term(left + each.word + right, (*scalars, *each.scalars)), coefficient


def product(left: Combination, right: Combination) -> Combination:
    """All words of the one before all words of the other."""
    return total(
        (term(a.word + b.word, (*a.scalars, *b.scalars)), c * d)
        for a, c in left.items()
        for b, d in right.items()
    )


def scaled(combination: Combination, factor: Fraction) -> Combination:
    return {each: coefficient * factor for each, coefficient in combination.items()}


def added(a: Combination, b: Combination, times: Fraction = Fraction(1)) -> Combination:
    """``a + times · b``."""
    return total((*a.items(), *scaled(b, times).items()))


def transposed(combination: Combination) -> Combination:
    return total((term(turned(each.word), each.scalars), c) for each, c in combination.items())


def closing(word: Word, scalars: Scalars = ()) -> Term:
    """The trace of a word, a closed word where it narrows to one column."""
    narrow = next((k for k, letter in enumerate(word) if letter.rows == ONE_COLUMN), None)
    if narrow is None:
        return term((), (*scalars, (trace(word), 1)))
    return term(word[narrow:] + word[:narrow], scalars)
