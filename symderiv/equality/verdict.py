"""The four verdicts. A wrong one can't be made by accident: `Different` asks for its witness.

``Equal(by, scope)`` was proved; ``Different(by, witness)`` is shown by an exact point or by two shapes;
``Undecided(tried)`` says what was tried; ``Invalid(error)`` is an answer without a meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from symderiv.errors import SymderivError

EVERYWHERE = "everywhere"


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
        at = ", ".join(f"{name} = {value}" for name, value in self.point)
        return f"at {at}: {self.left} ≠ {self.right}" if at else f"{self.left} ≠ {self.right}"


@dataclass(frozen=True, slots=True)
class Equal:
    by: str
    scope: str = EVERYWHERE
    verdict = "equal"


@dataclass(frozen=True, slots=True)
class Different:
    by: str
    witness: Witness
    verdict = "different"


@dataclass(frozen=True, slots=True)
class Undecided:
    tried: tuple[str, ...] = ()
    evidence: str = ""
    verdict = "undecided"


@dataclass(frozen=True, slots=True)
class Invalid:
    error: SymderivError = field(default_factory=lambda: SymderivError("invalid"))
    verdict = "invalid"


Verdict = Equal | Different | Undecided | Invalid
