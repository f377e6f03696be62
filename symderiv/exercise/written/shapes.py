"""Shapes as people write them, ``3×3`` or ``n \\times (n - k + 1)``, where a shape is asked for.

A whole item of the answer is a shape; inside a tuple, ``(B, 3×3, L)``, the sign is that of a product.
"""

from __future__ import annotations

import re

from symderiv.errors import ReadError
from symderiv.expression.tree import Apply, Expr, Mapping, Sequence, Variable

_TIMES = re.compile(r"\s*(?:×|\\times(?![a-zA-Z]))\s*|\s+(?:x|by)\s+|(?<=[\d)])\s*x\s*(?=[\d(])")
_SPACE = re.compile(
    r"\s*(?P<sign>\\in(?![a-zA-Z])|∈|(?<!\w)in(?!\w))?\s*(?:\\mathbb\s*\{?\s*R\s*\}?|\\R(?![a-zA-Z])|ℝ|(?<!\w)R)\s*\^"
    r"\s*(?:\{(?P<braced>[^{}]*)\}|\((?P<round>[^()]*)\)|(?P<bare>\w+(?:[×x]\w+)*))"
)
_MEMBER = re.compile(
    r"\s*\$?[^=,;<>∈]{1,100}?(?:∈|\\in(?![A-Za-z]))(?P<space>\s*(?:ℝ|\\mathbb|\\R(?![A-Za-z])|R\s*\^).*)",
    re.DOTALL,
)
_NAMED = re.compile(r".*(?:=|:)\s*", re.DOTALL)
_OPENING, _CLOSING = "([{", ")]}"


def asks_for_shapes(key: Expr) -> bool:
    """Is the key a shape or a tuple of sizes, or a list or mapping of these?"""
    if isinstance(key, Apply) and key.head == "shape":
        return True
    if isinstance(key, Mapping):
        return all(asks_for_shapes(value) for _, value in key.items)
    if not isinstance(key, Sequence):
        return False
    if all(isinstance(item, Sequence) or asks_for_shapes(item) for item in key.items):
        return bool(key.items) and all(map(asks_for_shapes, key.items))
    return key.kind == "tuple"


def with_shapes(text: str, key: Expr) -> str:
    """The text with each ``a × b`` that is a whole item of it as ``(a, b)``.

    >>> key = Sequence((Sequence((), "tuple"), Sequence((), "tuple")))
    >>> with_shapes("3×3, n by (m - 1)", key), with_shapes("[(B, 3×3), 2x2]", key)
    ('(3, 3), (n, m - 1)', '[(B, 3×3), (2, 2)]')
    """
    if _TIMES.search(text) is None:
        return text
    several = isinstance(key, Mapping) or _is_list(key)
    start, end = _inside(text, several)
    spans = list(_items(text, start, end))
    if len(spans) > 1 and not several:
        return text
    pieces = [text[:start]]
    for number, (first, last) in enumerate(spans):
        asked = _asked(key, number, len(spans)) if several else key
        pieces.append(_as_shape(text[first:last], asked))
        pieces.append(text[last : spans[number + 1][0]] if number + 1 < len(spans) else text[last:])
    return "".join(pieces)


def without_spaces(text: str) -> str:
    """``H ∈ ℝ^(n×m)`` as ``H = n×m``.

    >>> without_spaces("H ∈ ℝ^(n×m), Y in R^{n x k}"), without_spaces(r"\\mathbb{R}^{n \\times m}")
    ('H = n×m, Y = n x k', 'n \\\\times m')
    """
    return _SPACE.sub(_sizes, text)


def _sizes(said: re.Match[str]) -> str:
    sizes = (said["braced"] or said["round"] or said["bare"] or "").strip()
    return f" = {sizes}" if said["sign"] else sizes


def without_member(text: str, key: Expr) -> str:
    """``BXW ∈ ℝ^(n×f)`` as what stands behind the ∈, where one shape is asked for.

    >>> without_member("B X W ∈ ℝ^(n×f)", Sequence((), "tuple")), without_member("n×f", Sequence((), "tuple"))
    (' ℝ^(n×f)', 'n×f')
    """
    said = None if isinstance(key, Mapping) or _is_list(key) else _MEMBER.fullmatch(text)
    return said["space"] if said else text


def _is_list(key: Expr) -> bool:
    items = key.items if isinstance(key, Sequence) else ()
    return bool(items) and all(isinstance(item, Sequence) or asks_for_shapes(item) for item in items)


def _inside(text: str, several: bool) -> tuple[int, int]:
    """The text without the brackets around all of it: ``[3×3, 4×4]``, ``(3×3)``."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if text[start : start + 1] not in ("[", "(", "{") or _closing(text, start) != end - 1:
        return start, end
    inner = list(_items(text, start + 1, end - 1))
    return (start + 1, end - 1) if several or len(inner) == 1 else (start, end)


def _closing(text: str, start: int) -> int:
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] in _OPENING) - (text[at] in _CLOSING)
        if depth == 0:
            return at
    return -1


def _items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the items of a list stand, cut at the commas and semicolons outside of brackets."""
    found, depth, first = [], 0, start
    for at in range(start, end):
        depth += (text[at] in _OPENING) - (text[at] in _CLOSING)
        if depth == 0 and text[at] in ",;" and text[at - 1 : at] != "\\":
            found.append((first, at))
            first = at + 1
    return [*found, (first, end)]


def _as_shape(item: str, key: Expr | None) -> str:
    """One item, behind its name: ``a × b`` as ``(a, b)``."""
    named = _NAMED.match(item)
    start = named.end() if named else len(item) - len(item.lstrip())
    said = item[start:].rstrip()
    inner = said
    while _is_one_in_brackets(inner):
        inner = inner[1:-1].strip()
    wanted = None if key is None else _axes(key)
    sides = _sides(inner)
    if 1 < len(sides) != wanted:  # 100×(16×16) has three axes, unless two are asked for
        sides = [each for side in sides for each in _sides(side)]
    if len(sides) < 2 or not all(side.strip() for side in sides):
        return item
    if wanted == 1:
        product = " * ".join(sides)
        raise ReadError(
            f"'{said}' may be a shape of {len(sides)} axes, or the product of these numbers",
            expected="a shape with one axis",
            cure=f"write {', '.join(sides)} in brackets, or {product}",
        )
    return f"{item[:start]}({', '.join(sides)}){item[start + len(said) :]}"


def _is_one_in_brackets(text: str) -> bool:
    last = len(text) - 1
    return text[:1] == "(" and _closing(text, 0) == last and len(_items(text, 1, last)) == 1


def _sides(text: str) -> list[str]:
    """``16 × (5 - 1)`` cut at the signs outside of brackets."""
    found, depth, first, at = [], 0, 0, 0
    while at < len(text):
        sign = _TIMES.match(text, at) if depth == 0 and at > first else None
        if sign is not None and sign.end() > at:
            found.append(text[first:at])
            first = at = sign.end()
            continue
        depth += (text[at] in _OPENING) - (text[at] in _CLOSING)
        at += 1
    return [_ungrouped(side.strip()) for side in (*found, text[first:])]


def _ungrouped(side: str) -> str:
    """A side without the brackets around all of it."""
    return side[1:-1] if side[:1] == "(" and _closing(side, 0) == len(side) - 1 else side


def _asked(key: Expr, number: int, count: int) -> Expr | None:
    """The shape that an item is compared with, if there are as many."""
    values = key.items if isinstance(key, Sequence) else ()
    return values[number] if len(values) == count else None


def _axes(key: Expr) -> int | None:
    """How many axes are asked for; None where that doesn't show."""
    if isinstance(key, Apply) and key.head == "shape" and isinstance(key.args[0], Variable):
        return len(key.args[0].kind.shape)
    return len(key.items) if isinstance(key, Sequence) else None
