"""``s*(1 - s), s = sigmoid(x)``: behind a comma, too, an equation may say what a new name stands for."""

from __future__ import annotations

from symderiv.language import names
from symderiv.language.mentions import mentions
from symderiv.language.provisos import defined_name, under
from symderiv.language.scope import Scope
from symderiv.language.syntax import Choice, Name, Node, Operation, Where

Definition = tuple[Name, Node]


def with_definitions(syntax: Node, scope: Scope) -> Node:
    """The value with its conditions ``s = …`` on names of its own as definitions; in a strict scope alone.

    There the condition would be a fault: nobody declared the name. Elsewhere it is a number, and stays one.
    """
    if not scope.strict or not isinstance(syntax, Choice) or len(syntax.branches) > 1 or syntax.otherwise:
        return syntax
    said, value = syntax.branches[0]
    conditions = said.args if isinstance(said, Operation) and said.head == "and" else (said,)
    found = {each: defined for each in conditions if (defined := defined_name(each))}
    definitions = _in_use(value, {each: d for each, d in found.items() if _is_new(d[0], scope)})
    node = under(value, [each for each in conditions if each not in definitions])
    for name, meant in _users_first(list(definitions.values())):
        node = Where(node, name, meant)
    return node if definitions else syntax


def _is_new(name: Name, scope: Scope) -> bool:
    return not name.primes and names.declared(scope, name.name) is None


def _in_use(value: Node, definitions: dict[Node, Definition]) -> dict[Node, Definition]:
    """Those whose name stands in the value, or in the definition of one that does."""
    used = [value]
    for node in used:
        used += [
            meant for name, meant in definitions.values() if meant not in used and mentions(node, name.name)
        ]
    return {each: definition for each, definition in definitions.items() if definition[1] in used}


def _users_first(definitions: list[Definition]) -> list[Definition]:
    """Each before those that it uses: the last one stands around all of it."""
    waiting, done = definitions, list[Definition]()
    while waiting:
        unused = [one for one in waiting if not any(_uses(other, one) for other in waiting)]
        done += unused or waiting[:1]
        waiting = [one for one in waiting if one not in done]
    return done


def _uses(user: Definition, used: Definition) -> bool:
    return user is not used and mentions(user[1], used[0].name)
