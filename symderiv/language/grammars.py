"""The grammar files, and where their parse tables are kept."""

from __future__ import annotations

import sys
from importlib.util import cache_from_source
from pathlib import Path


def grammar_text(name: str) -> str:
    """The text of ``<name>.lark``."""
    return _path(name).read_text("utf-8")


def kept_tables(name: str) -> str | bool:
    """The file for Lark's ``cache`` option: beside the bytecode, trusted and renewed as that is.

    Lark keys it by grammar, options and versions; where it can't be written, tables are made anew.
    ``False`` where there are none and Python was told to write no bytecode.
    """
    kept = Path(cache_from_source(str(_path(name)))).with_suffix(".tables")
    return str(kept) if kept.exists() or not sys.dont_write_bytecode else False


def _path(name: str) -> Path:
    return Path(__file__).with_name(f"{name}.lark")
