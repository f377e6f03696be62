"""What people write around the lines of a derivation: numbers, ``⇒``, reasons in words, ``∎`` at the end.

Only words go: what stands before a colon or in a bracket stays where it could be a formula. What is left out
is named, since nobody judges it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from symderiv.exercise.formula import Formula
from symderiv.exercise.written.stretches import stretch
from symderiv.language import Scope
from symderiv.language.provisos import is_remark

MAX_ARROWS = 100
MAX_WORDS = 300
"""How far words before or behind a line may reach."""
_END = re.compile(
    r"(?:\s|\\q?quad(?![A-Za-z])|\\[,;:! ]|\\hfill(?![A-Za-z]))*"
    r"(?:∎|□|■|◻|\\(?:blacksquare|square|Box|qed|qedsymbol|hfill)(?![A-Za-z])"
    r"|(?<![^\W_])(?:q\.\s?e\.\s?d\.?|qed|w\.\s?z\.\s?b\.\s?w\.?)|=\s*(?:RHS|R\.H\.S\.|RS|\\(?:text|mathrm)\s*\{RHS\}))",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"\\(?:Rightarrow|Longrightarrow|implies|therefore|Leftrightarrow|Longleftrightarrow|iff)(?![A-Za-z])"
    r"|[⇒⟹∴⇔⟺]|(?<![<>=!])=>|[,;]\s*(?:and\s+|und\s+)?(?:hence|thus|so|therefore|daher|somit)(?![\w(])"
)
_NUMBER = re.compile(r"\s*\(?(\d{1,2}|[ivx]{1,4}|[a-h])\s*[.):]+\s+(?=\S)")
_BULLET = re.compile(r"\s*[-*•–]\s+")
_GLUE = re.compile(
    r"\s*(?:(?:we|get|have|obtain|so|thus|hence|then|therefore|it|follows|that|this|gives|yields|finally|now|and|also"
    r"|which|is|equals|da|somit|damit|also|folgt|ergibt|sich|wir|erhalten|es|gilt|daraus|daher)(?![\w(']),?:?\s*)+",
    re.IGNORECASE,
)
_HEADING = re.compile(r"\s*([^\W\d_]{2,}(?:[ '’,-][^:=\n]*)?)\s*:(?![=:])\s*(?=\S)")
_BRACKET = re.compile(r"\s+(?:\((?P<a>[^()]*(?:\([^()]*\)[^()]*)*)\)|\[(?P<b>[^\[\]]*)\])\s*\Z")
_BAR = re.compile(r"[^\S\n](?:\||#|%|//)[^\S\n]*(?P<a>[^|#%\n]*)(?=\n|\Z)")
_CELL = re.compile(r"&&\s*(?:\(\s*)?\\(?:text|mbox|textrm|textit)\s*\{.*?(?=\\\\|\\end|\Z)", re.DOTALL)
_SET = re.compile(r"\\(?:tag|label)\*?\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])")
_ABOVE = re.compile(
    r"\\(?:overset|stackrel)\s*\{((?:[^{}]|\{[^{}]*\})*)\}\s*\{\s*(=)\s*\}"
    r"|\\underset\s*\{((?:[^{}]|\{[^{}]*\})*)\}\s*\{\s*(=)\s*\}"
)
_EQUATION = re.compile(r"(?<!\A)(?<![<>=!])=(?![=>])")
_WORD = re.compile(r"[^\W\d_]{2,}")
_TEXT = re.compile(r"\\(?:text|mbox|textrm|textit|mathrm)\s*\{([^{}]*)\}|[&$\\]")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a derivation without what stands around them, and the words that were left out."""

    rows: tuple[Formula, ...]
    left_out: tuple[str, ...] = ()


def bare_lines(rows: Iterable[Formula], scope: Scope) -> Lines:
    """Rows without numbers, arrows, reasons and the sign at the end.

    >>> found = bare_lines([Formula("1) a = b (by symmetry)"), Formula("2) ⇒ a = c ∎")], Scope())
    >>> [row.text for row in found.rows], found.left_out
    (['a = b', 'a = c'], ('by symmetry',))
    >>> [row.text for row in bare_lines([Formula("So: a = b => a = c, q.e.d.")], Scope()).rows]
    ['a = b', 'a = c']
    """
    told: list[str] = []
    found = [_without_set_words(row, told) if row.is_latex else row for row in rows]
    found = [piece for row in _without_marks(_without_end(found)) for piece in _at_arrows(row)]
    found = [_worded(row, scope, told) for row in found]
    return Lines(tuple(row for row in found if row.text.strip(" .,;$&")), tuple(told))


def _without_end(rows: list[Formula]) -> list[Formula]:
    """The last row without ``∎`` or what else says that all is shown."""
    if not rows:
        return rows
    *before, last = rows
    text = last.text.rstrip(" \t\r\n.")
    closing = next(
        (
            each
            for each in ("$$", "$", "\\]", "\\end{aligned}", "\\end{align*}", "\\end{align}")
            if text.endswith(each)
        ),
        "",
    )
    inside = text.removesuffix(closing).rstrip()
    start = max(0, len(inside) - MAX_WORDS)
    ends = [said for said in _END.finditer(f"{inside}.", start) if said.end() >= len(inside)]
    if not ends:
        return rows
    kept = inside[: ends[0].start()].rstrip(" ,;") + closing
    return [*before, replace(last, text=kept)] if kept.strip("$ ") else before


def _at_arrows(row: Formula) -> Iterator[Formula]:
    """The pieces between arrows that stand in no bracket, each in the dollars of the whole."""
    start, depth, text = 0, 0, row.text
    wrapped = text.startswith("$") and text.endswith("$") and text.strip("$").count("$") == 0
    cuts: list[tuple[int, int]] = []
    for at, character in enumerate(text):
        depth += (character in "([{") - (character in ")]}")
        arrow = _FOLLOWS.match(text, at) if depth == 0 and character in "\\⇒⟹∴⇔⟺=,;" else None
        if arrow is not None and (not cuts or at >= cuts[-1][1]):
            cuts.append(arrow.span())
    if not cuts or len(cuts) > MAX_ARROWS or "\\begin" in text:
        yield row
        return
    for here, there in [*cuts, (len(text), len(text))]:
        piece = stretch(row, start, here)
        bare = piece.text.strip("$ ") if wrapped else piece.text
        if bare.strip(" ,;."):
            yield replace(piece, text=bare.rstrip(" ,;"))
        start = there


def _without_marks(rows: list[Formula]) -> list[Formula]:
    """Rows without their numbers, if they count up, or bullets, if ``- =`` shows that these are no minus."""
    said = [_NUMBER.match(row.text) for row in rows]
    numbers = [each[1] if each else "" for each in said]
    for counted in ([str(n) for n in range(1, len(rows) + 1)], _ROMAN, list("abcdefgh")):
        if len(rows) > 1 and numbers == counted[: len(rows)]:
            return [_behind(row, each.end()) for row, each in zip(rows, said, strict=True) if each]
    bullets = [_BULLET.match(row.text) for row in rows]
    if all(bullets) and any(
        row.text[each.end() :].startswith("=") for row, each in zip(rows, bullets, strict=True) if each
    ):
        return [_behind(row, each.end()) for row, each in zip(rows, bullets, strict=True) if each]
    return rows


_ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]


def _behind(row: Formula, at: int) -> Formula:
    return stretch(row, at, len(row.text)) if row.text[at:].strip() else row


def _worded(row: Formula, scope: Scope, told: list[str]) -> Formula:
    """A row without the words before and behind it."""
    for find in (_GLUE, _HEADING, _GLUE):
        said = find.match(row.text[:MAX_WORDS])
        if said is None or not row.text[said.end() :].strip():
            continue
        if _names_in(said[0], scope) if find is _GLUE else _is_formula(said[0], scope):
            continue
        if find is _HEADING:
            told.append(said[1].strip())
        row = _behind(row, said.end())
    behind = _BRACKET.search(row.text, max(0, len(row.text) - MAX_WORDS))
    words = next((each for each in behind.groups() if each), "") if behind else ""
    if behind is not None and _is_reason(words, scope):
        told.append(words.strip())
        row = stretch(row, 0, behind.start())
    row = _without_bars(row, scope, told)
    return row if row.is_latex else replace(row, text=row.text.rstrip(" .;,"))


def _without_bars(row: Formula, scope: Scope, told: list[str]) -> Formula:
    """A row without the reasons behind a bar, each of which ends with its line."""
    text = row.text
    for said in _BAR.finditer(row.text):
        if _is_reason(said["a"], scope):
            told.append(said["a"].strip())
            text = text[: said.start()] + " " * len(said[0]) + text[said.end() :]
    return row if text == row.text else replace(row, text=text.rstrip())


def _is_reason(words: str, scope: Scope) -> bool:
    return bool(words.strip() and (_EQUATION.search(words) or not _is_formula(words, scope)))


def _names_in(words: str, scope: Scope) -> bool:
    return any(word in scope.names for word in re.findall(r"\w+", words))


def _is_formula(words: str, scope: Scope) -> bool:
    """May this be mathematics? It is not if it begins with a word that means nothing here."""
    first = _WORD.match(words.strip())
    if first is None or scope.head(first[0]) is not None or first[0] in scope.names:
        return True
    run = re.match(r"(?:[^\W\d_]+[ ,'’-]*)+", words.strip())
    return not is_remark(run[0] if run else words) and _GLUE.fullmatch(words) is None


def _without_set_words(row: Formula, told: list[str]) -> Formula:
    """LaTeX without the column of reasons of an ``align``, tags, and what stands above a ``=``."""
    text = row.text

    def blank(told_as: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
        def replaced(said: re.Match[str]) -> str:
            words = told_as(said)
            if words:
                told.append(words)
            return " " * len(said[0])

        return replaced

    text = _CELL.sub(blank(lambda said: _in_words(said[0])), text)
    text = _SET.sub(blank(lambda said: ""), text)
    for said in reversed(list(_ABOVE.finditer(text))):
        told.append(_in_words(said[1] or said[3] or ""))
        text = text[: said.start()] + "=".rjust(len(said[0])) + text[said.end() :]
    return row if text == row.text else replace(row, text=text)


def _in_words(latex: str) -> str:
    return " ".join(_TEXT.sub(lambda said: said[1] or " ", latex).split())
