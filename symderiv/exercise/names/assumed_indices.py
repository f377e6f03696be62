"""``assume: ['x[i] > 0']``: an index that only what is assumed speaks of needs no declaration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from symderiv.exercise.formula import Formula
from symderiv.language import Scope, infer


def with_indices(scope: Scope, assumed: Sequence[Formula]) -> Scope:
    """The scope with the indices that the assumptions read declared arrays at, where these are no names yet.

    >>> from symderiv.expression.kinds import Kind
    >>> from symderiv.expression.tree import Variable
    >>> scope = Scope().declare([Variable("x", Kind(shape=(None,)))])
    >>> sorted(with_indices(scope, [Formula("x[i] < x[j]"), Formula("i < j"), Formula("k > 0")]).names)
    ['i', 'j', 'x']
    """
    found = infer([formula.text for formula in assumed], replace(scope, strict=False))
    indices = [v for v in found.names.values() if v.kind.index and v.name not in scope.names]
    return scope.declare(indices) if indices else scope
