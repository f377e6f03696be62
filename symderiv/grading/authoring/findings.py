"""What a check of an exercise has to say."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.errors import Place


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that lint has to say: an ``error`` (an example isn't judged as said) or a ``warning``."""

    level: str
    part: str
    message: str
    place: Place | None = None

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.level}: {self.part}: {self.message}"
