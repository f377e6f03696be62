"""Every page of HTML passes a parser of HTML 5 without a fault, loads nothing, and names its pictures."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest

from symderiv.api import derive
from symderiv.exercise import exercise_paths, load_exercise, parse_answers
from symderiv.grading import check
from symderiv.reports.derivation_html import derivation_html
from symderiv.reports.sheets.build import build_feedback_sheet, build_marking_sheet, build_sheet
from symderiv.reports.sheets.render import render
from symderiv.reports.sheets.settings import Settings

BANK = [load_exercise(path) for path in exercise_paths()]
HTML = "{http://www.w3.org/1999/xhtml}"
LOADING = frozenset(
    f"{HTML}{name}" for name in ("script", "link", "iframe", "object", "embed", "base", "form")
)


def parsed(page: str) -> Element:
    """The page's tree; the parser raises at the first fault."""
    tree: Element = html5lib.HTMLParser(strict=True).parse(page)
    return tree


def feedback() -> str:
    exercise = BANK[0]
    answers = parse_answers(f"exercise: {exercise.id}\nstudent: '</main><script>'\nanswers: {{}}")
    return render(build_feedback_sheet([(exercise, check(exercise, answers))], Settings()), "html")


PAGES: dict[str, Callable[[], str]] = {
    "questions": lambda: render(build_sheet(BANK, Settings(), solutions=False), "html"),
    "solutions": lambda: render(build_sheet(BANK, Settings(words="de"), solutions=True), "html"),
    "marking": lambda: render(build_marking_sheet(BANK[:4], Settings()), "html"),
    "feedback": feedback,
    "derivation": lambda: derivation_html(derive("sin(x)^2", "x")),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_html_5(name: str) -> None:
    page = parsed(PAGES[name]())
    assert page.get("lang") in ("en", "de")
    assert all(node.get("alt") for node in page.iter(f"{HTML}img"))
    for node in page.iter():
        assert node.tag not in LOADING and not {"src", "href", "onload", "onclick"} & set(node.keys())
        if node.tag == "{http://www.w3.org/2000/svg}svg":
            assert node.get("aria-label") and node.get("role") == "img"


def test_headings_go_down_one_by_one() -> None:
    page = parsed(PAGES["solutions"]())
    levels = [int(node.tag[-1]) for node in page.iter() if node.tag in {f"{HTML}h{k}" for k in range(1, 7)}]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
