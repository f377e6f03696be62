"""Convolution and pooling as plain loops over numbers: slow, short, and written from the books alone."""

from __future__ import annotations

from itertools import product
from typing import Any

Image = list[list[Any]]


def padded(x: Image, top: int, left: int, bottom: int, right: int) -> Image:
    width = len(x[0]) + left + right
    rows = [[0] * left + list(row) + [0] * right for row in x]
    return [[0] * width for _ in range(top)] + rows + [[0] * width for _ in range(bottom)]


def correlated(x: Image, k: Image, stride: int = 1, padding: int = 0, dilation: int = 1) -> Image:
    """Slide the kernel over the padded image without flipping it."""
    x = padded(x, padding, padding, padding, padding)
    rows = (len(x) - dilation * (len(k) - 1) - 1) // stride + 1
    columns = (len(x[0]) - dilation * (len(k[0]) - 1) - 1) // stride + 1
    return [
        [
            sum(
                x[i * stride + a * dilation][j * stride + b * dilation] * k[a][b]
                for a, b in product(range(len(k)), range(len(k[0])))
            )
            for j in range(columns)
        ]
        for i in range(rows)
    ]


def spread(x: Image, k: Image, stride: int = 1, padding: int = 0, extra: int = 0, dilation: int = 1) -> Image:
    """Stamp the kernel on the output, once for each input entry, then cut the padding off."""
    rows = (len(x) - 1) * stride + dilation * (len(k) - 1) + 1 + extra
    columns = (len(x[0]) - 1) * stride + dilation * (len(k[0]) - 1) + 1 + extra
    y = [[0] * columns for _ in range(rows)]
    for u, v in product(range(len(x)), range(len(x[0]))):
        for a, b in product(range(len(k)), range(len(k[0]))):
            y[u * stride + a * dilation][v * stride + b * dilation] += x[u][v] * k[a][b]
    return [row[padding : columns - padding] for row in y[padding : rows - padding]]


def convolved(x: list[Any], w: list[Any], mode: str) -> list[Any]:
    """Multiply out two polynomials; 'same' is the middle, 'valid' what overlaps in full."""
    full = [0] * (len(x) + len(w) - 1)
    for i, j in product(range(len(x)), range(len(w))):
        full[i + j] += x[i] * w[j]
    if mode == "full":
        return full
    if mode == "valid":
        return full[len(w) - 1 : len(x)]
    start = (len(w) - 1) // 2
    return full[start : start + len(x)]
