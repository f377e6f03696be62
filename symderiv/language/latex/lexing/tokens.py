"""LaTeX cut into tokens: what only changes the look is dropped, what runs or reads something is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from unicodedata import normalize

from lark import Token

from symderiv.errors import LimitExceeded
from symderiv.language.latex.lexing import symbols
from symderiv.language.latex.lexing.commands import (
    Known,
    behind_argument,
    changes_the_look,
    command,
    refuse_left_division,
    token,
)
from symderiv.language.latex.lexing.dollars import between
from symderiv.language.latex.lexing.unicode import UNICODE
from symderiv.language.source import Misread

_TEXT = r"\\(?:" + "|".join(re.escape(w[1:]) for w in symbols.WORDS if w != r"\mathbf") + ")"
_TOKEN = re.compile(
    rf"""
    (?P<SPACE>\s+|~|(?<!\\)%[^\n]*|\\math(?:open|close|ord|bin|rel|punct|inner)\s*\{{\s*\}})
  | (?P<UNEQUAL>\\not\s*=)
  | (?P<RELATION>(?:\\(?:stackrel|overset)\s*\{{[^{{}}]*\}}\s*|\\mathrel\s*)?
                 \{{\s*(?:[=<>]|\\(?:leq?|geq?|equiv)(?![A-Za-z]))\s*\}})
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
  | (?P<SIGN>:=|[=<>]=)
  | (?P<CHAR>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_NO_BLANKS = re.compile(r"\\(?:operatorname|math[a-z]+)(?![A-Za-z])")
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
_SIZE = re.compile(r"(\\[A-Za-z]+)\s*")

MAX_TOKENS = 20_000
MAX_WORD = 200

Piece = re.Match[str]


def tokens(text: str, start: int, end: int, known: Known) -> Iterator[Token]:
    """The tokens of ``text[start:end]``; ``known`` says which words are functions (``\\diag``)."""
    position = start
    while position < end:
        match = _TOKEN.match(text, position, end)
        assert match is not None and match.lastgroup is not None
        kind, piece = match.lastgroup, match.group()
        if kind in _AS_IT_STANDS:
            yield token(kind, piece, position, match.end())
        elif kind != "SPACE":
            yield from _READ[kind](match, known)
        position = _behind(match, end)


def _behind(match: Piece, end: int) -> int:
    """Where to go on: what stands behind some commands, and before the cells of an array, is dropped."""
    if match.lastgroup == "COMMAND":
        return behind_argument(match.string, match.group(), match.end(), end)
    columns = _COLUMNS.match(match.string, match.end(), end) if _begins_columns(match) else None
    return columns.end() if columns else match.end()


def _begins_columns(match: Piece) -> bool:
    piece = match.group()
    return piece.startswith(r"\begin") and piece.endswith(("{array}", "{alignedat}"))


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


def _command(match: Piece, known: Known) -> Iterator[Token]:
    refuse_left_division(match.string, match.group(), match.start(), match.end())
    if not changes_the_look(match.group()):
        yield command(match.group(), match.start(), match.end(), known)


def _unequal(match: Piece, known: Known) -> Iterator[Token]:
    yield token("SIGN", "!=", match.start(), match.end())


def _relation(match: Piece, known: Known) -> Iterator[Token]:
    """``\\stackrel{!}{=}``, ``{=}``: the sign, whatever stands above it."""
    sign = match.group()[match.group().rindex("{") + 1 : -1].strip()
    yield from (_moved(t, *match.span()) for t in tokens(sign, 0, len(sign), known))


def _typed(match: Piece, known: Known) -> Iterator[Token]:
    yield token("BIG", _TYPED[match.group()], match.start(), match.end())


def _outside(match: Piece, known: Known) -> Iterator[Token]:
    for kind, said in between(match.group(), match.start(), match.end()):
        yield token(kind, said, match.start(), match.end())


def _environment(match: Piece, known: Known) -> Iterator[Token]:
    piece = match.group()
    name = piece[piece.index("{") + 1 : -1]
    if name not in symbols.ENVIRONMENTS:
        raise Misread(
            f"the environment {name} isn't known here",
            *match.span(),
            expected="cases, bmatrix, pmatrix, array, align …",
            cure="write the formula in one of these, or without it",
        )
    yield token("BEGIN" if piece.startswith(r"\begin") else "END", name, *match.span())


def _sized(match: Piece, known: Known) -> Iterator[Token]:
    start, end = match.span()
    named = _SIZE.match(match.group())
    assert named is not None
    size, delimiter = named.group(1), match.group()[named.end() :]
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
        yield from _of_character(delimiter, start, end)


def _character(match: Piece, known: Known) -> Iterator[Token]:
    yield from _of_character(match.group(), match.start(), match.end())


def _of_character(character: str, start: int, end: int) -> Iterator[Token]:
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


def _word(match: Piece, known: Known) -> Iterator[Token]:
    piece, (start, end) = match.group(), match.span()
    content = re.sub(r"\\[ ,;:!]", " ", piece[piece.index("{") + 1 : -1]).replace(r"\_", "_")
    content = _without_gaps(piece, content.split())
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
        yield from _of_character(content[0], start, end)
    elif content:
        yield token("WORD", content, start, end)


def _without_gaps(piece: str, words: list[str]) -> str:
    """The words with a blank between them; TeX sets ``\\operatorname { R e L U }`` without any."""
    is_in_math = _NO_BLANKS.match(piece) is not None and len(words) > 1
    return ("" if is_in_math and all(len(word) == 1 for word in words) else " ").join(words)


def _text_with_formulas(match: Piece, known: Known) -> Iterator[Token]:
    """``\\text{if $x > 0$}``: words and formulas in turn."""
    position = match.string.index("{", match.start()) + 1
    for number, part in enumerate(match.string[position : match.end() - 1].split("$")):
        if number % 2:
            yield from tokens(match.string, position, position + len(part), known)
        elif part.strip():
            yield token("WORD", " ".join(part.split()), position, position + len(part))
        position += len(part) + 1


_AS_IT_STANDS = frozenset(("LETTER", "NUMBER", "PRIME", "ROWEND", "SQRTN", "SIGN"))
_READ: dict[str, Callable[[Piece, Known], Iterator[Token]]] = {
    "UNEQUAL": _unequal,
    "RELATION": _relation,
    "ENVIRONMENT": _environment,
    "WORD": _word,
    "TEXTMATH": _text_with_formulas,
    "OUTSIDE": _outside,
    "SIZED": _sized,
    "COMMAND": _command,
    "TYPED": _typed,
    "CHAR": _character,
}
"""What is made of each kind of piece that isn't a token as it stands."""
