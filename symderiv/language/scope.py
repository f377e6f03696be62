"""What a text is read against: the declared names, the functions at hand, where indices start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Literal

from symderiv.expression.tree import Variable
from symderiv.language.functions import BUILTIN

Dialect = Literal["text", "latex"]
Syntax = Literal["auto", "text", "latex"]
"""How a text is said to be written: in one of the two, or as it looks."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that a text may use, and what they stand for.

    ``names`` are the declared ones; ``functions`` maps spellings of operations to their heads, beside the
    elementary ones that the language always knows (`symderiv.language.functions`); ``withheld`` spellings
    exist but are not allowed here. In a ``strict`` scope an undeclared name is an error, otherwise its
    use says what it is. ``index_from`` is 0, 1, or one number a syntax: ``{"text": 0, "latex": 1}``.
    ``notation`` says how names look in LaTeX. The ``inferred`` names nobody declared: their use
    says what they are. ``has_matrices`` says that one of the texts is about a matrix that it writes out;
    ``numbers`` are undeclared names that a condition compares, as in ``alpha > 0``.

    >>> scope = Scope({"x": Variable("x")})
    >>> scope.head("ln"), scope.suggest("sigmiod"), scope.origin("text")
    ('log', ('sigmoid',), 0)
    """

    names: Mapping[str, Variable] = field(default_factory=dict)
    functions: Mapping[str, str] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()
    strict: bool = True
    index_from: int | Mapping[str, int] = 0
    notation: Mapping[str, str] = field(default_factory=dict)
    inferred: frozenset[str] = frozenset()
    has_matrices: bool = False
    numbers: frozenset[str] = frozenset()

    @property
    def has_arrays(self) -> bool:
        """Is an array among what the texts speak of, so that an undeclared I is an identity?"""
        return self.has_matrices or any(variable.kind.shape for variable in self.names.values())

    def origin(self, syntax: Dialect) -> int:
        """From where indices count in a text of this syntax (``text`` or ``latex``)."""
        return self.index_from if isinstance(self.index_from, int) else self.index_from.get(syntax, 0)

    def head(self, spelling: str) -> str | None:
        """The head that a function's spelling stands for, or None where there is no such function here."""
        if spelling in self.withheld:
            return None
        return self.functions.get(spelling) or BUILTIN.get(spelling)

    def withholds(self, spelling: str) -> bool:
        """Is this an operation that exists, but isn't allowed here?"""
        return spelling in self.withheld and spelling not in self.names

    def suggest(self, name: str) -> tuple[str, ...]:
        """Declared names and functions that are spelt like ``name``, best first."""
        known = [*self.names, *(f for f in (*self.functions, *BUILTIN) if f not in self.withheld)]
        same = [k for k in known if k.lower() == name.lower()]
        close = get_close_matches(name, known, n=3, cutoff=0.7) if len(name) > 1 else []
        return tuple(dict.fromkeys([*same, *close]))

    def declare(self, variables: Iterable[Variable]) -> Scope:
        """The scope with more names; a later declaration of a name replaces an earlier one."""
        return replace(self, names={**self.names, **{v.name: v for v in variables}})

    def infer(self, variables: Iterable[Variable]) -> Scope:
        """The scope with names that nobody declared."""
        more = {v.name: v for v in variables}
        return replace(self, names={**self.names, **more}, inferred=self.inferred | more.keys())
