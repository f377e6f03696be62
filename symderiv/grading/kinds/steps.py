"""A chain of equal lines from a start to a goal: every link judged, the first wrong line named."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, takewhile

from symderiv.derivation import Reading
from symderiv.equality.verdict import Different, Equal, Undecided, Verdict
from symderiv.errors import SymderivError
from symderiv.exercise import Formula, Question
from symderiv.exercise.names.allowed import UNTAKEN, left_to_take
from symderiv.expression.tree import Apply, Expr
from symderiv.grading.diagnosis.alike import canonical, same_form
from symderiv.grading.diagnosis.padding import without_padding
from symderiv.grading.diagnosis.told import hints_of
from symderiv.grading.diagnosis.wrong_forms import diagnose
from symderiv.grading.judgement import Judgement, all_of, invalid
from symderiv.grading.keys import entry_order
from symderiv.grading.kinds.expression import decided
from symderiv.grading.kinds.lines import Line, lines_of
from symderiv.grading.meanings import aligned_answer, understood
from symderiv.grading.misconceptions import Misconception
from symderiv.tensor import Meaning

FORMULA_ALONE = Fraction(1, 2)
_GOAL_MISSED = Undecided(("every line is right, but the last one isn't the goal",))


def judge_steps(question: Question, answer: Formula) -> Judgement:
    """Each line equal to the one before, the first to the start, the last the goal; leaps are fine.

    A single formula is judged against the goal and earns half at most, and so does ``start = goal``: a way
    has a line between the two that is neither, nor a reordering of one. A right chain that doesn't end in
    the goal, or comes back to where it was, is not accepted (undecided: nothing in it is false).
    """
    try:
        lines, beside = lines_of(question, answer)
        readings = [understood(line.tree, line.formula) for line in lines]
    except SymderivError as error:
        error.place = error.place or answer.place_of(None)
        return invalid(error)
    judged = _judged(question, lines, readings, answer)
    return replace(judged, left_out=beside)


def _judged(
    question: Question, lines: tuple[Line, ...], readings: list[Reading], answer: Formula
) -> Judgement:
    goal_tree = question.trees["steps.to"]
    start = understood(question.trees["steps.from"], answer)
    goal = understood(goal_tree, answer)
    if len(readings) > 1 and readings[0].tree == goal.tree != readings[-1].tree:
        lines, readings = _turned(lines), readings[::-1]  # from the goal back to the start
    if len(readings) == 2 and _is_derivative(readings[0]) and not _is_left_to_do(readings[1], goal):
        assert goal.meaning is not None
        first, asked = (_laid(question, each, goal.meaning, answer) for each in (readings[0], start))
        if isinstance(decided(question, first, asked), Equal):
            readings = readings[1:]  # the start once more, in the student's words
    if len(readings) == 1:
        if readings[0].tree == start.tree != goal.tree:  # what is to be derived from, copied
            return Judgement(Undecided(("this is where the chain starts",)), readings[0])
        return _formula_alone(question, readings[0], goal, answer)
    return _chain(question, lines, [start, *readings], goal, answer)


def _turned(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(replace(line, number=number) for number, line in enumerate(reversed(lines), start=1))


def _formula_alone(question: Question, reading: Reading, goal: Reading, answer: Formula) -> Judgement:
    assert goal.meaning is not None
    found = _laid(question, reading, goal.meaning, answer)
    verdict = decided(question, found, goal.meaning)
    if isinstance(verdict, Equal) and _is_left_to_do(reading, goal):
        verdict = _GOAL_MISSED
    named = diagnose(question, found, goal.tree, goal.meaning) if isinstance(verdict, Different) else ()
    return Judgement(
        verdict,
        reading,
        misconceptions=tuple(pattern.name for pattern in named),
        hints=hints_of(named),
        note="the final formula without the way to it",
        most=FORMULA_ALONE,
    )


def _is_left_to_do(last: Reading, goal: Reading) -> bool:
    """Does it end in a derivative, and the goal is one that has been taken?"""
    return bool(left_to_take(last.tree)) and not left_to_take(goal.tree)


def _chain(
    question: Question, lines: tuple[Line, ...], readings: list[Reading], goal: Reading, answer: Formula
) -> Judgement:
    assert goal.meaning is not None
    meanings = [_laid(question, reading, goal.meaning, answer) for reading in readings]
    links = [decided(question, b, a) for a, b in pairwise(meanings)]
    for line, link in zip(lines, links, strict=True):
        if isinstance(link, Different) and _is_of_its_own(lines, links, line.number):
            rest = _behind(lines, line.number)
            if rest:  # cos(π/2) = 0, so …: true, and no step
                kept = (*range(line.number - 1), *rest)
                bare = tuple(replace(lines[k], number=n) for n, k in enumerate(kept, start=1))
                chain = [readings[0], *(readings[k + 1] for k in kept)]
                return _chain(question, bare, chain, goal, answer)
            said = f"line {line.number} begins an equation that does not go on from the line before"
            return Judgement(Undecided((said,)), readings[-1])
        if isinstance(link, Different):
            held, total = _steps_that_hold(readings, links)
            previous = f"line {line.number - 1}" if line.number > 1 else "the start"
            where = f"line {line.number} ({line.formula.text}) is not equal to {previous}"
            where += f" ({held} of {total} steps hold)" if held else ""
            named = _named(question, readings[line.number - 1], meanings, line.number, goal)
            return Judgement(
                link,
                readings[-1],
                where=(where,),
                right=held,
                total=total,
                misconceptions=tuple(pattern.name for pattern in named),
                hints=hints_of(named),
            )
    outcome = all_of(links, f"each of {len(links)} lines is equal to the one before")
    if isinstance(outcome, Equal):  # what is said behind the goal is right, and no part of the way
        end = _last_goal(meanings, goal.meaning)
        readings, meanings = readings[: end + 1], meanings[: end + 1]
    if isinstance(outcome, Equal):
        is_done = not _is_left_to_do(readings[-1], goal)
        outcome = _ends_well(readings, meanings, goal.meaning, outcome) if is_done else _GOAL_MISSED
    if isinstance(outcome, Equal) and not _leads_over(readings, goal):
        note = "from the start to the goal without a line between them"
        return Judgement(outcome, readings[-1], note=note, most=FORMULA_ALONE)
    return Judgement(outcome, readings[-1])


def _last_goal(meanings: list[Meaning], goal: Meaning) -> int:
    """The place of the last line that is the goal; of the last line where none is."""
    places = [place for place, found in enumerate(meanings) if place and same_form(found, goal)]
    return places[-1] if places else len(meanings) - 1


def _steps_that_hold(readings: list[Reading], links: list[Verdict]) -> tuple[int, int]:
    """How many lines are equal to the one before, of how many; one that says the same again is no step."""
    forms = [without_padding(reading.tree) for reading in readings]
    steps = [link for link, (a, b) in zip(links, pairwise(forms), strict=True) if a != b]
    return sum(isinstance(step, Equal) for step in steps), len(steps)


def _is_of_its_own(lines: tuple[Line, ...], links: list[Verdict], number: int) -> bool:
    """Does a true equation begin with this line, as where both sides are multiplied by something?"""
    rest = list(zip(lines, links, strict=True))[number:]
    goes_on = [link for line, link in takewhile(lambda pair: not pair[0].opens, rest)]
    return (
        (number > 1 or bool(_behind(lines, number)))
        and lines[number - 1].opens
        and bool(goes_on)
        and all(isinstance(x, Equal) for x in goes_on)
    )


def _behind(lines: tuple[Line, ...], number: int) -> range:
    """The places of the lines from the next equation on."""
    opening = (place for place in range(number, len(lines)) if lines[place].opens)
    return range(next(opening, len(lines)), len(lines))


def _leads_over(readings: list[Reading], goal: Reading) -> bool:
    """Is there a line between start and goal that is neither, padded or in another order?"""
    ends = {without_padding(each.tree) for each in (readings[0], readings[-1], goal)}
    return any(
        without_padding(reading.tree) not in ends and not _is_derivative(reading)
        for reading in readings[1:-1]
    )


def _is_derivative(reading: Reading) -> bool:
    """Is the whole line a derivative or a limit that nobody has taken yet?"""
    return isinstance(reading.tree, Apply) and reading.tree.head in UNTAKEN


def _named(
    question: Question, before: Reading, meanings: list[Meaning], number: int, goal: Reading
) -> tuple[Misconception, ...]:
    """The misconceptions by which a wrong line comes from the line before, or from the goal."""
    assert goal.meaning is not None
    wrong, known = meanings[number], meanings[number - 1]
    return diagnose(question, wrong, before.tree, known) or diagnose(question, wrong, goal.tree, goal.meaning)


def _ends_well(readings: list[Reading], meanings: list[Meaning], goal: Meaning, outcome: Equal) -> Verdict:
    if not same_form(meanings[-1], goal):
        return _GOAL_MISSED
    forms: list[Expr] = []
    for form in (canonical(reading.tree) for reading in readings[1:]):  # the first is the question's own
        if form in forms[:-1]:
            return Undecided(("the chain comes back to an earlier line",))
        if form not in forms:
            forms.append(form)
    return outcome


def _laid(question: Question, reading: Reading, goal: Meaning, answer: Formula) -> Meaning:
    assert reading.meaning is not None
    try:
        return aligned_answer(question, reading.meaning, goal, entry_order(question), answer.is_latex)
    except SymderivError:
        return reading.meaning
