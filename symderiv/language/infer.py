"""What undeclared names are, from how they are used: scalars, arrays, indices, sizes, functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from symderiv.expression.kinds import COUNT, FUNCTION, INDEX, SCALAR, SIZE, Kind
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ZERO, Apply, Binder, Expr, Index, Number, Variable, walk
from symderiv.language.functions import OFTEN_NAMES, TYPICAL_FUNCTIONS
from symderiv.language.resolving.subscripts import Subscripted, subscripted
from symderiv.language.run_together import (
    function_run_together,
    letters_in_a_row,
    products,
    scripts_in_a_row,
    subscripted_in_a_row,
)
from symderiv.language.scope import Dialect, Scope, Syntax
from symderiv.language.source import Misread
from symderiv.language.spelling import GREEK, loose
from symderiv.language.syntax import Name, Node

VARIANT = re.compile(r"\\var[a-z]|\\ell(?![a-z])")
"""Letters that LaTeX writes in two ways."""

_RANK = {"function": 5, "array": 4, "size": 3, "index": 2, "scalar": 1}
"""Which use decides, where a name has several: a name that is applied once is a function."""


class Uses:
    """The undeclared names met so far, each with the use that decides what it is.

    ``plain``: each was met as a number alone, where it asks nothing else, so that a tree read meanwhile is
    already the one that is read once they are all known.
    """

    def __init__(self, declared: Iterable[str] = ()) -> None:
        self.declared = frozenset(declared)
        self.roles: dict[str, tuple[str, int]] = {}
        self.spellings: dict[str, str] = {}
        self.bound: set[str] = set()
        self.torn: set[str] = set()
        self.places: set[str] = set()
        self.plain = True

    def note(self, name: str, role: str, rank: int, node: Name) -> Expr:
        """Note one use of a name, and return what it would be by this use alone."""
        name = self.spellings.setdefault(loose(name) if len(name) > 1 else name, name)
        if role != "scalar" or name in OFTEN_NAMES or "_" in name:
            self.plain = False
        if role == "index":
            self.places.add(name)
        if scripts_in_a_row(node.name) or node.name.startswith("_"):  # softmax(x)_i
            self.torn.add(name)
        before = self.roles.get(name)
        if before is None or _RANK[role] > _RANK[before[0]]:
            self.roles[name] = (role, rank)
        return Variable(name, _kind(role, rank))

    def variables(self) -> list[Variable]:
        """The names as variables; letters that ran together (``xy``) are left undeclared."""
        roles = self._with_entries()
        known = {*self.roles, *self.declared}
        return [
            Variable(name, _kind(role, rank))
            for name, (role, rank) in roles.items()
            if name not in self.torn and (role == "function" or not self._runs_together(name, known))
        ]

    def may_be_zero(self, trees: Iterable[Expr | None]) -> set[str]:
        """The names in ends of ranges that are places of entries as well: ``Σ_{k=0…i} x[k]`` beside ``y[i]``.

        Such a one is no length of an array, and the first place is 0; unless a range that begins elsewhere
        ends there, as in ``Σ_{k=1…n} x[k] - x[n]``.
        """
        both = {name for name in self.places if self.roles[name][0] == "size"}
        if not both:
            return both
        nodes = [node for tree in trees if tree is not None for node in walk(tree)]
        at = {part.name for node in nodes for part in _places(node) if isinstance(part, Variable)}
        found = both & at & {name for node in nodes for name in _in_ends(node)}
        return found - {name for node in nodes for name in _lengths(node)}

    def _with_entries(self) -> dict[str, tuple[str, int]]:
        """The roles, where ``p_i`` is an entry of the array p, not a name of its own.

        That it is if p is an array elsewhere, or if i is an index and no array is written with brackets.
        """
        roles = dict(self.roles)
        has_arrays = any(role == "array" for role, _ in roles.values())
        for name, (role, _) in self.roles.items():
            cut = subscripted(name) if role == "scalar" else None
            if cut is None:
                continue
            is_array = self._has_entry(cut)
            if cut.letters[0].isdigit():
                if is_array:
                    del roles[name]
                continue
            known = [
                roles.get(letter, ("", 0))[0] == "index" or letter in self.bound for letter in cut.letters
            ]
            if is_array or (len(known) == 1 and all(known) and not has_arrays and cut.base not in self.roles):
                del roles[name]
                roles[cut.base] = ("array", len(cut.letters))
                for letter in cut.letters:
                    if letter not in self.bound:
                        roles[letter] = ("index", 0)
            elif self.bound.issuperset(cut.letters) or (cut.base == "delta" and known == [True, True]):
                del roles[name]  # a name of its own, or an entry? `subscripts.entry` asks
        return roles

    def _has_entry(self, cut: Subscripted) -> bool:
        """Is there an array with as many indices: ``x_1`` beside ``x[i]``, ``M_12`` beside ``M[i,j]``?"""
        role, rank = self.roles.get(cut.base, ("", 0))
        digits = len(cut.letters[0]) if cut.letters[0].isdigit() else 0
        return role == "array" and rank in (len(cut.letters), digits)

    def _runs_together(self, name: str, known: set[str]) -> bool:
        """Is the name a product without its ``*`` (of names used by themselves, of typical letters, or of
        letters with subscripts), or a function without its brackets (``cosx``)?
        """
        others = self.roles.keys() if name.lower() in GREEK.values() else known
        found = (
            products(name, {*others, "pi"})
            or function_run_together(name, others)
            or subscripted_in_a_row(name)
        )
        return bool(found) or letters_in_a_row(name)


def _places(node: Expr) -> tuple[Expr, ...]:
    match node:
        case Index(indices=at) | Apply(head="delta", args=at):
            return at
    return ()


def _in_ends(node: Expr) -> Iterator[str]:
    if isinstance(node, Binder):
        ends = [end for end in (node.lower, node.upper) if end is not None]
        yield from (name.name for end in ends for name in free_variables(end))


def _lengths(node: Expr) -> Iterator[str]:
    """The n of a range 1 … n, or 1 … n - 1, and the sizes of an array."""
    match node:
        case Binder(
            lower=Expr() as low, upper=Apply(head="add" | "sub", args=(Variable(name=name), Number()))
        ):
            yield from () if low == ZERO else (name,)
        case Binder(lower=Expr() as low, upper=Variable(name=name)) if low != ZERO:
            yield name
        case Apply(head="eye" | "ones" | "zeros", args=sizes):
            yield from (name.name for size in sizes for name in free_variables(size))


def _kind(role: str, rank: int) -> Kind:
    if role == "array":
        return Kind(shape=(None,) * rank)
    return {"function": FUNCTION, "index": INDEX, "size": SIZE}.get(role, SCALAR)


def infer(texts: Sequence[str], scope: Scope, syntax: Syntax = "auto") -> Scope:
    """The scope in which every name of the texts is declared, undeclared ones by their use.

    A name that is indexed is an array, one that indexes (or stands in a delta) an index, one that is
    applied an opaque function, the end of a sum's range a size (which may be 0 if it is a place as well),
    any other a real scalar. A text that can't be read is passed over: reading it says why.

    >>> scope = infer(["sum(x[i]*w[n-i], (i, 0, k)) + f(c)"], Scope(strict=False), "text")
    >>> {v.name: (len(v.kind.shape), v.kind.index, v.kind.function) for v in scope.names.values()}["n"]
    (0, True, '')
    """
    from symderiv.language.reader import syntax_for, syntax_of

    uses = Uses(scope.names)
    trees: list[Expr | None] = []
    # LaTeX last: what a letter is there (`H_{10}`: an entry, or a label?) is asked of the names known so far;
    # of these what may be another's letter (`\varepsilon`)
    for text in sorted(
        texts, key=lambda text: (syntax_for(text, syntax) == "latex", bool(VARIANT.search(text)))
    ):
        known = [v for v in uses.variables() if not _is_more_here(v, text, syntax)]
        try:
            node, kind = syntax_of(text, scope.infer(known), syntax)
        except Misread:
            continue
        trees.append(_collect(node, scope, kind, uses))
    return _declared(scope, uses, trees)


def _is_more_here(variable: Variable, text: str, syntax: Syntax) -> bool:
    """A name that stands alone in one text (``max(x)``, ``f x``) and carries an index in a LaTeX one
    (``x_i``), or is applied there as functions are (``f(x + 1)``).
    """
    from symderiv.language.reader import syntax_for

    if variable.kind != SCALAR or syntax_for(text, syntax) != "latex":
        return False
    behind = r"\}?_" if variable.name not in TYPICAL_FUNCTIONS else r"(?:\}?_|\s*(?:\\left)?\()"
    return re.search(rf"(?<![A-Za-z]){re.escape(variable.name)}{behind}", text) is not None


def infer_syntax(nodes: Sequence[Node], scope: Scope, syntax: Dialect) -> Scope:
    """`infer`, of texts whose syntax is known."""
    return inferred(nodes, scope, syntax)[0]


def inferred(nodes: Sequence[Node], scope: Scope, syntax: Dialect) -> tuple[Scope, list[Expr | None]]:
    """`infer_syntax`, with the trees of those texts that need no second look in that scope."""
    uses = Uses(scope.names)
    trees = [_collect(node, scope, syntax, uses) for node in nodes]
    known = _declared(scope, uses, trees)
    is_settled = uses.plain and uses.roles.keys() <= known.names.keys()
    return known, trees if is_settled else [None] * len(trees)


def _collect(node: Node, scope: Scope, syntax: Dialect, uses: Uses) -> Expr | None:
    from symderiv.language.resolving.resolve import resolve

    try:
        return resolve(node, scope, syntax, uses)
    except Misread:
        return None


def _declared(scope: Scope, uses: Uses, trees: list[Expr | None]) -> Scope:
    counts = uses.may_be_zero(trees)
    names = (Variable(v.name, COUNT) if v.name in counts else v for v in uses.variables())
    return replace(scope.infer(names), strict=True)
