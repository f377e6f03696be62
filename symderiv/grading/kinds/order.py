"""An asymptotic cost: O(l m n + l n o) = O(max(l m n, l n o)), several variables growing independently."""

from __future__ import annotations

from collections.abc import Mapping as Mapping_
from itertools import islice

from symderiv.derivation import Reading, meaning
from symderiv.equality import decide
from symderiv.equality.verdict import Different, Equal, Undecided, Verdict, Witness
from symderiv.errors import SymderivError
from symderiv.exercise import Formula, Question
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Apply, Expr, Mapping, Number
from symderiv.grading.costs.growth import Monomials, dominated, growth
from symderiv.grading.costs.quotients import by_quotients
from symderiv.grading.diagnosis.told import hints_of
from symderiv.grading.judgement import Judgement, all_of, invalid
from symderiv.grading.misconceptions import MISCONCEPTIONS, Misconception
from symderiv.grading.misconceptions.written_counts import written_counts

OF_COSTS = ("swapped", "term-forgotten", "factor-forgotten")
MAX_FORMS = 60


def judge_order(question: Question, answer: Formula) -> Judgement:
    """Equal where each side is bounded by a constant times the other, as all variables grow from 1."""
    try:
        tree = question.read(answer)
        found = costs(tree)
    except SymderivError as error:
        error.place = error.place or answer.place_of(None)
        return invalid(error)
    key = written_counts(question.key) or question.key
    wanted = costs(key)
    missing = [name for name in wanted if name not in found]
    if missing or len(found) != len(wanted):
        expected = ", ".join(wanted)
        return invalid(SymderivError("a cost is missing or too many", answer.place_of(None), expected))
    verdicts = {name: same_order(found[name], wanted[name]) for name in wanted}
    outcome = all_of(list(verdicts.values()), "each bounds the other up to a constant")
    wrong = tuple(
        f"{name or 'the cost'} is wrong" for name, each in verdicts.items() if isinstance(each, Different)
    )
    named = named_mistakes(found, key) if wrong else ()
    return Judgement(
        outcome,
        Reading(tree),
        where=wrong,
        right=len(wanted) - len(wrong),
        total=len(wanted),
        misconceptions=tuple(pattern.name for pattern in named),
        hints=hints_of(named),
    )


def named_mistakes(found: Mapping_[str, Expr], key: Expr) -> tuple[Misconception, ...]:
    """The patterns of whose wrong form the costs are proved to be."""
    return tuple(
        pattern
        for pattern in MISCONCEPTIONS
        if pattern.name in OF_COSTS
        and any(_all_same(found, costs(form)) for form in islice(pattern.forms(key), MAX_FORMS))
    )


def _all_same(found: Mapping_[str, Expr], form: Mapping_[str, Expr]) -> bool:
    return found.keys() == form.keys() and all(
        isinstance(same_order(found[name], form[name]), Equal) for name in found
    )


def costs(tree: Expr) -> dict[str, Expr]:
    """The costs by name; one without a name is ``''``."""
    if isinstance(tree, Mapping):
        return {key if isinstance(key, str) else to_text(key): value for key, value in tree.items}
    return {"": tree}


def same_order(a: Expr, b: Expr) -> Verdict:
    """Do two costs grow alike? A direction in which one outgrows the other is the witness."""
    try:
        left, right = growth(a), growth(b)
    except SymderivError as error:
        return _same_but_for_a_factor(a, b) or by_quotients(a, b) or Undecided((error.message,))
    unknown: tuple[str, ...] = ()
    for small, large, which in ((left, right, "faster"), (right, left, "slower")):
        try:
            direction = _escape(small, large)
        except SymderivError as error:
            unknown = (error.message,)
            continue
        if direction is not None:
            point = tuple((name, f"t^{power}") for name, power in direction)
            witness = Witness(point, to_text(a), f"grows {which} than the right cost as t → oo")
            return Different("asymptotic growth", witness)
    if unknown:
        return by_quotients(a, b) or Undecided(unknown)
    return Equal("each bounds the other up to a constant")


def _same_but_for_a_factor(a: Expr, b: Expr) -> Verdict | None:
    """Equal where two costs of any kind (``k^n``) are proved the same, numbers in front of them left out."""
    try:
        found = decide(meaning(_core(a)), meaning(_core(b)))
    except SymderivError:
        return None
    return Equal("the same up to a constant factor") if isinstance(found, Equal) else None


def _core(cost: Expr) -> Expr:
    """A cost without its O and without positive numbers in front."""
    if isinstance(cost, Apply) and cost.head in ("O", "Theta", "pos"):
        return _core(cost.args[0])
    if isinstance(cost, Apply) and cost.head == "div" and _is_factor(cost.args[1]):
        return _core(cost.args[0])
    if isinstance(cost, Apply) and cost.head == "mul":
        factors = [each for each in cost.args if not _is_factor(each)]
        return _core(factors[0]) if len(factors) == 1 else Apply("mul", tuple(factors)) if factors else cost
    return cost


def _is_factor(tree: Expr) -> bool:
    return isinstance(tree, Number) and tree.value > 0


def _escape(small: Monomials, large: Monomials) -> tuple[tuple[str, int], ...] | None:
    """The direction in which a monomial of ``small`` outgrows all of ``large``, if there is one."""
    for monomial in sorted(small):
        direction = dominated(monomial, large)
        if direction is not None:
            return direction
    return None
