"""What stands left of the first ``=`` of an answer: a name of what was asked for, or a member of a chain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from symderiv.errors import ReadError, SymderivError
from symderiv.exercise.formula import Formula
from symderiv.exercise.written.equations import cut, members
from symderiv.exercise.written.left_sides.asked_in_words import asked_formulas, asked_in_words, spelt_alike
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
    says_arguments,
    spelt,
    undecorated,
    without_entry,
)
from symderiv.exercise.written.left_sides.own_labels import is_own_name
from symderiv.exercise.written.left_sides.undeclared import is_a_length, is_a_probability, says_of_others
from symderiv.expression.tree import Apply, Call, Expr, Index, Mapping, Variable
from symderiv.language import Scope

MAX_SLOPE = 12
_NUMBER = re.compile(r"_?\d+\Z")
_CONDITIONS = frozenset("eq ne lt le gt ge and or not in".split())


def members_of(
    answer: Formula,
    key: Expr | None,
    names: frozenset[str],
    called: Sequence[str],
    scope: Scope,
    ask: str = "",
) -> tuple[Formula, ...]:
    """Of ``J = a = b`` the members ``a`` and ``b``; an answer without a ``=`` as it is.

    What stands left of the first ``=`` may be one of the asked ``names``, as the part is ``called``, what
    the words of the question ``ask`` for by a formula, what the key says (``∂H/∂K``), or, where nothing has
    been given a name to ask for, a name that stands for nothing else. Raises ReadError on any other name: it
    is said of another quantity.
    """
    new_value = "" if is_condition(key) else assigned(answer.text)
    answer = replace(answer, text=new_value) if new_value else answer
    sides = None if answer.entries or answer.items or not (_may_be_named(key) or called) else cut(answer)
    if sides is None:
        return (answer,)
    left, right = sides
    rest = members(right)
    in_words = _updated(ask) if new_value else asked_in_words(ask, key, scope.notation)
    as_derived = (*derivatives_in_a_line(key, scope.notation), *gradient_in_a_line(key))
    said = is_called(left, (*called, *in_words, *as_derived)) or is_a_length(left.text, ask)
    if not said and not _may_be_named(key):
        return (answer,)
    return rest if said or _only_names(left, key, names, called, scope) else (left, *rest)


def _updated(ask: str) -> tuple[str, ...]:
    """What a question asks the new value of: w, where it asks for ``w_{t+1}``."""
    asked = asked_formulas(ask)
    return (*asked, *filter(None, map(undecorated, asked)))


def _only_names(
    left: Formula, key: Expr | None, names: frozenset[str], called: Sequence[str], scope: Scope
) -> bool:
    """Is this a name of what is asked for, no member? Raises ReadError on the name of another quantity."""
    if {undecorated(left.text), spelt(left.text)} & {spelt(name) for name in (*called, *names)}:
        return True
    if _is_slope_by(left.text, scope):
        raise _refusal(left, names)
    is_free = not (names or called)  # to be called as its writer likes
    if is_free and (
        is_label(left.text, scope)
        or is_own_name(left.text, left.is_latex, scope)
        or says_of_others(left, scope)
    ):
        return True
    if says_arguments(left.text, names, scope):
        return True
    try:
        said = left.read(replace(scope, strict=False))
    except SymderivError:
        if not names and (is_a_probability(left.text, scope) or says_derivative(left.text, key)):
            return True
        if names or called:
            raise _refusal(left, names) from None
        return False  # what it says, if anything, its own reading tells
    if _is_asked(said, key, names, scope):
        return True
    if not names and _is_primed(said) and says_derivative(left.text, key):
        return True
    if not names and derivative_of(said) is not None and not holds_derivative(key):
        return True
    if _is_name(said) or (names and (key is None or _may_be_a_name(said))):
        raise _refusal(left, names)
    return False


def _is_slope_by(left: str, scope: Scope) -> bool:
    """``dX`` as code calls a gradient by X, where X is given: said of this one, and of no other."""
    said = spelt(left)
    given = {spelt(name) for name in scope.names}
    return said[:1] == "d" and said not in given and said[1:] in given and len(said) < MAX_SLOPE


def is_called(left: Formula, called: Sequence[str]) -> bool:
    """Is a left-hand side spelt as the part is ``called``?"""
    said = {spelt(left.text), without_entry(left.text), spelt_alike(left.text)}
    return any(spelt(name) in said or spelt_alike(name) in said for name in called)


def is_asked(
    left: Formula, key: Expr | None, names: frozenset[str], called: Sequence[str], scope: Scope
) -> bool:
    """Does a left-hand side name what is asked for, by itself or with a number: ``w_1`` of ``w``?"""
    if is_called(left, called):
        return True
    if not names:
        return False
    if says_arguments(left.text, names, scope):
        return True
    try:
        said = left.read(replace(scope, strict=False))
    except SymderivError:
        return False
    base = said.base if isinstance(said, Index) else said
    numbered = isinstance(base, Variable) and _NUMBER.sub("", base.name) in names
    return numbered or _is_asked(said, key, names, scope)


def _is_asked(said: Expr, key: Expr | None, names: frozenset[str], scope: Scope) -> bool:
    if said == key or is_derivative_of(said, key, scope):
        return True
    if isinstance(said, Index) and is_label_of(said, scope):
        said = said.base
        if is_derivative_of(said, key, scope):  # (∂y/∂x)_{ij}
            return True
    elif isinstance(said, Call):
        said = said.function
    if not isinstance(said, Variable):
        return False
    if said.name in names or (key is not None and said.definition == key):
        return True
    return not names and said.name not in scope.names


def _is_primed(said: Expr) -> bool:
    """``σ'(x)`` of a known function, or an entry of it."""
    return isinstance(said, Apply) and said.head == "primed"


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


def _refusal(left: Formula, names: frozenset[str]) -> SymderivError:
    asked = " or ".join(sorted(names))
    expected = f"{asked} = …, or the right-hand side alone" if names else "the right-hand side alone"
    message = f"the left-hand side isn't {asked}" if names else "the left-hand side isn't what is asked for"
    return ReadError(message, left.place_of((0, len(left.text))), expected)
