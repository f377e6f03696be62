"""Functions that nobody declared, spelt nearly as one that is known: ``crossentropy``, ``sofmax``."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Expr
from symderiv.language import Scope
from symderiv.language.functions import BUILTIN

SHORTEST = 4
"""``sgm`` is near to too much."""
ALIKE = 0.8


def misspelt(trees: Iterable[Expr], given: Scope) -> str:
    """What may have been meant by a function of its own that is spelt nearly as a known one, or nothing.

    ``given`` has the names that were declared, and the operations that are known.

    >>> from symderiv.language import read
    >>> misspelt([read("heavyside(x)", Scope(strict=False))], Scope())
    'heavyside is no known function, and is one of its own here: did you mean heaviside?'
    """
    functions = {v.name for tree in trees for v in free_variables(tree) if v.kind.function}
    own = sorted(name for name in functions - given.names.keys() if len(name) >= SHORTEST)
    if not own:
        return ""
    spellings = sorted((*BUILTIN, *given.functions), key=str.islower)  # of Heaviside and heaviside the latter
    known = {_plain(name): name for name in spellings}
    for name in own:
        close = get_close_matches(_plain(name), known, 3, ALIKE)
        if close:
            meant = " or ".join(sorted(known[each] for each in close))
            return f"{name} is no known function, and is one of its own here: did you mean {meant}?"
    return ""


def _plain(name: str) -> str:
    return name.replace("_", "").lower()
