"""A witness in words: the coordinates that were read, and both values, exact or as far as they are proved."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, fmpq

from symderiv.equality.evaluate.point import Point
from symderiv.equality.evaluate.values import UNDEFINED
from symderiv.equality.refute.separate import Outcome, Pair
from symderiv.equality.verdict import Witness
from symderiv.expression.tree import Call, Expr, Index, Number, Variable, walk

_DIGITS = (10, 20, 40, 80)


def witness_at(pair: Pair, point: Point, left: Outcome, right: Outcome) -> Witness:
    """The witness at a point that was just evaluated, so that it knows which coordinates were read."""
    return Witness(_coordinates(pair, point), *_texts(left, right))


def _texts(left: Outcome, right: Outcome) -> tuple[str, str]:
    """Both values, with as many digits as it takes to see them differ."""
    texts = ("", "")
    for digits in _DIGITS:
        texts = (value_text(left, digits), value_text(right, digits))
        if _as_decimals(left, digits) != _as_decimals(right, digits):
            break
    return texts


def _as_decimals(value: Outcome, digits: int) -> str:
    """The text, an exact value written as a decimal too: 1 and 1.0000000000… look the same."""
    return value_text(arb(value) if isinstance(value, fmpq) else value, digits)


def value_text(value: Outcome, digits: int = 10) -> str:
    """``1/3``, ``0.7310585786…`` (each digit proved), ``true``, or ``undefined``.

    >>> value_text(arb(0.5, 0.4)), value_text(-arb(0.5, 0.4))
    ('between 0 and 0.901', 'between -0.901 and 0')
    """
    if value is UNDEFINED:
        return "undefined"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, fmpq):
        return str(value)
    assert isinstance(value, arb)
    return _decimal(value, digits)


def _decimal(value: arb, digits: int) -> str:
    if not value.is_finite():
        return "oo" if value > 0 else "-oo" if value < 0 else str(value)
    if (text := str(value.str(digits))).startswith("[+/- "):
        return _on_one_side(value, text.strip("[]").removeprefix("+/- "))
    low, high = _rational(value.lower()), _rational(value.upper())
    if low is None or high is None or low.numerator * high.numerator <= 0:
        return _with_radius(value, digits)
    if high < 0:
        return "-" + _common_digits(-high, -low, digits, value)
    return _common_digits(low, high, digits, value)


def _on_one_side(value: arb, bound: str) -> str:
    """A value of which no digit is proved, only that it isn't 0."""
    return f"between 0 and {bound}" if value > 0 else f"between -{bound} and 0" if value < 0 else f"±{bound}"


def _common_digits(low: Fraction, high: Fraction, digits: int, value: arb) -> str:
    places = digits - len(str(low.numerator // low.denominator)) + 1
    if low < Fraction(1, 10**6) or places < 1:
        return _with_radius(abs(value), digits)
    scale = 10**places
    first, last = low.numerator * scale // low.denominator, high.numerator * scale // high.denominator
    while first != last and places:
        first, last, places = first // 10, last // 10, places - 1
    if first != last or not first:
        return _with_radius(abs(value), digits)
    text = str(first).rjust(places + 1, "0")
    return f"{text[:-places]}.{text[-places:]}…" if places else f"{text}.…"


def _with_radius(value: arb, digits: int) -> str:
    """``3.2968e-434295 (±8.9e-434306)``: very small or wide enclosures."""
    middle, _, radius = str(value.str(digits)).strip("[]").partition(" +/- ")
    return f"{middle} (±{radius})" if radius else middle


def _rational(bound: arb) -> Fraction | None:
    mantissa, exponent = bound.man_exp()
    if abs(int(exponent)) > 20_000:
        return None
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def _coordinates(pair: Pair, point: Point) -> tuple[tuple[str, str], ...]:
    """Sizes and scalars, the entry that is looked at, entries of arrays, concrete functions."""
    scalars = [(a, v) for a, v in point.reads.items() if isinstance(a, Variable)]
    scalars.sort(key=lambda item: (not item[0].kind.domain.integer, item[0].name))
    names = [(v.name, str(value)) for v, value in scalars if not _is_axis(v)]
    axes = [str(value) for v, value in scalars if _is_axis(v)]
    entry = [("entry", f"[{', '.join(axes)}]")] if axes else []
    entries = sorted(
        ((a, v) for a, v in point.reads.items() if isinstance(a, Index)), key=lambda item: _position(item[0])
    )
    arrays = [(_entry_name(atom), str(value)) for atom, value in entries]
    return (*names, *entry, *arrays, *_functions(pair, point))


def _functions(pair: Pair, point: Point) -> list[tuple[str, str]]:
    """The concrete functions put in for those that are called."""
    if not point.functions:
        return []
    nodes = (node for side in (pair.left, pair.right) for node in walk(side))
    called = {node.function for node in nodes if isinstance(node, Call)}
    return sorted((f.name, str(p)) for f, p in point.functions.items() if f in called)


def _is_axis(variable: Variable) -> bool:
    return variable.kind.index and variable.name.startswith("_")


def _position(atom: Expr) -> tuple[str, tuple[int, ...]]:
    assert isinstance(atom, Index) and isinstance(atom.base, Variable)
    return atom.base.name, tuple(int(k.value) for k in atom.indices if isinstance(k, Number))


def _entry_name(atom: Expr) -> str:
    name, position = _position(atom)
    return f"{name}[{', '.join(map(str, position))}]"
