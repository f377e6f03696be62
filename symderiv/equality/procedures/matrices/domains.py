"""Where inverses exist: matrices that always have one, and those that lack it on a null set only.

``Xᵀ X + λ I`` with λ > 0 is positive definite. A matrix that nobody restricts is singular on a null set: its
determinant is a polynomial that isn't zero at the identity, at any size. ``Xᵀ X`` alone is neither, for X may
have fewer rows than columns: then the two sides have to ask for its inverse alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from symderiv.equality.conditions.said_once import said_once
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.matrices.factors import reads_inverses
from symderiv.equality.procedures.matrices.invertible import Look, determinant_asked
from symderiv.equality.procedures.matrices.reading import Reader
from symderiv.equality.procedures.matrices.words import Combination
from symderiv.expression.build import compare, conjunction
from symderiv.expression.parts import conjuncts
from symderiv.expression.printing.text import entry_text
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ZERO, Apply, Binder, Expr

Exceptions = tuple[Expr, ...]


def off_singular_matrices(
    problem: Problem, reader: Reader, given: Sequence[Combination]
) -> tuple[Problem, Exceptions] | None:
    """The problem where all inverses exist, and the equations of null sets where some don't.

    None where one side asks for an inverse that may be missing on more than that.
    """
    problem = replace(problem, defined_a=said_once(problem.defined_a), defined_b=said_once(problem.defined_b))
    look = Look(reader, problem.facts, given)
    problem = replace(
        problem,
        defined_a=_off_nought(problem.defined_a, look),
        defined_b=_off_nought(problem.defined_b, look),
    )
    left, right = (_inverses_asked(defined, reader) for defined in (problem.defined_a, problem.defined_b))
    exceptions: list[Expr] = []
    settled: list[Combination | None] = []
    matrices = {**left, **right}.items()
    for name, (matrix, of) in sorted(matrices, key=lambda each: len(free_variables(each[1][0]))):
        if look.surely_has_inverse(matrix, of):
            settled.append(of)
            continue
        beside = right if name in left else left
        similar = [each for _, each in beside.values() if look.are_similar(of, each)]
        alike = [each for each in (of, *similar) if each is not None]
        if name not in beside and not any(map(look.is_rarely_singular, alike)):
            return None
        if any(each in settled for each in similar):  # it has an inverse where that one has
            continue
        settled.append(of)
        said = (Apply("det", (side[name][0],)) for side in (left, right) if name in side)
        exceptions.append(compare("eq", min(said, key=lambda each: len(entry_text(each))), ZERO))
    sides = [
        [part for part in conjuncts(defined) if determinant_asked(part) is None]
        for defined in (problem.defined_a, problem.defined_b)
    ]
    for part in dict.fromkeys((*sides[0], *sides[1])):
        below = _denominator_with_inverses(part)
        if below is not None:
            if not (part in sides[0] and part in sides[1]) and not look.is_rarely_zero(below):
                return None
            exceptions.append(compare("eq", below, ZERO))
            sides = [[each for each in side if each != part] for side in sides]
    asked = ([part for part in side if not look.known.implies(part)] for side in sides)
    defined_a, defined_b = (conjunction(*side) for side in asked)
    return replace(problem, defined_a=defined_a, defined_b=defined_b), tuple(exceptions)


def _off_nought(defined: Expr, look: Look) -> Expr:
    """``det M > 0`` as ``det M ≠ 0``, where M is semidefinite: asked of ``log det (Xᵀ X)``."""
    return conjunction(*(_other_than_nought(part, look) or part for part in conjuncts(defined)))


def _other_than_nought(part: Expr, look: Look) -> Expr | None:
    match part:
        case Apply(head="lt", args=(zero, Apply(head="det", args=(Binder() as matrix,)) as det)) if (
            zero == ZERO
        ):
            read = look.reader.whole(matrix)
            if read is not None and look.has_no_negative(read[1]):
                return compare("ne", det, ZERO)
    return None


def _denominator_with_inverses(condition: Expr) -> Expr | None:
    """A number other than 0 that is made of inverses: ``1 + vᵀ A⁻¹ u``."""
    match condition:
        case Apply(head="ne", args=(below, zero)) if zero == ZERO and reads_inverses(below):
            return below
    return None


def _inverses_asked(defined: Expr, reader: Reader) -> dict[Expr | str, tuple[Binder, Combination | None]]:
    """The matrices that have to have an inverse: by the letter of that, and what they are."""
    found: dict[Expr | str, tuple[Binder, Combination | None]] = {}
    for part in conjuncts(defined):
        matrix = determinant_asked(part)
        if matrix is not None:
            letter = reader.inverse(matrix)
            found[matrix if letter is None else letter.name] = (
                matrix,
                None if letter is None else reader.inverse_of(letter),
            )
    return found
