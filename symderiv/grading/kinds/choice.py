"""One or several of the choices."""

from __future__ import annotations

from collections.abc import Iterable

from symderiv.equality.verdict import Different, Equal, Witness
from symderiv.errors import FileFault
from symderiv.exercise import Formula, Question
from symderiv.exercise.format.models import ChoicePart
from symderiv.grading.judgement import Judgement, invalid
from symderiv.grading.kinds.choices_named import named_choices, normal, says_all


def judge_choice(question: Question, answer: Formula) -> Judgement:
    """Right where exactly the right choices are named, or ``choose`` of them, in whatever order.

    An unknown choice is an error with the choices listed.
    """
    part = question.part
    assert isinstance(part, ChoicePart)
    known = {normal(name): name for name in part.choices} | {
        normal(text): name for name, text in part.choices.items()
    }
    known |= _truths(set(map(normal, part.choices)))
    chosen = named_choices(answer, known)
    unknown = [name for name in chosen if normal(name) not in known]
    if unknown or not chosen:
        message = f"'{unknown[0]}' is none of the choices" if unknown else "no choice is made"
        return invalid(FileFault(message, answer.place_of(None), ", ".join(part.choices)))
    picked, right = (_one_by_one(part, names) for names in ({known[normal(n)] for n in chosen}, part.answer))
    wanted = part.choose or len(right)
    if picked <= right and len(picked) == wanted:
        return Judgement(Equal("the choice"), right=wanted, total=wanted)
    witness = Witness((), ", ".join(sorted(picked)), "another choice")
    return Judgement(
        Different("the choice", witness),
        where=(fault_of(picked, right),),
        right=len(picked & right),
        total=wanted,
    )


def _truths(called: set[str]) -> dict[str, str]:
    """Of *true* and *false*, their first letters, and *yes* and *no*."""
    if called != {"true", "false"}:
        return {}
    meant = {
        "true": "t yes y correct wahr w ja richtig stimmt",
        "false": "f no n wrong incorrect falsch nein untrue ✗",
    }
    known = {word: choice for choice, words in meant.items() for word in words.split()}
    return {**known, "not true": "false", "stimmt nicht": "false", "✓": "true"}


def _one_by_one(part: ChoicePart, names: Iterable[str]) -> set[str]:
    """The choices; *all of the above* is those above it, said one by one or in one go."""
    called, found = list(part.choices), set(names)
    for place, name in enumerate(called):
        if (says_all(name) or says_all(part.choices[name])) and name in found and not part.choose:
            found = (found - {name}) | set(called[:place])
    return found


def fault_of(picked: set[str], right: set[str]) -> str:
    """What is wrong with a choice, without saying which would be right."""
    wrong = sorted(picked - right)
    if not wrong:
        return "more than asked is chosen" if picked == right else "a choice is missing"
    named = ", ".join(f"'{name}'" for name in wrong)
    return f"{named} {'is' if len(wrong) == 1 else 'are'} wrong"
