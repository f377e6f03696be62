"""How many positions of ranges one evaluation goes through at the most."""

from __future__ import annotations

from symderiv.equality.evaluate.values import NotDecided

MAX_STEPS = 100_000
MAX_INNER_STEPS = 20_000  # of ranges inside of others, where each step is dear


class Steps:
    """Counts the positions of all ranges that an evaluation has gone through."""

    def __init__(self) -> None:
        self.taken = 0
        self.taken_inside = 0

    def take(self, positions: int, inside: bool) -> None:
        """Go through so many more, ``inside`` of another range or not; raises where they are too many."""
        self.taken += positions
        self.taken_inside += positions * inside
        if self.taken > MAX_STEPS or self.taken_inside > MAX_INNER_STEPS:
            raise NotDecided("too long a range", sharper=False)
