"""Cures that name a declared name or a function, as LaTeX spells them."""

from __future__ import annotations

import re

from symderiv.language.functions import BUILTIN
from symderiv.language.latex.lexing.symbols import FUNCTIONS, GREEK
from symderiv.language.scope import Scope
from symderiv.language.source import Misread

_MEANT = re.compile(r"did you mean (.+)\?\Z")
_WORD = re.compile(r"[^\W\d]\w*")


def spelt_in_latex(fault: Misread, scope: Scope) -> Misread:
    """The fault, what it says was meant put into LaTeX: ``beta`` as ``\\beta``."""
    found = _MEANT.match(fault.cure)
    if found is not None and "\\" not in fault.cure:
        guesses = [_WORD.sub(lambda word: _shown(word[0], scope), each) for each in found[1].split(" or ")]
        fault.cure = f"did you mean {' or '.join(each.replace('*', ' ') for each in guesses)}?"
    return fault


def _shown(name: str, scope: Scope) -> str:
    if name in scope.notation:
        return scope.notation[name]
    if f"\\{name}" in GREEK or f"\\{name}" in FUNCTIONS:
        return f"\\{name}"
    if len(name) == 1:
        return name
    escaped = name.replace("_", r"\_")
    is_function = name not in scope.names and (name in BUILTIN or name in scope.functions)
    return rf"\operatorname{{{escaped}}}" if is_function else rf"\mathrm{{{escaped}}}"
