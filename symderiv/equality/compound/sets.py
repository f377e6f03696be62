"""Sets up to order: each item of one is among the items of the other, at every point.

Which one it is may change from point to point, {|x|, -|x|} = {x, -x}: an item is among others where the
product of its differences from them is zero.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod

from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.verdict import Different, Equal, Undecided, Verdict, Witness
from symderiv.expression.build import add, conjunction, mul, number, power, subtract
from symderiv.expression.printing.meaning_text import meaning_to_text
from symderiv.expression.tree import ONE, ZERO, Expr
from symderiv.tensor import Listing, Meaning, Tensor

Decide = Callable[[Meaning, Meaning], Verdict]
MAX_ENTRIES = 16
TRIED = ("each item against each other one",)


def decide_sets(a: Listing, b: Listing, decide: Decide) -> list[Equal] | Verdict:
    """A proof for each item, or the verdict where one is missing or stays open."""
    open_question: Verdict | None = None
    equal: list[Equal] = []
    for mine, others, side in ((a, b, "right"), (b, a, "left")):
        for item in mine.items:
            found = _is_among(item, others.items, decide)
            match found:
                case Equal():
                    equal.append(found)
                case Different():
                    text = meaning_to_text(item)
                    point = (*found.witness.point, (f"missing on the {side}", text))
                    return Different("elements", Witness(point, meaning_to_text(a), meaning_to_text(b)))
                case _:
                    open_question = found
    return equal if open_question is None else open_question


def _is_among(item: Meaning, others: tuple[Meaning, ...], decide: Decide) -> Verdict:
    verdicts = [decide(item, other) for other in others]
    equal = next((v for v in verdicts if isinstance(v, Equal)), None)
    if equal is not None:
        return equal
    never = [v for v in verdicts if isinstance(v, Different) and _holds_anywhere(v)]
    if len(never) == len(others):
        return Different("elements", Witness((), "", ""))
    if len(others) == 1:
        return verdicts[0]
    gap = _gap(item, others)
    if gap is None:
        return next((v for v in verdicts if not isinstance(v, Different)), Undecided(TRIED))
    found = decide(gap, Tensor.scalar(ZERO, gap.defined))
    return found if isinstance(found, Equal | Different) else Undecided(TRIED)


def _holds_anywhere(verdict: Different) -> bool:
    """Different at every point: numbers, shapes, kinds."""
    names = (name for name, _ in verdict.witness.point)
    return all(name == "entry" for name in names)


def _gap(item: Meaning, others: tuple[Meaning, ...]) -> Tensor | None:
    """The product of the differences, zero where the item is one of the others."""
    gaps = [_difference(item, other) for other in others]
    known = [gap for gap in gaps if gap is not None]
    if len(known) < len(gaps):
        return None
    return Tensor.scalar(mul(*(gap.value for gap in known)), conjunction(*(gap.defined for gap in known)))


def _difference(item: Meaning, other: Meaning) -> Tensor | None:
    """Zero where the two are equal: the difference of numbers, the sum of its squares for arrays."""
    if not (isinstance(item, Tensor) and isinstance(other, Tensor)):
        return None
    if item.sizes is None or other.sizes is None or prod(item.sizes) > MAX_ENTRIES:
        return None
    if item.sizes != other.sizes:
        return None if _beyond_one(item.sizes) == _beyond_one(other.sizes) else Tensor.scalar(ONE)
    places = [tuple(map(number, at)) for at in item.positions()]
    pairs: list[tuple[Expr, Expr]] = [(item.entry(*at), other.entry(*at)) for at in places]
    if any(is_condition(value) for pair in pairs for value in pair):
        return None
    defined = conjunction(*(each.defined_at(*at) for each in (item, other) for at in places))
    gaps = [subtract(*pair) for pair in pairs]
    return Tensor.scalar(gaps[0] if len(gaps) == 1 else add(*(power(g, number(2)) for g in gaps)), defined)


def _beyond_one(sizes: tuple[int, ...]) -> tuple[int, ...]:
    """A 1×3 may be told to be a vector of 3."""
    return tuple(size for size in sizes if size != 1)
