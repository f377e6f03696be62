"""Where inverses exist: matrices that always have one, and those that lack it on a null set only.

``Xᵀ X + λ I`` with λ > 0 is positive definite. A matrix that nobody restricts is singular on a null set: its
determinant is a polynomial that isn't zero at the identity, at any size. ``Xᵀ X`` alone is neither, for X may
have fewer rows than columns: then the two sides have to ask for its inverse alike.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from symderiv.equality.cells.open_facts import leaves_room
from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.matrices.networks import DIAGONAL, Unreadable, names_in
from symderiv.equality.procedures.matrices.reading import COLUMN, ROW, Reader, reads_inverses
from symderiv.equality.procedures.matrices.words import ONE_COLUMN, Combination, Letter, Scalar, Term, turned
from symderiv.expression.build import compare, conjunction
from symderiv.expression.parts import conjuncts
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ZERO, Apply, Binder, Expr, Index, Variable

Exceptions = tuple[Expr, ...]


def off_singular_matrices(
    problem: Problem, reader: Reader, given: Sequence[Combination]
) -> tuple[Problem, Exceptions] | None:
    """The problem where all inverses exist, and the equations of null sets where some don't.

    None where one side asks for an inverse that may be missing on more than that.
    """
    left, right = (_inverses_asked(defined, reader) for defined in (problem.defined_a, problem.defined_b))
    look = _Look(reader, problem.facts, given)
    exceptions: list[Expr] = []
    for name, (matrix, of) in {**left, **right}.items():
        if look.surely_has_inverse(matrix, of):
            continue
        shared = name in left and name in right
        if not shared and (of is None or not look.is_rarely_singular(of)):
            return None
        exceptions.append(compare("eq", Apply("det", (matrix,)), ZERO))
    sides = [
        [part for part in conjuncts(defined) if _determinant_asked(part) is None]
        for defined in (problem.defined_a, problem.defined_b)
    ]
    for part in dict.fromkeys((*sides[0], *sides[1])):
        below = _denominator_with_inverses(part)
        if below is not None:
            if not (part in sides[0] and part in sides[1]) and not look.is_rarely_zero(below):
                return None
            exceptions.append(compare("eq", below, ZERO))
            sides = [[each for each in side if each != part] for side in sides]
    defined_a, defined_b = (conjunction(*side) for side in sides)
    return replace(problem, defined_a=defined_a, defined_b=defined_b), tuple(exceptions)


def _denominator_with_inverses(condition: Expr) -> Expr | None:
    """A number other than 0 that is made of inverses: ``1 + vᵀ A⁻¹ u``."""
    match condition:
        case Apply(head="ne", args=(below, zero)) if zero == ZERO and reads_inverses(below):
            return below
    return None


def _determinant_asked(condition: Expr) -> Binder | None:
    """The matrix whose determinant is said to be other than 0."""
    match condition:
        case Apply(head="ne", args=(Apply(head="det", args=(Binder() as matrix,)), zero)) if zero == ZERO:
            return matrix
    return None


def _inverses_asked(defined: Expr, reader: Reader) -> dict[Expr | str, tuple[Binder, Combination | None]]:
    """The matrices that have to have an inverse: by the letter of that, and what they are."""
    found: dict[Expr | str, tuple[Binder, Combination | None]] = {}
    for part in conjuncts(defined):
        matrix = _determinant_asked(part)
        if matrix is not None and matrix.upper is not None:
            letter = reader.inverse(matrix, reader.size(matrix.upper))
            found[matrix if letter is None else letter.name] = (
                matrix,
                None if letter is None else reader.inverse_of(letter),
            )
    return found


def _inverse_to_each_other(said: Combination) -> Iterator[Letter]:
    """The letters of which it is said that ``A B`` is the identity, both square."""
    words = [term.word for term in said if not term.scalars]
    if len(words) == len(said) == 2 and () in words:
        word = words[0] or words[1]
        if len(word) == 2 and word[0].rows == word[0].columns:
            for letter in word:
                yield from (letter, letter.transposed)


class _Look:
    """Looks at matrices, given as combinations of words."""

    def __init__(self, reader: Reader, facts: tuple[Expr, ...], given: Sequence[Combination]) -> None:
        self.reader = reader
        self.known: Knowledge = knowledge(facts)
        self.regular = {letter for said in given for letter in _inverse_to_each_other(said)}
        self.bound = {name for fact in facts if not leaves_room(fact) for name in free_variables(fact)}

    def surely_has_inverse(self, matrix: Expr, of: Combination | None) -> bool:
        if self.known.implies(compare("ne", Apply("det", (matrix,)), ZERO)):
            return True
        return of is not None and (self.is_definite(of) or self.is_regular(of))

    def is_regular(self, of: Combination) -> bool:
        """Is it a product of what is given to have an inverse, as ``Q`` where ``Qᵀ Q = I``?"""
        return len(of) == 1 and all(
            all(scalar in self.reader.nonzero for scalar, _ in term.scalars)
            and all(letter in self.regular or self.reader.inverse_of(letter) for letter in term.word)
            for term in of
        )

    def is_definite(self, of: Combination) -> bool:
        """Is it positive definite, a sum of what is so and of what is semidefinite?"""
        positive = [all(map(self._is_positive, term.scalars)) and c > 0 for term, c in of.items()]
        if not all(positive) or not all(map(self._is_semidefinite, of)):
            return False
        return any(all(map(self._is_definite_letter, term.word)) and len(term.word) < 2 for term in of)

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
        return of is not None and self.is_definite(of)

    def is_rarely_singular(self, of: Combination) -> bool:
        """Is its determinant analytic, and not the zero function of the real names, at any size?"""
        if any(self._leads(term, of) for term in of) or self._is_a_number_at_nought(of):
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
        names = [name for letter in (tall, *middle) for name in names_in(letter)]
        return (
            self.known.implies(compare("le", columns, rows))
            and all(scalar in self.reader.nonzero for scalar, _ in term.scalars)
            and all(letter.name.startswith(DIAGONAL) for letter in middle)
            and all(map(self._is_plain_free_array, names))
        )

    def _is_plain_free_array(self, name: str) -> bool:
        found = self.reader.factors.get(name)
        return isinstance(found, Index) and isinstance(found.base, Variable) and self._is_free(found.base)

    def _is_product_of_such(self, term: Term) -> bool:
        return all(scalar in self.reader.nonzero for scalar, _ in term.scalars) and all(
            self.reader.inverse_of(letter) is not None
            or self._free_matrix(letter) is not None
            or (letter.name.startswith(DIAGONAL) and all(map(self._is_plain_free_array, names_in(letter))))
            for letter in term.word
        )

    def _leads(self, term: Term, of: Combination) -> bool:
        """Does a name stand in this term alone that makes it as far from singular as one likes?"""
        name: Variable | None = None
        if not term.word and len(term.scalars) == 1 and term.scalars[0][0].kind == "name":
            found = self.reader.factors[term.scalars[0][0].name]
            name = found if isinstance(found, Variable) and self._is_free(found) else None
        elif len(term.word) == 1 and not term.scalars:
            name = self._free_matrix(term.word[0]) or self._inverse_of_free_matrix(term.word[0])
        others = (self._names(other) for other in of if other is not term)
        return name is not None and not any(name in names for names in others)

    def _free_matrix(self, letter: Letter) -> Variable | None:
        """The array of which a letter is all entries, if nothing binds them."""
        match self.reader.factors.get(letter.name):
            case Index(base=Variable() as array, indices=indices) if set(indices) == {ROW, COLUMN}:
                return array if letter.rows == letter.columns and self._is_free(array) else None
        return None

    def _inverse_of_free_matrix(self, letter: Letter) -> Variable | None:
        of = self.reader.inverse_of(letter)
        if of is None or len(of) != 1:
            return None
        ((only, _),) = of.items()
        return self._free_matrix(only.word[0]) if len(only.word) == 1 and not only.scalars else None

    def _is_free(self, name: Variable) -> bool:
        return not name.kind.domain.integer and name not in self.bound

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
            and self._is_free(each.base)
            and not any(each.base in self._names_beside_plain_letters(other) for other in of)
            for each in arrays
        )

    def _names_beside_plain_letters(self, term: Term) -> set[Variable]:
        """The names behind all that is no entry of an array."""
        plain = {name for name, each in self.reader.factors.items() if isinstance(each, Index)}
        below = {scalar.name for scalar, power in term.scalars if power < 0}
        return self._names(term, plain - below)
