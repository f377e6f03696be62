"""Functions at their arguments: in brackets, or right after them where that can't be misread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.language.latex.pieces import Atom, Braced, Fence, Row, Unit
from symderiv.language.latex.rows.powers import raised
from symderiv.language.latex.rows.scripts import indexed, refuse_primes
from symderiv.language.mentions import walk
from symderiv.language.ranks import rank_of
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Items, Name, Node, Numeral, Operation

if TYPE_CHECKING:
    from symderiv.language.latex.rows.row import Cursor, Reader

_TAKES_A_PRODUCT = frozenset("sin cos tan cot sec csc sinh cosh tanh sech csch coth".split())
_WITHOUT_INDEX = _TAKES_A_PRODUCT | frozenset("exp asin acos atan sqrt abs sign det".split())
_WHOLE = frozenset("ijklmn")
_ENDS_AN_ARGUMENT = frozenset(("FUNCTION", "WORD", "SIGN", "PUNCT", "BAR"))


def function(cursor: Cursor) -> Node:
    """``\\exp``, ``\\log_2``, ``\\sin^2``."""
    unit = cursor.take()
    assert isinstance(unit.base, Atom)
    return applied(cursor, unit.base.value, unit.start, unit, unit.sub, unit.sup, unit.primes)


def called(cursor: Cursor, word: str, start: int, last: Unit) -> Node:
    """A function without its backslash, ``exp(x)``."""
    return applied(cursor, word, start, last, last.sub, last.sup, last.primes)


def is_applied(cursor: Cursor) -> bool:
    """Does a bracket follow?"""
    unit = cursor.peek()
    return unit is not None and brackets(unit) is not None


def brackets(unit: Unit) -> Fence | None:
    """The bracket that a unit is, also inside invisible braces."""
    base = unit.base
    if isinstance(base, Braced) and len(base.row.units) == 1 and base.row.units[0].bare:
        base = base.row.units[0].base
    if isinstance(base, Fence) and base.opening == base.closing and base.opening in ("(", "[", "{"):
        return base
    return None


def applied(
    cursor: Cursor, name: str, start: int, last: Unit, sub: Row | None, sup: Row | None, primes: int
) -> Node:
    """A function at its argument, with the scripts on the function and those behind the bracket."""
    reader = cursor.reader
    primes += _written_order(reader, sup) if reader.is_function(name) else 0
    sup = None if reader.is_function(name) and _written_order(reader, sup) else sup
    _check_power(reader, name, sup, cursor)
    unit = cursor.peek()
    if unit is None:
        raise Misread(f"the argument of {name} is missing", start, last.end, cure=f"write {name}(x)")
    if reader.is_doubtful_function(name):
        raise Misread(
            f"{name} before a bracket may be a function or a factor",
            start,
            unit.end,
            cure=rf"declare {name}, as in '{name}: real' or '{name}: function', or write \cdot",
        )
    callee = Name(name, start, last.base.end, primes)
    fence = brackets(unit)
    if fence is None:
        node = _withoutbrackets(cursor, callee, sub)
        return node if sup is None else _to_the_power(reader, node, sup, node.end)
    cursor.take()
    refuse_primes(unit)
    args, options = arguments(reader, fence)
    if unit.bare:
        _refuse_multiple_of_an_angle(cursor, callee, args)
    node = _call(reader, callee, args, options, sub, fence.end)
    if unit.sub is not None:
        node = indexed(reader, node, unit.sub)
    if sup is not None:
        node = _to_the_power(reader, node, sup, unit.end)
    return node if unit.sup is None else raised(reader, node, unit.sup, unit.end)


def _refuse_multiple_of_an_angle(cursor: Cursor, callee: Name, args: tuple[Node, ...]) -> None:
    """``\\cos(m-n)\\theta`` is meant as the cosine of that many angles, and could be a product."""
    angle = cursor.peek()
    if callee.name not in _TAKES_A_PRODUCT or angle is None or len(args) != 1:
        return
    is_name = angle.base.key[0] in ("LETTER", "GREEK") and angle.sub is None and angle.sup is None
    if is_name and isinstance(args[0], Operation | Name) and _is_whole(cursor.reader, args[0]):
        raise Misread(
            f"where the argument of {callee.name} ends isn't clear",
            callee.start,
            angle.end,
            cure=rf"write \{callee.name}((…) x) with brackets around both, or \{callee.name}(…) \cdot x",
        )


def _is_whole(reader: Reader, node: Node) -> bool:
    """Is everything in it a whole number, as declared, or as i, k, m and n mostly are?"""
    names = [part.name for part in walk(node) if isinstance(part, Name)]
    numbers = [part.value for part in walk(node) if isinstance(part, Numeral)]
    return (
        bool(names)
        and all(isinstance(value, int) for value in numbers)
        and all(_is_whole_name(reader, name) for name in names)
    )


def _is_whole_name(reader: Reader, name: str) -> bool:
    known = reader.look_up(name)
    if known is None or name in reader.scope.inferred:
        return name in _WHOLE
    return known.kind.index or known.kind.domain.integer


def _to_the_power(reader: Reader, node: Node, sup: Row, end: int) -> Node:
    """``\\tanh^2(x)`` squares each value, also of an array."""
    is_array = bool(rank_of(reader, node)) and not any(_is_square(part) for part in walk(node))
    if is_array and sup.key == ("NUMBER", "2"):
        return Operation("hadamard", (node, node), node.start, end)
    return raised(reader, node, sup, end)


def _is_square(node: Node) -> bool:
    """Was it made of an elementwise square? (One inside another would be written out over and over.)"""
    return isinstance(node, Operation) and node.head == "hadamard" and node.args[0] is node.args[-1]


def _written_order(reader: Reader, sup: Row | None) -> int:
    """``f^{(2)}`` is the second derivative."""
    from symderiv.language.latex.names.spelling import label

    if sup is None or len(sup.units) != 1 or not isinstance(sup.units[0].base, Fence):
        return 0
    text = label(sup) or ""
    return int(text) if text.isdigit() and len(text) == 1 else 0


_INVERSE = {
    "sin": r"\arcsin(x)",
    "cos": r"\arccos(x)",
    "tan": r"\arctan(x)",
    "sinh": r"\operatorname{arsinh}(x)",
    "cosh": r"\operatorname{arcosh}(x)",
    "tanh": r"\operatorname{artanh}(x)",
}


def _reciprocal(name: str) -> str:
    return rf"\frac{{1}}{{{chr(92) if name in _INVERSE else ''}{name}(x)}}"


def _check_power(reader: Reader, name: str, sup: Row | None, cursor: Cursor) -> None:
    if sup is None:
        return
    key = [unit.base.key for unit in sup.units]
    if key[:1] == [("SIGN", "-")]:
        raise Misread(
            f"{name}^{{-1}} may be the inverse function or one over {name}",
            sup.start,
            sup.end,
            cure=rf"write {_INVERSE.get(name, 'a name for the inverse')}, or {_reciprocal(name)}",
        )
    if reader.is_function(name) and not isinstance(getattr(cursor.peek(), "base", None), Braced):
        raise Misread(
            f"a power on {name} may mean its iteration", sup.start, sup.end, cure=f"write {name}(x)^2"
        )


def _call(
    reader: Reader,
    callee: Name,
    args: tuple[Node, ...],
    options: tuple[tuple[Name, Node], ...],
    sub: Row | None,
    end: int,
) -> Node:
    """The call; a subscript on the function is the base of a logarithm, or an index of the result."""
    if sub is None:
        return Applied(callee, args, options, callee.start, end)
    if callee.name == "log" and len(args) == 1:
        base = reader.row(sub)
        if isinstance(base, Numeral) and base.value in (2, 10):
            return Applied(Name(f"log{base.value}", callee.start, callee.end), args, (), callee.start, end)
        return Applied(callee, (*args, base), (), callee.start, end)
    if callee.name in _WITHOUT_INDEX:
        raise Misread(
            f"{callee.name} has no index",
            sub.start,
            sub.end,
            expected="its argument",
            cure="write the index at its argument, x_i",
        )
    return indexed(reader, Applied(callee, args, options, callee.start, end), sub)


def arguments(reader: Reader, fence: Fence) -> tuple[tuple[Node, ...], tuple[tuple[Name, Node], ...]]:
    """What stands between the brackets: arguments, and ``\\text{stride} = 2``."""
    from symderiv.language.latex.rows.row import split

    args: list[Node] = []
    options: list[tuple[Name, Node]] = []
    pieces = split(fence.row) if fence.row.units else []
    if fence.opening == "[" and len(pieces) > 1:
        items = tuple(reader.row(piece) for piece in pieces)
        return (Items("list", items, fence.start, fence.end),), ()
    for piece in pieces:
        option = _option(reader, piece)
        if option is not None:
            options.append(option)
        else:
            args.append(reader.row(piece))
    return tuple(args), tuple(options)


def _option(reader: Reader, piece: Row) -> tuple[Name, Node] | None:
    from symderiv.language.latex.rows.row import sign_of

    if len(piece.units) < 3 or sign_of(piece.units[1]) != "==" or piece.units[0].base.key[0] != "WORD":
        return None
    word = piece.units[0]
    name = Name(str(word.base.key[1]), word.start, word.end)
    return name, reader.units(piece.units[2:], piece.start, piece.end)


def _withoutbrackets(cursor: Cursor, callee: Name, sub: Row | None) -> Node:
    """``\\log p_i``, ``\\sin 2x``: the next factor; what could be longer is refused."""
    if cursor.reader.is_function(callee.name):
        raise Misread(
            f"the argument of {callee.name} is missing",
            callee.start,
            callee.end,
            cure=f"write {callee.name}(x)",
        )
    unit = cursor.peek()
    assert unit is not None
    argument = cursor.operand()
    following = cursor.peek()
    if following is not None and following.base.key == ("SIGN", "/"):  # p \\log p/q
        raise Misread(
            f"where the argument of {callee.name} ends isn't clear",
            callee.start,
            following.end,
            cure=rf"write \{callee.name}\frac{{p}}{{q}}, or brackets",
        )
    if following is not None and following.base.key[0] not in _ENDS_AN_ARGUMENT:
        if not isinstance(argument, Numeral) or callee.name not in _TAKES_A_PRODUCT:
            raise Misread(
                f"where the argument of {callee.name} ends isn't clear",
                callee.start,
                following.end,
                cure=f"write {callee.name}(…) with brackets",
            )
        factor = cursor.operand()
        argument = Operation("mul", (argument, factor), argument.start, factor.end)
        after = cursor.peek()
        if after is not None and after.base.key[0] not in _ENDS_AN_ARGUMENT:
            raise Misread(
                f"where the argument of {callee.name} ends isn't clear",
                callee.start,
                after.end,
                cure=f"write {callee.name}(…) with brackets",
            )
    return _call(cursor.reader, callee, (argument,), (), sub, argument.end)


def condition_of(reader: Reader, row: Row) -> Node:
    """A condition; commas join several that hold together."""
    from symderiv.language.latex.rows.row import split

    parts = [reader.row(piece) for piece in split(row) if piece.units]
    return parts[0] if len(parts) == 1 else Operation("and", tuple(parts), row.start, row.end)
