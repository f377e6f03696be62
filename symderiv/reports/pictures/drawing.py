"""What a picture is made of, in points, y upwards; how it is drawn is the writers' work."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its lower left corner; ``is_marked`` shades it, ``is_faint`` draws it in grey."""

    x: float
    y: float
    width: float
    height: float
    is_marked: bool = False
    is_faint: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A formula in LaTeX, its centre at a point."""

    x: float
    y: float
    latex: str
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """Straight lines from point to point; the last may end in an arrowhead."""

    points: tuple[Point, ...]
    is_heavy: bool = False
    has_arrow: bool = False


@dataclass(frozen=True, slots=True)
class Circle:
    """A dot, filled or open."""

    x: float
    y: float
    radius: float
    is_filled: bool = True


Shape = Box | Label | Path | Circle


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing and the words that say what is to be seen."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    caption: str


def arrowhead(start: Point, end: Point, size: float = 4.0) -> tuple[Point, Point, Point]:
    """The two strokes of an arrowhead: wing, tip, wing.

    >>> arrowhead((0, 0), (10, 0))
    ((6.0, 1.6), (10, 0), (6.0, -1.6))
    """
    across, up = end[0] - start[0], end[1] - start[1]
    length = (across**2 + up**2) ** 0.5 or 1.0
    across, up = across / length * size, up / length * size
    one = (end[0] - across - 0.4 * up, end[1] - up + 0.4 * across)
    other = (end[0] - across + 0.4 * up, end[1] - up - 0.4 * across)
    return one, end, other


def pt(length: float) -> str:
    """A length in points, to a hundredth, without zeros at its end.

    >>> pt(2.0), pt(0.125)
    ('2', '0.12')
    """
    return f"{length:.2f}".rstrip("0").rstrip(".")
