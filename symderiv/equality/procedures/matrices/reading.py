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
from symderiv.equality.procedures.matrices.networks import (
    Edge,
    Ends,
    Unreadable,
    column,
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
    multiplied,
    size,
    term,
    total,
    trace,
    transposed,
)
from symderiv.expression.build import add, subtract
from symderiv.expression.contents import contents
from symderiv.expression.parts import factors_of
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import (
    HALF,
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
    walk_once,
)
from symderiv.index.keys import key

MAX_POWER, TWO = 4, Number(2)
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
        expr = transform(expr, _squared_root)
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
            yield added(
                {term((), ((size(number), 1),)): Fraction(1)},
                self.combination(add(last, ONE), {}),
                Fraction(-1),
            )
        for scalar, below in self._quotients.items():
            yield added(between((), below, (), ((scalar, 1),)), UNIT, Fraction(-1))

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
        factors = [part for each in summand.factors for part in _multiplied_out(each)]
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
            index: sorted(column(self._name(part, {index: ROW}), sizes[index]) for part in parts)
            for index, parts in alone.items()
        }
        found = joined(ends, edges, vectors, sizes)
        return Term(found.word, multiplied((*found.scalars, *scalars))), coefficient

    def _matrix(self, factor: Expr, p: Variable, q: Variable, sizes: Ends) -> Letter:
        """The letter of a factor that speaks of two indices."""
        if isinstance(factor, Apply) and factor.head == "inverse" and sizes[p] == sizes[q]:
            matrix, row, _ = factor.args
            if {p, q} == set(factor.args[1:]) and not free_variables(matrix) & sizes.keys():
                letter = self.inverse(matrix, sizes[p])
                if letter is not None:
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
        plain = _plain(substitute(factor, put))
        name = key(plain)
        while self.factors.get(name, plain) != plain:  # a constant, and a name that is spelt like it
            name += "'"
        self.factors[name] = plain
        self.names[name] = free_variables(plain)
        return name

    def inverse(self, matrix: Expr, size: int) -> Letter | None:
        """The letter of an inverse, the same for matrices that are read alike."""
        assert isinstance(matrix, Binder) and isinstance(matrix.body, Binder)
        last = matrix.upper
        if last is None or self.size(last) != size:
            return None
        body = substitute(matrix.body.body, {matrix.variable: ROW, matrix.body.variable: COLUMN})
        try:
            of = self.combination(body, {ROW: size, COLUMN: size})
        except Unreadable:
            return None
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
        known = next((scalar for scalar, of in self._quotients.items() if of == below), None)
        scalar = known or Scalar("name", f"quotient {len(self._quotients)}")
        self._quotients[scalar] = below
        self.names[scalar.name] = free_variables(base)
        self.nonzero.add(scalar)
        return Fraction(1), ((scalar, -power),)


def reads_inverses(expr: Expr) -> bool:
    """Does an entry of an inverse stand in it?"""
    if Binder not in contents(expr).classes:
        return False
    return any(isinstance(node, Apply) and node.head == "inverse" for node in walk_once(expr))


def _squared_root(node: Expr) -> Expr:
    """``√u²`` as u, wherever it exists."""
    match node:
        case Apply(head="pow", args=(Apply(head="pow", args=(base, half)), two)) if (half, two) == (
            HALF,
            TWO,
        ):
            return base
    return node


def _multiplied_out(factor: Expr) -> Iterator[Expr]:
    """The factors of a product, a power as often as it counts them."""
    for part in factors_of(factor):
        match part:
            case Apply(head="pow", args=(base, Number(value=int(times)))) if 0 < times <= MAX_POWER:
                for _ in range(times):
                    yield from _multiplied_out(base)
            case Apply(head="mul"):
                yield from _multiplied_out(part)
            case _:
                yield part


def _plain(expr: Expr, depth: int = 0) -> Expr:
    """The expression with bound names that depend on where they are bound alone."""
    if isinstance(expr, Index) and isinstance(expr.base, Variable) and expr.base.kind.symmetric:
        return Index(expr.base, tuple(sorted(expr.indices, key=key)), expr.origin)
    if isinstance(expr, Binder):
        name = Variable(f"_bound{depth}", expr.variable.kind)
        put: dict[Expr, Expr] = {expr.variable: name}
        lower, upper = (None if end is None else _plain(end, depth) for end in (expr.lower, expr.upper))
        body, condition = (_plain(substitute(part, put), depth + 1) for part in (expr.body, expr.condition))
        return Binder(expr.kind, body, name, lower, upper, condition)
    return expr.rebuild(tuple(_plain(child, depth) for child in expr.children)) if expr.children else expr
