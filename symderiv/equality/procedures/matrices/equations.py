"""Equations between products of matrices that say the same: ``A x = b`` and ``x = A⁻¹ b``.

What one side states is taken for given, and has to make what the other states zero; then the other way round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.given.throughout import said_throughout
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.matrices.domains import off_singular_matrices
from symderiv.equality.procedures.matrices.factors import reads_inverses
from symderiv.equality.procedures.matrices.inverses import given_words, vanishes
from symderiv.equality.procedures.matrices.invertible import determinant_asked, other_way_round
from symderiv.equality.procedures.matrices.networks import Unreadable
from symderiv.equality.procedures.matrices.reading import Reader
from symderiv.equality.procedures.matrices.words import Combination, transposed
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import subtract
from symderiv.expression.tree import TRUE, Apply, Expr


def by_equations_of_matrices(problem: Problem, prove: Prove) -> Proof | None:
    """A proof that two systems of equations follow from each other where all inverses exist."""
    if not (is_condition(problem.a) and is_condition(problem.b)):
        return None
    if not any(map(reads_inverses, (problem.a, problem.b))) and not any(map(_is_of_matrices, problem.facts)):
        return None
    reader = Reader()
    try:
        left, right = (stated(side, reader) for side in (problem.a, problem.b))
    except Unreadable:
        return None
    given = list(given_words(problem, reader))
    _name_given_inverses(problem, reader)
    known = [*reader.relations(), *given, *(turned for said in given for turned in other_way_round(said))]
    if not (_follow(right, left, reader, known) and _follow(left, right, reader, known)):
        return None
    found = off_singular_matrices(problem, reader, given)
    if found is None:
        return None
    domain, exceptions = found
    proof = prove(replace(domain, a=TRUE, b=TRUE))
    return proof and proof.through("equations with inverses", exceptions)


def _is_of_matrices(fact: Expr) -> bool:
    """Does it speak of a determinant, or of all entries of arrays?"""
    return any(ends or determinant_asked(said) is not None for ends, said in said_throughout(fact))


def _name_given_inverses(problem: Problem, reader: Reader) -> None:
    """A letter for the inverse of each matrix that is given to have one."""
    for fact in problem.facts:
        for _, said in said_throughout(fact):
            matrix = determinant_asked(said)
            if matrix is not None:
                reader.inverse(matrix)


def stated(condition: Expr, reader: Reader) -> list[Combination]:
    """What is zero where a condition holds, and nowhere else; raises `Unreadable`."""
    found = []
    for lasts, said in said_throughout(condition):
        if not (isinstance(said, Apply) and said.head == "eq") or any(map(is_condition, said.args)):
            raise Unreadable
        ends = {index: reader.size(last) for index, last in lasts.items()}
        found.append(reader.combination(subtract(*said.args), ends))
    return found


def _follow(
    asked: Sequence[Combination],
    said: Sequence[Combination],
    reader: Reader,
    known: Sequence[Combination],
) -> bool:
    """Is all that is asked zero, where all that is said is?"""
    relations = [*known, *(each for gap in said for each in (gap, transposed(gap)))]
    return all(vanishes(gap, reader, relations) for gap in asked)
