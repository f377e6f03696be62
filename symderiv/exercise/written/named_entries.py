"""Results by the names that are asked for, each in its own writing: ``$H_1: 3 \\times 5 = 15$ $H_2: 7$``.

What stands between two of the names is the value of the first, whatever its commas mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from symderiv.exercise.formula import Formula
from symderiv.exercise.written.equations import split_equations
from symderiv.exercise.written.shapes import asks_for_shapes, with_shapes
from symderiv.exercise.written.stretches import stretch
from symderiv.expression.tree import Expr, Mapping

_FONT = r"(?:\\(?:text|textbf|mathrm|mathbf|mathsf|texttt|operatorname)\s*\{\s*)?"
_GAPS = r"\\\\|\\q?quad(?![A-Za-z])|\\hline|\\[,; ]"
_BETWEEN = re.compile(rf"(?:[\s,;$&|.]|{_GAPS}|(?<!\w)and(?!\w))+\Z")
_AROUND = re.compile(rf"\A(?:[\s$&]|{_GAPS})+|(?:[\s,;$&]|{_GAPS}|\\\Z|(?<!\w)and|(?<![.\d])\.)+\Z")
_HEADER = re.compile(r"\s*(?:\|?[\w $\\{}]*\|[\w |$\\{}]*\n[\s|:-]*\|?\s*)?[\s$|]*\Z")
_MARKED = re.compile(r"[\\$|]|\d,\d{3}(?!\d)")
MAX_TEXT = 5000
Spelt = Callable[[Formula, Expr], Formula]
"""A value as the language spells it, for the key that it is held against."""


def by_names(answer: Formula, key: Mapping, spelt: Spelt) -> tuple[Formula, ...]:
    """The answer as named entries, a formula for each place of its chains; none where it's no such text.

    >>> from symderiv.expression.tree import ONE
    >>> key = Mapping((("H1", ONE), ("H2", ONE)))
    >>> found = by_names(Formula(r"$H_1: 3 \\times 5 = 15$ $H_2: 7$"), key, lambda value, _: value)
    >>> [[(name, value.text) for name, value in each.entries] for each in found]
    [[('H1', '3 \\\\times 5'), ('H2', '7')], [('H1', '15'), ('H2', '7')]]
    """
    names = {name: value for name, value in key.items if isinstance(name, str)}
    text = answer.text
    is_text = not (answer.entries or answer.items or len(text) > MAX_TEXT or text.lstrip()[:1] in ("{", "["))
    if not is_text or len(names) < 2 or len(names) < len(key.items) or not _MARKED.search(text):
        return ()
    is_table = text.lstrip().startswith("|")
    found = _starts(text, tuple(names), is_table)
    if len({name for name, *_ in found}) < max(2, len(found)) or not _HEADER.fullmatch(text[: found[0][1]]):
        return ()
    chains = []
    for (name, _, start), (_, end, _) in zip(found, [*found[1:], ("", len(text), 0)], strict=True):
        value = _value(answer, start, end, is_table)
        members = [
            _as_asked(replace(value, text=each.strip()), names[name], spelt)
            for each in split_equations(value.text)
        ]
        if not all(member.text for member in members):
            return ()
        chains.append((name, members))
    length = max(len(members) for _, members in chains)
    full = [(name, [members[0]] * (length - len(members)) + members) for name, members in chains]
    bare = replace(answer, text="", items=())
    return tuple(replace(bare, entries=tuple((name, each[k]) for name, each in full)) for k in range(length))


def _starts(text: str, names: tuple[str, ...], is_table: bool) -> list[tuple[str, int, int]]:
    """Each name with where it begins and where its value does."""
    one_of = "|".join(f"(?P<_{place}>{_looks(name)})" for place, name in enumerate(names))
    sign = r"\s*\}?\s*\$?\s*(?::(?!=)|=(?!=)|&" + (r"|\|)" if is_table else ")")
    pattern = re.compile(rf"(?<![\w\\]){_FONT}(?:{one_of}){sign}")
    return [
        (names[int(str(said.lastgroup)[1:])], said.start(), said.end())
        for said in pattern.finditer(text)
        if not text[: said.start()].strip()
        or _BETWEEN.search(text, 0, said.start())
        or _opens(text, said.start())
    ]


def _opens(text: str, at: int) -> bool:
    return not text[:at].strip(" $|\n")


def _looks(name: str) -> str:
    """How a name looks in text and LaTeX: H1 as H_1 and H_{1}."""
    base, number = re.fullmatch(r"(.*?)_?(\d*)", name).groups()  # type: ignore[union-attr]
    spelt = rf"\\?{re.escape(base)}" if len(base) > 1 else re.escape(base)
    return rf"{spelt}\s*_?\s*\{{?\s*{number}\s*\}}?" if number else rf"{spelt}(?!\s*_)"


def _value(answer: Formula, start: int, end: int, is_table: bool) -> Formula:
    """What stands between a name and the next, without dollars, commas and rules around it."""
    piece = answer.text[start:end]
    inside = _AROUND.sub("", piece.strip("| \t\n") if is_table else piece)
    at = start + piece.index(inside)
    found = stretch(answer, at, at + len(inside))
    return replace(found, text=found.text.replace("$", ""), syntax=answer.syntax)


def _as_asked(value: Formula, key: Expr, spelt: Spelt) -> Formula:
    if asks_for_shapes(key):
        return replace(value, text=with_shapes(value.text, key))
    return spelt(value, key)
