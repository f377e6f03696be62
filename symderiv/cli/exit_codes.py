"""What a command's end says: see docs/exit-codes.md."""

from __future__ import annotations

from collections.abc import Iterable

CORRECT = 0
WRONG = 1
UNUSABLE = 2
UNDECIDED = 3
INTERNAL_ERROR = 70
INTERRUPTED = 130
TERMINATED = 143

OF_VERDICT = {
    "equal": CORRECT,
    "manual": CORRECT,
    "different": WRONG,
    "missing": WRONG,
    "invalid": WRONG,
    "undecided": UNDECIDED,
}

_GRAVEST_FIRST = (UNUSABLE, WRONG, UNDECIDED)


def gravest(codes: Iterable[int]) -> int:
    """One code for several: 2 before 1 before 3 before 0.

    >>> gravest([0, 3, 1]), gravest([3, 0]), gravest([])
    (1, 3, 0)
    """
    present = set(codes)
    return next((code for code in _GRAVEST_FIRST if code in present), CORRECT)
