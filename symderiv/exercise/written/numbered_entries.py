"""An array entry by entry: ``H_{00} = 3, H_{01} = -2, …`` and ``∂L/∂K_{00} = 1, …``, each of them once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Sequence as Items
from itertools import product
from math import prod

from symderiv.exercise.written.commas import at_commas
from symderiv.exercise.written.equations import split_equations
from symderiv.exercise.written.named_values import with_commas

_GAP = re.compile(r"\\q?quad(?![A-Za-z])|\\\\|(?<=[^\s,;])\s*\n|(?<!\$)\$\s*[,;]?\s*\$(?!\$)")
PLACED = re.compile(
    r"(?P<head>[^=]*[^\W\d_}])\s*(?:_\s*\{\s*(?P<braced>[\d\s,]+)\}|_?(?P<plain>\d+)|\[\s*(?P<listed>[\d\s,]+)\])"
    r"(?P<tail>\s*\}?\s*)"
)
MAX_ENTRIES, MAX_TEXT = 64, 5000
Place = tuple[int, ...]


def with_entries(text: str, sizes: Items[int], origin: int) -> str:
    """One equation for the array, where each of its entries has one; the text itself otherwise.

    The entries may count from ``origin`` or from the other of 0 and 1: each is there once, so it's told.

    >>> with_entries("H_{00} = 3, H_{01} = 1 + 1 = 2", (1, 2), 0)
    'H = [[3, 1 + 1]] = [[3, 2]]'
    >>> with_entries("∂L/∂w_2 = b, ∂L/∂w_1 = a", (2,), 0)
    '∂L/∂w = [a, b]'
    >>> with_entries("H_{00} = 3, H_{00} = 2", (1, 2), 0)
    'H_{00} = 3, H_{00} = 2'
    """
    if not 1 < prod(sizes) <= MAX_ENTRIES or len(text) > MAX_TEXT or text.count("=") < prod(sizes):
        return text
    sides = [split_equations(piece) for piece in pieces_of(text)]
    said = [PLACED.fullmatch(side[0].strip()) for side in sides if len(side) > 1]
    if len(said) != prod(sizes) or len(sides) != len(said) or not all(said):
        return text
    called = {"".join(left.split()): left for left in (each["head"] + each["tail"] for each in said if each)}
    places = [place_of(each, len(sizes)) for each in said if each]
    start = start_of(places, sizes, origin)
    if len(called) != 1 or start is None:
        return text
    chains = {
        place: [member.strip() for member in side[1:]] for place, side in zip(places, sides, strict=True)
    }
    length = max(map(len, chains.values()))
    full = {place: [chain[0]] * (length - len(chain)) + chain for place, chain in chains.items()}
    arrays = (
        array_text({place: chain[k] for place, chain in full.items()}, sizes, start) for k in range(length)
    )
    return " = ".join([*(left.strip() for left in called.values()), *arrays])


def pieces_of(text: str) -> list[str]:
    """What stands between the commas, semicolons, lines and dollars of a text, outside of its brackets."""
    bare = text.strip().strip("$").strip(" .,;")
    pieces = (piece.strip(" $&,.") for piece in at_commas(with_commas(_GAP.sub(", ", bare))))
    return [piece for piece in pieces if piece]


def place_of(said: re.Match[str], rank: int) -> Place:
    """``00``, ``0,0`` and ``0 0``; digit by digit where nothing stands between."""
    numbers = re.findall(r"\d+", said["braced"] or said["plain"] or said["listed"] or "")
    one_by_one = len(numbers) == 1 and len(numbers[0]) == rank
    return tuple(map(int, numbers[0] if one_by_one else numbers))


def start_of(places: Items[Place], sizes: Items[int], origin: int) -> int | None:
    """From where the entries count, if each is there once: the ``origin``, or the other of 0 and 1."""
    return next((first for first in (origin, 1 - origin) if sorted(places) == _all(sizes, first)), None)


def _all(sizes: Items[int], start: int) -> list[Place]:
    return list(product(*(range(start, start + size) for size in sizes)))


def array_text(entries: Mapping[Place, str], sizes: Items[int], start: int) -> str:
    """The array whose entries these are, row in row."""

    def listed(place: Place) -> Iterator[str]:
        for k in range(start, start + sizes[len(place)]):
            here = (*place, k)
            yield entries[here] if len(here) == len(sizes) else f"[{', '.join(listed(here))}]"

    return f"[{', '.join(listed(()))}]"
