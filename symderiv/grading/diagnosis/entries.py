"""Which entries of an answer are wrong: entry by entry, name by name, item by item."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from symderiv.equality.verdict import Different, Equal, Verdict
from symderiv.errors import SymderivError
from symderiv.expression.tree import Expr, Number
from symderiv.tensor import Listing, Meaning, Record, Tensor

MAX_ENTRIES = 1024
MAX_NAMED = 6
SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the key's entries are right, and where the first wrong ones stand."""

    right: int
    total: int
    wrong: tuple[str, ...]

    def sentence(self) -> str:
        """``entries [0, 1] and [2, 0] are wrong (10 of 12 are right)``.

        >>> Count(3, 4, ("[0, 1]",)).sentence()
        'entry [0, 1] is wrong (3 of 4 right)'
        """
        if not self.wrong:
            return ""
        shown = list(self.wrong[:MAX_NAMED])
        more = len(self.wrong) - len(shown)
        listed = f"{', '.join(shown)} and {more} more" if more else _and(shown)
        word, verb = ("entry", "is") if len(self.wrong) == 1 else ("entries", "are")
        return f"{word} {listed} {verb} wrong ({self.right} of {self.total} right)"


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


Decide = Callable[[Meaning, Meaning], Verdict]


def compare_entries(found: Meaning, key: Meaning, decide: Decide, first: int = 0) -> Count | None:
    """The entries that agree and differ, or None where the two can't be laid side by side."""
    pairs = list(islice(_pairs(found, key, "", first), MAX_ENTRIES + 1))
    if len(pairs) < 2 or len(pairs) > MAX_ENTRIES:
        return None
    right, wrong = 0, []
    deadline = time.thread_time() + SECONDS
    for label, a, b in pairs:
        if time.thread_time() > deadline:
            return None
        verdict = decide(a, b) if a is not None else None
        if isinstance(verdict, Equal):
            right += 1
        elif verdict is None or isinstance(verdict, Different):
            wrong.append(label)
    return Count(right, len(pairs), tuple(wrong)) if wrong else None


Pair = tuple[str, Meaning | None, Meaning]


def _pairs(found: Meaning, key: Meaning, label: str, first: int) -> Iterator[Pair]:
    if isinstance(found, Tensor) and isinstance(key, Tensor):
        yield from _tensor_pairs(found, key, label, first)
    elif isinstance(found, Record) and isinstance(key, Record):
        known = dict(found.items)
        for name, value in key.items:
            yield from _pairs(known[name], value, name, first) if name in known else [(name, None, value)]
    elif isinstance(found, Listing) and isinstance(key, Listing) and key.kind != "set":
        if len(found.items) == len(key.items):
            for place, (a, b) in enumerate(zip(found.items, key.items, strict=True)):
                yield f"{label}[{place + first}]", a, b
    elif label:
        yield label, found, key


def _tensor_pairs(found: Tensor, key: Tensor, label: str, first: int) -> Iterator[Pair]:
    if not key.rank or not found.rank or _long(found.sizes) is None or _long(found.sizes) != _long(key.sizes):
        if label:
            yield label, found, key
        return
    for at, other in zip(found.positions(), key.positions(), strict=True):
        place = f"{label}[{', '.join(str(k + first) for k in at)}]"
        yield place, _entry(found, at), _entry(key, other)


def _long(sizes: tuple[int, ...] | None) -> tuple[int, ...] | None:
    """The sizes other than 1: a column, a row and a vector have the same entries in the same order."""
    return None if sizes is None else tuple(n for n in sizes if n != 1)


def _entry(t: Tensor, at: tuple[int, ...]) -> Tensor:
    where: tuple[Expr, ...] = tuple(Number(k) for k in at)
    return Tensor.scalar(t.entry(*where), t.defined_at(*where))


def same_entries(found: Meaning, key: Meaning, decide: Decide) -> Count | None:
    """`compare_entries`, with what can't be evaluated taken as not comparable."""
    try:
        return compare_entries(found, key, decide)
    except (SymderivError, ArithmeticError):
        return None
