"""Keys that nobody set a page for: each has a solution that fits its page, as PDF, HTML and Markdown."""

from __future__ import annotations

from pathlib import Path

import html5lib
import pytest

from symderiv.exercise import Exercise, parse_exercise
from symderiv.reports.sheets.build import build_marking_sheet, build_sheet
from symderiv.reports.sheets.pdf import compile_pdf, pdflatex_is_there
from symderiv.reports.sheets.render import render
from symderiv.reports.sheets.settings import Settings

CORPUS = Path(__file__).parents[1] / "corpus" / "sheets" / "keys.txt"
KEYS = CORPUS.read_text(encoding="utf-8").splitlines()


def exercise(number: int, line: str) -> Exercise:
    names, key = (part.strip() for part in line.split("|", 1))
    given = "".join(f"  {each.strip()}\n" for each in names.split(";") if each)
    quoted = key.replace("'", "''")
    let = f"let:\n{given}" if given else ""
    return parse_exercise(f"id: key{number}\n{let}parts:\n  - id: a\n    answer: '{quoted}'\n")


@pytest.mark.parametrize("number", range(len(KEYS)))
def test_a_key_has_a_solution_in_every_format(number: int) -> None:
    sheet = build_sheet([exercise(number, KEYS[number])], Settings(), solutions=True)
    (part,) = sheet.exercises[0].parts
    assert part.solution is not None and part.solution.chains
    html5lib.HTMLParser(strict=True).parse(render(sheet, "html"))
    assert "<code>" not in render(sheet, "html")
    assert render(sheet, "md").count("$$") % 2 == 0


@pytest.mark.skipif(not pdflatex_is_there(), reason="pdflatex is not installed")
def test_all_of_them_fit_their_pages() -> None:
    exercises = [exercise(number, line) for number, line in enumerate(KEYS)]
    for sheet in (
        build_sheet(exercises, Settings(), solutions=True),
        build_marking_sheet(exercises[:4], Settings()),
    ):
        compiled = compile_pdf(render(sheet, "tex"))
        assert not [points for points in compiled.overfull if points > 5]


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("x: real; y: real | gradient(x^2*y, [x, y])", "[2 x y, x^{2}]"),
        ("n: size; k: size | factorial(n)/(factorial(k)*factorial(n-k))", "n!"),
        ("Q: matrix(2,3); K: matrix(2,3); V: matrix(2,3) | attention(Q, K, V)", r"_{i,\,j}"),
    ],
)
def test_an_answer_is_legible(line: str, written: str) -> None:
    assert "gamma" not in (found := sheet_of(line))
    assert written in found


@pytest.mark.parametrize("key", ["log(1 + exp(x)) - x", "1 if x > 1 else 0", "prod(1 + 1/i, (i, 1, 9*n))"])
def test_nothing_is_said_twice_in_another_order(key: str) -> None:
    solution = sheet_of(f"x: real; n: size | {key}").partition(r"\begin{task}{(a)}")[2]
    assert solution.count(r"\beside") == 1 and "&=" not in solution


def sheet_of(line: str) -> str:
    return render(build_sheet([exercise(1, line)], Settings(), solutions=True), "tex")
