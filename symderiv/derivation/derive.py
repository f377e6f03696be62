"""Rewrites the leftmost derivative by the first rule that fits until none is left, and proves each step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from symderiv.derivation.dependence import depends, length, reached, without_names
from symderiv.derivation.goals import is_open, ranges_of_indices
from symderiv.derivation.proof import limits
from symderiv.derivation.proof.lines import OUT_OF_TIME
from symderiv.derivation.proof.proving import proof
from symderiv.derivation.rules.backward.saying import rules_within
from symderiv.derivation.rules.backward.sending import one_operation
from symderiv.derivation.rules.catalogue import RULES
from symderiv.derivation.rules.problem import Problem, Rewriting, derivative_of, shape
from symderiv.derivation.steps import Derivation, Step
from symderiv.derivation.tidying.at_kinks import (
    at_the_kink,
    at_the_numbers,
    in_symbols,
    is_missed,
    is_open_at_numbers,
    kinks_of,
    left_undefined,
)
from symderiv.derivation.tidying.cancelling import cancelled, cancelled_inside, sum_of_one
from symderiv.derivation.tidying.naming import with_names
from symderiv.derivation.tidying.slices_back import slices_back
from symderiv.derivation.tidying.slopes_at_kinks import said_of_kinks
from symderiv.derivation.tidying.tidying import tidy
from symderiv.derivation.tidying.upstream import named_upstream
from symderiv.derivation.tidying.writing_out import by_entries, numbers_put_in, written_out
from symderiv.equality.verdict import Equal, Undecided, Verdict
from symderiv.errors import MeaningError
from symderiv.expression.tree import Apply, Expr, Variable, transform, walk

MAX_STEPS = 200

_OPEN = Undecided((), "whether a derivative exists at the given numbers is open")


def derive(tree: Expr, wrt: Variable | None = None, facts: tuple[Expr, ...] = ()) -> Derivation:
    """The derivative of ``tree`` by ``wrt`` (or a tree with derivatives in it), step by step.

    >>> from symderiv.language import Scope, read
    >>> x = Variable("x")
    >>> [step.rule for step in derive(read("x^2", Scope({"x": x})), x).steps]
    ['power rule']
    """
    goal = tree if wrt is None else derivative_of(tree, wrt)
    kink = left_undefined(goal)
    facts = (*facts, *ranges_of_indices(goal))
    steps = _steps(goal if kink is None else in_symbols(goal), facts)
    refuted = any(step.verdict.verdict == "different" for step in steps)
    if kink is None and (refuted or (steps and is_missed(goal, steps[-1].after, facts))):
        kink = at_the_numbers(goal)  # a line between has no value there, as |x| of x |x| has no derivative
        steps = steps if kink is None else _steps(in_symbols(goal), facts)
    if kink is not None:
        steps.append(at_the_kink(goal, steps[-1].after if steps else goal, kink, facts))
    if steps and steps[-1].is_proved and is_open_at_numbers(goal):
        steps[-1] = replace(steps[-1], verdict=_OPEN)  # else a line that holds nowhere would be proved
    kinks = said_of_kinks(goal, facts) if kink is None else ()
    return Derivation(goal, with_names(goal, tuple(steps)), kinks)


def unproved_result(goal: Expr) -> Expr | None:
    """What a derivative comes to by the rules, in the names of the goal, in a fraction of the time: nothing
    is proved. None where it has a kink.

    >>> x = Variable("x")
    >>> str(unproved_result(Apply("diff", (Apply("sin", (x,)), x))))
    'cos(x)'
    """
    if left_undefined(goal) is not None:
        return None
    result = goal
    for _, line in _lines(goal, ranges_of_indices(goal)):
        result = line.after
    return result


def _steps(goal: Expr, facts: tuple[Expr, ...]) -> list[Step]:
    with limits.one_derivation():
        return [_step(before, line, facts) for before, line in _lines(goal, facts)]


def _lines(goal: Expr, facts: tuple[Expr, ...]) -> Iterator[tuple[Expr, Written]]:
    """Each line with the tree before it."""
    given = _given_names(goal)
    current = goal
    known: frozenset[Variable] = frozenset()
    count = 0
    while (after := _next_trees(current, facts, given, known := known | reached(current))) is not None:
        for line in after:
            if line.after != current:
                yield current, line
                current = line.after
                count += 1
        if count > MAX_STEPS:
            raise MeaningError(f"this derivation takes more than {MAX_STEPS} steps")


@dataclass(frozen=True, slots=True)
class Written:
    """The next line: the piece that was rewritten, the tree with it put in, and that tree tidied."""

    rule: str
    after: Expr
    rewriting: Rewriting
    piece: tuple[Expr, Expr]
    put_in: Expr


def _next_trees(
    current: Expr, facts: tuple[Expr, ...], given: Given, known: frozenset[Variable]
) -> list[Written] | None:
    """What the tree becomes next, one line or a story of several; None when there is nothing left to do.

    ``known`` has the names of this line and of all before it: none of them is given to something else.
    """
    node = _next_open(current)
    if isinstance(node, Apply):
        inside = cancelled_inside(node, facts)
        if inside is not None:
            return [_shortened(current, (node, inside), "the factors cancel", given)]
        upstream = named_upstream(node, current)
        if upstream is not None:
            return [_with_letter(current, *upstream)]
        rule, first = _rewrite(node, known)
        return _written(current, node, rule, (first, *first.then), given)
    back = slices_back(current)
    if back is not None:
        told = Rewriting(back, "back to the slices themselves")
        return [Written("definition", back, told, (current, back), back)]
    for reason, find in _SHORTER.items():
        found = find(current, facts)
        if found is not None:
            return [_shortened(current, found, reason, given)]
    for finish in (written_out, numbers_put_in):
        after = finish(current)
        if after is not None and after != current:
            reason = _REASONS[finish.__name__]
            rewriting = Rewriting(after, reason)
            name = finish.__name__.replace("_", " ")
            return [Written(name, after, rewriting, (current, after), after)]
    return None


def _put_in(tree: Expr, old: Expr, new: Expr) -> Expr:
    """The tree with a piece replaced wherever it stands, in sums over indices that it contains too."""
    return transform(tree, lambda node: new if node == old else node)


def _shortened(current: Expr, pair: tuple[Expr, Expr], reason: str, given: Given) -> Written:
    put_in = _put_in(current, *pair)
    return Written("cancelled", _in_given_names(tidy(put_in), given), Rewriting(put_in, reason), pair, put_in)


def _with_letter(current: Expr, G: Expr, name: Variable) -> Written:
    after = _put_in(current, G, name)
    told = Rewriting(after, f"a letter for what is sent back: {name.name}", ((name.name, G),))
    return Written("naming", after, told, (G, name), after)


def _next_open(tree: Expr) -> Expr | None:
    """The leftmost derivative without one inside; of what is sent back, what has the longest way to go.

    One whose name the derivatives inside don't depend on goes first: ∂(J v)/∂v is J, whatever J is.
    """
    found = [n for n in walk(tree) if is_open(n)]
    innermost = [n for n in found if not any(map(is_open, _inside(n)))]
    plain = (n for n in found if isinstance(n, Apply) and n.head != "vjp")
    ready = next((n for n in plain if n in innermost or _is_constant_inside(n)), None)
    return ready or max(innermost, key=lambda n: length(n.children[0]), default=None)


def _is_constant_inside(node: Apply) -> bool:
    """Whether no derivative inside depends on the name of this one."""
    x = node.args[1]
    return isinstance(x, Variable) and not any(is_open(n) and depends(n, x) for n in _inside(node))


def _written(
    current: Expr, node: Apply, rule: str, lines: tuple[Rewriting, ...], given: Given
) -> list[Written]:
    """The lines of a story, each put where the derivative stood; inside a longer line only the last."""
    if node != current:
        lines = (_in_one(lines),)
    found: list[Written] = []
    piece: Expr = node
    for line in lines:
        now = tidy(line.after)
        proved = line.after if line.lemma else now
        put_in = _put_in(current, node, proved)
        after = _in_given_names(tidy(_put_in(current, node, now)), given)
        found.append(Written(line.rule or rule, after, line, (piece, proved), put_in))
        piece = now
    return found


def _in_one(lines: tuple[Rewriting, ...]) -> Rewriting:
    """A story in one line: from what the first began with to what the last ends in."""
    if len(lines) == 1:
        return lines[0]
    told = all(len(line.lemma) == 1 for line in lines)
    return replace(lines[-1], lemma=((lines[0].lemma[0][0], lines[-1].lemma[0][1]),) if told else ())


_SHORTER = {"the probabilities sum to 1": sum_of_one, "the factors cancel": cancelled}

_REASONS = {
    "written_out": "entry by entry",
    "numbers_put_in": "the given numbers put in",
}


Given = dict[Expr, Variable]


def _given_names(goal: Expr) -> Given:
    """The names that the exercise gave, each by what it stands for."""
    names = sorted(reached(goal), key=str, reverse=True)
    return {v.definition: v for v in names if isinstance(v.definition, Apply) and not is_open(v.definition)}


def _in_given_names(tree: Expr, given: Given) -> Expr:
    """``p ⊙ (1 - p)`` for ``sigmoid(X*w) ⊙ (1 - sigmoid(X*w))`` where p is given; not inside a derivative."""
    if isinstance(tree, Apply) and tree.head == "vjp" and given:
        return Apply("vjp", (*tree.args[:2], _in_given_names(tree.args[2], given)))
    if is_open(tree) or not given:
        return tree
    if tree in given:
        return given[tree]
    children = tree.children
    return tree.rebuild(tuple(_in_given_names(child, given) for child in children)) if children else tree


def _inside(node: Expr) -> Iterator[Expr]:
    for child in node.children:
        yield from walk(child)


def _rewrite(node: Apply, known: frozenset[Variable]) -> tuple[str, Rewriting]:
    if node.head == "vjp":
        return _sent_back(node)
    e, x = node.args
    if isinstance(x, Variable) and not node.options:
        problem = Problem(e, x, tuple(shape(e)), tuple(shape(x)), known)
        for name, rule in RULES:
            rewriting = rule(problem)
            if rewriting is not None and rewriting.after != node:
                return name, rewriting
    return "entry by entry", Rewriting(by_entries(node), _by_itself(e, x))


def _sent_back(node: Apply) -> tuple[str, Rewriting]:
    u, x, G = node.args
    step = one_operation(u, x, G) if isinstance(x, Variable) else None
    if step is not None:
        return step
    return "entry by entry", Rewriting(by_entries(node), _by_itself(u, x))


def _by_itself(e: Expr, x: Expr) -> str:
    used = rules_within(e, x) if isinstance(x, Variable) else ""
    by = f", by {used}" if used else ""
    return "; ".join((f"each entry differentiated by itself{by}", *kinks_of(e)))


def _is_named(before: Expr, line: Written) -> bool:
    """Whether a new name was put in for its definition, or a definition for its name, and that is all."""
    old, new = line.piece
    match old, new:
        case Apply(head="vjp", args=(Variable() as u, x, G)), Apply(head="vjp", args=(a, y, H)):
            return (u.definition, x, G) == (a, y, H) and u != x and line.after == _put_in(before, old, new)
    known = reached(before)
    written_out = without_names(line.after, known)
    same = {v.name: v.definition for v in known}
    alike = all(same.get(v.name, v.definition) == v.definition for v in reached(line.after))
    return alike and written_out != line.after and written_out == before


def _step(before: Expr, line: Written, facts: tuple[Expr, ...]) -> Step:
    told = line.rewriting
    if _is_named(before, line) or line.after == slices_back(before):
        verdict: Verdict = Equal("structure")
    elif limits.is_over():
        verdict = OUT_OF_TIME
    else:
        with limits.one_step():
            verdict = proof(before, line.after, line.piece, facts, told.lemma, line.put_in)
    return Step(line.rule, before, line.after, told.reason, verdict, told.where)
