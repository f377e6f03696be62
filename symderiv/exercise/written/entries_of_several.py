"""Several results, arrays among them entry by entry: ``m_{00} = m_{01} = 1, b = 1``."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence as Items
from itertools import takewhile
from math import prod

from symderiv.exercise.written.equations import split_equations
from symderiv.exercise.written.left_sides.labels import spelt
from symderiv.exercise.written.numbered_entries import (
    MAX_ENTRIES,
    MAX_TEXT,
    PLACED,
    Place,
    array_text,
    pieces_of,
    place_of,
    start_of,
)

Sizes = Mapping[str, tuple[int, ...]]
Label = tuple[str, str, Place]
"""A name as it is asked for, as it is typed, and the entry of it that is meant: none for all of it."""


def with_entries_of_several(text: str, asked: Sizes, origin: int) -> str:
    """One equation for each array of which every entry has one; the text itself otherwise.

    >>> sizes = {"m": (1, 2), "b": ()}
    >>> with_entries_of_several("m_{00} = m_{01} = 1, b = 3", sizes, 0)
    'm = [[1, 1]], b = 3'
    >>> with_entries_of_several("m_{00} = 1, b = 3", sizes, 0)
    'm_{00} = 1, b = 3'
    """
    known = {spelt(name): name for name in asked}
    if len(text) > MAX_TEXT or "=" not in text:
        return text
    said = [_labels_and_values(split_equations(piece), known, asked) for piece in pieces_of(text)]
    if not said or not all(labels and values for labels, values in said):
        return text
    length = max(len(values) for _, values in said)
    written: dict[str, str] = {}
    entries: dict[str, dict[Place, list[str]]] = {}
    for labels, values in said:
        for name, typed, place in labels:
            given = entries.setdefault(name, {})
            if place in given:
                return text
            given[place] = [values[0]] * (length - len(values)) + values
            written.setdefault(name, typed)
    if not any(place for given in entries.values() for place in given):
        return text
    chains = {name: _members(given, asked[name], origin, length) for name, given in entries.items()}
    named = [" = ".join([written[name], *members]) for name, members in chains.items()]
    return ", ".join(named) if all(chains.values()) else text


def _labels_and_values(
    sides: list[str], known: Mapping[str, str], asked: Sizes
) -> tuple[list[Label], list[str]]:
    """What the left sides of a chain name, and what it says of all of them, step by step."""
    found = [_label(side.strip(), known, asked) for side in sides]
    labels = list(takewhile(lambda label: label is not None, found))
    return [label for label in labels if label], [side.strip() for side in sides[len(labels) :]]


def _label(side: str, known: Mapping[str, str], asked: Sizes) -> Label | None:
    if spelt(side) in known:
        return known[spelt(side)], side, ()
    said = PLACED.fullmatch(side)
    name = known.get(spelt(said["head"] + said["tail"])) if said else None
    if said is None or name is None or not 1 < prod(asked[name]) <= MAX_ENTRIES:
        return None
    return name, (said["head"] + said["tail"]).strip(), place_of(said, len(asked[name]))


def _members(given: Mapping[Place, list[str]], sizes: Items[int], origin: int, length: int) -> list[str]:
    """The members of the chain for the whole array; none where entries are missing."""
    if list(given) == [()]:
        return given[()]
    start = start_of(list(given), sizes, origin)
    if start is None:
        return []
    each = ({place: chain[k] for place, chain in given.items()} for k in range(length))
    return [array_text(entries, sizes, start) for entries in each]
