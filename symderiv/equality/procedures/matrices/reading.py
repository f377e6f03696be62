"""Entries of products of matrices read as words: ``Σ_k Σ_l A[i,k] B[l,k] x[l]`` is ``A Bᵀ x``.

Each factor is a letter for the indices that it speaks of: of two it is a matrix, of one a vector, or what
stands on a diagonal. What an inverse is the inverse of is read likewise; so is what a number is divided by.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from symderiv.equality.normal_forms.plain import is_zero
from symderiv.equality.procedures.facts.summands import Summand, TooManySummands, summands
from symderiv.equality.procedures.matrices.factors import multiplied_out, plain, squared_root
from symderiv.equality.procedures.matrices.networks import (
    Edge,
    Ends,
    Unreadable,
    joined,
    without_deltas,
)
from symderiv.equality.procedures.matrices.words import (
    Combination,
    Letter,
    Scalar,
    Scalars,
    Term,
    added,
    between,
    column,
    diagonal,
    entrywise,
    multiplied,
    size,
    term,
    total,
    trace,
    transposed,
)
from symderiv.expression.build import add, delta, mul, subtract
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import (
    MINUS_ONE,
    ONE,
    Apply,
    Binder,
    Expr,
    Index,
    Number,
    Variable,
    index_variable,
    transform,
    walk,
)
from symderiv.index.keys import key

ROW, COLUMN = index_variable("_row"), index_variable("_column")
UNIT: Combination = {Term(()): Fraction(1)}


class Reader:
    """Reads expressions; remembers the sizes, and what stands for an inverse or a quotient."""

    def __init__(self) -> None:
        self.nonzero: set[Scalar] = set()
        self.factors: dict[str, Expr] = {}
        self.names: dict[str, frozenset[Variable]] = {}
        self._sizes: list[Expr] = []
        self._inverses: dict[Letter, Combination] = {}
        self._quotients: dict[Scalar, Combination] = {}

    def combination(self, expr: Expr, ends: Ends) -> Combination:
        """The words that an expression adds up, between open indices; raises `Unreadable`."""
        expr = transform(expr, squared_root)
        taken = {node.name for node in walk(expr) if isinstance(node, Variable)}
        try:
            return total(self._read(each, ends) for each in summands(expr, taken))
        except TooManySummands:
            raise Unreadable from None

    def last(self, number: int) -> Expr:
        """The last index of a size."""
        return self._sizes[number - 1]

    def size(self, last: Expr) -> int:
        """The number of a size, given by the last index."""
        for number, known in enumerate(self._sizes, start=1):
            if known == last or is_zero(subtract(known, last)):
                return number
        self._sizes.append(last)
        return len(self._sizes)

    @property
    def has_inverses(self) -> bool:
        return bool(self._inverses)

    def relations(self) -> Iterator[Combination]:
        """What is zero by what inverses and quotients are."""
        for letter, matrix in self._inverses.items():
            for inverse, of in ((letter, matrix), (letter.transposed, transposed(matrix))):
                yield added(between((), of, (inverse,)), UNIT, Fraction(-1))
                yield added(between((inverse,), of, ()), UNIT, Fraction(-1))
        for number, last in enumerate(tuple(self._sizes), start=1):
            ones = entrywise((), number)
            if any(ones in each.word for of in self._inverses.values() for each in of):
                yield {
                    term((ones.transposed, ones)): Fraction(1),
                    term((), ((size(number), 1),)): Fraction(-1),
                }
            yield added(
                {term((), ((size(number), 1),)): Fraction(1)},
                self.combination(add(last, ONE), {}),
                Fraction(-1),
            )
        for name, entry in tuple(self.factors.items()):
            yield from self._reciprocals(name, entry)
        for scalar, below in self._quotients.items():
            yield added(between((), below, (), ((scalar, 1),)), UNIT, Fraction(-1))

    def _reciprocals(self, name: str, entry: Expr) -> Iterator[Combination]:
        """``diag(1/v) diag(v) = I``."""
        match entry:
            case Apply(head="pow", args=(base, power)) if power == MINUS_ONE and ROW in free_variables(base):
                for number in range(1, len(self._sizes) + 1):
                    if isinstance(base, Apply) and base.head == "add":
                        yield from self._reciprocals_of_a_sum(name, base, number)
                        continue
                    pair = tuple(diagonal(column(each, number)) for each in (name, self._name(base, {})))
                    for word in (pair, pair[::-1]):
                        yield {Term(word): Fraction(1), Term(()): Fraction(-1)}

    def _reciprocals_of_a_sum(self, name: str, base: Expr, number: int) -> Iterator[Combination]:
        """``diag(1/(s + l)) (diag(s) + l I) = I``."""
        of = self.combination(mul(delta(ROW, COLUMN), base), {ROW: number, COLUMN: number})
        letter = diagonal(column(name, number))
        for left, right in (((), (letter,)), ((letter,), ())):
            yield added(between(left, of, right), UNIT, Fraction(-1))

    def inverse_of(self, letter: Letter) -> Combination | None:
        """What a letter is the inverse of."""
        found = self._inverses.get(letter)
        if found is None and letter.transposed in self._inverses:
            found = transposed(self._inverses[letter.transposed])
        return found

    def _read(self, summand: Summand, ends: Ends) -> tuple[Term, Fraction]:
        sizes = {name: self.size(last) for name, last in summand.ranges}
        if any(free_variables(last) & sizes.keys() for _, last in summand.ranges):
            raise Unreadable
        factors = [part for each in summand.factors for part in multiplied_out(each)]
        factors, sizes, same = without_deltas(factors, {**sizes, **ends}, ends)
        coefficient, scalars = Fraction(1), list[tuple[Scalar, int]]()
        alone: dict[Variable, list[Expr]] = {index: [] for index in sizes}
        edges = [Edge(p, q, ()) for p, q in same]
        for factor in factors:
            about = sorted((v for v in free_variables(factor) if v in sizes), key=lambda v: v.name)
            match about:
                case []:
                    number, powers = self._numbers(factor)
                    coefficient, scalars = coefficient * number, [*scalars, *powers]
                case [index]:
                    alone[index].append(factor)
                case [p, q]:
                    edges.append(Edge(p, q, (self._matrix(factor, p, q, sizes),)))
                case _:
                    raise Unreadable
        for index in [each for each in alone if each not in ends and not any(e.at(each) for e in edges)]:
            loop = self._loop(alone[index], index, sizes[index])
            if loop is not None:
                scalars.append((trace((loop,)), 1))
                del alone[index]
        vectors = {
            index: sorted(self._name(part, {index: ROW}) for part in parts) for index, parts in alone.items()
        }
        found = joined(ends, edges, vectors, sizes)
        return Term(found.word, multiplied((*found.scalars, *scalars))), coefficient

    def _matrix(self, factor: Expr, p: Variable, q: Variable, sizes: Ends) -> Letter:
        """The letter of a factor that speaks of two indices."""
        if isinstance(factor, Apply) and factor.head == "inverse":
            matrix, row, _ = factor.args
            if {p, q} == set(factor.args[1:]) and not free_variables(matrix) & sizes.keys():
                letter = self.inverse(matrix)
                if letter is not None and letter.rows == sizes[p] == sizes[q]:
                    return letter if row == p else letter.transposed
        turns: tuple[dict[Expr, Expr], ...] = ({p: ROW, q: COLUMN}, {p: COLUMN, q: ROW})
        name, turned = (self._name(factor, put) for put in turns)
        letter = Letter(min(name, turned), False, sizes[p], sizes[q], symmetric=name == turned)
        return replace(letter, turned=turned < name)

    def _loop(self, factors: list[Expr], index: Variable, size: int) -> Letter | None:
        """The matrix of which all that speaks of an index is an entry on the diagonal."""
        match factors:
            case [Index(base=Variable() as array, indices=(i, j))] if i == j == index:
                entry: Expr = Index(array, (index, COLUMN))
            case [Apply(head="inverse", args=(matrix, i, j))] if i == j == index:
                entry = Apply("inverse", (matrix, index, COLUMN))
            case _:
                return None
        return self._matrix(entry, index, COLUMN, {index: size, COLUMN: size})

    def _name(self, factor: Expr, put: dict[Expr, Expr]) -> str:
        """The name under which a factor is known, whatever the indices are called."""
        entry = plain(substitute(factor, put))
        name = key(entry)
        while self.factors.get(name, entry) != entry:  # a constant, and a name that is spelt like it
            name += "'"
        self.factors[name] = entry
        self.names[name] = free_variables(entry)
        return name

    def whole(self, matrix: Expr) -> tuple[int, Combination] | None:
        """The size of a matrix that is given by its formula, and how that reads."""
        if not isinstance(matrix, Binder) or not isinstance(matrix.body, Binder) or matrix.upper is None:
            return None
        size = self.size(matrix.upper)
        body = substitute(matrix.body.body, {matrix.variable: ROW, matrix.body.variable: COLUMN})
        try:
            return size, self.combination(body, {ROW: size, COLUMN: size})
        except Unreadable:
            return None

    def inverse(self, matrix: Expr) -> Letter | None:
        """The letter of an inverse, the same for matrices that are read alike."""
        found = self.whole(matrix)
        if found is None:
            return None
        size, of = found
        again = transposed(of)
        for letter, known in self._inverses.items():
            if letter.rows == size and known in (of, again):
                return letter if known == of else letter.transposed
        letter = Letter(f"inverse {len(self._inverses)}", False, size, size, symmetric=of == again)
        self._inverses[letter] = of
        self.names[letter.name] = free_variables(matrix)
        return letter

    def _numbers(self, factor: Expr) -> tuple[Fraction, Scalars]:
        """A factor that speaks of no index: a number, and powers of scalars."""
        match factor:
            case Number():
                return Fraction(factor.value), ()
            case Apply(head="pow", args=(base, Number(value=int() as power))):
                found = self._quotient(base, power) if base.children else None
                if found is not None:
                    return found
                scalar = self._named(base)
                self.nonzero.update([scalar] if power < 0 else [])
                return Fraction(1), ((scalar, power),)
        scalar = self._named(factor)
        if isinstance(factor, Variable) and not factor.kind.domain.contains(0):
            self.nonzero.add(scalar)
        return Fraction(1), ((scalar, 1),)

    def _named(self, expr: Expr) -> Scalar:
        return Scalar("name", self._name(expr, {}))

    def _quotient(self, base: Expr, power: int) -> tuple[Fraction, Scalars] | None:
        """A power of what is itself made of words: of ``uᵀ u``, of ``1 + vᵀ A u``."""
        try:
            below = self.combination(base, {})
        except Unreadable:
            return None
        if len(below) == 1:
            ((only, coefficient),) = below.items()
            self.nonzero.update(scalar for scalar, _ in only.scalars if power < 0)
            return coefficient**power, tuple((scalar, times * power) for scalar, times in only.scalars)
        if power > 0 or not below:
            return None
        common, below = self._common_factor(below)
        known = next((scalar for scalar, of in self._quotients.items() if of == below), None)
        scalar = known or Scalar("name", f"quotient {len(self._quotients)}")
        self._quotients[scalar] = below
        self.names[scalar.name] = free_variables(base)
        self.nonzero.add(scalar)
        return Fraction(1), ((scalar, -power), *((factor, times * power) for factor, times in common))

    def _common_factor(self, below: Combination) -> tuple[Scalars, Combination]:
        """What is in all terms of a sum and never 0, and the sum without it: a of ``a² + n a b``."""
        powers = [dict(each.scalars) for each in below]
        shared = {
            scalar: min(each.get(scalar, 0) for each in powers)
            for scalar in powers[0]
            if scalar in self.nonzero
        }
        common = tuple((scalar, times) for scalar, times in shared.items() if times)
        over = tuple((scalar, -times) for scalar, times in common)
        return common, total((term(each.word, (*each.scalars, *over)), c) for each, c in below.items())
