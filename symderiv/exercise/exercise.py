"""An exercise as it is worked with: names with their meaning, and questions whose mathematics is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from symderiv.displays import shown
from symderiv.errors import SymderivError, UnknownName
from symderiv.exercise.format.models import AnyPart, ExerciseFile, ExpressionPart, Feedback
from symderiv.exercise.formula import Formula
from symderiv.exercise.names.allowed import asked_name
from symderiv.exercise.names.declarations import spelled_out
from symderiv.exercise.names.results import with_own_names
from symderiv.exercise.written.asked import is_asked, is_condition, members_of
from symderiv.exercise.written.asked_values import array_of, as_array, as_number, as_typed, may_be_several
from symderiv.exercise.written.bare_latex import read_answer, with_letters_apart
from symderiv.exercise.written.conditions import as_condition, as_statements, with_intervals, with_remainders
from symderiv.exercise.written.equations import members as members_in
from symderiv.exercise.written.left_sides.asked_in_words import asked_formulas, asked_in_words
from symderiv.exercise.written.left_sides.asked_words import asked_words
from symderiv.exercise.written.left_sides.labels import is_on_the_way, uses_other_names
from symderiv.exercise.written.named_entries import by_names
from symderiv.exercise.written.numbers import refuse_square
from symderiv.exercise.written.objects import as_objects, by_entries
from symderiv.exercise.written.results import as_asked, as_result
from symderiv.exercise.written.sized import sized
from symderiv.exercise.written.statements import (
    asked_statement,
    asks_about,
    conclusion,
    equivalents,
    rounded,
    without_sign,
)
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ZERO, Expr, Variable
from symderiv.expression.tree import Mapping as Results
from symderiv.language import Scope, left_out
from symderiv.language.latex.reading import read_latex_chain
from symderiv.language.latex.sentences.provisos import in_words


@dataclass(frozen=True, slots=True)
class Question:
    """A part: what is asked, and against which names its key and its answers are read.

    ``trees`` holds the part's own mathematics by field: ``answer``, ``where.0``, ``steps.from``, …
    ``facts`` are conditions known to hold; ``wanted`` the names that a construct asks for.
    """

    part: AnyPart
    scope: Scope
    answer_scope: Scope
    facts: tuple[Expr, ...] = ()
    trees: Mapping[str, Expr] = field(default_factory=dict)
    wanted: Mapping[str, Variable] = field(default_factory=dict)
    feedback: Feedback = "hint"

    @property
    def id(self) -> str:
        return self.part.id

    @property
    def key(self) -> Expr:
        """The tree of the right answer."""
        return self.trees["answer"]

    def read(self, answer: Formula) -> Expr:
        """An answer against the names that it may use; errors are placed in its file."""
        return self.read_members(answer)[-1]

    def read_members(self, answer: Formula) -> tuple[Expr, ...]:
        """The members of ``a = b`` one by one, of which the last is the answer; nearly always one."""
        if self.part.kind == "order":
            key = self.trees.get("answer")
            written = with_letters_apart(as_result(answer, key, {}), self.answer_scope)
            costs = read_answer(written, self.answer_scope)
            return (as_asked(spelled_out(costs), key),)
        if self.part.kind not in ("expression", "construct"):
            return (spelled_out(read_answer(answer, self.answer_scope)),)
        key = self._asked_key
        members = self._members(self._asked_of(answer)[0])
        if is_condition(key) and len(members) > 1:
            return tuple(map(self._tree, members))
        before = [tree for member in members[:-1] if (tree := self._step(member)) is not None]
        last = self._tree(sized(members[-1], key, self.answer_scope.names))
        if len(members) == 2 and uses_other_names(members[0], self.answer_scope) and not free_variables(last):
            self._tree(members[0])  # x + q = 2 says nothing of a number: refused for its q
        last = as_asked(last, key, self.points)
        last = with_own_names(last, self.answer_scope, self._origin(answer), key)
        return (*(as_asked(each, key, self.points) for each in before), last)

    def _members(self, answer: Formula) -> tuple[Formula, ...]:
        key = self._asked_key
        rows = self.part.rows if isinstance(self.part, ExpressionPart) else {}
        if isinstance(key, Results) and not (self.wanted or rows):
            answer = by_entries(answer, key, self._origin(answer))
            if named := self._named(answer, key):
                return named
        asked = array_of(self.trees.get("answer")) if may_be_several(answer.text) else None
        if asked is not None and asked.rank and not (answer.entries or answer.items):
            answer = replace(answer, text=as_array(answer.text, asked, self._origin(answer)))
        if asked is not None and not asked.rank:
            refuse_square(answer, self.part.ask)
            answer = as_typed(answer, asked, self.grants_rounding)
        if self.wanted:
            answer = as_objects(answer, self.wanted, self._origin(answer))
        written = as_result(
            answer,
            self._names_wanted if key is None else key,
            rows,
            asked_formulas(self.part.ask),
            self.scope.notation,
            asked_words(self.part.ask),
        )
        if is_condition(key) and len(alike := equivalents(written)) > 1:
            return alike
        if isinstance(key, Results) and not self.wanted and written.text.lstrip().startswith("{"):
            return members_in(written)
        members = members_of(written, key, self.asked, self._called, self.scope, self.part.ask)
        # an object is said once: the second = is a fault
        return (written,) if self.wanted and len(members) > 1 else members

    def _named(self, answer: Formula, key: Results) -> tuple[Formula, ...]:
        return by_names(answer, key, partial(as_number, rounded=self.grants_rounding))

    def _origin(self, answer: Formula) -> int:
        return self.answer_scope.origin("latex" if answer.is_latex else "text")

    @property
    def _asked_key(self) -> Expr | None:
        """The key; of several objects that have none, their names."""
        key = self.trees.get("answer")
        return self._names_wanted if key is None and len(self.wanted) > 1 else key

    @property
    def _names_wanted(self) -> Expr | None:
        """The names of several objects, or of an array's entries, as a result whose values nobody knows."""
        are_several = len(self.wanted) > 1 or any(each.kind.shape for each in self.wanted.values())
        return Results(tuple((name, ZERO) for name in self.wanted)) if are_several else None

    def _step(self, member: Formula) -> Expr | None:
        """A member before the last; a step in what answers may not use, or nobody declared, isn't judged."""
        try:
            return self._tree(member)
        except SymderivError as error:
            withheld = isinstance(error, UnknownName) and "may not be used here" in error.message
            if withheld or is_on_the_way(member, self.answer_scope):
                return None
            raise

    def _tree(self, member: Formula) -> Expr:
        key = self.trees.get("answer")
        if not is_condition(key):
            return spelled_out(read_answer(member, self.answer_scope))
        member = with_intervals(with_remainders(member), self.part.ask, key, self.answer_scope)
        said = read_answer(as_condition(member), self.answer_scope)
        return spelled_out(as_statements(said, self.answer_scope))

    def left_out(self, answer: Formula) -> tuple[str, ...]:
        """What stands in an answer and isn't judged: remarks, steps, statements about other quantities."""
        key = self._asked_key
        if isinstance(key, Results) and not self.wanted and (named := self._named(answer, key)):
            answer = named[-1]
        parts = [part for _, part in answer.entries] or list(answer.items)
        if parts:
            return tuple(said for part in parts for said in self.left_out(part))
        others: tuple[Formula, ...] = ()
        if self.part.kind in ("expression", "construct"):
            answer, others = self._asked_of(answer)
            others = (*others, *self._steps(answer))
        macros = {macro.name: macro for macro in answer.macros}
        remarks = left_out(answer.text, self.answer_scope, syntax=answer.syntax, macros=macros)
        return (*(in_words(other.text) for other in others), *remarks)

    def _steps(self, answer: Formula) -> Iterator[Formula]:
        """The members before the last that are no more than steps."""
        if "=" not in answer.text or is_condition(self.trees.get("answer")):
            return
        with suppress(SymderivError):
            yield from (member for member in self._members(answer)[:-1] if self._step(member) is None)

    def _asked_of(self, answer: Formula) -> tuple[Formula, tuple[Formula, ...]]:
        """The statement of an answer that is judged, and the others."""
        key = self._asked_key
        answer, steps = conclusion(answer)
        said, about = rounded(answer, self.grants_rounding or asks_about(self.part.ask))
        if not (about and self._is_left_side(said)):  # D ≈ 3 says nothing exact: its ≈ is refused
            answer, steps = said, (*steps, *about)
        if isinstance(key, Results) or is_condition(key):
            return answer, steps
        answer, sign = (answer, ()) if key is None else without_sign(answer)
        steps = (*steps, *sign)
        called = (*self._called, *asked_in_words(self.part.ask, key, self.scope.notation))
        names = self.asked
        kept, others = asked_statement(answer, lambda left: is_asked(left, key, names, called, self.scope))
        return kept, (*steps, *others)

    @property
    def _called(self) -> tuple[str, ...]:
        """What the part is called, also as this looks in LaTeX."""
        looks = self.scope.notation
        return (*self.part.called, *(looks[name] for name in self.part.called if name in looks))

    def _is_left_side(self, said: Formula) -> bool:
        """Is this no more than a name of what is asked for?"""
        called = (*self._called, *asked_in_words(self.part.ask, self._asked_key, self.scope.notation))
        return is_asked(said, None, self.asked, called, self.scope)

    @property
    def grants_rounding(self) -> bool:
        """Does the part grant ``digits`` or a ``tolerance``?"""
        part = self.part
        return isinstance(part, ExpressionPart) and (part.digits is not None or part.tolerance is not None)

    @property
    def points(self) -> Mapping[str, Mapping[Expr, Expr]]:
        """By named result where an answer that is one formula takes its value."""
        at = self.part.at if isinstance(self.part, ExpressionPart) else {}
        return {
            result: {self.scope.names[name]: self.trees[f"at.{result}.{name}"] for name in point}
            for result, point in at.items()
        }

    @property
    def asked(self) -> frozenset[str]:
        """The name that an answer may say on its left-hand side, if the part asks for a name."""
        if self.wanted:
            return frozenset(self.wanted)
        name = asked_name(self.trees.get("answer"))
        return frozenset() if name is None else frozenset((name,))

    def read_chain(self, answer: Formula) -> list[Expr]:
        """The members of ``a = b = c`` in LaTeX, over several lines or in one."""
        try:
            members = read_latex_chain(
                answer.text, self.answer_scope, macros={m.name: m for m in answer.macros}
            )
        except SymderivError as error:
            raise answer.placed(error) from error
        return [spelled_out(member) for member in members]

    def fields(self, prefix: str) -> tuple[Expr, ...]:
        """The trees of a list of formulas: ``fields("where")``."""
        return tuple(tree for name, tree in self.trees.items() if name.startswith(f"{prefix}."))


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise: `file` as it was written, `questions` as they are judged."""

    file: ExerciseFile
    scope: Scope
    questions: tuple[Question, ...]
    facts: tuple[Expr, ...] = ()
    path: Path | None = None
    seed: int | None = None

    @property
    def id(self) -> str:
        return self.file.id

    @property
    def title(self) -> str:
        return self.file.title

    @property
    def given(self) -> tuple[Variable, ...]:
        """The names of ``let``, in the order written."""
        return tuple(self.scope.names[name] for name in self.file.let if name in self.scope.names)

    def question(self, identifier: str) -> Question | None:
        return next((question for question in self.questions if question.id == identifier), None)

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions)

    def __str__(self) -> str:
        return shown("exercise", "text", self) or repr(self)

    def _repr_html_(self) -> str | None:
        return shown("exercise", "html", self)

    def _repr_latex_(self) -> str | None:
        return shown("exercise", "latex", self)


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """What one student answered: part id → text (None where the file names a part and says nothing)."""

    exercise: str
    answers: Mapping[str, Formula | None]
    student: str = ""
    seed: int | None = None
    path: Path | None = None
