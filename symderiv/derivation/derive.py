"""Derives: rewrites the leftmost derivative by the first rule that fits, until none is left, and proves each step."""

from __future__ import annotations

from symderiv.derivation.meaning import tensor_of
from symderiv.derivation.rules import RULES, D, Problem, Rewriting, shape
from symderiv.derivation.steps import Derivation, Step
from symderiv.derivation.writing_out import by_entries, numbers_put_in, written_out
from symderiv.equality import decide
from symderiv.equality.verdict import Verdict
from symderiv.errors import MeaningError
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import Apply, Expr, Variable, walk

MAX_STEPS = 200
DERIVATIVES = ("diff", "gradient", "jacobian")


def derive(tree: Expr, wrt: Variable | None = None, facts: tuple[Expr, ...] = ()) -> Derivation:
    """The derivative of ``tree`` by ``wrt`` (or a tree with derivatives in it), step by step.

    >>> from symderiv.language import Scope, read
    >>> x = Variable("x")
    >>> [step.rule for step in derive(read("x^2", Scope({"x": x})), x).steps]
    ['power rule']
    """
    goal = tree if wrt is None else D(tree, wrt)
    steps: list[Step] = []
    current = goal
    for _ in range(MAX_STEPS):
        done = _one_step(current, facts)
        if done is None:
            return Derivation(goal, tuple(steps), tensor_of(current))
        if done.after == current:
            raise MeaningError("this derivation makes no progress")
        steps.append(done)
        current = done.after
    raise MeaningError(f"this derivation takes more than {MAX_STEPS} steps")


def _one_step(current: Expr, facts: tuple[Expr, ...]) -> Step | None:
    node = next((n for n in walk(current) if _is_open(n)), None)
    if node is not None and isinstance(node, Apply):
        rule, rewriting = _rewrite(node)
        return _step(rule, current, substitute(current, {node: rewriting.after}), rewriting, facts)
    for finish in (written_out, numbers_put_in):
        after = finish(current)
        if after is not None and after != current:
            return _step(finish.__name__.replace("_", " "), current, after, Rewriting(after, _REASONS[finish.__name__]), facts)
    return None


_REASONS = {"written_out": "entry by entry", "numbers_put_in": "the given numbers put in"}


def _is_open(node: Expr) -> bool:
    return isinstance(node, Apply) and node.head in DERIVATIVES and len(node.args) == 2


def _rewrite(node: Apply) -> tuple[str, Rewriting]:
    e, x = node.args
    if isinstance(x, Variable) and not node.options:
        problem = Problem(e, x, tuple(shape(e)), tuple(shape(x)))
        for name, rule in RULES:
            rewriting = rule(problem)
            if rewriting is not None and rewriting.after != node:
                return name, rewriting
    return "entry by entry", Rewriting(by_entries(node), "each entry differentiated by itself")


def _step(rule: str, before: Expr, after: Expr, rewriting: Rewriting, facts: tuple[Expr, ...]) -> Step:
    return Step(rule, before, after, rewriting.reason, _proof(before, after, facts), rewriting.where)


def _proof(before: Expr, after: Expr, facts: tuple[Expr, ...]) -> Verdict:
    return decide(tensor_of(before), tensor_of(after), facts)
