"""Equations between products of matrices, by what their inverses and the facts say of them."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.given.throughout import said_throughout
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.matrices.domains import off_singular_matrices
from symderiv.equality.procedures.matrices.factors import reads_inverses
from symderiv.equality.procedures.matrices.invertible import other_way_round
from symderiv.equality.procedures.matrices.networks import Ends, Unreadable
from symderiv.equality.procedures.matrices.reading import Reader
from symderiv.equality.procedures.matrices.rewriting import Rule, completed, reduced
from symderiv.equality.procedures.matrices.traces import without_traces
from symderiv.equality.procedures.matrices.words import (
    Combination,
    Letter,
    Term,
    added,
    product,
    total,
    transposed,
)
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import add, compare, negative, subtract
from symderiv.expression.parts import terms_of
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import MINUS_ONE, ZERO, Apply, Binder, Expr, Index, Variable, walk_once

MAX_MULTIPLIED = 3


def by_inverses(problem: Problem, prove: Prove) -> Proof | None:
    """A proof that both sides agree by what inverses are, where these exist.

    Terms without an inverse are read with the others, else compared by themselves.
    """
    if not any(map(reads_inverses, (problem.a, problem.b))) or is_condition(problem.a):
        return None
    terms = (*terms_of(problem.a), *map(negative, terms_of(problem.b)))
    others = tuple(each for each in terms if not reads_inverses(each))
    found = (_apart_from(rest, problem, terms, prove) for rest in dict.fromkeys(((), others)))
    return next((proof for proof in found if proof is not None), None)


def _apart_from(
    rest: tuple[Expr, ...], problem: Problem, terms: tuple[Expr, ...], prove: Prove
) -> Proof | None:
    """A proof that the rest adds up to zero, the other terms do by what inverses are."""
    reader = Reader()
    try:
        gap = reader.combination(add(*(each for each in terms if each not in rest)), _ends(problem, reader))
    except Unreadable:
        return None
    if not reader.has_inverses:
        return None
    given = list(given_words(problem, reader))
    given += [turned for said in given for turned in other_way_round(said)]
    relations = [*reader.relations(), *given]
    gaps = dict.fromkeys(tuple(each.items()) for each in (gap, without_traces(gap, reader)))
    if not any(vanishes(dict(each), reader, relations) for each in gaps):
        return None
    found = off_singular_matrices(problem, reader, given)
    if found is None:
        return None
    domain, exceptions = found
    proof = prove(replace(domain, a=add(*rest), b=ZERO))
    return proof and proof.through("inverses of matrices", exceptions)


def _ends(problem: Problem, reader: Reader) -> Ends:
    """The open indices of both sides whose sizes are known: they are said, or read along a whole axis."""
    free = free_variables(problem.a) | free_variables(problem.b)
    names = {name for name in free if name.kind.index}
    found: dict[Variable, int] = {}
    for side in (problem.a, problem.b):
        found.update((index, reader.size(last)) for index, last in _read_along(side, names))
    for fact in problem.facts:
        match fact:
            case Apply(head="lt", args=(Variable() as index, size)) if index in names:
                if compare("le", ZERO, index) in problem.facts:
                    found[index] = reader.size(add(size, MINUS_ONE))
    return dict(sorted(found.items(), key=lambda pair: pair[0].name))


def _read_along(side: Expr, names: Container[Expr]) -> Iterator[tuple[Variable, Expr]]:
    """The indices of inverses and of arrays, which have entries at these alone, with the last ones."""
    for node in walk_once(side):
        match node:
            case Apply(head="inverse", args=(Binder(upper=Expr() as last), *at)):
                yield from ((index, last) for index in at if isinstance(index, Variable) and index in names)
            case Index(base=Variable(kind=kind), indices=at) if not kind.zero_outside:
                for index, length in zip(at, kind.shape, strict=False):
                    if isinstance(index, Variable) and index in names and length is not None:
                        yield index, add(length, MINUS_ONE)


def given_words(problem: Problem, reader: Reader) -> Iterator[Combination]:
    """What equations that are given say of whole products, and their transposes."""
    for fact in problem.facts:
        for lasts, said in said_throughout(fact):
            if isinstance(said, Apply) and said.head == "eq" and not any(map(is_condition, said.args)):
                ends = {index: reader.size(last) for index, last in lasts.items()}
                try:
                    found = reader.combination(subtract(*said.args), ends)
                except Unreadable:
                    continue
                yield found
                yield transposed(found)


def vanishes(gap: Combination, reader: Reader, relations: Sequence[Combination]) -> bool:
    """Is it, or is what comes of it by matrices that have an inverse?"""
    if not gap:
        return True
    rules: list[Rule] = []
    for rules in completed(relations, reader.nonzero.__contains__):
        if not reduced(gap, rules):
            return True
    return _vanishes_multiplied(reduced(gap, rules), reader, rules, MAX_MULTIPLIED)


def _vanishes_multiplied(gap: Combination, reader: Reader, rules: Sequence[Rule], left: int) -> bool:
    """Is ``M gap`` zero, or ``gap M``, where gap has terms that begin or end with the inverse of M?"""
    if not gap:
        return True
    if not left:
        return False
    for narrowed in _multiplied(gap, reader):
        if _vanishes_multiplied(reduced(narrowed, rules), reader, rules, left - 1):
            return True
    return False


def _multiplied(gap: Combination, reader: Reader) -> Iterator[Combination]:
    """``M gap`` for each inverse of an M with which a term begins, ``gap M`` where one ends with it."""
    for first in dict.fromkeys(term.word[0] for term in gap if term.word):
        of = reader.inverse_of(first)
        if of is not None:
            yield _cancelled(gap, first, of)
    for last in dict.fromkeys(term.word[-1] for term in gap if term.word):
        of = reader.inverse_of(last)
        if of is not None:
            yield transposed(_cancelled(transposed(gap), last.transposed, transposed(of)))


def _cancelled(gap: Combination, inverse: Letter, of: Combination) -> Combination:
    """``M gap``, with I for M V where a term begins with V."""
    begins = {term: c for term, c in gap.items() if term.word[:1] == (inverse,)}
    rest = {term: c for term, c in gap.items() if term not in begins}
    cancelled = total((Term(term.word[1:], term.scalars), c) for term, c in begins.items())
    return added(cancelled, product(of, rest))
