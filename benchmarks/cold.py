"""What was kept of earlier texts is forgotten, so that a run takes as long as that of a line never seen."""

from __future__ import annotations

import sys
from functools import _lru_cache_wrapper, cache
from typing import Any


def forget() -> None:
    """Empty every cache that keeps answers by what was asked; what is made once a process stays."""
    for kept in _caches(len(sys.modules)):
        kept.cache_clear()


@cache
def _caches(_modules: int) -> list[Any]:
    modules = [module for name, module in sys.modules.items() if name.startswith("symderiv")]
    found = {id(v): v for module in modules for v in vars(module).values() if _keeps_answers(v)}
    return list(found.values())


def _keeps_answers(value: object) -> bool:
    return isinstance(value, _lru_cache_wrapper) and value.cache_parameters()["maxsize"] not in (None, 1)
