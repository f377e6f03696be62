"""The folders that ship with the package: the bank of exercises and the templates.

In a wheel they lie inside it (``symderiv/_data``); in an editable install they are folders of the repository.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from symderiv.errors import SymderivError

PACKED = "_data"


def folder(name: str) -> Path:
    """The folder ``exercises`` or ``templates``, wherever this installation keeps it.

    >>> folder("templates").name
    'templates'
    """
    package = Path(str(files("symderiv")))
    for candidate in (package / PACKED / name, package.parent / name):
        if candidate.is_dir():
            return candidate
    raise SymderivError(f"the folder {name!r} is missing from this installation", cure="install it anew")
