"""The four verdicts. A wrong one can't be made by accident: `Different` asks for its witness.

``Equal(by, scope)`` was proved; ``Different(by, witness)`` is shown by an exact point or by two shapes;
``Undecided(tried)`` says what was tried; ``Invalid(error)`` is an answer without a meaning.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from symderiv.errors import SymderivError

Policy = Literal["almost everywhere", "everywhere"]
"""Where two answers have to agree: on all but null sets, or at every point."""
EVERYWHERE: Final = "everywhere"
ALMOST_EVERYWHERE: Final = "almost everywhere"

MANY, FIRST = 16, 6
"""Of an array with more entries than the one number, as many as the other are told."""


@dataclass(frozen=True, slots=True)
class Witness:
    """Where two answers differ: a point (name → exact value as text) and both values there.

    ``point`` may hold sizes (``n: 2``), entries (``x[0]: 1/3``), indices (``i: 0``), and a concrete
    function for an opaque one (``sigma: "t -> t^2"``). ``left``/``right`` are exact values,
    a decimal enclosure proved by ball arithmetic (``0.7310… (±1e-30)``), ``undefined``, or shapes.
    """

    point: tuple[tuple[str, str], ...]
    left: str
    right: str

    def __str__(self) -> str:
        return f"{self._at}: {self.left} ≠ {self.right}" if self.point else f"{self.left} ≠ {self.right}"

    @property
    def has_values(self) -> bool:
        """Whether both have a value at the point."""
        return "undefined" not in (self.left, self.right)

    @property
    def sentence(self) -> str:
        """The point, and both values there, for two that have no names."""
        values = f"the first is {self.left}, the second {self.right}"
        return f"{self._at} {values}" if self.point else values

    @property
    def in_short(self) -> tuple[tuple[str, str], ...]:
        """The point as it is told: of a longer array the first entries, and how many there are."""
        count = Counter(map(_array_of, self.point))
        told: list[tuple[str, str]] = []
        shown: Counter[str] = Counter()
        for name, value in self.point:
            array = _array_of((name, value))
            shown[array] += 1
            if not array or count[array] <= MANY or shown[array] <= FIRST:
                told.append((name, value))
            elif shown[array] == FIRST + 1:
                told.append((f"{array}[…]", f"… ({count[array]} entries)"))
        return tuple(told)

    @property
    def _at(self) -> str:
        return "at " + ", ".join(f"{name} = {value}" for name, value in self.in_short)


def _array_of(named: tuple[str, str]) -> str:
    """The x of ``x[3]``, nothing for another name."""
    name, bracket, _ = named[0].partition("[")
    return name if bracket else ""


class Printed:
    """In a notebook and at a prompt, too, what ``print`` writes."""

    __slots__ = ()

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self))


@dataclass(frozen=True, slots=True)
class Equal(Printed):
    """Proved equal, by the procedures that ``by`` names; ``scope`` says where, if not everywhere."""

    by: str
    scope: str = EVERYWHERE
    verdict = "equal"

    def __str__(self) -> str:
        """
        >>> print(Equal("rational functions", "except where x = 0"))
        equal except where x = 0, proved by rational functions
        """
        where = "" if self.scope == EVERYWHERE else f" {self.scope}"
        return f"equal{where}, proved by {self.by}"


@dataclass(frozen=True, slots=True)
class Different(Printed):
    """Different, as the ``witness`` shows; ``by`` says what kind it is: a point, two shapes, two kinds."""

    by: str
    witness: Witness
    verdict = "different"

    def __str__(self) -> str:
        """
        >>> print(Different("an exact point", Witness((("x", "1/3"),), "2/3", "1/9")))
        different: at x = 1/3 the first is 2/3, the second 1/9 (found by an exact point)
        """
        return f"different: {self.witness.sentence} (found by {self.by})"


@dataclass(frozen=True, slots=True)
class Undecided(Printed):
    """Neither proved nor refuted: what was ``tried``, and what speaks for it (``evidence``, never a verdict).

    >>> print(Undecided(("normal forms", "points")))
    undecided after normal forms, points
    """

    tried: tuple[str, ...] = ()
    evidence: str = ""
    verdict = "undecided"

    def __str__(self) -> str:
        attempts = f" after {', '.join(self.tried)}" if self.tried else ""
        return f"undecided{attempts}" + (f"; {self.evidence}" if self.evidence else "")


def internal_error(fault: Exception) -> Undecided:
    """A fault of ours is no verdict: what it was, for whoever mends it.

    >>> print(internal_error(KeyError("rule")))
    undecided after internal error; KeyError: 'rule'; please report it
    """
    return Undecided(("internal error",), f"{type(fault).__name__}: {fault}; please report it")


@dataclass(frozen=True, slots=True)
class Invalid(Printed):
    """An answer that can't be read, or has no meaning: the ``error`` says where, and what was expected."""

    error: SymderivError = field(default_factory=lambda: SymderivError("invalid"))
    verdict = "invalid"

    def __str__(self) -> str:
        return f"invalid: {self.error.in_one_line()}"


Verdict = Equal | Different | Undecided | Invalid
