"""Entries that depend on one entry of x each, and sums in which an entry stands in one term.

∂f(x_i)/∂x_j = δ_ij f'(x_i)              ∂/∂x_i Σ_k f(x_k) = f'(x_i)
"""

from __future__ import annotations

from symderiv.derivation.rules.backward.saying import rules_within
from symderiv.derivation.rules.problem import Problem, Rewriting
from symderiv.derivation.rules.stories.story import Story
from symderiv.derivation.vocabulary import is_size
from symderiv.expression.instantiation import instantiate
from symderiv.expression.kinds import Kind
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import ONE, Apply, Binder, Cases, Expr, Index, Variable, walk

Line = tuple[Expr, str, str]
"""What ∂f(x_i)/∂x_i becomes, why, and the rule's name."""


def one_by_one(p: Problem, definition: Expr, told: Story | None) -> tuple[Rewriting, ...]:
    """The lines between the definition and the closed form, where each entry of x stands alone."""
    lists, entry = _inside(definition)
    match entry:
        case Apply(head="diff", args=(e, Index(base=Variable()) as own)):
            places = tuple(r.variable for r in lists)
        case _:
            return ()
    outputs, inputs = places[: len(p.shape)], places[len(p.shape) :]
    if outputs and (len(outputs) != len(inputs) or not _reads_only(e, p.x, outputs)):
        return ()
    alone = e if outputs else _one_term(e, own)
    if alone is None:
        return ()
    deltas = tuple(Apply("delta", pair) for pair in zip(outputs, inputs, strict=False))
    here = Index(p.x, outputs or inputs)

    def line(slope: Expr) -> Expr:
        line = Apply("mul", (*deltas, slope)) if deltas else slope
        for r in reversed(lists):
            line = r.rebuild((line, *r.children[1:]))
        return line if definition == lists[0] else definition.rebuild((line, *definition.children[1:]))

    said = (_ALONE if outputs else _ONE_TERM).format(x=p.x.name)
    first = Rewriting(line(Apply("diff", (alone, here))), said, rule="linearity")
    slopes = _slopes(p, alone, here, told)
    return (first, *(Rewriting(line(slope), why, rule=rule) for slope, why, rule in slopes))


_ONE_TERM = "an entry of {x} stands in one term of the sum; all others have the derivative 0"
_ALONE = "each entry depends on the entry of {x} at its own place alone: its slope there, 0 everywhere else"


def _inside(definition: Expr) -> tuple[list[Binder], Expr]:
    """The lists around the derivative of an entry, outermost first."""
    if isinstance(definition, Apply) and definition.head == "reshape":
        definition = definition.args[0]
    lists: list[Binder] = []
    while isinstance(definition, Binder) and definition.kind == "array":
        lists.append(definition)
        definition = definition.body
    return lists, definition


def _reads_only(e: Expr, x: Variable, places: tuple[Expr, ...]) -> bool:
    """Whether x is read in e at these places, and nowhere else; an index that a sum binds is no place."""
    if any(isinstance(node, Binder) and node.variable in places for node in walk(e)):
        return False
    reads = [node for node in walk(e) if isinstance(node, Index) and node.base == x]
    return bool(reads) and all(read.indices == places for read in reads)


def _one_term(e: Expr, own: Index) -> Expr | None:
    """The term of a sum in which x_i stands, with what stands around the sum: ``f(x_i)/n``."""
    found = next((n for n in walk(e) if isinstance(n, Binder) and n.kind == "sum"), None)
    if found is None or not isinstance(own.base, Variable):
        return None
    sums: list[Binder] = []
    body: Expr = found
    while isinstance(body, Binder) and body.kind == "sum":
        sums.append(body)
        body = body.body
    x = own.base
    at = next((n.indices for n in walk(body) if isinstance(n, Index) and n.base == x), ())
    names = [total.variable for total in sums]
    if len(at) != len(names) or set(at) != set(names) or not _reads_only(body, x, at):
        return None
    if _begins_at_a_letter(body):
        return None  # at which numbers the pieces meet is not known, so neither where the line holds
    if not _is_linear_around(e, found) or x in free_variables(substitute(e, {found: ONE})):
        return None
    return substitute(e, {found: instantiate(body, {k: own.indices[at.index(k)] for k in names})})


def _begins_at_a_letter(body: Expr) -> bool:
    """Whether cases are told apart by a number that is a name: ``|r| <= d``."""
    conditions = (c for node in walk(body) if isinstance(node, Cases) for c, _ in node.branches)
    names = (v for c in conditions for v in free_variables(c))
    return any(not v.kind.shape and not v.kind.index and not is_size(v) for v in names)


def _is_linear_around(e: Expr, total: Binder) -> bool:
    """Whether e is the sum with a sign, times and over numbers."""
    if e == total:
        return True
    if not isinstance(e, Apply) or e.head not in ("neg", "div", "mul"):
        return False
    holding = [arg for arg in e.args if total in set(walk(arg))]
    return (
        len(holding) == 1
        and (e.head != "div" or holding[0] is e.args[0])
        and _is_linear_around(holding[0], total)
    )


def _slopes(p: Problem, e: Expr, here: Index, told: Story | None) -> list[Line]:
    """f'(x_i) as the operation's story ends, else by the rules for numbers."""
    y = Variable(f"·{p.x.name}", Kind(domain=p.x.kind.domain))
    of_number = substitute(p.e, {p.x: y}) if told is not None else substitute(e, {here: y})
    if told is not None:
        last = told(Problem(of_number, y, (), (), p.known))[-1:]
        lines = [(line.after, line.reason, line.rule) for line in last]
    else:
        from symderiv.derivation.derive import unproved_result  # by the rules, of which this is one

        slope = unproved_result(Apply("diff", (of_number, y)))
        by = f"differentiated as a number, by {rules_within(of_number, y)}"
        lines = [] if slope is None else [(slope, by, "chain rule")]
    return [(substitute(after, {y: here}), reason, rule) for after, reason, rule in lines]
