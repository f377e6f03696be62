"""Arrays that are given as minus themselves, turned: ``A = -Aᵀ`` puts ``(A[i,j] - A[j,i])/2`` in for A[i,j].

What is put in has the same value where the fact holds, and shows of itself what the fact says:
``xᵀ A x = 0``. So reads an odd sequence, ``x[n-1-i] = -x[i]``, or an even one, ``x[n-1-i] = x[i]``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.equality.given.throughout import Ends, read_throughout, said_throughout
from symderiv.equality.normal_forms.plain import difference, is_zero
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.facts.given_arrays import Definition, captures
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import add, mul, negative, subtract
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import HALF, ZERO, Apply, Binder, Expr, Index, walk


def by_given_turns(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with these arrays written so that it shows."""
    restated = problem
    for fact in problem.facts:
        shown = next((each for each in _said_by(fact) if not captures(problem, each)), None)
        if shown is not None:
            others = tuple(each for each in restated.facts if each is not fact)
            restated = replace(restated, facts=others).mapped(shown.put_in)
    if (restated.a, restated.b) == (problem.a, problem.b):
        return None
    proof = prove(restated)
    return proof and proof.through("arrays that are given, turned")


def _said_by(fact: Expr) -> Iterator[Definition]:
    """What a fact that says nothing else lets an entry be written as."""
    said = list(said_throughout(fact)) if isinstance(fact, Binder) else []
    if len(said) == 1:
        ((ends, equation),) = said
        if isinstance(equation, Apply) and equation.head == "eq":
            yield from _turned(subtract(*equation.args), ends)


def _turned(gap: Expr, ends: Ends) -> Iterator[Definition]:
    """The array of which a gap is ``c (entry ± the same entry, turned)``."""
    reads = list(dict.fromkeys(node for node in walk(gap) if isinstance(node, Index)))
    if len(reads) != 2 or not _is_linear(gap):
        return
    for read, other in (reads, reads[::-1]):
        array = read_throughout(read, ends)
        if array is not None and other.base == array:
            for turned in (other, negative(other)):
                if is_zero(substitute(gap, {read: turned})):
                    yield Definition(array, tuple(ends), mul(HALF, add(read, turned)))


def _is_linear(gap: Expr) -> bool:
    found = difference(gap, ZERO)
    return found is not None and not found[1].den and found[1].num.total_degree() == 1
