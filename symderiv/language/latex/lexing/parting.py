"""TeX's infix commands: ``{a \\over b}`` is ``\\frac{a}{b}``, ``{n \\choose k}`` is ``\\binom{n}{k}``."""

from __future__ import annotations

from symderiv.language.latex.pieces import Fraction, Row, Unit

_PARTING: dict[object, str] = {("SYMBOL", r"\over"): "frac", ("SYMBOL", r"\choose"): "binom"}


def parted(row: Row) -> Row:
    """A group that such a command parts, as the fraction that it is; another one as it stands."""
    cuts = [k for k, unit in enumerate(row.units) if unit.key in _PARTING]
    if len(cuts) != 1 or not 0 < cuts[0] < len(row.units) - 1:
        return row
    top, bottom = (
        Row(units, units[0].start, units[-1].end)
        for units in (row.units[: cuts[0]], row.units[cuts[0] + 1 :])
    )
    command = _PARTING[row.units[cuts[0]].key]
    return Row((Unit(Fraction(command, top, bottom, row.start, row.end)),), row.start, row.end)
