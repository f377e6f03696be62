"""A text cut at the commas outside of its brackets."""

from __future__ import annotations


def at_commas(text: str) -> list[str]:
    """The text cut at commas outside of brackets; whole where nothing stands between two.

    >>> at_commas("f(x, y), 2")
    ['f(x, y)', ' 2']
    """
    pieces, depth = [""], 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += character
    return pieces if all(piece.strip() for piece in pieces) else [text]
