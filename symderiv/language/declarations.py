"""Declarations: ``x: vector(n)``, ``k: positive integer``, ``K: matrix(2, 2) = [[1, 0], [0, 1]]``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from symderiv.errors import ReadError, SymderivError
from symderiv.expression.kinds import (
    FUNCTION,
    INDEX,
    INTEGER,
    NONNEGATIVE,
    POSITIVE,
    REAL,
    SIZE_DOMAIN,
    Domain,
    Kind,
)
from symderiv.expression.sizes import arithmetic
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Constant, Expr, Number, Variable, walk
from symderiv.language.bounds import bounded, intersect
from symderiv.language.infer import Uses
from symderiv.language.kinds_elsewhere import cure_for, refuse_words
from symderiv.language.resolving.resolve import Resolver
from symderiv.language.scope import Scope
from symderiv.language.source import Misread, Source
from symderiv.language.spelling import normal
from symderiv.language.syntax import Items, Node
from symderiv.language.text.reading import parse

_NAME = re.compile(r"\s*([^\W\d][\w\u0300-\u036f{}]*'*)\s*:(?!=)\s*")
_OUTSIDE = re.compile(r",?\s*\b(?:with\s+)?zero\s+outside\s*$")
_SHAPE = re.compile(r"\b(vector|matrix|symmetric|tensor)\b(?:\s+matrix\b)?\s*(\()")
_VALUE = re.compile(r"(?<![<>=!])=(?!=)")
_KINDS = (
    "real, positive, nonnegative, integer, even, odd, index, function, nondecreasing function, "
    "vector(n), matrix(n, m), symmetric(n) or tensor(c, h, w)"
)

_DOMAINS: dict[str, Domain] = {
    "real": REAL,
    "scalar": REAL,
    "number": REAL,
    "positive": POSITIVE,
    "nonnegative": NONNEGATIVE,
    "negative": Domain(upper=POSITIVE.lower, upper_open=True),
    "nonpositive": Domain(upper=POSITIVE.lower),
    "integer": INTEGER,
    "even": Domain(integer=True, modulus=2),
    "odd": Domain(integer=True, modulus=2, residue=1),
    "size": SIZE_DOMAIN,
    "natural": SIZE_DOMAIN,
}
_POSITIVE_INTEGER = intersect(POSITIVE, INTEGER)
_RANKS: dict[str, Callable[[int], bool]] = {
    "vector": lambda rank: rank == 1,
    "matrix": lambda rank: rank == 2,
    "symmetric": lambda rank: rank in (1, 2),
    "tensor": lambda rank: rank >= 1,
}


def read_declaration(
    text: str, scope: Scope | None = None, *, source: str = "", first_line: int = 1
) -> Variable:
    """The variable that a line declares: a name, a colon, a kind, and perhaps a value.

    >>> x = read_declaration("x: vector(n)")
    >>> x.name, len(x.kind.shape)
    ('x', 1)
    """
    where = Source(text, source, first_line)
    head = _NAME.match(text)
    if head is None:
        in_words = refuse_words(text)
        cure = "write x: real" if in_words is None else in_words.cure
        raise where.placed(Misread("this declares nothing", 0, len(text), expected="name: kind", cure=cure))
    try:
        return _variable(text, head.end(), normal(head.group(1)), scope or Scope())
    except Misread as fault:
        raise where.placed(fault) from None


def read_kind(
    text: str, name: str, scope: Scope | None = None, *, source: str = "", first_line: int = 1
) -> Variable:
    """The variable of this name that a kind (``matrix(2, 2) = [[1, 0], [0, 1]]``) declares.

    Sizes that a shape names for the first time are positive integers.

    >>> read_kind("integer >= 2", "k").kind.domain.contains(1)
    False
    """
    try:
        return _variable(text, 0, normal(name), scope or Scope())
    except Misread as fault:
        raise Source(text, source, first_line).placed(fault) from None


def _variable(text: str, start: int, name: str, scope: Scope) -> Variable:
    end = len(text)
    value: Expr | None = None
    sign = _VALUE.search(text, start)
    if sign:
        value = _value(text, sign.end(), scope)
        end = sign.start()
    kind = _kind(text, start, end, scope)
    return Variable(name, kind, None, value)


def _value(text: str, start: int, scope: Scope) -> Expr:
    """The number, or array of numbers, after ``=``; blanks before it keep its columns."""
    from symderiv.language.reader import read

    try:
        return read(text[start:], scope)
    except SymderivError as error:
        shift = error.place.column - 1 if error.place else 0
        raise Misread(
            error.message,
            start + shift,
            start + shift + 1,
            expected=error.expected,
            cure=error.cure,
            error=type(error),
        ) from None


def _kind(text: str, start: int, end: int, scope: Scope) -> Kind:
    outside = _OUTSIDE.search(text, start, end)
    if outside:
        end = outside.start()
    words = text[start:end].strip().rstrip(",").strip()
    if not words:
        raise Misread(
            "no kind is said",
            max(0, start - 1),
            start,
            expected=_KINDS,
            cure="write what it is, as in x: real",
        )
    if words == "index":
        return INDEX
    if words.endswith("function"):
        return _function(words, start, end)
    shape = _SHAPE.search(text, start, end)
    if shape is None:
        if outside:
            raise Misread(
                "only an array reads zero outside",
                outside.start(),
                outside.end(),
                expected="vector(n)",
                cure="leave 'zero outside' out",
            )
        return Kind(domain=_domain(text, start, end))
    return replace(_array(text, start, end, shape, scope), zero_outside=bool(outside))


def _function(words: str, start: int, end: int) -> Kind:
    sort = words.removesuffix("function").strip()
    if sort in ("", "any"):
        return FUNCTION
    if sort in ("nondecreasing", "non-decreasing"):
        return Kind(function="nondecreasing")
    raise Misread(
        f"no kind of function is called '{sort}'",
        start,
        end,
        expected="nondecreasing function",
        cure="write 'function', or 'nondecreasing function'",
    )


def _array(text: str, start: int, end: int, shape: re.Match[str], scope: Scope) -> Kind:
    word, opening = shape.group(1), shape.start(2)
    closing = _closing(text, opening, end)
    before = text[start : shape.start()].split()
    symmetric = word == "symmetric" or "symmetric" in before
    sizes = _sizes(text, opening, closing, scope)
    if not _RANKS[word](len(sizes)) or (symmetric and len(sizes) > 2):
        example = {"vector": "vector(n)", "matrix": "matrix(n, m)", "symmetric": "symmetric(n)"}
        raise Misread(
            f"a {word} with {len(sizes)} sizes",
            shape.start(),
            closing,
            expected=example.get(word, "tensor(c, h, w)"),
            cure="write as many sizes as it has axes",
        )
    if symmetric and len(sizes) == 1:
        sizes = (sizes[0], sizes[0])
    blanked = "".join(
        " " if shape.start() <= at < closing else character for at, character in enumerate(text[:end])
    )
    blanked = re.sub(r"\b(?:symmetric|of|entries)\b", lambda m: " " * len(m.group()), blanked)
    return Kind(shape=sizes, domain=_domain(blanked, start, end), symmetric=symmetric)


def _closing(text: str, opening: int, end: int) -> int:
    depth = 0
    for at in range(opening, end):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return at + 1
    raise Misread(
        "this bracket is never closed", opening, opening + 1, expected=")", cure="write ) where it ends"
    )


def _sizes(text: str, opening: int, closing: int, scope: Scope) -> tuple[Expr | None, ...]:
    node = parse(" " * opening + text[opening:closing].replace("(", "[", 1)[:-1] + "]")
    assert isinstance(node, Items)
    resolver = Resolver(scope, "text", Uses())
    return tuple(_size(resolver, item) for item in node.items)


def _size(resolver: Resolver, node: Node) -> Expr:
    size = resolver.as_role("size", node)
    expected = "a positive integer, or a name for one"
    if any(isinstance(part, Constant) for part in walk(size)):
        message, cure = "e and π are numbers here, no sizes", "take another letter for this size"
        raise Misread(message, node.start, node.end, expected=expected, cure=cure)
    found = arithmetic(size)
    counts = isinstance(found, Number) and isinstance(found.value, int) and found.value > 0
    if not counts and not free_variables(found):
        cure = "write a number or a name"
        raise Misread("this is no size", node.start, node.end, expected=expected, cure=cure)
    return found


def _domain(text: str, start: int, end: int) -> Domain:
    """``positive integer``, ``real > 1``, ``in [0, 1]``: each word and bound narrows the set of numbers."""
    sign = re.compile(r"[<>≤≥]|\bin\b|∈").search(text, start, end)
    words_end = sign.start() if sign else end
    domain = REAL
    for word in re.finditer(r"[^\s,]+", text[start:words_end].replace("non-", "non ").replace("non ", "non")):
        found = _DOMAINS.get(word.group())
        if found is None:
            raise Misread(
                f"'{word.group()}' is no kind",
                start,
                max(start + 1, words_end),
                expected=_KINDS,
                cure=cure_for(text[start:end]),
            )
        domain = intersect(domain, found)
    found = bounded(domain, text, sign.start(), end) if sign else domain
    return SIZE_DOMAIN if found == _POSITIVE_INTEGER else found  # one set, one name: T of vector(T)


def read_condition(text: str, scope: Scope | None = None, *, source: str = "", first_line: int = 1) -> Expr:
    """A condition that is taken to hold: ``k <= d``, ``n % k == 0``, ``sum(t) == 1``.

    A name that nobody declared is what its use says, where the scope isn't strict.

    >>> read_condition("k <= d", Scope(strict=False)).head
    'le'
    """
    from symderiv.language.conditions import refuse_value
    from symderiv.language.reader import read

    where = Source(text, source, first_line)
    try:
        tree = read(text, scope, source=source, first_line=first_line)
    except ReadError:
        in_words = refuse_words(text)
        if in_words is None:
            raise
        raise where.placed(in_words) from None
    fault = refuse_value(tree, text)
    if fault is not None or (isinstance(tree, Apply) and tree.head == "in"):
        fault = refuse_words(text) or fault
    if fault is not None:
        raise where.placed(fault)
    return tree
