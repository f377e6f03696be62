"""One family of errors: what is wrong, where, what was expected, and the cure."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.visible import visible


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of text: where an error points, with a caret below it.

    ``line`` and ``column`` count from 1; ``text`` is the line itself, so that the caret can be drawn
    without the file at hand.
    """

    source: str = ""
    line: int = 1
    column: int = 1
    length: int = 1
    text: str = ""

    def __str__(self) -> str:
        at = f"{self.line}:{self.column}"
        return f"{visible(self.source)}:{at}" if self.source else at

    def caret(self) -> str:
        """The line with a caret below the place; a long line is cut to a window around it.

        >>> print(Place(text="1 + ?", column=5).caret())
        1 + ?
            ^
        """
        if not self.text:
            return ""
        start = max(0, self.column - 1 - 40)
        window = visible(self.text[start : start + 78])
        width = max(1, min(self.length, start + len(window) - self.column + 1))
        return f"{window}\n{' ' * (self.column - 1 - start)}{'^' * width}"

    @staticmethod
    def in_text(text: str, offset: int, length: int = 1, source: str = "") -> Place:
        """The place of a character offset in a text of several lines.

        >>> Place.in_text("a\\nbc", 3).line, Place.in_text("a\\nbc", 3).column
        (2, 2)
        """
        offset = min(max(offset, 0), len(text))
        line_start = text.rfind("\n", 0, offset) + 1
        line_end = text.find("\n", offset)
        line_end = len(text) if line_end < 0 else line_end
        line = text.count("\n", 0, line_start) + 1
        length = max(1, min(length, line_end - offset))
        return Place(source, line, offset - line_start + 1, length, text[line_start:line_end])


class SymderivError(Exception):
    """Whatever symderiv refuses, says so with this: message, place, what was expected, cure.

    They may repeat what was typed: that is shown, and never acts on a terminal.
    """

    code = "error"

    def __init__(self, message: str, place: Place | None = None, expected: str = "", cure: str = "") -> None:
        super().__init__(message)
        self.message = visible(message)
        self.place = place
        self.expected = visible(expected)
        self.cure = visible(cure)
        self.span: tuple[int, int] | None = None

    def placed(self, text: str, source: str = "") -> SymderivError:
        """The error with the place that its span (set where the tree was evaluated) has in ``text``."""
        if self.place is None and self.span is not None:
            self.place = Place.in_text(text, self.span[0], self.span[1] - self.span[0], source)
        return self

    def __str__(self) -> str:
        return self.in_one_line()

    def in_one_line(self) -> str:
        """``place: message; expected …; cure``."""
        head = f"{self.place}: " if self.place else ""
        tail = f"; expected {self.expected}" if self.expected else ""
        cure = f" ({self.cure})" if self.cure else ""
        return f"{head}{self.message}{tail}{cure}"

    def in_full(self) -> str:
        """The one-line form, and below it the line of text with its caret."""
        caret = self.place.caret() if self.place else ""
        return self.in_one_line() + (f"\n{caret}" if caret else "")


class ReadError(SymderivError):
    """A text that the language can't read."""

    code = "unreadable"


class UnknownName(ReadError):
    """A name that nobody declared."""

    code = "unknown-name"


class LimitExceeded(SymderivError):
    """A text or computation larger than the caps allow."""

    code = "limit"


class ShapeError(SymderivError):
    """Shapes that do not fit: a 2×3 times a 2×3."""

    code = "shape"


class MeaningError(SymderivError):
    """Readable, but without a meaning: an index out of range, max of nothing."""

    code = "meaning"


class FileFault(SymderivError):
    """A file that breaks the format of exercises or answers."""

    code = "file"


class FileFaults(SymderivError):
    """All faults of a file at once."""

    code = "file"

    def __init__(self, faults: list[SymderivError]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults

    def __reduce__(self) -> tuple[type[FileFaults], tuple[list[SymderivError]]]:
        return FileFaults, (self.faults,)

    def in_one_line(self) -> str:
        return "\n".join(fault.in_one_line() for fault in self.faults)

    def in_full(self) -> str:
        return "\n".join(fault.in_full() for fault in self.faults)
