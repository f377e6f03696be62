"""Names that are several, written without what belongs between them: ``xy``, ``w_1x_1``, ``cosx``, ``αx``."""

from __future__ import annotations

import re
from collections.abc import Collection

from symderiv.language.spelling import GREEK

_GREEK = "".join(letter for letter in GREEK if letter.isalpha())
_OF_ONE_SCRIPT = re.compile(rf"(?:[{_GREEK}]|[A-Za-z]+)(?:_\w+|[₀-₉ₐ-ₜᵢᵣᵤᵥⱼ\d]+)?")


def scripts_in_a_row(name: str) -> list[str]:
    """The factors of ``αx`` and ``2πr``: Greek letters that touch another letter; of a change, Δx, none.

    >>> scripts_in_a_row("αx"), scripts_in_a_row("σ²₁"), scripts_in_a_row("Δx"), scripts_in_a_row("α_x")
    (['α', 'x'], [], [], [])
    """
    if name.isascii() or name.startswith("Δ"):
        return []
    pieces = _OF_ONE_SCRIPT.findall(name)
    return pieces if len(pieces) > 1 and "".join(pieces) == name else []


def letters_in_a_row(name: str) -> bool:
    """Two or three of the letters that stand for numbers, as in ``xy``: a product without its ``*``."""
    return 1 < len(name) <= 3 and set(name) <= set("abcuvwxyz")


_SUBSCRIPTED = re.compile(r"[^\W\d_]_(?:\d+|[a-z])")


def subscripted_in_a_row(name: str) -> list[str]:
    """The factors of ``w_1x_1``: letters with their subscripts that touch; none where it is one name.

    >>> subscripted_in_a_row("w_1x_1"), subscripted_in_a_row("x_1"), subscripted_in_a_row("w_in")
    (['w_1', 'x_1'], [], [])
    """
    factors = _SUBSCRIPTED.findall(name)
    return factors if len(factors) > 1 and "".join(factors) == name else []


_WRITTEN_BARE = re.compile(
    r"(?:a|arc)?(?:sin|cos|tan|cot)h?|sec|csc|exp|log|ln|sqrt|abs|max|min|relu|sigmoid|softmax"
)
_BARE_ARGUMENT = re.compile(r"(\d*)([A-Za-z]_?\d*)\Z")
_BARE_NUMBER = re.compile(r"((?:sin|cos|tan)h?|exp|log|ln|sqrt)(\d+)\Z")
_BEHIND_A_FACTOR = re.compile(r"([A-Za-z])((?:sin|cos|tan)h?|exp|log|ln|sqrt)([A-Za-z])\Z")


_FACTOR_BEFORE = re.compile(r"([A-Za-z])((?:sin|cos|tan)h?|exp|log|ln|sqrt)\Z")


def factor_before_function(name: str) -> tuple[str, str] | None:
    """``x`` and ``sin`` of ``xsin(x)``: a letter that touches a function.

    >>> factor_before_function("xsin"), factor_before_function("softmax")
    (('x', 'sin'), None)
    """
    found = _FACTOR_BEFORE.match(name)
    return (found[1], found[2]) if found else None


def function_run_together(name: str, known: Collection[str]) -> list[str]:
    """``cos(x)`` for ``cosx``: a function whose bracket is missing, before a letter or a known name.

    >>> function_run_together("cosx", []), function_run_together("lntheta", ["theta"])
    (['cos(x)'], ['ln(theta)'])
    >>> function_run_together("sinθ", [])
    ['sin(θ)']
    >>> function_run_together("cos2x", []), function_run_together("logits", ["x"])
    (['cos(2*x)'], [])
    >>> function_run_together("sqrt2", []), function_run_together("plogp", [])
    (['sqrt(2)'], ['p*log(p)'])
    """
    scripts = scripts_in_a_row(name)
    if len(scripts) == 2 and _WRITTEN_BARE.fullmatch(scripts[0]):
        return [f"{scripts[0]}({scripts[1]})"]
    if number := _BARE_NUMBER.match(name):
        return [f"{number[1]}({number[2]})"]
    if product := _BEHIND_A_FACTOR.match(name):
        return [f"{product[1]}*{product[2]}({product[3]})"]
    function = _WRITTEN_BARE.match(name)
    rest = name[function.end() :] if function else ""
    letter = _BARE_ARGUMENT.match(rest)
    if function and rest and (rest in known or rest in GREEK.values()):
        return [f"{function[0]}({rest})"]
    if function and letter:
        return [f"{function[0]}({letter[1]}*{letter[2]})" if letter[1] else f"{function[0]}({rest})"]
    return []


def products(name: str, known: Collection[str]) -> list[str]:
    """``x*y`` for ``xy``, where each factor is known.

    >>> products("xy", ["x", "y"]), products("2x", ["x"])
    (['x*y'], [])
    """
    best: dict[int, list[str]] = {0: []}
    for end in range(1, len(name) + 1):
        for start in range(max(0, end - 20), end):
            piece = name[start:end]
            if (
                start in best
                and piece != name
                and piece in known
                and (end not in best or len(best[start]) + 1 < len(best[end]))
            ):
                best[end] = [*best[start], piece]
    factors = best.get(len(name), [])
    return ["*".join(factors)] if len(factors) > 1 else []
