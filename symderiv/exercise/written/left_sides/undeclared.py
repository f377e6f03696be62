"""Left sides that no exercise declares: ``P(A|B) = …``, ``f'(z) = …``. What they stand before is judged."""

from __future__ import annotations

import re

from symderiv.errors import SymderivError
from symderiv.exercise.formula import Formula
from symderiv.language import Scope
from symderiv.language.names import declared

_IN_PRIMES = re.compile(
    r"\\?[^\W\d_]+(?:'+|’|\^\{?\\prime\}?)\s*(?:\(.*\))?"
    r"|\\frac\s*\{\s*(?:d|\\partial|\\mathrm\{d\})[^{}]*\}\s*\{\s*(?:d|\\partial|\\mathrm\{d\})[^{}]*\}.*"
    r"|d\\?\w*\s*/\s*d\\?\w+.*"
    r"|(?:\\nabla|∇)(?:\^\{?2\}?|²)?(?:_(?:\{[^{}]*\}|\w))?[^=+]*"
)
"""``f'(z)``, ``\\frac{d}{dz} f(z)``, ``df/dz``."""
_IN_PROBABILITY = re.compile(
    r"(P|Pr|p|E|Var|Cov|std|KL|H|I|D_\{?KL\}?|\\Pr|\\math(?:bb|rm|sf|cal)(?:\{\w+\}|\s*\w)"
    r"|\\(?:operatorname|text)\*?\{\w+\})"
    r"\s*(?:\\left)?\s*[(\[].*[)\]]"
)
"""``P(A|B)``, ``E[x]``, ``Var(x)``."""


_DETERMINANT = re.compile(
    r"(?:\\?(?:log|ln)\s*)?(?:\\left)?(?:\\[lr]vert|\\?\|)?\s*\\?det\s*(?:\(\s*)?\\?(?P<name>[^\W\d]\w*)\s*\)?\s*"
    r"(?:\\right)?(?:\\[lr]vert|\\?\|)?"
)
"""``\\log|\\det J|``."""


def is_a_determinant(left: str, scope: Scope) -> bool:
    """The determinant of a matrix that nobody declared, or its logarithm.

    >>> is_a_determinant("log|det J|", Scope()), is_a_determinant("det J + 1", Scope())
    (True, False)
    """
    said = _DETERMINANT.fullmatch(left.strip(" $"))
    return said is not None and declared(scope, said["name"]) is None


_LENGTH = re.compile(
    r"(?:\\left)?[|‖]\s*\\?\w+(?:_\{?\w+\}?)?\s*(?:\\right)?[|‖]"
    r"|(?:\\?(?:text|operatorname|mathrm)\{)?\\?(?:len|length|dim|size)\}?\s*\(?\s*\\?\w+(?:_\{?\w+\}?)?\s*\)?"
)
_ASKS_LENGTH = re.compile(
    r"(?<!\w)(?:how (?:long|many|large)|length|number of|size|dimension|wie (?:lang|viele)|länge|anzahl)"
    r"(?!\w)",
    re.IGNORECASE,
)


def is_a_length(left: str, ask: str) -> bool:
    """``|a|`` and ``len(a)`` where a length is asked for.

    >>> is_a_length("|a|", "How long is a?"), is_a_length("|a|", "Give the norm.")
    (True, False)
    """
    return _LENGTH.fullmatch(left.strip(" $")) is not None and _ASKS_LENGTH.search(ask) is not None


def is_a_derivative(left: str) -> bool:
    """Is this written like a derivative of something?

    >>> is_a_derivative("f'(z)"), is_a_derivative("df/dz"), is_a_derivative("f(z)")
    (True, True, False)
    """
    return _IN_PRIMES.fullmatch(left.strip(" $")) is not None


def is_a_probability(left: str, scope: Scope) -> bool:
    """``P(A|B)``, ``E[x]``: what an undeclared letter says of something."""
    said = _IN_PROBABILITY.fullmatch(left.strip(" $"))
    return said is not None and said[1] not in scope.names


def says_of_others(left: Formula, scope: Scope) -> bool:
    """``\\mathrm{Var}[y]`` of a y that nobody declared."""
    if is_a_determinant(left.text, scope):
        return True
    if not is_a_probability(left.text, scope):
        return False
    try:
        left.read(scope)
    except SymderivError:
        return True
    return False
