"""Mappings key by key, lists in order, sets up to order."""

from __future__ import annotations

from collections.abc import Callable, Iterable

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
from symderiv.expression.text import meaning_to_text
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
        return _decide_sets(a, b, decide)
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


def _decide_sets(a: Listing, b: Listing, decide: Decide) -> Verdict:
    open_question: Verdict | None = None
    equal: list[Equal] = []
    for mine, others, swapped in ((a, b, False), (b, a, True)):
        for item in mine.items:
            verdicts = [decide(item, other) for other in others.items]
            found = [v for v in verdicts if isinstance(v, Equal)]
            if found:
                equal.append(found[0])
            elif all(isinstance(v, Different) for v in verdicts):
                return _missing(item, a, b, swapped)
            else:
                open_question = next(v for v in verdicts if not isinstance(v, Different))
    return open_question or all_equal(equal)


def _missing(item: Meaning, a: Listing, b: Listing, swapped: bool) -> Different:
    side = "left" if swapped else "right"
    point = ((f"missing on the {side}", meaning_to_text(item)),)
    return Different("elements", Witness(point, meaning_to_text(a), meaning_to_text(b)))


def _length(listing: Listing) -> str:
    return f"{len(listing.items)} item{'s' * (len(listing.items) != 1)}"


def _listed(keys: Iterable[str]) -> str:
    return "keys " + (", ".join(keys) or "none")
