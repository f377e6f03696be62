"""Which matrices always have an inverse, and which lack one on a null set only, at every size."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from fractions import Fraction

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.conditions.signs import POSITIVE
from symderiv.equality.procedures.matrices.free_arrays import FreeArrays
from symderiv.equality.procedures.matrices.multiples import Multiples
from symderiv.equality.procedures.matrices.networks import Unreadable
from symderiv.equality.procedures.matrices.reading import COLUMN, ROW, Reader
from symderiv.equality.procedures.matrices.rewriting import completed, reduced
from symderiv.equality.procedures.matrices.words import (
    DIAGONAL,
    ONE_COLUMN,
    Combination,
    Letter,
    Scalar,
    Term,
    Word,
    added,
    between,
    names_in,
    product,
    transposed,
    turned,
)
from symderiv.expression.build import compare
from symderiv.expression.tree import ZERO, Apply, Binder, Expr, Index, Variable


def _inverse_to_each_other(said: Combination) -> Word:
    """The letters of which it is said that ``A B`` is the identity, both square; else none."""
    words = [term.word for term in said if not term.scalars]
    if len(words) == len(said) == 2 and () in words:
        word = words[0] or words[1]
        if len(word) == 2 and word[0].rows == word[0].columns:
            return word
    return ()


def other_way_round(said: Combination) -> Iterator[Combination]:
    """``B A = I``, where ``A B = I`` is said of square matrices."""
    word = _inverse_to_each_other(said)
    if word:
        yield {Term(word[::-1] if term.word else ()): c for term, c in said.items()}


def _is_multiple(one: Combination, other: Combination) -> bool:
    return one.keys() == other.keys() and len({c / other[term] for term, c in one.items()}) == 1


def determinant_asked(condition: Expr) -> Binder | None:
    """The matrix whose determinant is said to be other than 0."""
    match condition:
        case Apply(head="ne", args=(Apply(head="det", args=(Binder() as matrix,)), zero)) if zero == ZERO:
            return matrix
    return None


class Look:
    """Looks at matrices, given as combinations of words."""

    def __init__(self, reader: Reader, facts: tuple[Expr, ...], given: Sequence[Combination]) -> None:
        self.reader = reader
        self.known: Knowledge = knowledge(facts)
        letters = {letter for said in given for letter in _inverse_to_each_other(said)}
        self.regular = letters | {letter.transposed for letter in letters}
        self.given = given
        self.facts = facts
        self.free = FreeArrays(reader, facts)

    def surely_has_inverse(self, matrix: Expr, of: Combination | None) -> bool:
        if self.known.implies(compare("ne", Apply("det", (matrix,)), ZERO)) or self._is_given(of):
            return True
        return of is not None and (self.is_definite(of) or self.is_regular(of) or self._is_involution(of))

    def _is_given(self, of: Combination | None) -> bool:
        """Is it a multiple of a matrix that is given to have an inverse, ``A - I`` of ``I - A``?"""
        if not of:
            return False
        asked = filter(None, (determinant_asked(fact) for fact in self.facts))
        given = filter(None, map(self.reader.whole, asked))
        return any(_is_multiple(of, way) for _, each in given for way in (each, transposed(each)))

    def _is_involution(self, of: Combination) -> bool:
        """Is it its own inverse, or its transpose's: ``I - 2 u uᵀ/uᵀ u``, ``I - 2 u uᵀ`` of a unit vector?"""
        *_, rules = completed(self.given, self.reader.nonzero.__contains__)
        squares = (reduced(product(each, of), rules) for each in (of, transposed(of)))
        return any(len(found) == 1 and Term(()) in found for found in squares)

    def are_similar(self, of: Combination | None, other: Combination | None) -> bool:
        """Is one ``Uᵀ M U`` of the other one, for a U that has an inverse, so that both have one, or none?"""
        if of is None or other is None:
            return False
        *_, rules = completed(self.given, self.reader.nonzero.__contains__)
        turned_by = ((each.transposed, of, each) for each in self.regular)
        found = (reduced(between((left,), matrix, (right,)), rules) for left, matrix, right in turned_by)
        return any(not reduced(added(each, other, Fraction(-1)), rules) for each in found)

    def is_regular(self, of: Combination) -> bool:
        """Is it a product of what is given to have an inverse, as ``Q`` where ``Qᵀ Q = I``?"""
        return len(of) == 1 and all(
            all(scalar in self.reader.nonzero for scalar, _ in term.scalars)
            and all(map(self._is_regular_letter, term.word))
            for term in of
        )

    def _is_regular_letter(self, letter: Letter) -> bool:
        known = letter in self.regular or self.reader.inverse_of(letter) is not None
        return known or self._is_definite_letter(letter)

    def is_definite(self, of: Combination) -> bool:
        """Is it positive definite, a sum of what is so and of what is semidefinite?"""
        return self.has_no_negative(of) and any(
            all(map(self._is_definite_letter, term.word)) and len(term.word) < 2 for term in of
        )

    def has_no_negative(self, of: Combination) -> bool:
        """Is it positive semidefinite, so that its determinant is at least 0?"""
        positive = (all(map(self._is_positive, term.scalars)) and c > 0 for term, c in of.items())
        return all(positive) and all(map(self._is_semidefinite, of))

    def _is_positive(self, power: tuple[Scalar, int]) -> bool:
        scalar, _ = power
        expr = self.reader.factors.get(scalar.name)
        return scalar.kind == "name" and expr is not None and self.known.implies(compare("lt", ZERO, expr))

    def _is_semidefinite(self, term: Term) -> bool:
        """``Uᵀ U`` and ``Uᵀ D U`` with a definite D."""
        half, odd = divmod(len(term.word), 2)
        middle = term.word[half : half + odd]
        return term.word == turned(term.word) and all(map(self._is_definite_letter, middle))

    def _is_definite_letter(self, letter: Letter) -> bool:
        of = self.reader.inverse_of(letter)
        if letter.name.startswith(DIAGONAL):
            entries = [self.reader.factors.get(name) for name in names_in(letter)]
            return all(each is not None and self.known.signs(each) == POSITIVE for each in entries)
        return of is not None and self.is_definite(of)

    def is_rarely_singular(self, of: Combination) -> bool:
        """Is its determinant analytic, and not the zero function of the real names, at any size?"""
        if any(self._leads(term, of) for term in of) or self._is_a_number_at_nought(of):
            return True
        if Multiples(self.reader, self.free).at(of):
            return True
        return len(of) == 1 and all(
            self._is_product_of_such(term) or self._is_gram_of_tall(term) for term in of
        )

    def _is_gram_of_tall(self, term: Term) -> bool:
        """``Xᵀ X`` and ``Xᵀ diag(w) X`` of an X with no fewer rows than columns: take ``(I; 0)``."""
        if len(term.word) < 2 or term.word[0].transposed != term.word[-1]:
            return False
        tall, middle = term.word[-1], term.word[1:-1]
        if ONE_COLUMN in (tall.rows, tall.columns):
            return False
        rows, columns = (self.reader.last(number) for number in (tall.rows, tall.columns))
        whole = self.free.whole(tall.name, ROW, COLUMN)
        return (
            whole is not None
            and self.known.implies(compare("le", columns, rows))
            and all(scalar in self.reader.nonzero for scalar, _ in term.scalars)
            and all(self.free.is_diagonal(letter, whole) for letter in middle)
        )

    def _is_product_of_such(self, term: Term) -> bool:
        return all(scalar in self.reader.nonzero for scalar, _ in term.scalars) and all(
            self.reader.inverse_of(letter) is not None
            or self.free.square(letter) is not None
            or self.free.is_diagonal(letter)
            for letter in term.word
        )

    def _leads(self, term: Term, of: Combination) -> bool:
        """Does a name stand in this term alone that makes it as far from singular as one likes?"""
        name: Variable | None = None
        if not term.word and len(term.scalars) == 1 and term.scalars[0][0].kind == "name":
            found = self.reader.factors[term.scalars[0][0].name]
            name = found if isinstance(found, Variable) and self.free.is_free(found) else None
        elif len(term.word) == 1 and not term.scalars:
            name = self.free.square(term.word[0]) or self._inverse_of_free_matrix(term.word[0])
        others = (self._names(other) for other in of if other is not term)
        return name is not None and not any(name in names for names in others)

    def _inverse_of_free_matrix(self, letter: Letter) -> Variable | None:
        of = self.reader.inverse_of(letter)
        if of is None or len(of) != 1:
            return None
        ((only, _),) = of.items()
        return self.free.square(only.word[0]) if len(only.word) == 1 and not only.scalars else None

    def _names(self, term: Term, passed_over: Container[str] = ()) -> set[Variable]:
        """All names behind the letters and the scalars of a term."""
        found: set[Variable] = set()
        letters = [*term.word, *(letter for scalar, _ in term.scalars for letter in scalar.word)]
        own = (name for letter in letters for name in names_in(letter))
        for name in (*own, *(scalar.name for scalar, _ in term.scalars)):
            found |= frozenset() if name in passed_over else self.reader.names.get(name, frozenset())
        return found

    def is_rarely_zero(self, expr: Expr) -> bool:
        """Is a number that is made of words a number other than 0 at nought?"""
        try:
            return self._is_a_number_at_nought(self.reader.combination(expr, {}))
        except Unreadable:
            return False

    def _is_a_number_at_nought(self, of: Combination) -> bool:
        """Is it a multiple of the identity where some free arrays are zero: ``I + u vᵀ``, ``1 + vᵀ A⁻¹ u``?

        These arrays stand in it as they are, so that it is a polynomial in their entries.
        """
        rest = [term for term in of if term != Term(())]
        return len(rest) == len(of) - 1 and all(self._vanishes_with_an_array(term, of) for term in rest)

    def _vanishes_with_an_array(self, term: Term, of: Combination) -> bool:
        closed = (scalar.word for scalar, power in term.scalars if power > 0 and scalar.kind == "closed")
        letters = {letter for word in (term.word, *closed) for letter in word}
        arrays = (self.reader.factors.get(name) for letter in letters for name in names_in(letter))
        return any(
            isinstance(each, Index)
            and isinstance(each.base, Variable)
            and self.free.is_free(each.base)
            and not any(each.base in self._names_beside_plain_letters(other) for other in of)
            for each in arrays
        )

    def _names_beside_plain_letters(self, term: Term) -> set[Variable]:
        """The names behind all that is no entry of an array, and behind what is divided by: ``uᵀ u``."""
        plain = {name for name, each in self.reader.factors.items() if isinstance(each, Index)}
        divisors = [scalar for scalar, power in term.scalars if power < 0]
        below = {name for each in divisors for letter in each.word for name in names_in(letter)}
        return self._names(term, plain - below - {each.name for each in divisors})
