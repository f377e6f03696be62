"""Pictures as SVG inside a page of HTML, formulas in MathML, the caption as their alternative text."""

from __future__ import annotations

from markupsafe import Markup

from symderiv.reports.pictures.drawing import Box, Circle, Label, Path, Picture, Shape, arrowhead, pt
from symderiv.reports.sheets.html import mathematics

_SVG = Markup(
    '<svg viewBox="0 0 {w} {h}" width="{w}pt" height="{h}pt" role="img" aria-label="{caption}">{inside}</svg>'
)
_BOX = Markup('<rect x="{x}" y="{y}" width="{w}" height="{h}" class="{kind}"></rect>')
_PATH = Markup('<polyline points="{points}" class="{kind}"></polyline>')
_CIRCLE = Markup('<circle cx="{x}" cy="{y}" r="{r}" class="{kind}"></circle>')
_LABEL = Markup(
    '<foreignObject x="{x}" y="{y}" width="120" height="24"><div class="label{small}">{formula}</div>'
    "</foreignObject>"
)


def picture_svg(picture: Picture) -> Markup:
    """The picture; it takes its colours from the page's style."""
    inside = Markup("").join(_drawn(shape, picture.height) for shape in picture.shapes)
    return _SVG.format(w=pt(picture.width), h=pt(picture.height), caption=picture.caption, inside=inside)


def _drawn(shape: Shape, height: float) -> Markup:
    """One shape; SVG counts y downwards."""
    match shape:
        case Box():
            kind = "marked" if shape.is_marked else "faint" if shape.is_faint else "plain"
            top = pt(height - shape.y - shape.height)
            return _BOX.format(x=pt(shape.x), y=top, w=pt(shape.width), h=pt(shape.height), kind=kind)
        case Label():
            small = " small" if shape.is_small else ""
            formula = mathematics(shape.latex)
            return _LABEL.format(
                x=pt(shape.x - 60), y=pt(height - shape.y - 12), small=small, formula=formula
            )
        case Circle():
            kind = "dot" if shape.is_filled else "ring"
            return _CIRCLE.format(x=pt(shape.x), y=pt(height - shape.y), r=pt(shape.radius), kind=kind)
        case Path():
            return _path(shape, height)


def _path(path: Path, height: float) -> Markup:
    lines = [path.points]
    if path.has_arrow:
        lines.append(arrowhead(path.points[-2], path.points[-1]))
    kind = "heavy" if path.is_heavy else "line"
    spelled = (" ".join(f"{pt(x)},{pt(height - y)}" for x, y in line) for line in lines)
    return Markup("").join(_PATH.format(points=points, kind=kind) for points in spelled)
