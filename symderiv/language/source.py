"""A text with its place in a file, and the refusal that a reader raises before it knows the file."""

from __future__ import annotations

from dataclasses import dataclass, replace

from symderiv.errors import LimitExceeded, Place, ReadError, SymderivError


class Misread(Exception):
    """A fault at character offsets of the text; `Source.placed` makes the public error of it."""

    def __init__(
        self,
        message: str,
        start: int,
        end: int,
        *,
        expected: str = "",
        cure: str = "",
        error: type[SymderivError] = ReadError,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.expected = expected
        self.cure = cure or ("write something smaller" if error is LimitExceeded else "")
        self.error = error


@dataclass(frozen=True, slots=True)
class Source:
    """The text being read, the file it stands in, and the line of the file on which it begins."""

    text: str
    name: str = ""
    first_line: int = 1

    def place(self, start: int, end: int) -> Place:
        """The place of the characters from ``start`` up to ``end``.

        >>> Source("a\\n+ ?", "a.yaml", 7).place(4, 5).line
        8
        """
        place = Place.in_text(self.text, start, max(1, end - start), self.name)
        return replace(place, line=place.line + self.first_line - 1)

    def placed(self, fault: Misread) -> SymderivError:
        """The public error for a fault: with its line, column and caret."""
        return fault.error(fault.message, self.place(fault.start, fault.end), fault.expected, fault.cure)
