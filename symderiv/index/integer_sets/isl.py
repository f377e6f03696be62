"""islpy, loaded at its first use: most answers need no set, and its import is a tenth of a start."""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    import islpy

    value = getattr(islpy, name)
    globals()[name] = value
    return value
