"""What was meant, as text, written out where the shape is small."""

from __future__ import annotations

from symderiv.expression.printing.text import BRACKETS, entry_text
from symderiv.expression.tree import Number
from symderiv.tensor import Listing, Meaning, Record, Tensor


def meaning_to_text(value: Meaning) -> str:
    """``[[1, 0], [0, 1]]``; of what is larger the shape."""
    if isinstance(value, Record):
        return "{" + ", ".join(f"{key}: {meaning_to_text(item)}" for key, item in value.items) + "}"
    if isinstance(value, Listing):
        opening, closing = BRACKETS[value.kind]
        return opening + ", ".join(meaning_to_text(item) for item in value.items) + closing
    return _tensor(value)


def _tensor(t: Tensor) -> str:
    sizes = t.sizes
    if sizes is None or len(sizes) > 2 or any(size > 8 for size in sizes):
        return f"{t.shape_text} array"
    if not sizes:
        return entry_text(t.entry())
    if len(sizes) == 1:
        return "[" + ", ".join(entry_text(t.entry(Number(i))) for i in range(sizes[0])) + "]"
    rows = (
        ", ".join(entry_text(t.entry(Number(i), Number(j))) for j in range(sizes[1])) for i in range(sizes[0])
    )
    return "[" + ", ".join(f"[{row}]" for row in rows) + "]"
