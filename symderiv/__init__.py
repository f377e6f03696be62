"""symderiv: derives the answers of deep-learning exercises exactly, and judges students' answers with proof.

Importing it is quick: what a name needs is imported when the name is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from symderiv.api import check, compare, derive, load_exercise, read
    from symderiv.batch import grade
    from symderiv.derivation import meaning
    from symderiv.equality.verdict import Different, Equal, Invalid, Undecided, Verdict
    from symderiv.errors import SymderivError
    from symderiv.writing import array, as_tree, declare, matrix, scalar, vector

__version__ = "0.1.0"

__all__ = [
    "Different",
    "Equal",
    "Invalid",
    "SymderivError",
    "Undecided",
    "Verdict",
    "array",
    "as_tree",
    "check",
    "compare",
    "declare",
    "derive",
    "grade",
    "load_exercise",
    "matrix",
    "meaning",
    "read",
    "scalar",
    "vector",
]

_ELSEWHERE = {
    "SymderivError": "symderiv.errors",
    "grade": "symderiv.batch",
    "meaning": "symderiv.derivation",
    **dict.fromkeys(("array", "as_tree", "declare", "matrix", "scalar", "vector"), "symderiv.writing"),
    **dict.fromkeys(("Different", "Equal", "Invalid", "Undecided", "Verdict"), "symderiv.equality.verdict"),
}


def __getattr__(name: str) -> Any:
    """The API's functions, and every operation by its name: ``symderiv.conv2d``."""
    if name.startswith("_"):
        raise AttributeError(f"module 'symderiv' has no attribute {name!r}")
    from importlib import import_module

    if name in __all__:
        value = getattr(import_module(_ELSEWHERE.get(name, "symderiv.api")), name)
        globals()[name] = value
        return value
    return import_module("symderiv.writing").operation(name)


def __dir__() -> list[str]:
    """What can be completed: the API's functions, and every operation."""
    from symderiv.writing import operations

    return sorted({*__all__, "__version__", *operations()})


def _show_as_reports_write() -> None:
    """Exercises, derivations and reports show as the reports write them, which are imported when asked."""
    from symderiv.displays import show_by

    def written_by(name: str) -> Callable[[object], str]:
        def writer(thing: object) -> str:
            from symderiv.reports import notebook

            return str(getattr(notebook, name)(thing))

        return writer

    for kind in ("derivation", "exercise", "report"):
        for form in ("text", "html", "latex"):
            show_by(kind, form, written_by(f"{kind}_{form}"))


_show_as_reports_write()
