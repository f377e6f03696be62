"""Of several misconceptions that explain an answer, what a student is told: the plainest of each kind."""

from __future__ import annotations

from collections.abc import Iterable

from symderiv.grading.misconceptions import Misconception

_PLAINER = {
    "factors-in-wrong-order": {"sign", "inverted", "transposed", "swapped"},
    "inverted": {"sign", "plus-one-forgotten", "off-by-one", "padding-once", "rounded-up"},
    "swapped": {"sign", "inverted"},
    "wrong-evaluation-point": {"sign", "term-forgotten"},
    "term-forgotten": {"plus-one-forgotten"},
    "off-by-one": {"plus-one-forgotten", "rounded-up"},
    "factor-forgotten": {
        "constant-factor",
        "padding-once",
        "count-factor",
        "plus-one-forgotten",
        "off-by-one",
        "rounded-up",
    },
    "count-factor": {"sign", "inverted"},
    "wrong-name": {"sign"},
    "squared-mean-misread": {"sign", "term-forgotten"},
}
"""What says the same of an answer in a plainer way: of ``y - x`` for ``x - y``, that a sign is wrong."""


def hints_of(named: Iterable[Misconception]) -> tuple[str, ...]:
    """The hints of the misconceptions, but for those that a plainer one makes superfluous."""
    patterns = tuple(named)
    names = {pattern.name for pattern in patterns}
    return tuple(each.hint for each in patterns if names.isdisjoint(_PLAINER.get(each.name, ())))
