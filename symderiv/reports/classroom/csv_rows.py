"""A teacher's CSV file: cells are changed by column, everything else is written back as it came."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from symderiv.errors import FileFault, Place

DELIMITERS = (",", ";", "\t")


class CsvRows:
    """The rows below a header; raises `FileFault` where a column that is ``needed`` is missing.

    >>> rows = CsvRows("Name;Grade\\nAda;\\n", "x.csv", ("Name", "Grade"))
    >>> for row in rows.rows:
    ...     rows.put(row, "Grade", "2")
    >>> rows.written()
    'Name;Grade\\nAda;2\\n'
    """

    def __init__(self, text: str, source: str, needed: Sequence[str]) -> None:
        self.bom = "\ufeff" if text.startswith("\ufeff") else ""
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.delimiter, table = _table(text.removeprefix("\ufeff"), source, needed)
        self.header = table[0]
        self.rows = table[1:]

    def get(self, row: list[str], column: str) -> str:
        """The cell, without the spaces around it; empty where there is none."""
        place = self.header.index(column) if column in self.header else len(row)
        return row[place].strip() if place < len(row) else ""

    def put(self, row: list[str], column: str, value: str) -> None:
        place = self.header.index(column)
        row.extend([""] * (place + 1 - len(row)))
        row[place] = value

    def add_column(self, name: str) -> None:
        if name not in self.header:
            self.header.append(name)

    def written(self) -> str:
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=self.delimiter, lineterminator=self.newline)
        writer.writerows([self.header, *self.rows])
        return self.bom + out.getvalue()


def _table(text: str, source: str, needed: Sequence[str]) -> tuple[str, list[list[str]]]:
    header: list[str] = []
    for delimiter, table in _readings(text, source):
        header = header or table[0]
        if all(name in table[0] for name in needed):
            return delimiter, table
    missing = next(name for name in needed if name not in header)
    raise FileFault(
        f"no column '{missing}'",
        Place(source),
        f"the columns {', '.join(needed)}",
        "give the file that the platform exports",
    )


def _readings(text: str, source: str) -> Iterator[tuple[str, list[list[str]]]]:
    for delimiter in DELIMITERS:
        try:
            table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        except csv.Error as error:
            raise FileFault(f"no CSV: {error}", Place(source)) from None
        if table:
            yield delimiter, table
