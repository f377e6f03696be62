"""How things show, printed or in a notebook: objects ask here, the package puts in what its reports write.

Exercises, derivations and reports live in rooms below the reports that print them. They name what they are,
and never the room that knows how it looks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Writer = Callable[[Any], str]
_WRITERS: dict[tuple[str, str], Writer] = {}


def show_by(kind: str, form: str, writer: Writer) -> None:
    """``writer`` shows things of a kind (``exercise``) in a form (``text``, ``html``, ``latex``) from now on.

    >>> show_by("greeting", "html", lambda thing: f"<b>{thing}</b>")
    >>> shown("greeting", "html", "hello")
    '<b>hello</b>'
    """
    _WRITERS[kind, form] = writer


def shown(kind: str, form: str, thing: object) -> str | None:
    """The thing in a form; None, by which a notebook knows to use another, where nobody writes it.

    >>> shown("unknown", "html", 1) is None
    True
    """
    writer = _WRITERS.get((kind, form))
    return None if writer is None else writer(thing)
