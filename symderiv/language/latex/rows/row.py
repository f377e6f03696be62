"""A row of units read into syntax: signs and operands in turn, operands side by side multiplied.

What binds how tightly is the table of operators; what this adds are the rules for what LaTeX leaves
unsaid (docs/language-latex.md lists them).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from symderiv.language.latex.lexing.moduli import CONGRUENT, MOD, MODULO
from symderiv.language.latex.names.context import Context, Uses
from symderiv.language.latex.names.notation import Notation, match
from symderiv.language.latex.pieces import Atom, Row, Unit
from symderiv.language.latex.ranges.intervals import as_conditions, place_behind
from symderiv.language.latex.ranges.range_pieces import RELATIONS
from symderiv.language.latex.rows.checks import check_binders, check_neighbours
from symderiv.language.latex.rows.congruences import as_remainders
from symderiv.language.latex.rows.misplaced import MISPLACED
from symderiv.language.latex.rows.products import join_products
from symderiv.language.latex.rows.values_at import with_values_at
from symderiv.language.limits import too_deep
from symderiv.language.resolving.assemble import assemble
from symderiv.language.resolving.levels import checked
from symderiv.language.scope import Scope
from symderiv.language.sign import Sign
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Node, Operation

Operand = Callable[["Cursor"], Node]

MAX_OPERANDS = 50
"""How many operands may stand one inside the other: a chain of calls takes about 13 frames a level."""
PRODUCTS = frozenset(("*", "times", "/", MOD, "⊙", "star", "star2", "star3", "circ", "otimes", "oslash"))
_PLAIN = frozenset(("+", "-", "*", "/", MOD, "and", "or", "not", "notin", "⊙", CONGRUENT, MODULO)) | RELATIONS


class Reader(Context):
    """Reads rows; ``operand`` says what a unit at the head of an operand is."""

    def __init__(self, scope: Scope, uses: Uses, notations: Sequence[Notation], operand: Operand) -> None:
        super().__init__(scope, uses)
        self.notations = notations
        self.operand = operand
        self.depth = 0
        self.unsized: list[Applied] = []
        self.own: tuple[tuple[Notation, Node], ...] = ()
        """Names that the formula itself defines (``where s = …``), and what they stand for."""

    def row(self, row: Row) -> Node:
        """The syntax of a whole row."""
        return Cursor(self, row).whole()

    def units(self, units: tuple[Unit, ...], start: int, end: int) -> Node:
        """The syntax of a stretch of units that stand between two offsets."""
        return self.row(Row(units, units[0].start if units else start, units[-1].end if units else end))


class Cursor:
    """A place in a row that is being read from left to right."""

    def __init__(self, reader: Reader, row: Row) -> None:
        self.reader = reader
        self.row = with_values_at(row)
        self.units = self.row.units
        self.position = 0

    def peek(self, ahead: int = 0) -> Unit | None:
        position = self.position + ahead
        return self.units[position] if 0 <= position < len(self.units) else None

    def take(self) -> Unit:
        unit = self.units[self.position]
        self.position += 1
        return unit

    @property
    def is_alone(self) -> bool:
        """Is the unit here all there is?"""
        return len(self.units) == 1

    def whole(self) -> Node:
        if not self.units:
            raise Misread(
                "nothing stands here",
                self.row.start,
                max(self.row.end, self.row.start + 1),
                expected="a formula",
                cure="write it, or delete the brackets",
            )
        node = self.expression()
        rest = self.peek()
        if rest is not None:
            raise _out_of_place(rest)
        return node

    def expression(self, bar: str = "") -> Node:
        """Terms, signs and relations, up to the end of the row (or the ``bar`` that closes)."""
        elements = list(self._elements(bar, only_product=False))
        if not elements:
            place = self.peek() or self.row
            raise Misread(
                "nothing stands before this",
                place.start,
                place.end,
                expected="a formula",
                cure="write what belongs there, or delete it",
            )
        check_binders(elements)
        elements = as_remainders(self.reader, as_conditions(self.reader, elements))
        return assemble(join_products(self.reader, elements))

    def product(self) -> Node:
        """What a sum sign sums up: the product after it, up to the next ``+``, ``-`` or relation."""
        elements = list(self._elements("", only_product=True))
        if not elements:
            place = self.peek() or (self.units[-1] if self.units else self.row)
            raise Misread(
                "nothing stands after this sign",
                place.start,
                place.end,
                expected="what it runs over",
                cure="write brackets around a body that begins with a sign",
            )
        return assemble(join_products(self.reader, elements))

    def operand(self) -> Node:
        """One operand with all that belongs to it, such as the argument of a function."""
        node = self._deeper()
        while True:
            following = self.peek()
            if following is None or sign_of(following) != "!" or self._is_unequal():
                return node
            self.take()
            self._check_factorial(following)
            node = checked(Operation("factorial", (node,), node.start, following.end))

    def _check_factorial(self, sign: Unit) -> None:
        following = self.peek()
        if following is not None and sign_of(following) == "!":
            raise Misread(
                "!! may be the double factorial, or a factorial twice",
                sign.start,
                following.end,
                cure="write (n!)! or the product",
            )

    def _deeper(self) -> Node:
        """One operand, unless it stands inside too many others."""
        place = self.peek() or self.row
        self.reader.depth += 1
        if self.reader.depth > MAX_OPERANDS:
            raise too_deep(place.start, place.end)
        try:
            return self.reader.operand(self)
        finally:
            self.reader.depth -= 1

    def _is_unequal(self) -> bool:
        following = self.peek(1)
        return following is not None and sign_of(following) == "=="

    def _elements(self, bar: str, only_product: bool) -> Iterator[list[Node] | Sign]:
        """Runs of operands side by side, and the signs between them."""
        run: list[Node] = []
        start = self.position
        while (unit := self.peek()) is not None:
            if (unit.base.key[0] == "BAR" and unit.base.key[1] == bar and run) or unit.base.key[0] == "PUNCT":
                break
            symbol = sign_of(unit)
            if symbol is None:
                run.append(self._factor(run))
                continue
            declared = self._declared_operator()
            is_leading = symbol == "-" and self.position == start
            if only_product and not declared and not is_leading and (symbol not in PRODUCTS or not run):
                break
            if run:
                yield run
                run = []
            yield declared or self._sign(symbol)
            place = place_behind(self, symbol) if symbol in ("in", "notin") else None
            if place is not None:
                yield [place]
        if run:
            yield run

    def _factor(self, run: list[Node]) -> Node:
        before = self.position
        node = self.operand()
        if run:
            check_neighbours(run[-1], node, self.units[before])
        return node

    def _declared_operator(self) -> Sign | None:
        """A sign that the exercise declares as an operation: ``\\tilde *``."""
        found = match(self.reader.notations, self.units, self.position)
        if found is None:
            return None
        start = self.units[self.position].start
        self.position += found.length
        return Sign(f"@{found.name}", start, self.units[self.position - 1].end)

    def _sign(self, symbol: str) -> Sign:
        unit = self.take()
        if not unit.bare:
            raise Misread(
                "a script on a sign",
                unit.start,
                unit.end,
                expected="a name under the script",
                cure="delete it",
            )
        if symbol == "!":
            following = self.peek()
            if following is not None and sign_of(following) == "==":
                return Sign("!=", unit.start, self.take().end)
            raise Misread(
                "nothing stands before this !",
                unit.start,
                unit.end,
                expected="a number or a name",
                cure="write what the factorial is of",
            )
        if symbol not in _PLAIN and symbol not in PRODUCTS:
            message, cure = MISPLACED.get(
                symbol, ("this sign has no meaning here", "write it with = < > + - and names of functions")
            )
            raise Misread(message, unit.start, unit.end, cure=cure)
        return Sign(symbol, unit.start, unit.end)


def sign_of(unit: Unit) -> str | None:
    """The operator that a unit is, if it is one."""
    base = unit.base
    if base.key and base.key[0] == r"\tilde" and base.key[1] in (("SIGN", "star"), ("SIGN", "star2")):
        return "star"
    if not isinstance(base, Atom):
        return None
    if base.kind == "WORD" and base.value in ("and", "or", "not"):
        return base.value
    if base.kind == "SIGN" and not unit.bare:
        raise Misread(
            "a script on a sign", unit.start, unit.end, expected="a name under the script", cure="delete it"
        )
    return base.value if base.kind == "SIGN" else None


def has_relation(row: Row) -> bool:
    """Is the row a condition?"""
    return any(sign_of(unit) in RELATIONS for unit in row.units)


def split(row: Row, *signs: str) -> list[Row]:
    """The row cut at its commas (and semicolons)."""
    pieces: list[list[Unit]] = [[]]
    ends = [row.start]
    for unit in row.units:
        if unit.base.key[0] == "PUNCT" and unit.base.key[1] in (signs or (",", ";")):
            if not unit.bare:
                raise Misread(
                    "a script on a comma",
                    unit.start,
                    unit.end,
                    expected="a name under the script",
                    cure="delete it",
                )
            pieces.append([])
            ends.append(unit.end)
        else:
            pieces[-1].append(unit)
    return [
        Row(tuple(piece), piece[0].start if piece else end, piece[-1].end if piece else end + 1)
        for piece, end in zip(pieces, ends, strict=True)
    ]


def _out_of_place(unit: Unit) -> Misread:
    kind, value = unit.base.key[0], unit.base.key[-1]
    if kind == "PUNCT":
        return Misread(
            f"'{value}' stands outside of brackets",
            unit.start,
            unit.end,
            cure="write (a, b) or [a, b] for several values",
        )
    return Misread(
        "this stands out of place",
        unit.start,
        unit.end,
        expected="an operator",
        cure="write an operator before it, or delete it",
    )
