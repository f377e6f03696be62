"""The name that a sum, an integral or a limit binds: by how a declared name looks, as it is read inside."""

from __future__ import annotations

from collections.abc import Sequence

from symderiv.language.latex.names.notation import Notation, match
from symderiv.language.latex.names.spelling import spellings
from symderiv.language.latex.pieces import Unit


def bound_name(notations: Sequence[Notation], unit: Unit) -> str | None:
    r"""``eps`` of the ``\varepsilon`` below a limit, where ``notation: {eps: '\varepsilon'}``."""
    found = match(notations, (unit,), 0)
    if found is not None and found.sub is found.sup is None and not found.primes:
        return found.name
    return next(iter(spellings(unit.base)), None)
