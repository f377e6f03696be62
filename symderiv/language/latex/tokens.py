"""LaTeX cut into tokens: what only changes the look is dropped, what runs or reads something is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from unicodedata import normalize

from lark import Token

from symderiv.errors import LimitExceeded
from symderiv.language.latex import symbols
from symderiv.language.latex.dollars import between
from symderiv.language.latex.forbidden import FORBIDDEN
from symderiv.language.latex.unicode import UNICODE
from symderiv.language.source import Misread

_TEXT = r"\\(?:" + "|".join(re.escape(w[1:]) for w in symbols.WORDS if w != r"\mathbf") + ")"
_TOKEN = re.compile(
    rf"""
    (?P<SPACE>\s+|(?<!\\)%[^\n]*|\\math(?:open|close|ord|bin|rel|punct|inner)\s*\{{\s*\}})
  | (?P<UNEQUAL>\\not\s*=)
  | (?P<ENVIRONMENT>\\(?:begin|end)\s*\{{[A-Za-z]+\*?\}})
  | (?P<WORD>{_TEXT}(?![A-Za-z])\s*\{{(?:[^{{}}\\$]|\\_|\\[ ,;:!])*\}})
  | (?P<TEXTMATH>\\(?:text|mbox|textrm|textnormal)\s*\{{[^{{}}]*\$[^{{}}]*\}})
  | (?P<OUTSIDE>\${{1,2}}[^$\\{{}}^_&]*\${{1,2}})
  | (?P<ROWEND>\\\\\*?(?:\s*\[\s*-?[\d.]+\s*(?:em|ex|pt|mm|cm|in|bp)\s*\])?
              |\\(?:cr|newline|tabularnewline)(?![A-Za-z]))
  | (?P<SIZED>\\(?:left|right|[bB]igg?[lrm]?)(?![A-Za-z])\s*(?:\\[A-Za-z]+|\\[{{}}|]|[()\[\]|/.<>‖]))
  | (?P<SQRTN>\\sqrt\s*\[)
  | (?P<COMMAND>\\(?:[A-Za-z]+|[^A-Za-z]))
  | (?P<NUMBER>\d+(?:\{{,\}}\d+|\\,\d{{3}}(?!\d))*(?:\.\d+)?|\.\d+)
  | (?P<TYPED>(?:(?<![A-Za-z\\])(?:sum|prod)|[ΣΠ])(?=\s*_\s*\{{[^{{}}]*(?:=|\\in\b|∈)))
  | (?P<LETTER>[A-Za-z])
  | (?P<PRIME>'+|[′″‴]+)
  | (?P<SIGN>:=)
  | (?P<CHAR>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_TYPED = {"sum": "sum", "Σ": "sum", "prod": "prod", "Π": "prod"}
"""How sums and products are typed by hand: ``sum_{i=1}^n``, with a capital Sigma."""
_CHARACTERS = {
    "{": "LBRACE",
    "}": "RBRACE",
    "^": "SUP",
    "_": "SUB",
    "&": "AMP",
    ",": "PUNCT",
    ";": "PUNCT",
    ":": "PUNCT",
    ".": "PUNCT",
}
_COLUMNS = re.compile(r"\s*(?:\[[tcb]\])?\s*\{[clr|@{}!. \d]*?\}|\s*\{\d+\}")
_DROPPED = re.compile(r"\s*\{[^{}]*\}|\s*\[[^\[\]]*\]\s*\{[^{}]*\}")

MAX_TOKENS = 20_000
MAX_WORD = 200

Known = Callable[[str], bool]


def tokens(text: str, start: int, end: int, known: Known) -> Iterator[Token]:
    """The tokens of ``text[start:end]``; ``known`` says which words are functions (``\\diag``)."""
    position = start
    while position < end:
        match = _TOKEN.match(text, position, end)
        assert match is not None and match.lastgroup is not None
        position = match.end()
        kind, piece = match.lastgroup, match.group()
        if kind == "SPACE":
            continue
        if kind in ("LETTER", "NUMBER", "PRIME", "ROWEND", "SQRTN", "SIGN"):
            yield token(kind, piece, match.start(), position)
        elif piece == "~":
            continue
        elif kind == "TYPED":
            yield token("BIG", _TYPED[piece], match.start(), position)
        elif kind == "UNEQUAL":
            yield token("SIGN", "!=", match.start(), position)
        elif kind == "CHAR":
            yield from _character(piece, match.start())
        elif kind == "COMMAND":
            dropped = _dropped_to(text, piece, position, end)
            if dropped is not None:
                position = dropped
            elif piece not in symbols.SPACING:
                yield command(piece, match.start(), position, known)
        elif kind == "ENVIRONMENT":
            name = piece[piece.index("{") + 1 : -1]
            yield _environment(piece, name, match.start(), position)
            if name in ("array", "alignedat") and piece.startswith(r"\begin"):
                columns = _COLUMNS.match(text, position, end)
                position = columns.end() if columns else position
        elif kind == "SIZED":
            yield from _sized(piece, match.start(), position, known)
        elif kind == "WORD":
            yield from _word(piece, match.start(), position)
        elif kind == "OUTSIDE":
            for which, said in between(piece, match.start(), position):
                yield token(which, said, match.start(), position)
        else:
            yield from _text_with_formulas(text, match.start(), position, known)


def token(kind: str, value: str, start: int, end: int) -> Token:
    return Token(kind, value, start_pos=start, end_pos=end)


def within_limits(stream: Iterator[Token]) -> list[Token]:
    """All tokens, unless there are more than the cap allows."""
    found: list[Token] = []
    for piece in stream:
        found.append(piece)
        if len(found) > MAX_TOKENS:
            raise Misread(
                "this formula is too long",
                piece.start_pos or 0,
                piece.end_pos or 0,
                expected=f"at most {MAX_TOKENS} symbols",
                error=LimitExceeded,
            )
    return found


def command(name: str, start: int, end: int, known: Known) -> Token:
    """The token of a backslash command."""
    found = _COMMANDS.get(name)
    if found is not None:
        return token(*found, start, end)
    if known(name[1:]):
        return token("WORD", name[1:], start, end)
    raise unknown_command(name, start, end)


_KINDS: tuple[tuple[str, frozenset[str] | set[str] | dict[str, str]], ...] = (
    ("GREEK", symbols.GREEK),
    ("SIGN", symbols.SIGNS),
    ("FRAC", symbols.FRACTIONS),
    ("STYLE", symbols.STYLES),
    ("FUNCTION", symbols.FUNCTIONS),
    ("BIG", symbols.BIG),
    ("BAR", symbols.BARS),
    ("SQRT", frozenset((r"\sqrt",))),
    ("STACK", frozenset((r"\substack",))),
    ("PRIME", {r"\prime": "'"}),
    ("SYMBOL", symbols.OPERANDS),
    ("LBRACE", frozenset((r"\bgroup",))),
    ("RBRACE", frozenset((r"\egroup",))),
    ("SUP", frozenset((r"\sp",))),
    ("SUB", frozenset((r"\sb", r"\_"))),
)


_COMMANDS = {
    **{
        name: ("CLOSE" if name in symbols.CLOSING else "OPEN", fence)
        for name, fence in symbols.FENCES.items()
    },
    **{
        name: (kind, table[name] if isinstance(table, dict) else name)
        for kind, table in reversed(_KINDS)
        for name in table
    },
}
"""The kind and the value of each command's token; the first table that has a command decides."""


def is_command(name: str) -> bool:
    """Does LaTeX itself say what the command is?"""
    return name in _COMMANDS


def unknown_command(name: str, start: int, end: int) -> Misread:
    """The refusal of a command: it runs something, says where, or is misspelt; with what was meant."""
    if name in FORBIDDEN:
        return Misread(
            f"{name} isn't mathematics: commands that read, run or define something are never followed",
            start,
            end,
            cure="write the formula itself",
        )
    if name in symbols.ARGUMENTS:
        message = f"{name} says where, not how much: a point isn't read here"
        return Misread(message, start, end, cure="write the point itself, or the value that is taken there")
    known = next((f for f in sorted(symbols.FUNCTIONS, key=len, reverse=True) if name.startswith(f)), "")
    if known:
        return Misread(
            f"{name} runs together", start, end, cure=f"did you mean {known} {name[len(known) :]}?"
        )
    every = [n for _, table in _KINDS for n in table]
    close = get_close_matches(name, every, n=1, cutoff=0.75) if len(name) > 3 else []
    cure = f"did you mean {close[0]}?" if close else r"write \operatorname{name} for a function's name"
    return Misread(f"the command {name} isn't known here", start, end, cure=cure)


def _dropped_to(text: str, name: str, position: int, end: int) -> int | None:
    """Where to go on after a command that is dropped with its argument."""
    if name not in symbols.WITH_DROPPED_ARGUMENT:
        return position if name in (r"\limits", r"\nolimits") else None
    argument = _DROPPED.match(text, position, end)
    return argument.end() if argument else position


def _environment(piece: str, name: str, start: int, end: int) -> Token:
    if name not in symbols.ENVIRONMENTS:
        raise Misread(
            f"the environment {name} isn't known here",
            start,
            end,
            expected="cases, bmatrix, pmatrix, array, align …",
            cure="write the formula in one of these, or without it",
        )
    return token("BEGIN" if piece.startswith(r"\begin") else "END", name, start, end)


def _sized(piece: str, start: int, end: int, known: Known) -> Iterator[Token]:
    match = re.match(r"\\[A-Za-z]+\s*", piece)
    assert match is not None
    size, delimiter = match.group().strip(), piece[match.end() :]
    opens = size == r"\left" or (size.endswith("l") and size != r"\left")
    closes = size == r"\right" or size.endswith("r")
    if delimiter == "." and size in (r"\left", r"\right"):
        yield token("OPEN" if opens else "CLOSE", ".", start, end)
    elif delimiter in symbols.BARS and (opens or closes):
        yield token("OPEN" if opens else "CLOSE", symbols.BARS[delimiter], start, end)
    elif delimiter in "<>" and (opens or closes):
        yield token("OPEN" if opens else "CLOSE", "angle", start, end)
    elif delimiter.startswith("\\"):
        yield command(delimiter, start, end, known)
    else:
        yield from _character(delimiter, start, end)


def _character(character: str, start: int, end: int | None = None) -> Iterator[Token]:
    end = start + 1 if end is None else end
    if character in _CHARACTERS:
        yield token(_CHARACTERS[character], character, start, end)
    elif character in symbols.FENCES:
        yield token("CLOSE" if character in ")]" else "OPEN", symbols.FENCES[character], start, end)
    elif character in symbols.SIGNS:
        yield token("SIGN", symbols.SIGNS[character], start, end)
    elif character in symbols.BARS:
        yield token("BAR", symbols.BARS[character], start, end)
    else:
        yield from _unicode(character, start, end)


def _unicode(character: str, start: int, end: int) -> Iterator[Token]:
    plain = UNICODE.get(character) or normalize("NFKC", character)
    if character in UNICODE or (plain != character and plain.isascii() and plain.isalnum()):
        yield from (_moved(t, start, end) for t in tokens(plain, 0, len(plain), lambda _: False))
    elif plain in UNICODE:
        yield from _unicode(plain, start, end)
    else:
        raise Misread(
            f"the character {character} isn't known here",
            start,
            end,
            expected="LaTeX or a mathematical character",
            cure="write the formula alone, without words around it" if character == "$" else "delete it",
        )


def _moved(piece: Token, start: int, end: int) -> Token:
    return token(piece.type, piece.value, start, end)


def _word(piece: str, start: int, end: int) -> Iterator[Token]:
    content = re.sub(r"\\[ ,;:!]", " ", piece[piece.index("{") + 1 : -1]).replace(r"\_", "_")
    content = " ".join(content.split())
    if len(content) > MAX_WORD:
        raise Misread(
            "this word is too long",
            start,
            end,
            expected=f"at most {MAX_WORD} characters",
            error=LimitExceeded,
        )
    if content.isdigit():
        yield token("NUMBER", content, start, end)
    elif content and all(c in ",;.:" for c in content):
        yield from _character(content[0], start, end)
    elif content:
        yield token("WORD", content, start, end)


def _text_with_formulas(text: str, start: int, end: int, known: Known) -> Iterator[Token]:
    """``\\text{if $x > 0$}``: words and formulas in turn."""
    position = text.index("{", start) + 1
    for number, part in enumerate(text[position : end - 1].split("$")):
        if number % 2:
            yield from tokens(text, position, position + len(part), known)
        elif part.strip():
            yield token("WORD", " ".join(part.split()), position, position + len(part))
        position += len(part) + 1
