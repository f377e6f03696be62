"""``J = …``: what stands left of an answer must be what was asked for; and chains ``a = b = c``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from symderiv.errors import ReadError, SymderivError
from symderiv.exercise.formula import Formula, source_offset
from symderiv.exercise.located.nodes import Node
from symderiv.exercise.written.left_sides.derivative_names import derivatives_in_a_line, gradient_in_a_line
from symderiv.exercise.written.left_sides.derivatives import (
    derivative_of,
    holds_derivative,
    is_derivative_of,
    says_derivative,
)
from symderiv.exercise.written.left_sides.labels import (
    assigned,
    is_label,
    is_label_of,
    spelt,
    undecorated,
    without_entry,
)
from symderiv.exercise.written.left_sides.own_labels import is_own_name
from symderiv.exercise.written.left_sides.undeclared import is_a_probability, says_of_others
from symderiv.expression.tree import Apply, Call, Expr, Index, Mapping, Variable
from symderiv.language import Scope
from symderiv.language.limits import MAX_LENGTH

_OPENING, _CLOSING = "([{", ")]}"
_WRAPPERS = (("$$", "$$"), ("$", "$"), ("\\[", "\\]"), ("\\(", "\\)"), ("\\boxed{", "}"))
_LINES = re.compile(
    r"\s*\\begin\{(?P<name>(?:align|equation|gather|eqnarray)\*?|aligned|gathered|split)\}"
    r"(?P<lines>.*)\\end\{(?P=name)\}\s*",
    re.DOTALL,
)
_ASIDE = re.compile(
    r"(?<![\w\\])(?:where|with|when|whenever|if|for|given|provided)(?!\w)"
    r"|\\(?:text|mbox|textrm|mathrm)\s*\{\s*(?:,\s*)?(?:where|with|when|whenever|if|for|given|provided)(?![\w])"
)
_BESIDE = re.compile(r"(?<!\\)[,;]|\\q?quad(?![A-Za-z])")
_NUMBER = re.compile(r"_?\d+\Z")
_SET_LINES, _NEW_LINE = " \t\r\n&", "\\\\"
MAX_MEMBERS = 300
"""How many members a chain ``a = b = c`` may have: each is read by itself."""
MAX_ENVIRONMENTS = 3
"""How deep one ``aligned`` may stand in another."""
_CONDITIONS = frozenset("eq ne lt le gt ge and or not in".split())


def members_of(
    answer: Formula, key: Expr | None, names: frozenset[str], called: Sequence[str], scope: Scope
) -> tuple[Formula, ...]:
    """Of ``J = a = b`` the members ``a`` and ``b``; an answer without a ``=`` as it is.

    What stands left of the first ``=`` may be one of the asked ``names``, as the part is ``called``, what
    the key says (``∂H/∂K``), or, where nothing has been given a name to ask for, a name that stands for
    nothing else. Raises ReadError on any other name: it is said of another quantity.
    """
    new_value = "" if is_condition(key) else assigned(answer.text)
    answer = replace(answer, text=new_value) if new_value else answer
    sides = None if answer.entries or answer.items or not (_may_be_named(key) or called) else cut(answer)
    if sides is None:
        return (answer,)
    left, right = sides
    rest = _all_members(right)
    if is_called(left, (*called, *derivatives_in_a_line(key, scope.notation), *gradient_in_a_line(key))):
        return rest
    if not _may_be_named(key):
        return (answer,)
    if undecorated(left.text) in {spelt(name) for name in (*called, *names)}:
        return rest
    is_free = not (names or called)  # to be called as its writer likes
    if is_free and (
        is_label(left.text, scope)
        or is_own_name(left.text, left.is_latex, scope)
        or says_of_others(left, scope)
    ):
        return rest
    try:
        said = left.read(replace(scope, strict=False))
    except SymderivError:
        if not names and (is_a_probability(left.text, scope) or says_derivative(left.text, key)):
            return rest
        if names or called:
            raise _refusal(left, names) from None
        return (left, *rest)  # what it says, if anything, its own reading tells
    if _is_asked(said, key, names, scope):
        return rest
    if not names and derivative_of(said) is not None and not holds_derivative(key):
        return rest
    if _is_name(said) or (names and (key is None or _may_be_a_name(said))):
        raise _refusal(left, names)
    return (left, *rest)


def is_called(left: Formula, called: Sequence[str]) -> bool:
    """Is a left-hand side spelt as the part is ``called``?"""
    said = {spelt(left.text), without_entry(left.text)}
    return any(spelt(name) in said for name in called)


def is_asked(
    left: Formula, key: Expr | None, names: frozenset[str], called: Sequence[str], scope: Scope
) -> bool:
    """Does a left-hand side name what is asked for, by itself or with a number: ``w_1`` of ``w``?"""
    if is_called(left, called):
        return True
    if not names:
        return False
    try:
        said = left.read(replace(scope, strict=False))
    except SymderivError:
        return False
    base = said.base if isinstance(said, Index) else said
    numbered = isinstance(base, Variable) and _NUMBER.sub("", base.name) in names
    return numbered or _is_asked(said, key, names, scope)


def _all_members(right: Formula) -> tuple[Formula, ...]:
    start, end = inside(right.text)
    found, at = [], start
    pieces = chain(right.text[start:end])
    for piece in pieces if len(pieces) <= MAX_MEMBERS else ():
        found.append(stretch(right, *_line(right.text, at, at + len(piece))))
        at += len(piece) + 1
    return (right,) if len(found) < 2 or any(not each.text for each in found) else tuple(found)


def _is_name(said: Expr) -> bool:
    """Is this the name of one quantity, or of its entries, rather than a formula?"""
    return isinstance(said, Variable | Index | Call) or derivative_of(said) is not None


def _may_be_a_name(said: Expr) -> bool:
    """``h^2`` may be the h of a second layer."""
    return isinstance(said, Apply) and said.head in ("pow", "transpose") and _is_name(said.args[0])


def _may_be_named(key: Expr | None) -> bool:
    """Conditions hold a ``=`` of their own, and so do results with names."""
    return not (isinstance(key, Mapping) or is_condition(key))


def is_condition(key: Expr | None) -> bool:
    return isinstance(key, Apply) and key.head in _CONDITIONS


def _is_asked(said: Expr, key: Expr | None, names: frozenset[str], scope: Scope) -> bool:
    if said == key or is_derivative_of(said, key, scope):
        return True
    if isinstance(said, Index) and is_label_of(said, scope):
        said = said.base
    elif isinstance(said, Call):
        said = said.function
    if not isinstance(said, Variable):
        return False
    if said.name in names or (key is not None and said.definition == key):
        return True
    return not names and said.name not in scope.names


def _refusal(left: Formula, names: frozenset[str]) -> SymderivError:
    asked = " or ".join(sorted(names))
    expected = f"{asked} = …, or the right-hand side alone" if names else "the right-hand side alone"
    message = f"the left-hand side isn't {asked}" if names else "the left-hand side isn't what is asked for"
    return ReadError(message, left.place_of((0, len(left.text))), expected)


def cut(answer: Formula) -> tuple[Formula, Formula] | None:
    """What stands left and right of the first ``=``, if there is one outside of all brackets."""
    start, end = inside(answer.text)
    text = answer.text[start:end]
    left = chain(text)[0]
    if len(left) == len(text):
        return None
    behind = start + len(left) + 1
    first, last = _line(answer.text, start, behind - 1)
    if not answer.text[first:last].strip(":") or not answer.text[behind:end].strip():
        return None
    last = first + len(answer.text[first:last].rstrip(" :"))
    return stretch(answer, first, last), stretch(answer, behind, end)


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a member of a chain begins and ends, without the signs that set lines: ``&`` and ``\\\\``."""
    while start < end and (text[start] in _SET_LINES or text.startswith(_NEW_LINE, start, end)):
        start += 1 if text[start] in _SET_LINES else 2
    while start < end and (text[end - 1] in _SET_LINES or text.endswith(_NEW_LINE, start, end)):
        end -= 1 if text[end - 1] in _SET_LINES else 2
    return start, end


def inside(text: str) -> tuple[int, int]:
    """Where the formula stands, between its dollars if it has any, and inside an ``align``."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    full_stop = len(text.rstrip(" \t\r\n.,;"))
    end = full_stop if text[:full_stop].endswith(("$", "\\]", "\\)")) else end
    piece = text[start:end]
    for _ in range(2):  # a box between dollars
        for opening, closing in _WRAPPERS:
            fits = piece.startswith(opening) and piece.endswith(closing)
            if fits and len(piece) > len(opening) + len(closing) and _is_one(piece, opening):
                start, end = start + len(opening), end - len(closing)
                piece = text[start:end]
                break
    for _ in range(MAX_ENVIRONMENTS):
        lines = _LINES.fullmatch(text, start, end)
        start, end = (start, end) if lines is None else lines.span("lines")
    return start, end


def _is_one(piece: str, opening: str) -> bool:
    """Does the box that opens the piece close at its end, rather than before?"""
    if opening[-1] != "{":
        return True
    depth = 0
    for character in piece[:-1]:
        depth += (character == "{") - (character == "}")
        if character == "}" and depth == 0:
            return False
    return True


def stretch(formula: Formula, start: int, end: int) -> Formula:
    """A part of a formula's text, in the syntax of the whole and in its place in the file."""
    piece = formula.text[start:end]
    start += len(piece) - len(piece.lstrip())
    node = formula.node
    if node is not None:
        at = node.start + source_offset(formula.text, node.slice, start)
        node = Node(node.document, at, node.end)
    syntax = "latex" if formula.is_latex else formula.syntax
    return replace(formula, text=piece.strip(), syntax=syntax, node=node, items=())


def split_equations(text: str) -> list[str]:
    """``text`` cut at each ``=`` outside brackets that is no ``==``, ``<=``, ``>=``, ``!=``.

    What stands behind *where*, *if* and the like says something of the last member.

    >>> split_equations("f(x, k=1) = 2 == y = 3"), split_equations("f = s*(1 - s) where s = g(x)")
    (['f(x, k=1) ', ' 2 == y ', ' 3'], ['f ', ' s*(1 - s) where s = g(x)'])
    """
    if len(text) > MAX_LENGTH:  # nobody will read it
        return [text]
    pieces, depth, start = [], 0, 0
    for offset, character in enumerate(text):
        if text.startswith("\\begin{", offset):
            depth += 1
        elif text.startswith("\\end{", offset):
            depth -= 1
        if depth == 0 and character in "wifgp\\" and _ASIDE.match(text, offset):
            break
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth -= 1
        elif character == "=" and depth == 0 and not _compares(text, offset):
            pieces.append(text[start:offset])
            start = offset + 1
    return [*pieces, text[start:]]


def chain(text: str) -> list[str]:
    """The members of ``a = b``; behind a comma another statement begins, whose ``=`` is its own.

    >>> chain("y = 2*s, s = 3"), chain("y = f(2, 3) = 6")
    (['y ', ' 2*s, s = 3'], ['y ', ' f(2, 3) ', ' 6'])
    """
    members = split_equations(text)
    for number, member in enumerate(members[:-1]):
        if _says_more(member):
            return [*members[:number], "=".join(members[number:])]
    return members


def _says_more(member: str) -> bool:
    """Does anything stand behind a comma, a semicolon or a gap outside of brackets?"""
    depth, at = 0, 0
    while at < len(member):
        if member.startswith(("\\begin{", "\\end{"), at):
            depth += 1 if member[at + 1] == "b" else -1
        depth += (member[at] in _OPENING) - (member[at] in _CLOSING)
        sign = _BESIDE.match(member, at) if depth == 0 else None
        at = at + 1 if sign is None else sign.end()
        if sign is not None and member[at:].strip(_SET_LINES + "\\,;"):
            return True
    return False


def _compares(text: str, offset: int) -> bool:
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
    return (before in ("<", ">", "!", "=") and before != "") or after == "="
