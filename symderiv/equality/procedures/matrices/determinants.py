"""Determinants of products: ``det(c A B⁻¹ Cᵀ) = cⁿ det A det C / det B``.

A matrix that reads as one word has the product of its letters' determinants; of what stands on a diagonal it
is the product of the entries. What is given of products is read so, too: ``Qᵀ Q = I`` says ``det(Q)² = 1``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

from symderiv.equality.given.throughout import said_throughout
from symderiv.equality.normal_forms.opaque import is_of_whole_array
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.matrices.networks import Ends, Unreadable
from symderiv.equality.procedures.matrices.reading import COLUMN, ROW, Reader
from symderiv.equality.procedures.matrices.updates import Updates
from symderiv.equality.procedures.matrices.words import DIAGONAL, Letter, Scalar, Term, names_in
from symderiv.equality.proof import Proof, Prove
from symderiv.equality.scope import structural
from symderiv.expression.build import add, compare, mul, power
from symderiv.expression.contents import contents
from symderiv.expression.substitution import free_variables, fresh, substitute
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
    transform,
    walk_once,
)


def by_determinants(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with the determinants of products in determinants of arrays, each a real number."""
    if not any(map(_has_determinant, (problem.a, problem.b))):
        return None
    reader = Reader()
    updates = Updates(reader, problem.facts)
    restated = problem.mapped(lambda side: transform(side, lambda node: _written(node, reader, updates)))
    restated = replace(restated, facts=tuple(dict.fromkeys((*restated.facts, *_given(problem, reader)))))
    named = _Named(restated)
    there = restated.mapped(named.put_in)
    proof = structural(there) or prove(there)
    if proof is None or not all(map(named.speaks_of_one, proof.exceptions)):
        return None
    singular = (compare("eq", each, ZERO) for each in updates.nonzero)
    exceptions = (*map(named.put_back, proof.exceptions), *singular)
    proof = replace(proof, exceptions=tuple(dict.fromkeys(exceptions)))
    return proof.through("determinants of products")


class _Named:
    """A name for each determinant: what holds of any real number holds of it."""

    def __init__(self, problem: Problem) -> None:
        nodes = [node for side in problem.expressions for node in walk_once(side)]
        bound = {node.variable for node in nodes if isinstance(node, Binder)}
        found = (each for each in nodes if _is_determinant(each) and bound.isdisjoint(free_variables(each)))
        taken = {name.name for side in problem.expressions for name in free_variables(side)}
        self.names: dict[Expr, Expr] = {}
        for node in dict.fromkeys(found):
            self.names[node] = name = Variable(fresh("det", taken))
            taken.add(name.name)

    def put_in(self, expr: Expr) -> Expr:
        return substitute(expr, self.names)

    def put_back(self, expr: Expr) -> Expr:
        return substitute(expr, {name: node for node, name in self.names.items()})

    def speaks_of_one(self, exception: Expr) -> bool:
        """Does it, if of determinants, speak of that of one array alone? Then it is a null set's."""
        about = free_variables(exception)
        nodes = [node for node, name in self.names.items() if name in about]
        return not nodes or (len(about) == 1 and all(map(is_of_whole_array, nodes)))


def _is_determinant(node: Expr) -> bool:
    return isinstance(node, Apply) and node.head == "det"


def _has_determinant(expr: Expr) -> bool:
    if Binder not in contents(expr).classes:
        return False
    return any(map(_is_determinant, walk_once(expr)))


def _written(node: Expr, reader: Reader, updates: Updates) -> Expr:
    """The determinant of one word, by letters, or of an update; anything else as it is."""
    match node:
        case Apply(head="det", args=(matrix,)):
            found = reader.whole(matrix)
            if found is not None and len(found[1]) == 1:
                ((only, coefficient),) = found[1].items()
                value = _of_word(only, coefficient, found[0], reader)
                return node if value is None else value
            if found is not None:
                with suppress(Unreadable):
                    return updates.determinant(*found)
    return node


def _of_word(term: Term, coefficient: Fraction, size: int, reader: Reader) -> Expr | None:
    """``cⁿ`` times the determinants of the letters; None where one isn't square."""
    numbers = [_number(scalar, times, reader) for scalar, times in term.scalars]
    letters = [_of_letter(letter, reader) for letter in term.word]
    known = [each for each in (*numbers, *letters) if each is not None]
    if len(known) < len(numbers) + len(letters):
        return None
    n = add(reader.last(size), ONE)
    whole = mul(Number(coefficient), *known[: len(numbers)])
    return mul(power(whole, n), *known[len(numbers) :])


def _number(scalar: Scalar, times: int, reader: Reader) -> Expr | None:
    base = reader.factors.get(scalar.name) if scalar.kind == "name" else None
    return None if base is None else power(base, Number(times))


def _of_letter(letter: Letter, reader: Reader) -> Expr | None:
    """The determinant of an inverse, of a diagonal, of a square array."""
    of = reader.inverse_of(letter)
    if of is not None:
        if len(of) != 1:
            return None
        ((only, coefficient),) = of.items()
        value = _of_word(only, coefficient, letter.rows, reader)
        return None if value is None else power(value, MINUS_ONE)
    if letter.rows != letter.columns:
        return None
    last = reader.last(letter.rows)
    if letter.name.startswith(DIAGONAL):
        entries = [reader.factors[name] for name in names_in(letter)]
        return Binder("prod", mul(*entries), ROW, ZERO, last)
    entry = reader.factors[letter.name]
    if isinstance(entry, Index):
        entry = Index(entry.base, tuple(sorted(entry.indices, key=(ROW, COLUMN).index)))
    row = Binder("array", entry, COLUMN, ZERO, last)
    return Apply("det", (Binder("array", row, ROW, ZERO, last),))


def _given(problem: Problem, reader: Reader) -> Iterator[Expr]:
    """What equations between square matrices, each of one word, say of the determinants."""
    for fact in problem.facts:
        for lasts, said in said_throughout(fact):
            match said, tuple(lasts.items()):
                case Apply(head="eq", args=sides), ((row, last), (column, _)):
                    size = reader.size(last)
                    ends = {row: size, column: reader.size(lasts[column])}
                    found = [_determinant_of(side, ends, reader) for side in sides]
                    left, right = found
                    if left is not None and right is not None:
                        yield compare("eq", left, right)


def _determinant_of(entry: Expr, ends: Ends, reader: Reader) -> Expr | None:
    """The determinant of a matrix given by its entry between two indices of one size."""
    size, other = ends.values()
    if size != other:
        return None
    try:
        found = reader.combination(entry, ends)
    except Unreadable:
        return None
    if len(found) != 1:
        return None
    ((only, coefficient),) = found.items()
    return _of_word(only, coefficient, size, reader)
