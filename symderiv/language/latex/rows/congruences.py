r"""``a \equiv b \pmod m`` says that m divides a - b; without a modulus, ``\equiv`` is an equals sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.language.latex.lexing.moduli import CONGRUENT, LOOSE, MODULO
from symderiv.language.latex.rows.products import Element, join_products
from symderiv.language.resolving.assemble import assemble
from symderiv.language.sign import Sign
from symderiv.language.source import Misread
from symderiv.language.syntax import Group, Node, Numeral, Operation

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Reader


def as_remainders(reader: Reader, elements: list[Element]) -> list[Element]:
    """Each congruence as ``(a - b) % m == 0``."""
    if not any(_is(each, CONGRUENT) for each in elements):
        return elements
    done: list[Element] = []
    statement: list[Element] = []
    for element in elements:
        if _is(element, "and", "or", "not"):
            done += [*_remainder(reader, statement), element]
            statement = []
        else:
            statement.append(element)
    return done + _remainder(reader, statement)


def _remainder(reader: Reader, statement: list[Element]) -> list[Element]:
    places = [k for k, each in enumerate(statement) if _is(each, CONGRUENT)]
    if not places:
        return statement
    at = places[0]
    end = next((k for k, each in enumerate(statement) if _is(each, MODULO)), len(statement))
    sides = statement[:at], statement[at + 1 : end], statement[end + 1 :]
    if not all(sides) or any(_is(each, *LOOSE, MODULO) for side in sides for each in side):
        sign = statement[at]
        assert isinstance(sign, Sign)
        message = "a congruence has two sides and a modulus"
        raise Misread(message, sign.start, sign.end, cure=r"write a \equiv b \pmod m, or a \bmod m = b")
    a, b, m = (assemble(join_products(reader, side)) for side in sides)
    return [[_divides(a, b, m)]]


def _is(element: Element, *symbols: str) -> bool:
    return isinstance(element, Sign) and element.symbol in symbols


def _divides(a: Node, b: Node, m: Node) -> Group:
    start, end = a.start, m.end
    gap = Group(Operation("sub", (a, b), start, end), start, end)
    remainder = Operation("mod", (gap, m), start, end)
    return Group(Operation("eq", (remainder, Numeral(0, start, end)), start, end), start, end)
