r"""Pictures in LaTeX's own picture mode: lines of any slope are Bézier curves that don't bend."""

from __future__ import annotations

from itertools import pairwise

from symderiv.reports.pictures.drawing import (
    Box,
    Circle,
    Label,
    Path,
    Picture,
    Point,
    Shape,
    arrowhead,
    pt,
)
from symderiv.reports.sheets.tex import Tex


def picture_tex(picture: Picture) -> Tex:
    """The picture environment; it wants the colours ``window`` and ``quiet``."""
    lines = "\n".join(_drawn(shape) for shape in picture.shapes)
    size = f"({pt(picture.width)},{pt(picture.height)})"
    return Tex(f"{{\\setlength{{\\unitlength}}{{1pt}}\\begin{{picture}}{size}\n{lines}\n\\end{{picture}}}}")


def _drawn(shape: Shape) -> str:
    match shape:
        case Box():
            return _box(shape)
        case Label(x=x, y=y, latex=latex, is_small=small):
            size = r"\scriptsize" if small else r"\small"
            return f"\\put({pt(x)},{pt(y)}){{\\makebox(0,0){{{size}${latex}$}}}}"
        case Circle(x=x, y=y, radius=radius, is_filled=filled):
            star = "*" if filled else ""
            return f"\\put({pt(x)},{pt(y)}){{\\circle{star}{{{pt(2 * radius)}}}}}"
        case Path():
            return _path(shape)


def _box(box: Box) -> str:
    at, size = f"({pt(box.x)},{pt(box.y)})", f"({pt(box.width)},{pt(box.height)})"
    shade = f"\\put{at}{{\\color{{window}}\\rule{{{pt(box.width)}pt}}{{{pt(box.height)}pt}}}}\n"
    colour = r"\color{quiet!50}" if box.is_faint else ""
    return (shade if box.is_marked else "") + f"\\put{at}{{{colour}\\framebox{size}{{}}}}"


def _path(path: Path) -> str:
    strokes = list(pairwise(path.points))
    if path.has_arrow:
        strokes += pairwise(arrowhead(path.points[-2], path.points[-1]))
    lines = "".join(_stroke(start, end) for start, end in strokes)
    return f"{{\\linethickness{{{1.1 if path.is_heavy else 0.4}pt}}{lines}}}"


def _stroke(start: Point, end: Point) -> str:
    (x0, y0), (x1, y1) = start, end
    if y0 == y1:
        return f"\\put({pt(min(x0, x1))},{pt(y0)}){{\\line(1,0){{{pt(abs(x1 - x0))}}}}}"
    if x0 == x1:
        return f"\\put({pt(x0)},{pt(min(y0, y1))}){{\\line(0,1){{{pt(abs(y1 - y0))}}}}}"
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    return r"\qbezier" + "".join(f"({pt(x)},{pt(y)})" for x, y in (start, middle, end))
