"""An operation at names: from the definition of its entries to the form in which its derivative is known."""

from __future__ import annotations

from symderiv.derivation.dependence import depends
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.rules.problem import Problem, Rewriting, is_compound, operation_of
from symderiv.derivation.rules.stories.alone import one_by_one
from symderiv.derivation.rules.stories.linear import term_by_term
from symderiv.derivation.rules.stories.storybook import STORIES
from symderiv.derivation.tidying.writing_out import letters_for
from symderiv.expression.build import add, mul
from symderiv.expression.instantiation import instantiate
from symderiv.expression.printing.display import readable
from symderiv.expression.tree import MINUS_ONE, ZERO, Apply, Binder, Expr, Index, Variable
from symderiv.operations.declaring.operation import Operation


def closed_form(p: Problem) -> Rewriting | None:
    """∂f(x)/∂x where the operation f states its own Jacobian, told from the definition of f's entries."""
    found = operation_of(p.e)
    if found is None:
        return None
    operation, e = found
    parameter = argument_of(operation, e, p.x)
    if parameter is None or parameter not in operation.jacobians:
        return None
    form = readable(operation.jacobians[parameter](*operation.bind(e.args, e.options)))
    form = _flattened(form, p)
    reason = with_kinks(f"the derivative of {operation.name} by {p.x.name}", operation)
    if not p.shape and not p.wrt:
        return _told(p, (), Rewriting(form, reason))
    return _told(p, _definition(p, operation), Rewriting(form, reason))


def with_kinks(reason: str, operation: Operation) -> str:
    """The reason, and where there is no derivative."""
    return f"{reason} ({operation.kinks})" if operation.kinks else reason


def _told(p: Problem, start: tuple[Rewriting, ...], end: Rewriting) -> Rewriting:
    """The steps from the definition to the closed form; an operation with a story tells it in between."""
    assert isinstance(p.e, Apply)
    story = STORIES.get(p.e.head)
    between = story(p) if story is not None else ()
    if not between and start:
        between = term_by_term(p, start[-1].after) or one_by_one(p, start[-1].after, story)
    chain = (*start, *between, end)
    first = chain[0]
    return Rewriting(first.after, first.reason, first.where, chain[1:], first.rule)


def argument_of(operation: Operation, e: Apply, x: Variable) -> str | None:
    """The one parameter that x is put in for, all others being names or numbers without x."""
    bound = operation.bind(e.args, e.options)
    name = None
    for parameter, tree in zip(operation.parameters, bound, strict=True):
        if not isinstance(tree, Expr) or parameter.option:
            continue
        if is_compound(tree):
            return None
        if depends(tree, x):
            if tree != x or name is not None:
                return None
            name = parameter.name
    return name


def _flattened(form: Expr, p: Problem) -> Expr:
    """Outputs down, inputs across, for a form that has an axis for each."""
    if not p.shape or not p.wrt or (len(p.shape) == 1 and len(p.wrt) == 1):
        return form
    return Apply("reshape", (form, mul(*p.shape), mul(*p.wrt)))


def _definition(p: Problem, operation: Operation) -> tuple[Rewriting, ...]:
    """∂ of the entry formula by an entry of x, for every pair of entries."""
    t = tensor_of(p.e, frozenset((p.x,)) | _names(p.e))
    rank = len(p.shape) + len(p.wrt)
    letters = letters_for(t, rank)
    outputs, inputs = letters[: len(p.shape)], letters[len(p.shape) :]
    entry = instantiate(t.value, dict(zip(t.indices, outputs, strict=True)))
    body = readable(Apply("diff", (entry, Index(p.x, tuple(inputs)) if inputs else p.x)))
    for letter, size in zip(reversed(letters), reversed((*p.shape, *p.wrt)), strict=True):
        body = Binder("array", body, letter, ZERO, readable(add(size, MINUS_ONE)))
    return (
        Rewriting(
            _flattened(body, p), f"the definition of {operation.name}, entry by entry", rule="definition"
        ),
    )


def _names(e: Expr) -> frozenset[Variable]:
    from symderiv.expression.substitution import free_variables

    return free_variables(e)
