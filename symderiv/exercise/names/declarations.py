"""``let``: names, one after the other, each with what it stands for.

A value that begins with a kind (``matrix(2, 2) = …``) declares a symbol; anything else is a definition.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from symderiv.derivation.meaning.meaning import meaning
from symderiv.errors import FileFault, SymderivError
from symderiv.exercise.formula import Formula
from symderiv.expression.kinds import FUNCTION, Kind
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Binder, Call, Constant, Expr, Number, Text, Variable, transform
from symderiv.language import Scope, read_kind
from symderiv.tensor import Tensor

_KIND = re.compile(
    r"\s*(real|positive|negative|nonnegative|nonpositive|integer|natural|even|odd|index|size|scalar|function"
    r"|nondecreasing|vector|matrix|symmetric|tensor|zero)\b(?!\s*\[)"
)

_APPLIED = re.compile(r"([^\W\d]\w*)\s*\(")

Draw = Callable[[str, Expr], Expr]
"""New numbers for a name's value, when a variant is asked for."""


def declares(text: str) -> bool:
    """Does this text say a kind, rather than define?

    >>> declares("matrix(2, 2) = [[1, 0], [0, 1]]"), declares("conv2d(X, K)")
    (True, False)
    """
    return bool(_KIND.match(text))


def declare(name: str, formula: Formula, scope: Scope, draw: Draw | None = None) -> Scope:
    """The scope with one more name."""
    if not re.match(r"[^\W\d]\w*\Z", name):
        raise FileFault(
            f"'{name}' is no name",
            formula.node.place if formula.node else None,
            "letters, digits, underscores",
            f"write {applied[1]}: …, in declared names" if (applied := _APPLIED.match(name)) else "",
        )
    head = function_alias(formula.text, scope)
    if head is not None:
        return replace(scope, functions={**scope.functions, name: head})
    variable = _derivative_name(name, formula, scope)
    if variable is None:
        variable = (
            declare_kind(name, formula, scope) if declares(formula.text) else _defined(name, formula, scope)
        )
    _refuse_size_above(variable, formula, scope)
    if draw is not None:
        variable = redrawn(variable, draw)
    return scope.declare([*_new_sizes(variable, scope), variable])


def _refuse_size_above(variable: Variable, formula: Formula, scope: Scope) -> None:
    """Raise FileFault on the n of a ``vector(n)`` above that is another kind here: it would be two names."""
    if scope.names.get(variable.name, variable) == variable:
        return
    sized = (each for each in scope.names.values() if scope.names[variable.name] in each.kind.shape)
    array = next((each.name for each in sized), "an array")
    raise FileFault(
        f"'{variable.name}' is a size above, in {array}, and another kind here",
        formula.node.place if formula.node else None,
        "its kind before it is used",
        f"write this line above {array}",
    )


_ALIAS = re.compile(r"\s*([^\W\d]\w*)\s*(?:\(\s*(\w+)\s*=\s*'?(\w+)'?\s*\))?\s*\Z")


def function_alias(text: str, scope: Scope) -> str | None:
    """``S: softmax`` is another name of a function, ``full: correlate(mode='full')`` of one with an option.

    >>> function_alias("correlate(mode='full')", Scope(functions={"correlate": "correlate"}))
    'correlate:mode=full'
    """
    said = _ALIAS.match(text)
    head = scope.head(said[1]) if said and said[1] not in scope.names else None
    if said is None or head is None:
        return None
    return f"{head}:{said[2]}={said[3]}" if said[2] else f"{head}:"


def _with_option(node: Apply) -> Expr:
    """A call of an alias that carries an option, as the call of the operation that it stands for."""
    head, _, said = node.head.partition(":")
    if not said:
        return Apply(head, node.args, node.options)
    name, _, value = said.partition("=")
    if name == "of":
        whole = Apply(head, node.args, node.options)
        return _plain_limit(whole) if head == "limit" and len(node.args) == 3 else _of_function(whole)
    carried: Expr = Number(int(value)) if value.isdigit() else Text(value)
    return Apply(head, node.args, (*node.options, (name, carried)))


def _derivative_name(name: str, formula: Formula, scope: Scope) -> Variable | None:
    """``sp: sigma'`` gives the derivative of a declared function a name of its own."""
    said = re.fullmatch(r"\s*([^\W\d]\w*)('+)\s*", formula.text)
    function = scope.names.get(said[1]) if said else None
    if said is None or function is None or not function.kind.function:
        return None
    return Variable(name, FUNCTION, definition=Call(function, (), (len(said[2]),)))


def spelled_out(tree: Expr) -> Expr:
    """The tree with named derivatives (``sp(z)``) and aliases (``full(x, w)``) as what they stand for."""

    def rule(node: Expr) -> Expr:
        if isinstance(node, Call) and isinstance(node.function.definition, Call):
            whole = node.function.definition
            return Call(whole.function, node.args, tuple(n + whole.orders[0] for n in node.orders))
        if isinstance(node, Apply) and ":" in node.head:
            return _with_option(node)
        if isinstance(node, Apply) and node.head == "limit" and len(node.args) == 3:
            return _plain_limit(node)
        return node

    return transform(tree, rule)


_BY_NAME = {"limit": 2, "integral": 3}


def _of_function(node: Apply) -> Expr:
    """``lim(f, oo)``, where ``lim: limit(of='name')``: a function by its name, its variable left unsaid."""
    function = node.args[0] if node.args else None
    if (
        not isinstance(function, Variable)
        or not function.kind.function
        or len(node.args) != _BY_NAME.get(node.head)
    ):
        return node
    name = Variable("_t")
    if node.head == "limit":
        return _limit_of(function, name, node.args[1])
    return Binder("integral", Call(function, (name,)), name, node.args[1], node.args[2])


def _limit_of(function: Variable, name: Variable, point: Expr) -> Expr:
    """A function of which nothing is known has any number for its limit at infinity: a name of its own."""
    while isinstance(point, Apply) and point.head == "pos":
        point = point.args[0]
    at = point.args[0] if isinstance(point, Apply) and point.head == "neg" else point
    if isinstance(at, Constant) and at.name == "oo" and function.definition is None:
        return Variable(f"{function.name}({'-' * (at is not point)}oo)")
    return Apply("limit", (Call(function, (name,)), name, point))


def _plain_limit(node: Apply) -> Expr:
    """The limit of a named function does not depend on what its variable is called."""
    body, name, point = node.args
    if isinstance(body, Call) and body.args == (name,):
        return _of_function(Apply("limit", (body.function, point)))
    return node


def _new_sizes(variable: Variable, scope: Scope) -> list[Variable]:
    """The sizes that a declared shape names for the first time."""
    found = {v for size in variable.kind.shape if size is not None for v in free_variables(size)}
    return sorted((v for v in found if v.name not in scope.names), key=lambda v: v.name)


def redrawn(variable: Variable, draw: Draw) -> Variable:
    """The name with new numbers in its value or its literal definition."""
    value = None if variable.value is None else draw(variable.name, variable.value)
    definition = variable.definition
    if definition is not None and value is None:
        definition = draw(variable.name, definition)
    return Variable(variable.name, variable.kind, definition, value)


def declare_kind(name: str, formula: Formula, scope: Scope) -> Variable:
    """A name of a kind: ``K: matrix(2, 2)``."""
    try:
        return read_kind(formula.text, name, scope)
    except SymderivError as error:
        raise formula.placed(error) from error


def _defined(name: str, formula: Formula, scope: Scope) -> Variable:
    tree = spelled_out(formula.read(scope))
    try:
        found = meaning(tree)
    except SymderivError as error:
        raise located(error, formula) from error
    _refuse_vector_of_a_size(tree, formula)
    shape = tuple(found.shape) if isinstance(found, Tensor) else ()
    return Variable(name, replace(Kind(), shape=shape), definition=tree)


def _refuse_vector_of_a_size(tree: Expr, formula: Formula) -> None:
    """``x: vec(3)`` would define x as the number 3, in a row of one."""
    if isinstance(tree, Apply) and tree.head == "vec" and isinstance(tree.args[0], Number):
        size = tree.args[0].value
        raise FileFault(
            f"vec({size}) is the number {size}",
            formula.node.place if formula.node else None,
            "an array to flatten",
            f"did you mean vector({size})?",
        )


def located(error: SymderivError, formula: Formula) -> SymderivError:
    """An error of meaning, placed at the node at fault where that is known."""
    span = getattr(error, "span", None)
    if error.place is None and formula.node is not None:
        error.place = formula.place_of(span)
    return error
