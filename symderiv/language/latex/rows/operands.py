"""What an operand is: one rule for each kind of piece that may begin it."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.errors import UnknownName
from symderiv.language.latex.lexing.symbols import ACCENTS, DOTS, TRANSPOSES
from symderiv.language.latex.names.letters import letters
from symderiv.language.latex.names.look_alikes import refuse_change, refuse_sign_inside
from symderiv.language.latex.names.notation import Notation, match
from symderiv.language.latex.names.spelling import spellings
from symderiv.language.latex.pieces import Atom, Braced, Environment, Fence, Fraction, Root, Row, Styled, Unit
from symderiv.language.latex.ranges.integrals import integral, limit
from symderiv.language.latex.ranges.sums import big
from symderiv.language.latex.rows.composition import composition
from symderiv.language.latex.rows.derivatives import inline_derivative, nabla, quotient
from symderiv.language.latex.rows.environments import environment
from symderiv.language.latex.rows.fences import bars, fence
from symderiv.language.latex.rows.functions import applied, function, is_applied
from symderiv.language.latex.rows.indicators import bold_zero, indicator, is_bold_zero, is_one
from symderiv.language.latex.rows.numbers import number
from symderiv.language.latex.rows.row import Cursor, sign_of
from symderiv.language.latex.rows.scripts import named, refuse_primes, scripted, symbol
from symderiv.language.latex.rows.words import word
from symderiv.language.mentions import mentions
from symderiv.language.source import Misread
from symderiv.language.syntax import Group, Name, Node, Operation

_LOOSE = frozenset(("+", "==", "!=", "<", "<=", ">", ">="))
"""Signs beside which a sum needs no brackets."""


_BLACKBOARD = {
    "E": ("an expectation isn't computed here", "write the sum or the integral that it is"),
    "P": ("a probability isn't computed here", "write the formula that it is"),
    **dict.fromkeys(
        "RNZQC", ("a set of numbers is no formula", "leave it out; what a name ranges over is declared")
    ),
}
"""What blackboard letters stand for, and what to write in their place."""


def operand(cursor: Cursor) -> Node:
    """The operand that begins where the cursor stands."""
    unit = cursor.peek()
    if unit is None:
        end = cursor.row.end
        raise Misread(
            "the formula ends too early",
            max(end - 1, 0),
            end,
            expected="a number, a name or a bracket",
            cure="write what belongs there, or delete the sign",
        )
    own = _own(cursor) if cursor.reader.own else None
    if own is not None:
        return own
    found = match(cursor.reader.notations, cursor.units, cursor.position)
    if found is not None:
        cursor.position += found.length
        last = cursor.units[cursor.position - 1]
        return named(cursor, found.name, unit.start, last, found.sub, found.sup, found.primes)
    if is_one(cursor, unit):
        return indicator(cursor)
    if is_bold_zero(unit):
        return bold_zero(cursor)
    base = unit.base
    if isinstance(base, Atom):
        return _ATOMS.get(base.kind, _nothing)(cursor)
    if spellings(base):
        return symbol(cursor)
    return _PIECES[type(base)](cursor)


def _own(cursor: Cursor) -> Node | None:
    """A name that the formula itself defines: what it stands for, in brackets."""
    for notation, meant in cursor.reader.own:
        found = match((notation,), cursor.units, cursor.position)
        if found is None:
            continue
        unit = cursor.take()
        for bound in cursor.reader.bound:
            if mentions(meant, bound) and not any(bound in spellings(u.base) for u in _below(notation)):
                raise Misread(
                    f"{bound} is bound here, and stands in what this name was said to be",
                    unit.start,
                    unit.end,
                    cure="use another letter for one of the two, or write the name out",
                )
        return scripted(cursor, meant, Unit(unit.base, found.sub, found.sup, found.primes, unit.end))
    return None


def _below(notation: Notation) -> tuple[Unit, ...]:
    below = notation.units[0].sub
    return () if below is None else below.units


def _greek(cursor: Cursor) -> Node:
    """A Greek letter; ``\\Gamma(x)`` and ``\\theta(x)`` are functions where no name is declared so."""
    unit = cursor.peek()
    assert unit is not None and isinstance(unit.base, Atom)
    name, reader = unit.base.value[1:], cursor.reader
    refuse_change(reader, unit, cursor.peek(1), name)
    if name == "Gamma" and reader.look_up(name) is None and reader.scope.head("gamma"):
        cursor.take()
        if is_applied(cursor):
            return applied(cursor, "gamma", unit.start, unit, unit.sub, unit.sup, unit.primes)
        cursor.position -= 1
    if name == "theta" and reader.scope.strict and reader.look_up(name) is None:  # as SymPy prints it
        cursor.take()
        if is_applied(cursor):
            return applied(cursor, "heaviside", unit.start, unit, unit.sub, unit.sup, unit.primes)
        cursor.position -= 1
    if name == "gamma" and reader.look_up(name) is None and reader.scope.strict:
        raise Misread(
            "gamma isn't declared",
            unit.start,
            unit.end,
            error=UnknownName,
            cure="write \\Gamma(x) for the gamma function",
        )
    return symbol(cursor)


def _braced(cursor: Cursor) -> Node:
    before = cursor.units[cursor.position - 1] if cursor.position else None
    unit = cursor.take()
    assert isinstance(unit.base, Braced)
    refuse_sign_inside(before, unit.base.row)
    inner = cursor.reader.row(unit.base.row)
    return scripted(cursor, Group(inner, unit.start, unit.base.end), unit)


def _fraction(cursor: Cursor) -> Node:
    return quotient(cursor)


def _root(cursor: Cursor) -> Node:
    from symderiv.language.syntax import Applied, Numeral

    unit = cursor.take()
    base = unit.base
    assert isinstance(base, Root)
    inside = cursor.reader.row(base.body)
    node: Node = Applied(Name("sqrt", base.start, base.start + 5), (inside,), (), base.start, base.end)
    if base.degree is not None:
        degree = cursor.reader.row(base.degree)
        power = Operation("div", (Numeral(1, base.start, base.start + 1), degree), base.start, base.end)
        node = Operation("pow", (inside, power), base.start, base.end)
    return scripted(cursor, node, unit)


def _styled(cursor: Cursor) -> Node:
    unit = cursor.peek()
    assert unit is not None and isinstance(unit.base, Styled)
    style, row = unit.base.style, unit.base.row
    if style in ACCENTS:
        return _accented(cursor, unit, style, row)
    if style in (r"\underbrace", r"\overbrace"):
        return _labelled(cursor, unit, style, row)
    if style in (r"\mathbb", r"\mathds", r"\mathbbm", r"\not"):
        message, cure = _BLACKBOARD.get(str(row.key[-1]), ("this symbol isn't read here", "write a formula"))
        raise Misread(message, unit.start, unit.end, expected="a formula", cure=cure)
    cursor.take()
    return scripted(cursor, Group(cursor.reader.row(row), unit.start, unit.base.end), unit)


def _labelled(cursor: Cursor, unit: Unit, style: str, row: Row) -> Node:
    """``\\underbrace{a + b}_{\\text{label}}``: what stands over the brace; the label says nothing new."""
    sub, sup = (None, unit.sup) if style == r"\underbrace" else (unit.sub, None)
    before = cursor.peek(-1)
    cursor.take()
    after = cursor.peek()
    inner = cursor.reader.row(row)
    joins_left = before is not None and sign_of(before) not in _LOOSE
    joins_right = after is not None and after.base.key[0] != "PUNCT" and sign_of(after) not in _LOOSE | {"-"}
    is_sum = isinstance(inner, Operation) and inner.head in ("add", "sub", "neg", "pos")
    if unit.primes or sub or sup or (is_sum and (joins_left or joins_right)):
        raise Misread(
            "what this brace holds together isn't clear",
            unit.start,
            unit.end,
            cure="write brackets inside it",
        )
    return Group(inner, unit.start, unit.base.end)


def _accented(cursor: Cursor, unit: Unit, style: str, row: Row) -> Node:
    """``\\hat{x_i}`` is ``\\hat{x}_i``; an accent over more than one name is refused."""
    inner = row.units[0] if len(row.units) == 1 else None
    if inner is None or inner.sup is not None or not unit.bare or not spellings(inner.base):
        raise Misread(
            "an accent over more than a name",
            unit.start,
            unit.end,
            cure="declare what it stands for under notation:, or write it out",
        )
    bare = Row((Unit(inner.base),), inner.start, inner.base.end)
    moved = Unit(Styled(style, bare, unit.start, unit.end), inner.sub, None, inner.primes, unit.end)
    inside = Cursor(cursor.reader, Row((moved,), unit.start, unit.end))
    cursor.take()
    return inside.whole()


def _big(cursor: Cursor) -> Node:
    unit = cursor.peek()
    assert unit is not None and isinstance(unit.base, Atom)
    refuse_primes(unit)
    rule = {"integral": integral, "limit": limit}.get(unit.base.value, big)
    return rule(cursor)


def _special(cursor: Cursor) -> Node:
    unit = cursor.peek()
    assert unit is not None and isinstance(unit.base, Atom)
    value = unit.base.value
    refuse_primes(unit)
    if value == r"\nabla":
        return nabla(cursor)
    if value == r"\partial":
        return inline_derivative(cursor)
    if value in (r"\infty", r"\infinity"):
        cursor.take()
        return scripted(cursor, Name("oo", unit.start, unit.base.end), unit)
    if value in DOTS:
        raise Misread(
            "dots leave something unsaid", unit.start, unit.end, cure=r"write a sum: \sum_{i=1}^{n}"
        )
    if value in (r"\over", r"\choose"):
        command = "frac" if value == r"\over" else "binom"
        raise Misread(
            f"what {value} parts isn't clear",
            unit.start,
            unit.end,
            cure=rf"write \{command}{{a}}{{b}}, or {{a {value} b}}",
        )
    if value in TRANSPOSES:
        raise Misread("a transpose stands as an exponent", unit.start, unit.end, cure=r"write A^\top")
    raise Misread(
        f"{value} isn't read here", unit.start, unit.end, expected="a formula", cure="write the formula alone"
    )


def _nothing(cursor: Cursor) -> Node:
    unit = cursor.peek()
    assert unit is not None
    raise Misread(
        "this can't begin an operand",
        unit.start,
        unit.end,
        expected="a number, a name or a bracket",
        cure="write what belongs before it, or delete it",
    )


_ATOMS: dict[str, Callable[[Cursor], Node]] = {
    "NUMBER": number,
    "LETTER": letters,
    "GREEK": _greek,
    "FUNCTION": function,
    "BIG": _big,
    "WORD": word,
    "SYMBOL": _special,
    "BAR": bars,
}
_PIECES: dict[type, Callable[[Cursor], Node]] = {
    Braced: _braced,
    Fence: lambda cursor: composition(cursor) or fence(cursor),
    Fraction: _fraction,
    Root: _root,
    Styled: _styled,
    Environment: environment,
}
