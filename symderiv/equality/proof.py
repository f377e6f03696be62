"""What a proof of equality says, and several proofs as one.

A `Proof` holds wherever both sides exist, except where one of its ``exceptions`` (equations) holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from symderiv.equality.problem import Problem
from symderiv.expression.tree import Expr


@dataclass(frozen=True, slots=True)
class Proof:
    """``by``: the procedures used; ``exceptions``: equations, each of a null set, where nothing is said.

    ``live`` is false where both sides are undefined throughout.
    """

    by: str
    exceptions: tuple[Expr, ...] = ()
    live: bool = True

    def through(self, procedure: str, exceptions: Iterable[Expr] = ()) -> Proof:
        """The proof of what a procedure restated, as one of what it was given."""
        return joined((Proof(procedure, tuple(exceptions), self.live), self))


Prove = Callable[[Problem], Proof | None]


def with_sides_rewritten(
    problem: Problem, rewrite: Callable[[Expr], Expr], prove: Prove, procedure: str
) -> Proof | None:
    """A proof of both sides as a procedure writes them; None where it leaves them as they were."""
    a, b = rewrite(problem.a), rewrite(problem.b)
    proof = None if (a, b) == (problem.a, problem.b) else prove(replace(problem, a=a, b=b))
    return proof and proof.through(procedure)


def joined(proofs: Sequence[Proof]) -> Proof:
    """Several proofs as one: each procedure and each exception once, alive where one of them is.

    >>> joined((Proof("induction"), Proof("exponentials, induction"))).by
    'induction, exponentials'
    """
    names = dict.fromkeys(name for proof in proofs for name in proof.by.split(", "))
    exceptions = dict.fromkeys(equation for proof in proofs for equation in proof.exceptions)
    return Proof(", ".join(names), tuple(exceptions), any(proof.live for proof in proofs))


def in_all_cases(cases: Iterable[Problem], reason: str, prove: Prove) -> Proof | None:
    """The proofs of all cases as one; ``None`` as soon as one case has none."""
    proofs = []
    for case in cases:
        proof = prove(case)
        if proof is None:
            return None
        proofs.append(proof)
    return joined((*proofs, Proof(reason, live=False)))
