"""Where a long formula is broken: before relations and signs of a sum that stand in no brackets.

A term that is too long by itself is opened: an inner product at its comma, a sum in its last brackets, which
stay as large as they are, a product at its ⊙, a fraction over its numerator, a list at its commas.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from symderiv.reports.sheets.width import width_of

_TOKENS = re.compile(r"\\Big[lr](?:[()]|\\[lr]angle)|\\(?:[A-Za-z]+|.)|\s+|.", re.DOTALL)
_OPENING = frozenset(["{", "(", "[", r"\left", r"\begin", r"\{"])
_CLOSING = frozenset(["}", ")", "]", r"\right", r"\end", r"\}"])
_BREAKS = frozenset(["+", "-", "=", r"\le", r"\ge", "<", ">", r"\land", r"\lor"])
_SUM = frozenset(["+", "-"])
_FACTORS = frozenset([r"\odot"])
_TIMES = r"\cdot "
_FUNCTIONS = frozenset([r"\operatorname", r"\frac", r"\left"])

_SIDES = {
    (True, "("): (r"\Bigl( ", r" \Bigr)"),
    (True, r"\langle"): (r"\Bigl\langle ", r" \Bigr\rangle"),
    (False, "("): ("(", ")"),
}
"""How a bracket begins and ends whose inside is on several lines, by whether it grew."""


def broken(latex: str, room: int) -> tuple[str, ...]:
    """The lines of a formula, each begun by its sign; one line where all fits, or nothing can be broken.

    >>> broken("a + b - c", 3)
    ('a + b', '- c')
    >>> broken(r"A \\left(b + c\\right)", 3)
    ('A \\\\Bigl( b', '+ c \\\\Bigr)')
    """
    if width_of(latex) <= room:
        return (latex,)
    lines: list[str] = []
    for piece in (part for term in _pieces(latex) for part in _opened(term, room)):
        if lines and width_of(f"{lines[-1]} {piece}") <= room:
            lines[-1] += f" {piece.removeprefix(_TIMES)}"
        else:
            lines.append(piece)
    return tuple(lines)


def _pieces(latex: str, signs: frozenset[str] = _BREAKS) -> list[str]:
    """The terms at the top, each with the sign before it."""
    pieces = [""]
    depth = 0
    tokens = _TOKENS.findall(latex)
    for k, token in enumerate(tokens):
        depth += (token in _OPENING) - (token in _CLOSING)
        if depth == 0 and token in signs and _joins(tokens, k):
            pieces.append("")
        pieces[-1] += token
    return [piece.strip() for piece in pieces if piece.strip()]


def _listed(latex: str) -> list[str]:
    """What stands between the commas at the top, each with the comma after it."""
    pieces, depth = [""], 0
    for token in _TOKENS.findall(latex):
        depth += (token in _OPENING) - (token in _CLOSING)
        pieces[-1] += token
        if depth == 0 and token == ",":
            pieces.append("")
    return [piece.strip().removeprefix(r"\,").strip() for piece in pieces if piece.strip()]


def _opened(term: str, room: int) -> list[str]:
    """A term that is too long, in pieces; these are opened in their turn."""
    if width_of(term) <= room:
        return [term]
    for opening in _WAYS:
        pieces = opening(term)
        if len(pieces) > 1 and all(len(piece) < len(term) for piece in pieces):
            return [part for piece in pieces for part in _opened(piece, room)]
    return [term]


def _at_the_comma(term: str) -> list[str]:
    return _inside(term, r"\langle", _listed)


def _at_sums(term: str) -> list[str]:
    return _inside(term, "(", _pieces, of_any_size=False)


def _at_factors_inside(term: str) -> list[str]:
    return _inside(term, "(", lambda inside: _pieces(inside, _FACTORS), of_any_size=False)


def _at_factors(term: str) -> list[str]:
    return _pieces(term, _FACTORS)


def _between_factors(term: str) -> list[str]:
    """A product at the spaces between its factors, a dot where the next line begins."""
    pieces, depth = [""], 0
    tokens = _TOKENS.findall(term)
    for k, token in enumerate(tokens):
        depth += (token in _OPENING) - (token in _CLOSING)
        following = tokens[k + 1] if k + 1 < len(tokens) else ""
        if depth == 0 and token.isspace() and following in _FUNCTIONS and tokens[k - 1] == ")":
            pieces.append(_TIMES)
        else:
            pieces[-1] += token
    return [piece for piece in pieces if piece]


def _deeper(term: str) -> list[str]:
    """What stands in brackets in brackets."""
    return _inside(term, "(", _once)


def _once(term: str) -> list[str]:
    found = (opening(term) for opening in _WAYS)
    return next((pieces for pieces in found if len(pieces) > 1), [term])


def _at_small_brackets(term: str) -> list[str]:
    return _inside(term, "(", lambda inside: _pieces(inside, _SUM)) or _inside(
        term, "(", lambda inside: _pieces(inside, _FACTORS)
    )


def _at_commas(term: str) -> list[str]:
    return _inside(term, "(", _listed)


def _over_the_numerator(term: str) -> list[str]:
    """``(a + b)/s`` with its sum in lines, for a fraction."""
    tokens = _TOKENS.findall(term)
    for start in _at_top(tokens, r"\frac"):
        above = _braced(tokens, start + 1)
        below = None if above is None else _braced(tokens, above[1] + 1)
        if above is None or below is None:
            continue
        terms = _pieces("".join(tokens[above[0] : above[1]]))
        if len(terms) > 1:
            under = "".join(tokens[below[0] : below[1]])
            terms[0] = "".join(tokens[:start]) + rf"\Bigl( {terms[0]}"
            terms[-1] += rf" \Bigr) \big/ \left({under}\right)" + "".join(tokens[below[1] + 1 :])
            return terms
    return []


_WAYS: tuple[Callable[[str], list[str]], ...] = (
    _at_the_comma,
    _at_sums,
    _at_factors_inside,
    _at_factors,
    _over_the_numerator,
    _between_factors,
    _at_small_brackets,
    _at_commas,
    _deeper,
)


def _inside(
    term: str, bracket: str, split: Callable[[str], list[str]], *, of_any_size: bool = True
) -> list[str]:
    """The term in pieces of what stands in the last of its brackets that can be split."""
    tokens = _TOKENS.findall(term)
    for start, end in reversed(list(_brackets(tokens, bracket))):
        grows = tokens[start] == r"\left"
        before, after = start + 1 + grows, end + 1 + grows
        inner = split("".join(tokens[before:end]))
        if len(inner) > 1 and (grows or of_any_size):
            opening, closing = _SIDES[grows, bracket]
            inner[0] = "".join(tokens[:start]) + opening + inner[0]
            inner[-1] += closing + "".join(tokens[after:])
            return inner
    return []


def _brackets(tokens: list[str], bracket: str) -> Iterator[tuple[int, int]]:
    r"""Where brackets that stand in no others begin, at their ``\left``, and end, at their ``\right``."""
    k = depth = 0
    while k < len(tokens):
        if depth == 0 and (tokens[k : k + 2] == [r"\left", bracket] or tokens[k] == bracket == "("):
            end = _end(tokens, k)
            if end is None:
                return
            yield k, end
            k = end + 1 + (tokens[k] == r"\left")
            continue
        depth += (tokens[k] in _OPENING) - (tokens[k] in _CLOSING)
        k += 1


def _end(tokens: list[str], start: int) -> int | None:
    """Where the bracket that begins there ends: at its ``\\right``, or its ``)``."""
    opening, closing = (r"\left", r"\right") if tokens[start] == r"\left" else ("(", ")")
    depth = 0
    for k in range(start, len(tokens)):
        depth += (tokens[k] == opening) - (tokens[k] == closing)
        if depth == 0:
            return k
    return None


def _braced(tokens: list[str], at: int) -> tuple[int, int] | None:
    """Where the inside of ``{…}`` begins and ends."""
    if tokens[at : at + 1] != ["{"]:
        return None
    depth = 0
    for k in range(at, len(tokens)):
        depth += (tokens[k] in _OPENING) - (tokens[k] in _CLOSING)
        if depth == 0:
            return at + 1, k
    return None


def _at_top(tokens: list[str], wanted: str) -> Iterator[int]:
    depth = 0
    for k, token in enumerate(tokens):
        depth += (token in _OPENING) - (token in _CLOSING)
        if depth == 0 and token == wanted:
            yield k


def _joins(tokens: list[str], at: int) -> bool:
    """Whether a sign stands between two terms: printed, it has a space at each side."""
    return 0 < at < len(tokens) - 1 and tokens[at - 1].isspace() and tokens[at + 1].isspace()
