"""Words in quotes: options and items, never operands."""

from __future__ import annotations

from symderiv.language.assemble import ungrouped
from symderiv.language.source import Misread
from symderiv.language.syntax import Node, Quoted


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
