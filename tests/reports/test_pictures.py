"""Pictures: what stands in them, and that both writers draw them; lists of students."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path as File
from xml.etree import ElementTree

import pytest

from symderiv.errors import FileFault
from symderiv.exercise import parse_exercise
from symderiv.reports.pictures.drawing import Box, Label, Path, Picture, Point
from symderiv.reports.pictures.found import pictures_of
from symderiv.reports.pictures.picture_mode import picture_tex
from symderiv.reports.pictures.svg import picture_svg
from symderiv.reports.sheets.pdf import compile_pdf, pdflatex_is_there
from symderiv.reports.sheets.settings import load_words
from symderiv.reports.sheets.students import read_students

WINDOW = """
id: window
let: {X: '[[1, 2, 3], [4, 5, 6], [7, 8, 9]]', K: '[[1, 0], [0, 1]]', H: 'conv2d(X, K)'}
parts: [{id: a, answer: H}]
"""
STRIDED = WINDOW.replace("conv2d(X, K)", "conv2d(X, K, stride=2, padding=1, dilation=2)")
LAYER = """
id: layer
let: {n: size, m: size, f: function, A: 'matrix(n, m)', x: vector(m), b: vector(n), y: f(A*x + b)}
parts: [{id: a, answer: y}]
"""
RELU = "id: r\nlet: {x: real}\nparts: [{id: a, answer: 'max(0, x)'}]"


def pictures(text: str, solutions: bool = True) -> tuple[Picture, ...]:
    return pictures_of(parse_exercise(text), load_words("en"), solutions=solutions)


def words_in(picture: Picture) -> list[str]:
    return [shape.latex for shape in picture.shapes if isinstance(shape, Label)]


def test_the_window_covers_what_the_marked_entry_reads() -> None:
    (picture,) = pictures(WINDOW)
    marked = [shape for shape in picture.shapes if isinstance(shape, Box) and shape.is_marked]
    assert len(marked) == 4 + 4 + 1
    assert {"X", "K", "H", "6", "8", "12", "14"} <= set(words_in(picture))


def test_a_question_sheet_leaves_the_result_open() -> None:
    (picture,) = pictures(WINDOW, solutions=False)
    assert "14" not in words_in(picture) and not pictures(LAYER, solutions=False)


def test_stride_padding_and_dilation_show() -> None:
    (picture,) = pictures(STRIDED)
    faint = [shape for shape in picture.shapes if isinstance(shape, Box) and shape.is_faint]
    marked = [shape for shape in picture.shapes if isinstance(shape, Box) and shape.is_marked]
    assert len(faint) == 25 - 9 and len({box.x for box in marked}) == 2 + 2 + 1


def test_a_graph_carries_shapes_on_its_edges() -> None:
    (picture,) = pictures(LAYER)
    assert words_in(picture).count("n") == 4 and r"n \times m" in words_in(picture)


@pytest.mark.parametrize("text", [WINDOW, STRIDED, LAYER, RELU])
def test_both_writers_draw_every_picture(text: str) -> None:
    (picture,) = pictures(text)
    svg = ElementTree.fromstring(picture_svg(picture))
    assert svg.get("role") == "img" and svg.get("aria-label") == picture.caption
    if pdflatex_is_there():
        colours = r"\definecolor{quiet}{gray}{.4}\definecolor{window}{gray}{.9}"
        start = rf"\documentclass{{article}}\usepackage{{amsmath,xcolor}}{colours}\begin{{document}}"
        assert compile_pdf(rf"{start}{picture_tex(picture)}\end{{document}}").pdf


def test_a_name_that_attacks_stays_text_in_a_picture() -> None:
    hostile = WINDOW.replace("let:", "notation: {X: '\\input{/etc/passwd}', K: '<script>'}\nlet:")
    (picture,) = pictures(hostile)
    assert r"\input" not in picture_tex(picture) and "<script" not in picture_svg(picture)


def test_a_list_of_students_gives_each_a_seed_and_a_file(tmp_path: File) -> None:
    (tmp_path / "list.csv").write_text("# id, name\n4711, Ada\n\n4712, Bo\n", encoding="utf-8")
    first, second = read_students(tmp_path / "list.csv")
    assert (first.name, first.file_name) == ("4711", "4711") and first.seed != second.seed


def test_a_name_in_quotes_may_hold_a_comma(tmp_path: File) -> None:
    (tmp_path / "list.csv").write_text('"Müller, Bo", 4711\nZoë; 4712\n', encoding="utf-8")
    assert [student.name for student in read_students(tmp_path / "list.csv")] == ["Müller, Bo", "Zoë"]


@pytest.mark.parametrize(("text", "said"), [("", "nobody"), ("a b\na_b\n", "line 1"), ("..\n", "no letter")])
def test_a_list_that_would_lose_a_sheet_is_refused(tmp_path: File, text: str, said: str) -> None:
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    with pytest.raises(FileFault, match=said):
        read_students(tmp_path / "list.csv")


CROSSING = {
    "ridge": "norm(X*w - y)^2 + lam*norm(w)^2",
    "cosine": "(u.T*w)/(norm(u)*norm(w))",
    "reconstruction": "norm(w - u*(u.T*w))^2",
    "smoothing": "-((1 - lam)*u + lam/d).T*log(softmax(w))",
    "focal": "-(1 - lam)^mu*log(lam)",
}


@pytest.mark.parametrize("definition", CROSSING.values(), ids=CROSSING)
def test_nothing_in_a_graph_lies_on_anything_else(definition: str) -> None:
    names = (
        "n: size, d: size, lam: real, mu: real, X: 'matrix(n, d)', w: vector(d), u: vector(d), y: vector(n)"
    )
    (picture,) = pictures(f"id: e\nlet: {{{names}, L: '{definition}'}}\nparts: [{{id: a, answer: L}}]\n")
    boxes = [shape for shape in picture.shapes if isinstance(shape, Box)]
    apart = [(a, b) for a in boxes for b in boxes if a is not b and _overlap(a, b)]
    assert boxes and not apart
    lines = [pair for shape in picture.shapes if isinstance(shape, Path) for pair in pairwise(shape.points)]
    assert all(start[0] < end[0] for start, end in lines)
    assert not [(line, box) for line in lines for box in boxes if _goes_through(line, box)]


def _overlap(a: Box, b: Box) -> bool:
    return a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height


def _goes_through(line: tuple[Point, Point], box: Box) -> bool:
    (x0, y0), (x1, y1) = line
    middle = box.x + box.width / 2
    if not x0 < middle < x1:
        return False
    return box.y < y0 + (y1 - y0) * (middle - x0) / (x1 - x0) < box.y + box.height


def test_a_box_is_as_wide_as_its_word() -> None:
    names = "x: vector(3), A: 'matrix(3, 3)', y: softmax(A*x)"
    (picture,) = pictures(f"id: e\nlet: {{{names}}}\nparts: [{{id: a, answer: y}}]\n")
    assert max(shape.width for shape in picture.shapes if isinstance(shape, Box)) > 5 * len("softmax")
