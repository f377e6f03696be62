"""What the entries of a list are called in an answer: ``df/dx = a, df/dy = b``, ``V(1) = 1, V(2) = 3``.

A list is asked for by the order of its entries, so names tell which is which only where the key or the
question says them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Sequence as Items

from symderiv.exercise.located.brackets import closing_bracket
from symderiv.exercise.written.commas import at_commas
from symderiv.exercise.written.equations import split_equations
from symderiv.exercise.written.left_sides.asked_in_words import NO_FORMULAS, spelt_alike
from symderiv.exercise.written.left_sides.derivative_names import (
    NO_LOOKS,
    derivatives_in_a_line,
    derive_one_by_one,
)
from symderiv.exercise.written.left_sides.labels import spelt
from symderiv.exercise.written.named_values import with_commas
from symderiv.expression.tree import Expr, Sequence, Variable


def without_labels(
    text: str, key: Sequence, asked: Items[str] = NO_FORMULAS, looks: Mapping[str, str] = NO_LOOKS
) -> str:
    """The entries in the order of the key, where each is called as the key or the question calls it.

    >>> a, b = Variable("a"), Variable("b")
    >>> without_labels("a = -2, b = a + 3 = 1", Sequence((a, b)))
    '[-2, a + 3] = [-2, 1]'
    >>> without_labels("b = 1, a = 2", Sequence((a, b)))
    '2, 1'
    >>> without_labels("V(1) = 1, V(2) = 2", Sequence((a, b)), ["V(1)", "V(2)"])
    '1, 2'
    >>> without_labels("G_2 = 2, G_1 = 1 + 0 = 1", Sequence((a, b)), ["G_1, G_2"])
    '[1 + 0, 2] = [1, 2]'
    >>> without_labels("v = 2, m = 1", Sequence((a, b)), ["(m, v)"])
    '1, 2'
    >>> without_labels("a = b = 0", Sequence((a, b)))
    '0, 0'
    >>> without_labels("a = 1, c = 2", Sequence((a, b)))
    'a = 1, c = 2'
    """
    pieces = at_commas(with_commas(text))
    *same, value = split_equations(text)
    if len(same) == len(key.items) > 1 and sorted(_places(same, key, asked, looks)) == [*range(len(same))]:
        pieces = [f"{name} = {value}" for name in same]  # a = b = 0
    sides = [split_equations(piece) for piece in pieces]
    if len(pieces) != len(key.items) or len(pieces) < 2 or any(len(each) < 2 for each in sides):
        return text
    left = [each[0] for each in sides]
    places = (
        list(range(len(left))) if derive_one_by_one(left, key.items) else _places(left, key, asked, looks)
    )
    if sorted(places) != list(range(len(left))):
        return text
    in_order = [each[1:] for _, each in sorted(zip(places, sides, strict=True), key=lambda pair: pair[0])]
    return as_chain_of_lists(in_order)


def as_chain_of_lists(chains: Items[Items[str]], between: str = ", ") -> str:
    """``[a, b] = [c, d]`` of the chains a = c and b = d; a shorter one begins with the same again.

    >>> as_chain_of_lists([["1"], ["2"]]), as_chain_of_lists([["1"], ["4/2", "2"]])
    ('1, 2', '[1, 4/2] = [1, 2]')
    """
    length = max(map(len, chains))
    full = [[each[0]] * (length - len(each)) + list(each) for each in chains]
    lists = [between.join(member.strip() for member in members) for members in zip(*full, strict=True)]
    return lists[0] if length == 1 else " = ".join(f"[{each}]" for each in lists)


def _places(left: list[str], key: Sequence, asked: Items[str], looks: Mapping[str, str]) -> list[int]:
    """For each left side the one entry that is called so."""
    asked = list(dict.fromkeys(each.strip() for said in asked for each in at_commas(_unbracketed(said))))
    names = [
        {
            spelt_alike(said)
            for said in (*_names_of(item, looks), *((asked[place],) if len(asked) == len(key.items) else ()))
        }
        for place, item in enumerate(key.items)
    ]
    found: list[int] = []
    for said in left:
        alike = {spelt(said.strip(" $&\n")), spelt_alike(said.strip(" $&\n"))}
        fits = [place for place, called in enumerate(names) if not called.isdisjoint(alike)]
        found += fits if len(fits) == 1 else [-1]
    return found


def _unbracketed(said: str) -> str:
    """``a, b`` of a question for ``(a, b)``."""
    bare = said.strip()
    is_pair = bare[:1] in ("(", "[") and closing_bracket(bare, 0) == len(bare)
    return bare[1:-1] if is_pair else said


def _names_of(item: Expr, looks: Mapping[str, str]) -> Iterator[str]:
    if isinstance(item, Variable):
        yield item.name
        yield looks.get(item.name, item.name)
    yield from derivatives_in_a_line(item, looks)
