"""Steps of an iteration, ``w_{t+1} = w_t - g_t``, where w and g are declared without a number of the step."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from symderiv.exercise.formula import Formula
from symderiv.exercise.written.equations import cut
from symderiv.exercise.written.left_sides.labels import spelt
from symderiv.language import Scope
from symderiv.language.spelling import loose, normal

_LETTER = r"(?P<name>\\[A-Za-z]+|[^\W\d_])"
_NEXT = re.compile(
    rf"\s*\$*\s*{_LETTER}\s*(?P<sign>[_^])\s*\{{\s*(?P<round>\()?\s*(?P<step>[tkn])\s*\+\s*1\s*(?(round)\))\s*\}}\s*"
)


def without_step_numbers(answer: Formula, scope: Scope) -> Formula:
    """``w_{t+1} = w_t - 2 g_t`` as ``w_{t+1} = w - 2 g``, of a vector w as ``w := …``.

    That it is the new w that is asked for is for the question to say. Only if each name with a number of a
    step has that of the step before, so that nothing else can be meant; of a declared t, ``x_t`` is an entry.

    >>> from symderiv.expression.tree import Variable
    >>> scope = Scope().declare([Variable("w"), Variable("g")])
    >>> without_step_numbers(Formula("w_{t+1} = w_t - 2 g_t"), scope).text
    'w_{t+1} = w - 2 g'
    >>> without_step_numbers(Formula("w_{t+1} = w_t - 2 w_{t-1}"), scope).text
    'w_{t+1} = w_t - 2 w_{t-1}'
    """
    sides = None if answer.entries or answer.items else cut(answer)
    said = _NEXT.fullmatch(sides[0].text) if sides is not None else None
    is_counted = said is not None and said["step"] in scope.names
    names = {
        loose(normal(name)): bool(each.kind.shape)
        for name, each in scope.names.items()
        if not (is_counted and each.kind.shape)
    }
    if sides is None or said is None or spelt(said["name"]) not in names:
        return answer
    step, sign = said["step"], re.escape(said["sign"])
    number = rf"\(\s*{step}\s*\)" if said["round"] else step
    before = re.compile(rf"{_LETTER}\s*{sign}\s*(?:\{{\s*{number}\s*\}}|{number}(?![\w+]))")
    right = before.sub(lambda each: _bare(each, names), sides[1].text)
    if re.search(rf"{sign}\s*\{{?\s*\(?\s*{step}(?!\w)", right):
        return answer
    if right == sides[1].text:
        return answer
    is_array = names[spelt(said["name"])]
    left = f"{said['name']} :=" if is_array else f"{sides[0].text} ="  # of a vector it would be an entry
    return replace(answer, text=f"{left} {right}")


def _bare(each: re.Match[str], names: Mapping[str, bool]) -> str:
    return each["name"] if spelt(each["name"]) in names else each[0]
