"""The pieces of a LaTeX formula, as the grammar finds them; rows are read later, against a scope."""

from __future__ import annotations

from symderiv.language.limits import MAX_DEPTH, too_deep


class Piece:
    """``key`` says what the piece is, without its place: two pieces look alike if their keys are equal."""

    __slots__ = ("depth", "end", "key", "start")

    def __init__(self, key: tuple[object, ...], start: int, end: int, inside: int = 0) -> None:
        self.key = key
        self.start = start
        self.end = end
        self.depth = inside + 1
        if self.depth > MAX_DEPTH:
            raise too_deep(start, end)


class Atom(Piece):
    """A letter, number, sign, word or command without arguments."""

    __slots__ = ("kind", "value")

    def __init__(self, kind: str, value: str, start: int, end: int) -> None:
        super().__init__((kind, value), start, end)
        self.kind = kind
        self.value = value


class Unit(Piece):
    """A piece with the scripts and primes on it; ``sub`` and ``sup`` are rows."""

    __slots__ = ("base", "primes", "sub", "sup")

    def __init__(
        self,
        base: Piece,
        sub: Row | None = None,
        sup: Row | None = None,
        primes: int = 0,
        end: int | None = None,
    ) -> None:
        inside = max(base.depth - 1, *(row.depth for row in (sub, sup) if row is not None), 0)
        key = (base.key, sub and sub.key, sup and sup.key, primes) if sub or sup or primes else base.key
        super().__init__(key, base.start, base.end if end is None else end, inside)
        self.base = base
        self.sub = sub
        self.sup = sup
        self.primes = primes

    @property
    def bare(self) -> bool:
        return self.sub is None and self.sup is None and not self.primes


class Row(Piece):
    """Units side by side."""

    __slots__ = ("units",)

    def __init__(self, units: tuple[Unit, ...], start: int, end: int) -> None:
        depth = max((unit.depth for unit in units), default=0)
        key = units[0].key if len(units) == 1 else ("row", *(unit.key for unit in units))
        super().__init__(key, start, end, depth)
        self.units = units


class Braced(Piece):
    """``{…}``: one thing to TeX, invisible."""

    __slots__ = ("row",)

    def __init__(self, row: Row, start: int, end: int) -> None:
        super().__init__(row.key, start, end, row.depth)
        self.row = row


class Fence(Piece):
    """``(…)``, ``\\left[…\\right]``, ``\\lfloor…\\rfloor``: each delimiter by its canonical name."""

    __slots__ = ("closing", "opening", "row")

    def __init__(self, opening: str, closing: str, row: Row, start: int, end: int) -> None:
        super().__init__(("fence", opening, closing, row.key), start, end, row.depth)
        self.opening = opening
        self.closing = closing
        self.row = row


class Fraction(Piece):
    """``\\frac{top}{bottom}``, ``\\binom{top}{bottom}``."""

    __slots__ = ("bottom", "command", "top")

    def __init__(self, command: str, top: Row, bottom: Row, start: int, end: int) -> None:
        command = "binom" if "binom" in command else "frac"
        super().__init__((command, top.key, bottom.key), start, end, max(top.depth, bottom.depth))
        self.command = command
        self.top = top
        self.bottom = bottom


class Root(Piece):
    """``\\sqrt[degree]{body}``."""

    __slots__ = ("body", "degree")

    def __init__(self, degree: Row | None, body: Row, start: int, end: int) -> None:
        depth = max(body.depth, degree.depth if degree else 0)
        super().__init__(("root", degree and degree.key, body.key), start, end, depth)
        self.degree = degree
        self.body = body


class Styled(Piece):
    """``\\mathbf{x}``, ``\\hat y``: a command that changes how its argument looks."""

    __slots__ = ("row", "style")

    def __init__(self, style: str, row: Row, start: int, end: int) -> None:
        super().__init__((style, row.key), start, end, row.depth)
        self.style = style
        self.row = row


Rows = tuple[tuple[Row, ...], ...]
"""Lines of cells."""


class Environment(Piece):
    """``\\begin{name} … \\end{name}``; a ``\\substack`` is one named substack."""

    __slots__ = ("name", "rows")

    def __init__(self, name: str, rows: Rows, start: int, end: int) -> None:
        depth = max((cell.depth for row in rows for cell in row), default=0)
        key = ("environment", name, tuple(tuple(cell.key for cell in row) for row in rows))
        super().__init__(key, start, end, depth)
        self.name = name
        self.rows = rows


class Script(Piece):
    """``^…`` or ``_…`` before it has found its base."""

    __slots__ = ("kind", "row")

    def __init__(self, kind: str, row: Row, start: int, end: int) -> None:
        super().__init__((kind, row.key), start, end, row.depth)
        self.kind = kind
        self.row = row
