"""A text cut into the tokens of its grammar: one regular expression, tried where the last token ended.

Lark's own lexer asks the same of each token, and for keywords and the line it stands on once more each; our
faults need no more than offsets.

Formulas repeat themselves: the denominator of a softmax, a mean. A bracket that was read before, letter for
letter, is a single token, which brings along what was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import printable, punctuation
from typing import Any

from lark import Token, UnexpectedCharacters
from lark.lexer import BasicLexer, LexerState


class Cut(Token):
    """A token that knows its offsets; on which line it stands nobody asks."""

    __slots__ = ()
    line = column = end_line = end_column = None

    def __new__(cls, kind: str, value: str, start: int, end: int) -> Cut:
        token = str.__new__(cls, value)
        token.type = kind
        token.value = value
        token.start_pos = start
        token.end_pos = end
        return token


class Opening(Cut):
    """An opening bracket that ``closes`` somewhere, and the node of its group, once that is read."""

    __slots__ = ("closes", "group")
    closes: int
    group: Any


class Again(Cut):
    """A whole bracket, and where it stood ``first``."""

    __slots__ = ("first",)
    first: Opening


SHORT = 12  # letters: what is shorter is as quickly read again
_PARENTHESIS = re.compile(r"[()]")
_BEFORE_GROUP = frozenset(("OPERATOR", "LPAR", "LSQB", "COMMA"))
"""After these a bracket is a group; after a name, or another bracket, it is a call."""


class Tokens(BasicLexer):
    """Keywords are names that the grammar spells out; what it ignores is left out."""

    __future_interface__ = 2  # is given the state of the lexer, not the text alone

    def __init__(self, conf: Any) -> None:
        super().__init__(conf)
        spelt = {t.pattern.value: t.name for t in self.terminals if t.pattern.type == "str"}
        self.keywords = {word: name for word, name in spelt.items() if word.isalpha()}
        kinds = [t for t in self.terminals if t.pattern.value not in self.keywords]
        self.pattern = re.compile("|".join(f"(?P<{t.name}>{t.pattern.to_regexp()})" for t in kinds))
        self.signs = _signs(self.pattern)

    def lex(self, state: LexerState, parser_state: Any) -> Iterator[Token]:
        return self.cut(str(state.text.text))

    def cut(self, text: str) -> Iterator[Token]:
        """The tokens of a text, one after the other."""
        at = 0
        match, ignored, keywords, signs = self.pattern.match, self.ignore_types, self.keywords, self.signs
        closing = _closing(text)
        openings: dict[str, Opening] = {}
        before = "LPAR"
        while at < len(text):
            if at in closing and before in _BEFORE_GROUP:
                token: Cut = _bracket(text, at, closing[at], openings)
            elif text[at] in signs:
                token = Cut(signs[text[at]], text[at], at, at + 1)
            else:
                found = match(text, at)
                if found is None:
                    raise UnexpectedCharacters(text, at, 1, at + 1)  # type: ignore[no-untyped-call]
                kind, end = found.lastgroup or "", found.end()
                if kind in ignored:
                    at = end
                    continue
                value = found.group()
                token = Cut(keywords.get(value, kind), value, at, end)
            yield token
            before, at = token.type, token.end_pos or 0


def _signs(pattern: re.Pattern[str]) -> dict[str, str]:
    """The kind of each sign that is a token by itself whatever follows: ``+`` and ``(``, but not ``*``."""
    found = {sign: pattern.match(sign) for sign in punctuation}
    return {
        sign: token.lastgroup or ""
        for sign, token in found.items()
        if token is not None and not any(_is_longer(pattern, sign + after) for after in printable)
    }


def _is_longer(pattern: re.Pattern[str], text: str) -> bool:
    """Does the first token of two characters take both?"""
    found = pattern.match(text)
    return found is not None and found.end() > 1


def _closing(text: str) -> dict[int, int]:
    """Where each longer round bracket ends, by where it begins; what a bar is depends on the bars before."""
    if "|" in text or "‖" in text:
        return {}
    ends: dict[int, int] = {}
    opened: list[int] = []
    for found in _PARENTHESIS.finditer(text):
        at = found.start()
        if found.group() == "(":
            opened.append(at)
        elif opened:
            start = opened.pop()
            if at - start >= SHORT:
                ends[start] = at + 1
    return ends


def _bracket(text: str, at: int, end: int, openings: dict[str, Opening]) -> Cut:
    """The bracket that opens here, or the whole of it, if it was read before as a group of its own."""
    piece = text[at:end]
    first = openings.get(piece)
    if first is not None and first.group is not None:
        again = Again("AGAIN", piece, at, end)
        again.first = first
        return again
    opening = Opening("LPAR", "(", at, at + 1)
    opening.closes, opening.group = end, None
    return openings.setdefault(piece, opening) if first is None else opening
