"""Pseudocode in a small language: assignments, calls, matmul, return; run on symbols, never as Python.

The result is a sum of words in opaque functions and matrices. Two such sums are equal for all functions
and matrices exactly if their normal forms are, so the comparison is exact.
"""

from __future__ import annotations

from collections import Counter
from functools import partial

from symderiv.equality.verdict import Different, Equal, Undecided, Witness
from symderiv.errors import SymderivError
from symderiv.exercise import Formula, Question
from symderiv.exercise.format.models import ProgramPart
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Apply, Expr
from symderiv.grading.judgement import Judgement, invalid
from symderiv.grading.kinds.program_run import Run, factors_of, flat, run, untransposed
from symderiv.grading.kinds.program_sums import are_one
from symderiv.grading.kinds.program_text import declared_numbers, program_scope, returned


def judge_program(question: Question, answer: Formula) -> Judgement:
    """Right where the results are, each function is called as often as said, in the order said."""
    part = question.part
    assert isinstance(part, ProgramPart)
    scope = program_scope(question.scope, part)
    try:
        done = run(answer, scope, part)
        wanted = returned(part.returns, scope)
    except SymderivError as error:
        error.place = error.place or answer.place_of(None)
        return invalid(error)
    numbers = declared_numbers(question.scope, scope, part)
    checks = (partial(_results, numbers=numbers), _calls, _order)
    for check in checks:
        fault = check(done, wanted, part)
        if isinstance(fault, Undecided):
            return Judgement(fault)
        if fault is not None:
            witness, where, name = fault
            return Judgement(
                Different("the program was run on symbols", witness), where=(where,), misconceptions=name
            )
    return Judgement(Equal("the program was run on symbols"))


Fault = tuple[Witness, str, tuple[str, ...]]


def _results(
    done: Run, wanted: tuple[Expr, ...], part: ProgramPart, numbers: frozenset[Expr]
) -> Fault | Undecided | None:
    if len(done.results) != len(wanted):
        counts = str(len(done.results)), str(len(wanted))
        return Witness((), *counts), f"{counts[0]} values are returned, expected {counts[1]}", ()
    for number, (found, right) in enumerate(zip(done.results, wanted, strict=True), start=1):
        same = are_one(found, right, numbers)
        if isinstance(same, Undecided):
            return same
        if not same:
            witness = Witness((("returned value", str(number)),), to_text(found), "another composition")
            return witness, f"returned value {number} is wrong", _named(found, right)
    return None


def _named(found: Expr, right: Expr) -> tuple[str, ...]:
    """Why a product of Jacobians is wrong: its factors out of order, or evaluated at the wrong point."""
    a, b = flat(found), flat(right)
    if not (isinstance(a, tuple) and isinstance(b, tuple)):
        return ()
    if flat(Apply("transpose", (found,))) == b:
        return ("transposed",)
    if Counter(a) == Counter(b):
        return ("factors-in-wrong-order",)
    heads = [[getattr(getattr(x, "function", None), "name", "") for x in side] for side in (a, b)]
    if heads[0] == heads[1] and any(heads[0]):
        return ("wrong-evaluation-point",)
    shorter = len(a) == len(b) - 1 and not Counter(a) - Counter(b)
    return ("chain-factor-forgotten",) if shorter else ()


def _calls(done: Run, wanted: tuple[Expr, ...], part: ProgramPart) -> Fault | None:
    for name, times in part.calls.items():
        if done.calls[name] != times:
            witness = Witness((("function", name),), f"{done.calls[name]} calls", f"{times} calls")
            named = ("called-too-often",) if done.calls[name] > times else ()
            return witness, f"the program calls {name} {done.calls[name]} times", named
    return None


def _order(done: Run, wanted: tuple[Expr, ...], part: ProgramPart) -> Fault | None:
    """Forward accumulation multiplies from the input's side, reverse from the output's."""
    if part.order is None:
        return None
    for found in done.results:
        order = accumulation(found)
        if order not in ("", part.order):
            witness = Witness((), f"{order} accumulation", f"{part.order} accumulation")
            return witness, f"the products are multiplied in {order} order", ("forward-reverse-mixed",)
    return None


def accumulation(tree: Expr) -> str:
    """``forward`` for A (B C), ``reverse`` for (A B) C, ``mixed``, or '' for fewer than three factors."""
    pair = factors_of(untransposed(tree))
    if pair is None:
        return ""
    left, right = (factors_of(side) for side in pair)
    if left is None and right is None:
        return ""
    if left is not None and right is not None:
        return "mixed"
    here = "reverse" if left is not None else "forward"
    below = accumulation(pair[0] if left is not None else pair[1])
    return here if below in ("", here) else "mixed"
