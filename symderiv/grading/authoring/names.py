"""Names in the ``allow:`` of a part that mean nothing."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from symderiv.exercise import Question
from symderiv.grading.authoring.findings import Finding

_COUNTS = frozenset(("shape", "parameters", "operations", "multiplications", "additions"))


def lint_allowed(question: Question) -> Iterator[Finding]:
    """A finding for each name that a part allows and nothing is called by: ``conv2D``."""
    scope = question.scope
    for name in question.part.allow:
        if name in scope.names or scope.head(name) is not None or name in _COUNTS:
            continue
        close = get_close_matches(name.lower(), list(scope.functions), n=1, cutoff=0.7)
        meant = f" (did you mean {close[0]}?)" if close else ""
        yield Finding("warning", question.id, f"allow: '{name}' is no operation and no name{meant}")
