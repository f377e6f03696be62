"""Names: declared ones in all their spellings, constants, and what to say about unknown ones."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence as Several

from symderiv.errors import UnknownName
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Constant, Expr, Mapping, Sequence, Variable
from symderiv.language.looks import shown_as
from symderiv.language.run_together import (
    function_run_together,
    letters_in_a_row,
    products,
    scripts_in_a_row,
    subscripted_in_a_row,
)
from symderiv.language.scope import Scope
from symderiv.language.source import Misread
from symderiv.language.spelling import GREEK, loose, normal
from symderiv.language.syntax import Name

CONSTANTS: dict[str, str] = {
    "pi": "pi",
    "PI": "pi",
    "e": "e",
    "E": "e",
    "oo": "oo",
    "inf": "oo",
    "Inf": "oo",
    "infinity": "oo",
    "Infinity": "oo",
    "infty": "oo",
    "true": "true",
    "True": "true",
    "false": "false",
    "False": "false",
    "undefined": "undefined",
    "nan": "undefined",
    "NaN": "undefined",
    "zoo": "undefined",
}
"""Constants, where no declared name shadows them."""

WORDS = frozenset("full valid same numerator denominator reflect".split())
"""Words that stand for themselves as an option, with or without quotes."""


def declared(scope: Scope, name: str) -> Variable | None:
    """The declared variable that a spelling means: exactly so, else the only one spelt alike."""
    names = scope.names
    if not names:
        return None
    if name in names:
        return names[name]
    usual = normal(name)
    if usual in names:
        return names[usual]
    shown = shown_as(scope.notation, name) if scope.notation and constant(name) is None else None
    if shown is not None and shown in names:
        return names[shown]
    if len(name) == 1 and name.isascii():
        return None
    key = loose(name)
    alike = {v.name: v for known, v in names.items() if loose(known) == key}
    return next(iter(alike.values())) if len(alike) == 1 else None


NO_ANSWER = frozenset(("None", "null", "NULL", "nil"))
"""What programs write where there is nothing: never the name of a number."""


def refuse_here(scope: Scope, node: Name) -> None:
    """Refuse a name that may not be used here, and what stands for no answer."""
    if scope.withholds(node.name):
        raise withheld(node, scope)
    if node.name in NO_ANSWER:
        message = f"'{node.name}' stands for no answer"
        raise Misread(message, node.start, node.end, expected="a formula", cure="write the answer")


def constant(name: str) -> Constant | None:
    found = CONSTANTS.get(normal(name))
    return Constant(found) if found else None


def copy(found: Expr) -> Expr:
    """A leaf of one's own, so that it can note where it stands."""
    if isinstance(found, Variable):
        return Variable(found.name, found.kind, found.definition, found.value)
    if isinstance(found, Constant):
        return Constant(found.name)
    return found.rebuild(found.children)


def is_plain_number(variable: Variable) -> bool:
    """Was it declared as a number (and isn't the name of something else)?"""
    kind = variable.kind
    return not kind.shape and not kind.function and variable.definition is None and variable.value is None


def behind(variable: Variable) -> frozenset[str]:
    """What a name is defined by, also through other names: the x of ``f: sigmoid(z)``, where ``z: w*x``."""
    found: set[str] = set()
    waiting = [variable]
    while waiting:
        definition = waiting.pop().definition
        new = () if definition is None else free_variables(definition)
        waiting += [v for v in new if v.name not in found]
        found.update(v.name for v in new)
    return frozenset(found)


def is_number(variable: Variable) -> bool:
    """Does the name stand for one number, declared as one or defined by a formula without open indices?"""
    kind = variable.kind
    return not kind.shape and not kind.function and (kind.index or _is_one_value(variable.definition))


def _is_one_value(definition: Expr | None) -> bool:
    """Names with entries or results of their own say so in their shape, or are such lists themselves."""
    if definition is None:
        return True
    return not isinstance(definition, Mapping | Sequence) and all(
        not v.kind.index and _is_one_value(v.definition)
        for v in free_variables(definition)
        if not v.kind.shape and not v.kind.function
    )


def withheld(node: Name, scope: Scope) -> Misread:
    """The refusal of a name; of an operation that has another name here, the cure is that name."""
    own = [name for name, head in scope.functions.items() if head == f"{node.name}:"]
    return Misread(
        f"{node.name} may not be used here",
        node.start,
        node.end,
        cure=f"write {own[0]}, as it is called here" if own else "write out what it stands for",
        error=UnknownName,
    )


_NO_ARRAYS = frozenset(
    "sin cos tan cot sinh cosh tanh exp log ln log2 log10 sqrt abs relu sigmoid softmax softplus"
    " gradient jacobian hessian diff".split()
)


def refuse_square_brackets(base: Name, scope: Scope) -> None:
    """``exp[-x]``, as Mathematica writes it, would be an entry of an array that nobody declared."""
    is_declared = scope.names.get(base.name) is not None and base.name not in scope.inferred
    if base.name.lower() in _NO_ARRAYS and not is_declared:
        raise Misread(
            f"{base.name} is a function, and square brackets hold indices",
            base.start,
            base.end,
            cure=f"write {base.name.lower()}(…) with round brackets",
        )


def misplaced_prime(node: Name, found: Expr | None) -> Misread:
    is_array = isinstance(found, Variable) and bool(found.kind.shape)
    cure = f"write {node.name}.T for the transpose" if is_array else "write f'(x)"
    return Misread(
        "a prime marks the derivative of a function, at its argument", node.start, node.end, cure=cure
    )


def unknown(scope: Scope, node: Name, bound: Several[str] = (), role: str = "scalar") -> Misread:
    """The error for a name that nobody declared, with what may have been meant."""
    name, known = node.name, [*dict.fromkeys([*bound, *scope.names])]
    guesses = list(dict.fromkeys(_guesses(scope, name, bound, role)))[:3]
    cure = f"did you mean {' or '.join(guesses)}?" if guesses else "write what it stands for"
    missing = [each for each in dict.fromkeys(name) if not _is_known(scope, each, bound)]
    if not guesses and 1 < len(name) <= 3 and name.isalpha() and len(missing) == 1 < len(set(name)):
        cure = f"write {'*'.join(name)} for a product, but {missing[0]} isn't declared"
    if not guesses and name.startswith("_") and name[1:].isalnum():
        cure = f"write [{', '.join(name[1:])}] for an index"
    if name[0] in _SUMS:
        guesses, cure = [], _SUMS[name[0]]
    shown = f"one of {', '.join(known[:8])}" + " …" * (len(known) > 8)
    return Misread(
        f"'{name}' is not declared",
        node.start,
        node.end,
        expected=shown if known and not guesses else "",
        cure=cure,
        error=UnknownName,
    )


def _is_known(scope: Scope, letter: str, bound: Several[str]) -> bool:
    return letter in bound or declared(scope, letter) is not None or (letter == "π" and bool(scope.names))


def _guesses(scope: Scope, name: str, bound: Several[str], role: str) -> Iterator[str]:
    """What may have been meant, the likeliest first: nothing that would be refused in the name's place."""
    known = [*scope.names, *bound]
    of = declared(scope, name.removesuffix("_bar")) if name.endswith("_bar") else None
    if of is not None and of.kind.shape:
        yield f"mean({of.name})"
    if role == "function" and name in ("sigma", "σ") and scope.head("sigmoid") is not None:
        yield "sigmoid"
    yield from (b for b in bound if b.lower() == name.lower())
    if name.lower() not in GREEK.values():
        yield from products(name, [*known, *(each for each in name if _is_known(scope, each, bound))])
    if letters_in_a_row(name) and (not known or name[0] in known):
        yield "*".join(name)
    if factors := subscripted_in_a_row(name):
        yield "*".join(factors)
    bare = function_run_together(name, known)
    yield from bare
    if not bare and (pieces := scripts_in_a_row(name)):
        yield "*".join(pieces)
    for guess in () if bare else scope.suggest(name):
        found = scope.names.get(guess)
        if role == "function":
            fits = found is None or bool(found.kind.function)
        elif role == "array":
            fits = found is not None and bool(found.kind.shape)
        else:
            fits = found is not None and not found.kind.function
        if fits:
            yield guess


_SUMS = {
    "Σ": "write sum(x[i], i) for a sum",
    "∑": "write sum(x[i], i) for a sum",
    "∏": "write prod(x[i], i) for a product",
}
