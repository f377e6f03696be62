"""Values under conditions in the text language: ``1/x for x != 0``, ``s*(1 - s) where s = sigmoid(x)``.

Each clause is parsed by itself, in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from symderiv.language.provisos import DEFINING, ELSE, conjunction, plain, says_undefined, several, under
from symderiv.language.source import Misread
from symderiv.language.syntax import Choice, Name, Node, Operation, Where
from symderiv.language.text.clauses import Part, parts_of, remarks_in, without_brackets

Parse = Callable[[str], Node]

_RELATION = re.compile(r"[<>≤≥≠∈]|[!=]=|\bin\b")
_EQUALS = re.compile(r"(?<![<>=!])=(?!=)")
_DEFINITION = re.compile(r"\s*(?P<name>[^\W\d]\w*)\s*=(?!=)")
_DOTS = re.compile(r"\.{2,3}|…")
_REAL = re.compile(r"\s*[^\W\d]\w*\s*(?:in|∈)\s*(?:ℝ|R)(?:\^\w+)?\s*\Z")
_THROUGH = re.compile(r"\s*[^\W\d]\w*\s+in\s+(?![{(\[]|R\b|ℝ)")
_NAMES = re.compile(r"\s*[^\W\d]\w*(?:\s*,\s*[^\W\d]\w*)*\s*\Z")
_OWN_CHOICE = re.compile(r"(?<!\w)if(?!\w).*?(?<!\w)else(?!\w)")
_CHOOSES = re.compile(r"(?<!\w)if(?!\w)")


@dataclass(slots=True)
class Sentence:
    """What the clauses of a text say: values with their conditions, and definitions (where they stand)."""

    text: str
    values: list[Part] = field(default_factory=list)
    definitions: list[Part] = field(default_factory=list)
    before: list[tuple[int, int, bool]] = field(default_factory=list)
    told: bool = False

    def said(self, part: Part) -> str:
        return self.text[part.start : part.end]


def parse_sentence(text: str, parse: Parse) -> Node | None:
    """The syntax of a value with conditions, definitions or a remark; None for any other text."""
    text = without_brackets(text)
    parts = parts_of(text)
    if any(_THROUGH.match(text, p.start, p.end) for p in parts if plain(p.words) == "for"):
        return None  # a comprehension without its brackets
    found = Sentence(text)
    for part in parts:
        _sort(part, found)
    alone = len(found.values) == 1
    if not found.values or found.before or not (alone or (found.told and _has_conditions(found))):
        return None
    if not (found.told or remarks_in(text)):
        return None
    node = _node(text, found.values, parse)
    for part in _users_first(found):
        node = _defined(text, part, node, parse)
    return node


def _users_first(found: Sentence) -> list[Part]:
    """The definitions, each before those that it uses: the last one stands around all of it."""
    waiting, done = list(found.definitions), list[Part]()
    while waiting:
        unused = [part for part in waiting if not any(_uses(found, other, part) for other in waiting)]
        done += unused or waiting[:1]
        waiting = [part for part in waiting if part not in done]
    return done


def _uses(found: Sentence, user: Part, used: Part) -> bool:
    name = _DEFINITION.match(found.said(used))
    meant = _DEFINITION.match(found.said(user))
    if name is None or meant is None or user is used:
        return False
    return re.search(rf"(?<!\w){re.escape(name['name'])}(?!\w)", found.said(user)[meant.end() :]) is not None


def _has_conditions(found: Sentence) -> bool:
    return any(value.conditions or value.elsewhere for value in found.values)


def _sort(part: Part, found: Sentence) -> None:
    """Put a clause where it belongs: a value, a condition, a definition, or a remark."""
    words, said, values = plain(part.words), found.said(part), found.values
    found.told = found.told or bool(words)
    defines = _DEFINITION.match(said) is not None and _ends_of(said) is None
    if words in ELSE:
        _elsewhere(part, said, found)
    elif defines and (words.startswith(tuple(DEFINING)) or (not words and found.definitions)):
        found.definitions.append(part)
    elif _says_no_more(words, said, values):
        found.told = True
    elif says_undefined(words):
        if _states(said):
            (values[-1].conditions if values else found.before).append((part.start, part.end, True))
    elif words or (part.sign and values and _states(said) and not _states(_outside(found.said(values[-1])))):
        _condition(part, words, found)
    else:
        part.conditions, found.before = found.before + part.conditions, []
        values.append(part)


def _elsewhere(part: Part, said: str, found: Sentence) -> None:
    """``0 otherwise``, ``else 0``."""
    if said.strip():
        part.elsewhere = True
        found.values.append(part)
    elif found.values:
        found.values[-1].elsewhere = True


def _says_no_more(words: str, said: str, values: list[Part]) -> bool:
    """``x in R``, ``for all x``: what a name ranges over is declared."""
    if words.startswith(("for", "für")) and _NAMES.match(said):
        return True
    return bool(words or values) and _REAL.match(said) is not None


def _condition(part: Part, words: str, found: Sentence) -> None:
    said, values = found.said(part), found.values
    if not _states(said):
        start = part.start if said.strip() else max(0, part.start - len(words))
        raise Misread(
            f"no condition stands behind '{words}'",
            start,
            max(start + 1, part.end),
            expected="a condition, as in x > 0",
            cure="write the condition, or leave the words out",
        )
    if words.startswith(tuple(DEFINING)) and not _RELATION.search(said) and not _ends_of(said):
        raise Misread(
            "what stands for what isn't clear",
            part.start,
            part.end,
            expected="a name, as in 'where s = …'",
            cure="write it out, or 'for … == …' for a condition",
        )
    if values and _RELATION.search(_outside(found.said(values[-1]))):
        raise Misread(
            "a condition under a condition",
            part.start,
            part.end,
            cure="join the two with 'and', or write cases",
        )
    if values and "if" in words.split() and _CHOOSES.search(found.said(values[-1])):
        raise Misread(
            "this 'if' has no 'else'",
            part.start,
            part.end,
            expected="else",
            cure="write a if c else b, with brackets around each choice",
        )
    found.told = True
    where = (part.start, part.end, False)
    (values[-1].conditions if values else found.before).append(where)


def _states(said: str) -> bool:
    return _RELATION.search(said) is not None or _EQUALS.search(said) is not None


def _outside(said: str) -> str:
    """A value without what its brackets hold, and without its own ``if … else``."""
    depth, kept = 0, []
    for character in said:
        depth += character in "([{"
        kept += [character] * (depth == 0)
        depth -= character in ")]}"
    return _OWN_CHOICE.sub("", "".join(kept))


def _node(text: str, values: list[Part], parse: Parse) -> Node:
    nodes = [parse(_alone(text, value.start, value.end)) for value in values]
    held = [[_one(text, each, parse) for each in value.conditions] for value in values]
    if len(values) == 1 and not values[0].elsewhere:
        return under(nodes[0], held[0])
    otherwise: Node | None = None
    branches: list[tuple[Node, Node]] = []
    for value, node, conditions in zip(values, nodes, held, strict=True):
        if otherwise is not None or not (conditions or value.elsewhere):
            raise several(nodes[0].start, nodes[-1].end)
        if value.elsewhere:
            otherwise = node
        else:
            branches.append((conjunction(conditions), node))
    if not branches:
        raise Misread(
            "'otherwise' without another case", nodes[0].start, nodes[0].end, cure="write the other case, too"
        )
    return Choice(tuple(branches), otherwise, nodes[0].start, nodes[-1].end)


def _one(text: str, where: tuple[int, int, bool], parse: Parse) -> Node:
    start, end, negated = where
    node = _counted(text, start, end, parse) or _equal(text, start, end, parse)
    node = node or parse(_alone(text, start, end))
    return Operation("not", (node,), node.start, node.end) if negated else node


def _ends_of(said: str) -> tuple[tuple[int, int], ...] | None:
    """Where the name, the first and the last number of ``i = 1, 2, ..., n`` stand."""
    name = _DEFINITION.match(said)
    dots = _DOTS.search(said, name.end()) if name else None
    if name is None or dots is None:
        return None
    comma = said.find(",", name.end(), dots.start())
    first = name.end(), comma if comma >= 0 else dots.start()
    behind = dots.end() + len(said[dots.end() :]) - len(said[dots.end() :].lstrip(" ,"))
    if not said[first[0] : first[1]].strip() or not said[behind:].strip():
        return None
    return name.span("name"), first, (behind, len(said))


def _counted(text: str, start: int, end: int, parse: Parse) -> Node | None:
    """``i = 1, ..., n`` as ``1 <= i <= n``."""
    spans = _ends_of(text[start:end])
    if spans is None:
        return None
    name, first, last = (parse(_alone(text, start + a, start + b)) for a, b in spans)
    left = Operation("le", (first, name), name.start, last.end)
    return Operation("and", (left, Operation("le", (name, last), name.start, last.end)), name.start, last.end)


def _equal(text: str, start: int, end: int, parse: Parse) -> Node | None:
    """``x = 0`` behind *if*: an equation, whatever sign it is written with."""
    signs = [found.start() for found in _EQUALS.finditer(text, start, end)]
    if len(signs) != 1 or _RELATION.search(text, start, end):
        return None
    left, right = parse(_alone(text, start, signs[0])), parse(_alone(text, signs[0] + 1, end))
    return Operation("eq", (left, right), left.start, right.end)


def _defined(text: str, part: Part, node: Node, parse: Parse) -> Node:
    """The value with a name in it said: ``where s = …``."""
    found = _DEFINITION.match(text[part.start : part.end])
    assert found is not None
    name = parse(_alone(text, part.start + found.start("name"), part.start + found.end("name")))
    assert isinstance(name, Name)
    return Where(node, name, parse(_alone(text, part.start + found.end(), part.end)))


def _alone(text: str, start: int, end: int) -> str:
    """The text with nothing but this stretch left, in its place."""
    return " " * start + text[start:end] + " " * (len(text) - end)
