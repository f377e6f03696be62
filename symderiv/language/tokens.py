"""A text cut into the tokens of its grammar: one regular expression, tried where the last token ended.

Lark's own lexer asks the same of each token, and for keywords and the line it stands on once more each; our
faults need no more than offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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


class Tokens(BasicLexer):
    """Keywords are names that the grammar spells out; what it ignores is left out."""

    __future_interface__ = 2  # is given the state of the lexer, not the text alone

    def __init__(self, conf: Any) -> None:
        super().__init__(conf)
        spelt = {t.pattern.value: t.name for t in self.terminals if t.pattern.type == "str"}
        self.keywords = {word: name for word, name in spelt.items() if word.isalpha()}
        kinds = [t for t in self.terminals if t.pattern.value not in self.keywords]
        self.pattern = re.compile("|".join(f"(?P<{t.name}>{t.pattern.to_regexp()})" for t in kinds))

    def lex(self, state: LexerState, parser_state: Any) -> Iterator[Token]:
        text, at = str(state.text.text), 0
        match, ignored, keywords = self.pattern.match, self.ignore_types, self.keywords
        while at < len(text):
            found = match(text, at)
            if found is None:
                raise UnexpectedCharacters(text, at, 1, at + 1)  # type: ignore[no-untyped-call]
            kind, end = found.lastgroup or "", found.end()
            if kind not in ignored:
                value = found.group()
                yield Cut(keywords.get(value, kind), value, at, end)
            at = end
