"""What an exercise says that its answers can't follow: where indices begin, what the key leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from symderiv.derivation.meaning.closing import free_indices_of
from symderiv.errors import SymderivError
from symderiv.exercise import Exercise, Question
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Constant, Variable
from symderiv.grading.authoring.findings import Finding
from symderiv.grading.keys import meaning_of
from symderiv.grading.misconceptions.rewriting import nodes_of
from symderiv.tensor import Tensor

_DOTS = r"\s*,?\s*(?:\\[lcd]?dots|\.\.\.?|…)"
_FROM_ONE = re.compile(
    rf"\\sum_\{{?\s*\w\s*=\s*1(?!\d)|\b\w\s*=\s*1(?:\s*,\s*2)?{_DOTS}|\w_\{{?1\}}?{_DOTS}|\w₁{_DOTS}"
)

_FROM_ZERO = re.compile(r"_\{?0|₀|=\s*0(?!\.)")
_EXPONENTIALS = frozenset("exp expm1 log sigmoid softmax softplus logsumexp tanh sinh cosh".split())
_SOLVE = re.compile(
    r"\b(?:solve|invert|inverse|in terms of|as a function of|express|löse|umkehr\w*|in abhängigkeit)\b", re.I
)


def lint_wording(exercise: Exercise) -> Iterator[Finding]:
    """Findings on the whole exercise: words that count from 1 where indices count from 0."""
    has_arrays = any(variable.kind.shape for variable in exercise.given)
    if not has_arrays or exercise.scope.origin("latex") != 0:
        return
    words = [("", exercise.file.text), *((part.id, part.ask) for part in exercise.file.parts)]
    for part, text in words:
        found = _FROM_ONE.search(text)
        if found is not None and not _FROM_ZERO.search(text):
            said = f"the words count from 1 ({found[0]!r}), indices here from 0: say 'index_from: 1'"
            yield Finding("warning", part, said)
            return


def lint_shadows(exercise: Exercise) -> Iterator[Finding]:
    """A finding where ``e`` is a declared name and keys hold an exponential: students will write e^x."""
    taken = exercise.scope.names.get("e") or exercise.scope.names.get("E")
    if taken is None:
        return
    parts = [
        question.id
        for question in exercise
        if any(
            (isinstance(node, Apply) and node.head in _EXPONENTIALS) or node == Constant("e")
            for tree in question.trees.values()
            for node in nodes_of(tree)
        )
    ]
    if parts:
        said = f"{taken.name} is declared, so that {taken.name}^x in answers is no exponential"
        yield Finding("warning", ", ".join(parts), f"{said}: call it otherwise")


def lint_notation(exercise: Exercise) -> Iterator[Finding]:
    """Findings on a notation: of nothing, or one by which another declared name is hidden in LaTeX."""
    looks = exercise.scope.notation
    for name, look in looks.items():
        other = exercise.scope.names.get(look.removeprefix("\\"))
        if other is not None and other.name != name and looks.get(other.name, other.name) == other.name:
            said = f"the notation of {name} is how {other.name} is written: in LaTeX {look} is {name}"
            yield Finding("warning", "notation", f"{said}; give {other.name} a notation, too")
        if name not in exercise.scope.names and exercise.scope.head(name) is None:
            close = get_close_matches(name, list(exercise.scope.names), n=1, cutoff=0.5)
            meant = f" (did you mean {close[0]}?)" if close else ""
            yield Finding("warning", "notation", f"'{name}' has a notation, and nothing is called so{meant}")


def lint_key(question: Question) -> Iterator[Finding]:
    """Findings on a key: an index that it leaves open, or a name that gives itself away."""
    if question.part.kind != "expression":
        return
    key = question.key
    try:
        found = meaning_of(question, key)
    except SymderivError:
        return  # said elsewhere
    if isinstance(found, Tensor) and found.rank and (names := [v.name for v in free_indices_of(found)]):
        said = f"the key is an array and leaves the index {names[0]} open"
        yield Finding(
            "error", question.id, f"{said}: declare '{names[0]}: nonnegative integer', or sum over it"
        )
    solves = _SOLVE.search(question.part.ask) is not None
    if (
        solves
        and isinstance(key, Variable)
        and key.definition is None
        and key.value is None
        and not key.kind.shape
    ):
        users = [name for name, each in question.scope.names.items() if _uses(each, key)]
        if users:
            said = f"the key is the given name {key.name}, so whoever writes {key.name} is right"
            cure = f"write the key out, in names that no definition ({users[0]}) makes of {key.name}"
            yield Finding("warning", question.id, f"{said}: {cure}")


def _uses(variable: Variable, used: Variable) -> bool:
    return variable.definition is not None and used in free_variables(variable.definition)
