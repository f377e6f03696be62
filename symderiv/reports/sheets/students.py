"""A list of students, each with a variant of the numbers that follows from who they are."""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from symderiv.errors import FileFault, Place

_HEADINGS = frozenset(
    """name names student students student-id student-number id username full-name first-name last-name
    surname email e-mail sis-user-id sis-login-id matriculation-number vorname nachname
    matrikelnummer""".split()
)
_UNFIT_FOR_A_FILE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Student:
    """Somebody on the list."""

    name: str

    @property
    def seed(self) -> int:
        """The same on every machine and in every order of the list, below 2³¹.

        >>> Student("4711").seed
        1865582256
        """
        return int.from_bytes(hashlib.sha256(self.name.encode()).digest()[:4], "big") >> 1

    @property
    def file_name(self) -> str:
        """The name as that of a file, without an ending.

        >>> Student("../a b").file_name
        'a_b'
        """
        return _UNFIT_FOR_A_FILE.sub("_", self.name).strip("._")


def _first_field(line: str) -> str:
    """``Müller, Bo`` of ``"Müller, Bo", 4713``; a semicolon parts fields as well as a comma."""
    separator = ";" if ";" in line and "," not in line.split(";")[0] else ","
    fields = next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])
    return normalize("NFC", next(iter(fields), "").strip())


def _is_heading(name: str) -> bool:
    """Is this what a column is called? Nobody is called *Student*; a list of nobody else is refused.

    >>> _is_heading("Student ID"), _is_heading("Ada")
    (True, False)
    """
    return re.sub(r"[\s_-]+", "-", name.casefold()) in _HEADINGS


def read_students(path: Path) -> tuple[Student, ...]:
    """A student a line, named by its first field; headings, empty lines and comments (``#``) are skipped."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FileFault(f"can't be read: {error}", Place(str(path))) from None
    seen: dict[str, int] = {}
    students: list[Student] = []
    for number, line in enumerate(lines, 1):
        student = Student(_first_field(line))
        if not student.name or student.name.startswith("#") or (number == 1 and _is_heading(student.name)):
            continue
        place = Place(str(path), number, 1, len(student.name), line)
        if not student.file_name:
            raise FileFault("no letter or digit to name a file by", place)
        if student.file_name in seen:
            raise FileFault(f"this student stands in line {seen[student.file_name]} already", place)
        seen[student.file_name] = number
        students.append(student)
    if not students:
        raise FileFault("nobody is on this list", Place(str(path)), "a student a line")
    return tuple(students)
