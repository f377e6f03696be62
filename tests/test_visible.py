"""What others typed is shown on terminals and pages, and never acts there."""

from __future__ import annotations

import pytest

from symderiv.errors import FileFault, Place, ReadError
from symderiv.visible import visible

ESCAPE, OVERRIDE, CSI = chr(0x1B), chr(0x202E), chr(0x9B)
ACTING = (ESCAPE, OVERRIDE, CSI, chr(0x200B), chr(7), chr(0x7F))


@pytest.mark.parametrize("character", ACTING, ids=lambda c: f"U+{ord(c):04X}")
def test_one_is_shown_for_one(character: str) -> None:
    assert len(visible(f"a{character}b")) == 3
    assert character not in visible(f"a{character}b")


def test_what_people_write_stays() -> None:
    text = "σ(x) ≤ 1\n\té 数 " + chr(0x1D44E) + " a\u0303"
    assert visible(text) == text


@pytest.mark.parametrize("character", ACTING, ids=lambda c: f"U+{ord(c):04X}")
def test_no_part_of_an_error_acts(character: str) -> None:
    place = Place(f"file{character}.yaml", column=2, text=f"x{character}y")
    error = ReadError(f"'{character}' is unknown", place, f"one of {character}", f"write {character}")
    assert character not in error.in_full() and character not in str(FileFault(f"a{character}"))
    assert error.in_full().splitlines()[-1] == " ^"
