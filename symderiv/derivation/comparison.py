"""Two texts in, one verdict out: read both, say what they mean, decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from symderiv.derivation.along_axes import along_axes
from symderiv.derivation.given import Given, read_given
from symderiv.derivation.hints import hint_for
from symderiv.derivation.meaning.closing import closed, counted_from, free_indices_of
from symderiv.derivation.meaning.meaning import meaning
from symderiv.derivation.misspelt import misspelt
from symderiv.derivation.own_sizes import with_own_sizes
from symderiv.derivation.undeclared import doubt
from symderiv.equality import decide
from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.verdict import ALMOST_EVERYWHERE, Different, Invalid, Policy, Undecided, Verdict
from symderiv.errors import MeaningError, SymderivError
from symderiv.expression import build
from symderiv.expression.parts import conjuncts
from symderiv.expression.printing.latex import meaning_to_latex, to_latex
from symderiv.expression.printing.meaning_text import meaning_to_text
from symderiv.expression.printing.text import entry_text, to_text
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import TRUE, Apply, Expr, Number, Variable
from symderiv.language import Scope, left_out
from symderiv.language.reader import syntax_for
from symderiv.language.scope import Dialect, Syntax
from symderiv.language.together import read_together
from symderiv.tensor import Meaning, Tensor


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text was understood."""

    tree: Expr
    meaning: Meaning | None = None
    origin: int = 0
    left_out: tuple[str, ...] = ()
    """Remarks beside the formula, which no verdict judges."""
    hint: str = ""
    """What may have been meant instead: a function that is spelt nearly so."""

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
        texts = [entry_text(size) for size in self.meaning.shape]
        return [int(text) if text.isdigit() else text for text in texts]

    @property
    def shape_text(self) -> str:
        """The same in one line, as in 2×3; nothing for what is no array."""
        return self.meaning.shape_text if isinstance(self.meaning, Tensor) else ""

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
    hint: str = ""
    """What may have been meant instead: a sum that counts from 1, an array that nobody declared."""


def compare(
    a: str | Expr,
    b: str | Expr,
    given: Sequence[str] | Given = (),
    *,
    syntax: Syntax = "auto",
    index_from: int | Mapping[str, int] = 0,
    entry: Sequence[str] = (),
    strict: bool = False,
    policy: Policy = ALMOST_EVERYWHERE,
    deadline: float | None = None,
) -> Comparison:
    """Are two expressions equal? Undeclared names are what their use says, unless ``strict``.

    A text that can't be read, or has no meaning, gives `Invalid`; errors in ``given`` are raised.

    >>> compare("max(0, x)", "(x + abs(x))/2").verdict.verdict
    'equal'
    """
    known = given if isinstance(given, Given) else read_given(given, strict=strict, index_from=index_from)
    texts = {name: side for name, side in (("a", a), ("b", b)) if isinstance(side, str)}
    written = {name: syntax_for(text, syntax) for name, text in texts.items()}
    dialect: Syntax = syntax if "latex" in written.values() else "text"
    scope, read = read_together(texts, known.scope, syntax=dialect)
    chosen = known.with_choices(scope)
    if chosen is not known:
        known = chosen
        scope, read = read_together(texts, known.scope, syntax=dialect)
    left, first = _reading(read.get("a", a), scope, texts.get("a"), written.get("a", "text"), "a")
    right, second = _reading(read.get("b", b), scope, texts.get("b"), written.get("b", "text"), "b")
    if first or second:
        return Comparison(Invalid(first or second or SymderivError("unreadable")), left, right)
    assert left is not None and right is not None
    given_here = known.within(scope)
    for side, source in ((left, "a"), (right, "b")):
        doubtful = doubt(side.tree, known.scope.names, scope.names, given_here.facts)
        if doubtful is not None:
            return Comparison(Invalid(doubtful.placed(texts.get(source, ""), source)), left, right)
    for one, other, source in ((left, right, "a"), (right, left, "b")):
        stray = _stray_equation(one, other)
        if stray is not None:
            return Comparison(Invalid(stray.placed(texts.get(source, ""), source)), left, right)
    verdict = judge(left, right, given_here, entry=entry, policy=policy, deadline=deadline)
    meanings = (left.meaning, right.meaning)
    told = hint_for(verdict, meanings, given_here.facts, known.scope.names)
    if isinstance(verdict, Different):
        told = misspelt((left.tree, right.tree), known.scope) or told
    return Comparison(verdict, left, right, told)


def _stray_equation(one: Reading, other: Reading) -> SymderivError | None:
    """``y = x^2`` beside ``x^2``: a truth is no value, and nobody means to compare the two."""
    if not (isinstance(one.tree, Apply) and one.tree.head == "eq" and isinstance(other.meaning, Tensor)):
        return None
    if is_condition(other.meaning.value):
        return None
    message, cure = (
        "an equation, beside a value",
        "write the right-hand side alone, or an equation on both sides",
    )
    error = MeaningError(message, cure=cure)
    error.span = one.tree.span
    return error


def _reading(
    tree: str | Expr | SymderivError, scope: Scope, text: str | None, syntax: Dialect, source: str
) -> tuple[Reading | None, SymderivError | None]:
    if isinstance(tree, SymderivError):
        return None, tree
    assert isinstance(tree, Expr)
    origin = 0 if text is None else scope.origin(syntax)
    try:
        remarks = () if text is None else left_out(text, scope, syntax=syntax)
        return Reading(tree, meaning(tree), origin, remarks), None
    except SymderivError as error:
        return Reading(tree), error if text is None else error.placed(text, source)
    except RecursionError:
        return None, SymderivError("this expression is nested too deeply")


def judge(
    a: Reading,
    b: Reading,
    known: Given,
    *,
    entry: Sequence[str] = (),
    policy: Policy = ALMOST_EVERYWHERE,
    deadline: float | None = None,
) -> Verdict:
    """The verdict on two readings; a formula with free indices meets an array as its entry formula."""
    try:
        origin = known.scope.origin("text")
        left, right = _aligned(_counted(a, origin), _counted(b, origin), entry, origin)
        tensors = [side for side in (left, right) if isinstance(side, Tensor)]
        open_indices = {index for side in tensors for index in free_indices_of(side)}
        facts = known.facts_beside(open_indices)
        facts = (*facts, *_starts(open_indices, facts, origin))
        facts = (*facts, *(fact for side in (a, b) for fact in _along_axes(side, open_indices, origin)))
        if isinstance(left, Tensor) and isinstance(right, Tensor):
            left, right, facts = with_own_sizes(left, right, facts)
        return decide(left, right, facts, policy=policy, deadline=deadline)
    except SymderivError as error:
        return Invalid(error)
    except RecursionError:
        return Undecided(("the expressions are nested too deeply to compare",))


def _starts(sides: set[Variable], facts: tuple[Expr, ...], origin: int) -> Iterator[Expr]:
    """Free indices count from the origin, unless what is given says of them that they begin elsewhere."""
    free = sides.union(name for fact in facts for name in free_variables(fact) if name.kind.index)
    bounded = {v for fact in facts if isinstance(fact, Apply) and _bounds(fact) for v in fact.args}
    for index in sorted(free - bounded, key=lambda v: v.name):
        yield build.compare("le", Number(origin), index)


def _along_axes(side: Reading, free: set[Variable], origin: int) -> Iterator[Expr]:
    """Where the free indices run, as the side was written, counted as what is given counts them."""
    found = build.conjunction(*along_axes(side.tree, free)) if free else TRUE
    return iter(conjuncts(counted_from(Tensor.scalar(found), side.origin, origin).value))


def _bounds(fact: Apply) -> bool:
    """Does this say where a name runs, other than up to some size: ``-2 <= i``, ``i < 0``?"""
    if fact.head not in ("lt", "le", "eq"):
        return False
    low, high = fact.args
    return isinstance(low, Number) or (isinstance(high, Number) and high.value <= 1)


def _counted(side: Reading, origin: int) -> Meaning:
    """What a side means, its free indices counted as what is given counts them."""
    found = side.meaning
    assert found is not None
    return counted_from(found, side.origin, origin) if isinstance(found, Tensor) else found


def _aligned(left: Meaning, right: Meaning, entry: Sequence[str], origin: int) -> tuple[Meaning, Meaning]:
    if isinstance(left, Tensor) and isinstance(right, Tensor):
        if left.rank and not right.rank and free_indices_of(right):
            return left, closed(right, left.shape, entry, origin)
        if right.rank and not left.rank and free_indices_of(left):
            return closed(left, right.shape, entry, origin), right
    return left, right
