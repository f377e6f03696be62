"""Fractions, and those that are derivatives: ``\\frac{\\partial L}{\\partial W}``, ``\\nabla_h L``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.expression.derivatives import derivative_head
from symderiv.expression.tree import Variable
from symderiv.language.latex.names.spelling import spellings
from symderiv.language.latex.pieces import Fraction, Row, Unit
from symderiv.language.latex.ranges.integrals import is_d
from symderiv.language.latex.rows.scripts import scripted
from symderiv.language.ranks import rank_of
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Group, Name, Node, Numeral, Operation

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Cursor, Reader

_NORM = ("BAR", "‖")
_PARTIAL = ("SYMBOL", r"\partial")


def quotient(cursor: Cursor) -> Node:
    """``\\frac{a}{b}``, ``\\binom{n}{k}``, or a derivative."""
    unit = cursor.take()
    base = unit.base
    assert isinstance(base, Fraction)
    reader = cursor.reader
    if base.command == "binom":
        args = reader.row(base.top), reader.row(base.bottom)
        name = Name("binomial", base.start, base.start + 1)
        return scripted(cursor, Applied(name, args, (), base.start, base.end), unit)
    if _begins(reader, base.top) and _begins(reader, base.bottom):
        return scripted(cursor, _derivative(cursor, base.top, base.bottom, base.start, base.end), unit)
    _check_declared_d(base)
    node = Operation("div", (reader.row(base.top), reader.row(base.bottom)), base.start, base.end)
    if not unit.bare:
        cure = r"write \left(\frac{a}{b}\right)^2"
        raise Misread("a script on a fraction can be read in two ways", unit.start, unit.end, cure=cure)
    return node


def _check_declared_d(base: Fraction) -> None:
    """``\\frac{dL}{dw}`` where d is declared: a derivative, or a quotient?"""
    letter = ("LETTER", "d")
    tops = base.top.units[:1] + base.bottom.units[:1]
    if len(base.bottom.units) == 2 and len(tops) == 2 and all(u.bare and u.base.key == letter for u in tops):
        raise Misread(
            "d is a declared name here: a derivative, or a quotient?",
            base.start,
            base.end,
            cure=r"write \partial or \mathrm{d} for a derivative",
        )


def _begins(reader: Reader, row: Row) -> bool:
    return bool(row.units) and _is_mark(reader, row.units[0])


def _is_mark(reader: Reader, unit: Unit) -> bool:
    """``\\partial`` or the d of a differential."""
    return unit.sub is None and (unit.base.key == _PARTIAL or is_d(reader, unit))


def _derivative(cursor: Cursor, top: Row, bottom: Row, start: int, end: int) -> Node:
    """One derivative a name below, of what stands above, or of the product that follows."""
    reader = cursor.reader
    names = _names(reader, bottom)
    mark = top.units[0]
    order = 1 if mark.sup is None else _order(mark.sup)
    if order != len(names):
        raise Misread(
            f"the order above is {order}, below it is {len(names)}",
            start,
            end,
            cure=r"write \frac{\partial^2 f}{\partial x^2}",
        )
    inside = top.units[1:]
    function = reader.units(inside, top.start, top.end) if inside else cursor.product()
    if not inside:
        _check_reach(reader, function, names)
    return _differentiated(reader, function, names, start, max(end, function.end))


def _check_reach(reader: Reader, function: Node, names: list[Node]) -> None:
    """``\\frac{d}{dx} f(x) g(x)``: of the product, or of the first factor?"""
    if not isinstance(function, Operation) or function.head not in ("mul", "div", "hadamard"):
        return
    factors = [arg for arg in function.args if not _is_constant(reader, arg, names)]
    if len(factors) > 1 and function.args[0].start == function.start:
        raise Misread(
            "how far this derivative reaches isn't clear",
            function.start,
            function.end,
            cure=r"write \frac{d}{dx}\left(…\right)",
        )


def _is_constant(reader: Reader, node: Node, names: list[Node]) -> bool:
    """½, 1/n, λ/2: what nobody derives by itself, where what is derived by isn't among its names."""
    if not isinstance(node, Operation):
        return isinstance(node, Numeral)
    inner = (arg for arg in node.args if not isinstance(arg, Name))
    apart = (arg for arg in node.args if isinstance(arg, Name))
    return all(_is_constant(reader, arg, names) for arg in inner) and not any(
        _may_depend(reader, name, names) for name in apart
    )


def _may_depend(reader: Reader, name: Name, names: list[Node]) -> bool:
    """Is it, or is it defined by, what is derived by?"""
    known = reader.look_up(name.name)
    defined = isinstance(known, Variable) and (known.definition is not None or known.kind.shape != ())
    return defined or any(not isinstance(by, Name) or by.name == name.name for by in names)


def _order(row: Row) -> int:
    key = row.key
    if key[0] != "NUMBER" or not str(key[1]).isdigit() or len(str(key[1])) > 2:
        raise Misread(
            "the order of a derivative is a number",
            row.start,
            row.end,
            expected="2",
            cure="write it as a number",
        )
    return int(str(key[1]))


def _names(reader: Reader, row: Row) -> list[Node]:
    """What is differentiated by: ``\\partial x^2 \\partial y`` is x, x, y."""
    names: list[Node] = []
    groups: list[list[Unit]] = []
    for unit in row.units:
        if _is_mark(reader, unit):
            groups.append([])
        elif groups:
            groups[-1].append(unit)
    for group in groups:
        if not group:
            raise Misread(
                "a name is missing here",
                row.start,
                row.end,
                expected=r"\partial x",
                cure="write what is derived, and by what",
            )
        count, units = _count(reader, group)
        names += [reader.units(units, row.start, row.end)] * count
    return names


def _count(reader: Reader, group: list[Unit]) -> tuple[int, tuple[Unit, ...]]:
    """``x^2`` below counts twice, unless a name is declared so."""
    from symderiv.language.latex.names.notation import match

    last = group[-1]
    found = match(reader.notations, group, len(group) - 1)
    power = last.sup if found is None else found.sup
    if power is None or power.key[0] != "NUMBER":
        return 1, tuple(group)
    return _order(power), (*group[:-1], Unit(last.base, last.sub, None, last.primes, last.base.end))


def _differentiated(reader: Reader, function: Node, names: list[Node], start: int, end: int) -> Node:
    node = function
    for name in reversed(names):
        node = Applied(Name(_kind(reader, node, name), start, end), (node, name), (), start, end)
    return node


def _kind(reader: Reader, function: Node, name: Node) -> str:
    """``diff`` by a number, ``gradient`` of a number by an array, else ``jacobian``."""
    rank, rank_wrt = rank_of(reader, function), rank_of(reader, name)
    if rank_wrt == 0:
        return "diff"
    if rank is None or rank_wrt is None:
        raise Misread(
            "whether this is a gradient or a Jacobian isn't clear",
            function.start,
            name.end,
            cure=r"write \nabla_x L, or \operatorname{jacobian}(H, K)",
        )
    return derivative_head(rank, rank_wrt)


def inline_derivative(cursor: Cursor) -> Node:
    """``\\partial L/\\partial x``; ``\\partial_x L``."""
    start = cursor.position
    sign = cursor.units[start]
    if sign.sub is not None and sign.sup is None and len(sign.sub.units) == 1:
        cursor.position += 1
        bare = Unit(sign.base)
        by = Row((bare, *sign.sub.units), sign.start, sign.end)
        return _derivative(cursor, Row((bare,), sign.start, sign.end), by, sign.start, sign.end)
    units = cursor.units[start : start + 5]
    is_quotient = (
        len(units) == 5
        and units[2].base.key == ("SIGN", "/")
        and units[3].base.key == _PARTIAL
        and bool(spellings(units[1].base))
        and bool(spellings(units[4].base))
    )
    if not is_quotient:
        raise Misread(
            "a ∂ by itself has no meaning",
            units[0].start,
            units[0].end,
            expected=r"\frac{\partial L}{\partial x}",
            cure="write the quotient of two",
        )
    cursor.position += 5
    top = Row(units[:2], units[0].start, units[1].end)
    bottom = Row(units[3:], units[3].start, units[4].end)
    return _derivative(cursor, top, bottom, top.start, bottom.end)


def nabla(cursor: Cursor) -> Node:
    """``\\nabla_{h} L`` is the gradient of L with respect to h."""
    unit = cursor.take()
    if unit.sub is None or unit.sup is not None:
        raise Misread(
            r"what \nabla differentiates by isn't said",
            unit.start,
            unit.end,
            expected=r"\nabla_{x} L",
            cure="write the name below the sign",
        )
    name = cursor.reader.row(unit.sub)
    if cursor.peek() is None:
        raise Misread(
            r"what \nabla differentiates isn't said",
            unit.start,
            unit.end,
            expected=r"\nabla_{x} L",
            cure="write it behind the sign",
        )
    position = cursor.position
    function = cursor.operand()
    if _is_constant(cursor.reader, function, [name]):
        cursor.position = position
        function = cursor.product()
        _check_reach(cursor.reader, function, [name])
    following = cursor.peek()
    is_one = isinstance(function, Group) or rank_of(cursor.reader, function) == 0
    if following is not None and _opens_norm(cursor):
        is_one = isinstance(function, Group)  # λ‖w‖²: who would multiply the gradient of λ by it?
    elif following is not None and following.base.key[0] in ("SIGN", "PUNCT", "BAR"):
        is_one = True
    if following is not None and not is_one:
        raise Misread(
            r"how far \nabla reaches isn't clear", unit.start, following.end, cure=r"write \nabla_x (…)"
        )
    return Applied(
        Name("gradient", unit.start, unit.base.end), (function, name), (), unit.start, function.end
    )


def _opens_norm(cursor: Cursor) -> bool:
    """Does ‖ stand here, and is it closed further on?"""
    bars = [unit.base.key == _NORM for unit in cursor.units[cursor.position :]]
    return bool(bars) and bars[0] and sum(bars) % 2 == 0
