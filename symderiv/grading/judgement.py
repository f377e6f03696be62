"""What a kind of part finds out about one answer, before marks and wording."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from symderiv.derivation import Reading
from symderiv.equality.verdict import Equal, Invalid, Undecided, Verdict
from symderiv.errors import SymderivError


@dataclass(frozen=True, slots=True)
class Manual:
    """Kept for a person."""

    reason: str = ""
    verdict = "manual"


@dataclass(frozen=True, slots=True)
class Missing:
    """Nothing was answered."""

    verdict = "missing"


Outcome = Verdict | Manual | Missing


@dataclass(frozen=True, slots=True)
class Judgement:
    """``outcome``, how the answer was read, and what can be said of a mistake.

    ``where`` says which part of the answer is wrong (entries, keys, a line), ``right`` and ``total`` count
    its entries, ``misconceptions`` names the patterns proved, ``hints`` what to tell of them. ``most``
    caps the share of the points (a bare final formula instead of a proof). ``left_out`` are remarks in the
    answer, which nobody judged.
    """

    outcome: Outcome
    reading: Reading | None = None
    where: tuple[str, ...] = ()
    right: int = 0
    total: int = 0
    misconceptions: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    note: str = ""
    most: Fraction = Fraction(1)
    left_out: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        return self.outcome.verdict


def invalid(error: SymderivError, reading: Reading | None = None) -> Judgement:
    """The judgement on an answer that can't be read, or means nothing."""
    return Judgement(Invalid(error), reading)


def all_of(verdicts: list[Verdict], by: str) -> Verdict:
    """The verdict on several conditions: the first that fails, else one undecided, else equal."""
    for wanted in ("invalid", "different", "undecided"):
        for verdict in verdicts:
            if verdict.verdict == wanted:
                return verdict
    scopes = [verdict.scope for verdict in verdicts if isinstance(verdict, Equal)]
    narrow = next((scope for scope in scopes if scope != "everywhere"), "everywhere")
    return Equal(by, narrow) if verdicts else Undecided(("nothing to check",))
