"""Mappings key by key, lists in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from symderiv.equality.compound.sets import decide_sets
from symderiv.equality.scope import EXCEPT
from symderiv.equality.verdict import (
    EVERYWHERE,
    Different,
    Equal,
    Invalid,
    Undecided,
    Verdict,
    Witness,
)
from symderiv.tensor import Listing, Meaning, Record

Decide = Callable[[Meaning, Meaning], Verdict]


def decide_records(a: Record, b: Record, decide: Decide) -> Verdict:
    """Equal keys, each with equal values; a witness says at which key they differ."""
    left, right = dict(a.items), dict(b.items)
    if left.keys() != right.keys():
        return Different("keys", Witness((), _listed(left), _listed(right)))
    return joined((key, decide(left[key], right[key])) for key in left)


def decide_listings(a: Listing, b: Listing, decide: Decide) -> Verdict:
    """Lists and tuples item by item; sets by finding each item on the other side."""
    if "set" in (a.kind, b.kind):
        found = decide_sets(a, b, decide)
        return all_equal(found) if isinstance(found, list) else found
    if len(a.items) != len(b.items):
        return Different("length", Witness((), _length(a), _length(b)))
    pairs = enumerate(zip(a.items, b.items, strict=True))
    return joined((f"item {k}", decide(left, right)) for k, (left, right) in pairs)


def joined(verdicts: Iterable[tuple[str, Verdict]]) -> Verdict:
    """The first difference, else what is invalid, else what stays open, else equal."""
    equal: list[Equal] = []
    rest: Verdict | None = None
    for name, verdict in verdicts:
        match verdict:
            case Different():
                witness = verdict.witness
                point = (("entry", name), *witness.point)
                return Different(verdict.by, Witness(point, witness.left, witness.right))
            case Equal():
                equal.append(verdict)
            case Invalid():
                rest = verdict
            case Undecided():
                rest = rest or verdict
    return rest if rest is not None else all_equal(equal)


def all_equal(parts: Iterable[Equal]) -> Equal:
    """One verdict for many: all procedures named, all exceptions listed."""
    by: dict[str, None] = {}
    scopes: dict[str, None] = {}
    for part in parts:
        by.update(dict.fromkeys(part.by.split(", ")))
        if part.scope != EVERYWHERE:
            scopes.update(dict.fromkeys(part.scope.removeprefix(EXCEPT).split(" or ")))
    return Equal(", ".join(by) or "structure", f"{EXCEPT}{' or '.join(scopes)}" if scopes else EVERYWHERE)


def _length(listing: Listing) -> str:
    return f"{len(listing.items)} item{'s' * (len(listing.items) != 1)}"


def _listed(keys: Iterable[str]) -> str:
    return "keys " + (", ".join(keys) or "none")
