"""Two texts in, one verdict out: read both, say what they mean, decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from symderiv.derivation.closing import closed, free_indices_of
from symderiv.derivation.given import Given, read_given
from symderiv.derivation.meaning import meaning
from symderiv.equality import decide
from symderiv.equality.verdict import Invalid, Undecided, Verdict
from symderiv.errors import SymderivError
from symderiv.expression.latex import meaning_to_latex, to_latex
from symderiv.expression.text import meaning_to_text, to_text
from symderiv.expression.tree import Expr
from symderiv.language import infer, read
from symderiv.tensor import Meaning, Tensor

ALMOST_EVERYWHERE = "almost everywhere"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text was understood."""

    tree: Expr
    meaning: Meaning | None = None

    @property
    def text(self) -> str:
        return to_text(self.tree)

    @property
    def latex(self) -> str:
        return to_latex(self.tree)

    @property
    def shape(self) -> list[int | str] | None:
        """Sizes, numbers as numbers and symbols as text; None for what is no array."""
        if not isinstance(self.meaning, Tensor):
            return None
        return [int(text) if (text := to_text(n)).isdigit() else text for n in self.meaning.shape]

    @property
    def free(self) -> tuple[str, ...]:
        """The indices that it leaves open, in alphabetical order."""
        open_ones = free_indices_of(self.meaning) if isinstance(self.meaning, Tensor) else ()
        return tuple(index.name for index in open_ones)

    @property
    def value_text(self) -> str:
        return "" if self.meaning is None else meaning_to_text(self.meaning)

    @property
    def value_latex(self) -> str:
        return "" if self.meaning is None else meaning_to_latex(self.meaning)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A verdict, and how the two sides were read (None where a side couldn't be)."""

    verdict: Verdict
    a: Reading | None
    b: Reading | None


def compare(
    a: str | Expr,
    b: str | Expr,
    given: Sequence[str] | Given = (),
    *,
    syntax: str = "auto",
    index_from: int | Mapping[str, int] = 0,
    entry: Sequence[str] = (),
    strict: bool = False,
    policy: str = ALMOST_EVERYWHERE,
    deadline: float | None = None,
) -> Comparison:
    """Are two expressions equal? Undeclared names are what their use says, unless ``strict``.

    A text that can't be read, or has no meaning, gives `Invalid`; errors in ``given`` are raised.

    >>> compare("max(0, x)", "(x + abs(x))/2").verdict.verdict
    'equal'
    """
    known = given if isinstance(given, Given) else read_given(given, strict=strict, index_from=index_from)
    texts = [side for side in (a, b) if isinstance(side, str)]
    try:
        scope = known.scope if strict else infer(texts, known.scope, syntax)
    except SymderivError as error:
        return Comparison(Invalid(error), None, None)
    known = Given(scope, known.facts)
    left, first = _read(a, known, syntax, "a")
    right, second = _read(b, known, syntax, "b")
    if first or second:
        return Comparison(Invalid(first or second or SymderivError("unreadable")), left, right)
    assert left is not None and right is not None
    return Comparison(judge(left, right, known, entry=entry, policy=policy, deadline=deadline), left, right)


def _read(
    side: str | Expr, known: Given, syntax: str, source: str
) -> tuple[Reading | None, SymderivError | None]:
    tree: Expr | None = None
    try:
        tree = read(side, known.scope, syntax=syntax, source=source) if isinstance(side, str) else side
        return Reading(tree, meaning(tree)), None
    except SymderivError as error:
        if isinstance(side, str):
            error.placed(side, source)
        return (None if tree is None else Reading(tree)), error
    except RecursionError:
        return None, SymderivError("this expression is nested too deeply")


def judge(
    a: Reading,
    b: Reading,
    known: Given,
    *,
    entry: Sequence[str] = (),
    policy: str = ALMOST_EVERYWHERE,
    deadline: float | None = None,
) -> Verdict:
    """The verdict on two readings; a formula with free indices meets an array as its entry formula."""
    origin = known.scope.index_from if isinstance(known.scope.index_from, int) else 0
    try:
        left, right = _aligned(a.meaning, b.meaning, entry, origin)
        return decide(left, right, known.facts, policy=policy, deadline=deadline)
    except SymderivError as error:
        return Invalid(error)
    except RecursionError:
        return Undecided(("the expressions are nested too deeply to compare",))


def _aligned(
    a: Meaning | None, b: Meaning | None, entry: Sequence[str], origin: int
) -> tuple[Meaning, Meaning]:
    assert a is not None and b is not None
    if isinstance(a, Tensor) and isinstance(b, Tensor):
        if a.rank and not b.rank and free_indices_of(b):
            return a, closed(b, a.shape, entry, origin)
        if b.rank and not a.rank and free_indices_of(a):
            return closed(a, b.shape, entry, origin), b
    return a, b
