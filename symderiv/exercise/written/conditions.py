"""Where a condition is asked for, ``=`` compares, and statements with commas between them hold together."""

from __future__ import annotations

import re
from dataclasses import replace

from symderiv.errors import ReadError
from symderiv.exercise.formula import Formula
from symderiv.exercise.written.commas import at_commas
from symderiv.exercise.written.equations import split_equations
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Expr, Mapping
from symderiv.language import Scope
from symderiv.language.joined import COMMA, COMMA_CURE, may_mean_or

_RELATION = re.compile(r"[<>≤≥≠=!]+")
_NUMERAL = re.compile(r"[-+]?[\d.]+(?:/\d+)?\Z")


_BOUND = r"[^\[\](){},;=<>]+(?:\([^()]*\)[^\[\](){},;=<>]*)?"
_OUTWARD = re.compile(
    rf"(?P<before>(?:∈|(?<!\w)in(?!\w)|\\in(?![A-Za-z])|∪|\\cup(?![A-Za-z]))\s*(?:\\left)?)"
    rf"(?P<low>[\[\]])(?P<bounds>{_BOUND}[,;]{_BOUND}?)(?P<high>[\[\]])"
)
_ONE = rf"(?:\\left)?[\[\](]{_BOUND}[,;]{_BOUND}?(?:\\right)?[\[\])]"
_BARE = re.compile(rf"\s*\$?\s*(?P<said>{_ONE}(?:\s*(?:∪|\\cup)\s*{_ONE})*)\s*\$?\s*\.?\s*")
_UNION = re.compile(r"([)\]])\s*(?:U|union)\s*([(\[])")
_ASKS = re.compile(r"\binterval|\bintervall", re.IGNORECASE)
MAX_INTERVAL = 300


def with_intervals(answer: Formula, ask: str, key: Expr | None, scope: Scope) -> Formula:
    """``x ∈ ]0, 1[`` as ``x ∈ (0, 1)``; where an interval is asked for, ``(0, 1)`` of the key's one name.

    >>> from symderiv.expression.tree import ZERO, Variable
    >>> key = Apply("gt", (Variable("x"), ZERO))
    >>> with_intervals(Formula("x in ]0, 1["), "", key, Scope()).text
    'x ∈  (0, 1)'
    >>> with_intervals(Formula("[0, oo["), "On which interval?", key, Scope()).text
    'x ∈ [0, oo)'
    >>> with_intervals(Formula("(0, 1)"), "Where?", key, Scope()).text
    '(0, 1)'
    """
    if answer.entries or answer.items or key is None or len(answer.text) > MAX_INTERVAL:
        return answer
    text = _UNION.sub(r"\1 ∪ \2", answer.text)
    bare = _BARE.fullmatch(text)
    names = sorted({each.name for each in free_variables(key)})
    if bare is not None and len(names) == 1 and _ASKS.search(ask):
        look = scope.notation.get(names[0], names[0])
        text = f"{look} \\in {bare['said']}" if answer.is_latex else f"{names[0]} ∈ {bare['said']}"
    text = _OUTWARD.sub(_turned, text)
    return answer if text == answer.text else replace(answer, text=text)


def _turned(said: re.Match[str]) -> str:
    """Brackets that look outward leave their ends out; where none does, the text stays."""
    before, low, high = said["before"], said["low"], said["high"]
    if (low, high) == ("[", "]"):
        return said[0]
    before = f"∈ {before[2:]}" if before.startswith("in") else before
    return f"{before}{'(' if low == ']' else low}{said['bounds']}{')' if high == '[' else high}"


_NAME = r"(?P<name>[^\W\d]\w*)"
_PARITY = re.compile(
    rf"{_NAME}\s+(?:is\s+|ist\s+|must be\s+)?(?:an?\s+)?(?P<which>even|odd|gerade|ungerade)(?:\s+number)?"
)
_PARITY_FIRST = re.compile(r"(?:an?\s+)?(even|odd)\s+([^\W\d]\w*)\Z")
_WORDS = re.compile(r"\\text\s*\{([^{}]*)\}")
_DIVISIBLE = re.compile(
    rf"{_NAME}\s+(?:is|must be|ist)\s+(?:divisible by|a multiple of|teilbar durch|ein Vielfaches von)"
    r"\s+(?P<by>\w+)"
)
_DIVIDES = re.compile(rf"(?P<by>\w+)\s*(?:\\mid(?![A-Za-z])|∣|\||divides|teilt)\s*{_NAME}")


def with_remainders(answer: Formula) -> Formula:
    """``n is even``, ``n is divisible by k`` and ``k | n`` as what the remainder is.

    >>> [with_remainders(Formula(said)).text for said in ("$n$ odd", "even n", "n is a multiple of k")]
    ['n % 2 == 1', 'n % 2 == 0', 'n % k == 0']
    """
    if answer.entries or answer.items or len(answer.text) > MAX_INTERVAL:
        return answer
    said = _WORDS.sub(r" \1 ", answer.text).replace("$", " ").strip().rstrip(".").strip()
    said = _PARITY_FIRST.sub(r"\2 \1", said)
    parity = _PARITY.fullmatch(said)
    if parity is not None:
        rest = int(parity["which"] in ("odd", "ungerade"))
        return replace(answer, text=f"{parity['name']} % 2 == {rest}", syntax="text")
    divided = _DIVISIBLE.fullmatch(said) or _DIVIDES.fullmatch(said)
    if divided is None:
        return answer
    return replace(answer, text=f"{divided['name']} % {divided['by']} == 0", syntax="text")


def as_condition(answer: Formula) -> Formula:
    """A text in which ``=`` compares, as it does where a condition is asked for; commas join several.

    Raises ReadError where two are about the same: ``x = 1, x = -1`` may mean *and*, or *or*.

    >>> as_condition(Formula("x = 2*y and y >= 1")).text, as_condition(Formula("x := 1")).text
    ('x == 2*y and y >= 1', 'x := 1')
    >>> as_condition(Formula("x = 1, y > 0")).text
    'x == 1 and  y > 0'
    """
    if answer.is_latex or answer.entries or answer.items:
        return answer
    joined = at_commas(answer.text)
    if len(joined) > 1 and all(_RELATION.search(piece) for piece in joined):
        if may_mean_or([_sides(piece) for piece in joined]):
            raise ReadError(COMMA, answer.place_of((0, len(answer.text))), cure=COMMA_CURE)
        answer = replace(answer, text=" and ".join(joined))
    pieces = split_equations(answer.text)
    sides = [piece.strip() for piece in pieces]
    compares = len(sides) > 1 and all(side and side[0] not in "<>" and side[-1] != ":" for side in sides)
    return replace(answer, text="==".join(pieces)) if compares else answer


def as_statements(tree: Expr, scope: Scope) -> Expr:
    """``x = 1, y = 0`` of declared names, where a condition is asked for: both hold, no results are named."""
    if not isinstance(tree, Mapping):
        return tree
    said = [(scope.names.get(key) if isinstance(key, str) else key, value) for key, value in tree.items]
    statements = tuple(Apply("eq", (name, value)) for name, value in said if name is not None)
    return Apply("and", statements) if 1 < len(statements) == len(said) else tree


def _sides(piece: str) -> list[str | None]:
    """The sides of a statement without their blanks; None for a number."""
    sides = ["".join(side.split()) for side in _RELATION.split(piece)]
    return [None if _NUMERAL.match(side) else side for side in sides]
