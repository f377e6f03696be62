"""Words in quotes: options and items, never operands."""

from __future__ import annotations

from symderiv.language.resolving.assemble import ungrouped
from symderiv.language.source import Misread
from symderiv.language.syntax import Items, Node, Quoted


def refuse_words(operands: tuple[Node, ...]) -> None:
    """A word in quotes is an option or an item, never an operand."""
    for operand in operands:
        if isinstance(ungrouped(operand), Quoted):
            raise Misread(
                "a word in quotes can't be computed with",
                operand.start,
                operand.end,
                expected="a formula",
                cure="leave the quotes out",
            )


def refuse_in_index(indices: tuple[Node, ...]) -> None:
    """``p[[1, 0], [0, 1]]``: rows of a matrix that stand where an index would."""
    refuse_words(indices)
    rows = [each for each in indices if isinstance(each, Items) and each.kind == "list"]
    if len(rows) > 1 or any(isinstance(item, Items) for row in rows for item in row.items):
        raise Misread(
            "a matrix stands where an index would",
            rows[0].start,
            rows[-1].end,
            cure="write * before the brackets for a product, as in 2*[[1, 0], [0, 1]]",
        )
