"""An operator in a row of operands, before anyone asks what it joins."""

from __future__ import annotations

from symderiv.language.syntax import Node


class Sign:
    """An operator where it stands, by its symbol; a superscript brings its ``exponent`` along."""

    __slots__ = ("end", "exponent", "start", "symbol")

    def __init__(self, symbol: str, start: int, end: int, exponent: Node | None = None) -> None:
        self.symbol = symbol
        self.start = start
        self.end = end
        self.exponent = exponent
