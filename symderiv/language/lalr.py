"""The loop of an LALR parser over the tables that Lark made of a grammar.

Lark's own asks each step for what only an error needs. Whatever doesn't go through here is given to Lark,
which says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, cast

from lark import Lark
from lark.parsers.lalr_analysis import Shift

Reduction: TypeAlias = tuple[Callable[[list[Any]], Any], int, str]
"""What makes a node of its parts, their number, and what they make."""
Action: TypeAlias = int | Reduction
"""The state after a token, or the rule that is recognised before it."""

END = "$END"


class Parser:
    """Reads texts of a grammar as Lark does, node by node, in half its time.

    >>> from lark import Transformer
    >>> class Sum(Transformer):
    ...     start = sum
    ...     number = lambda self, parts: int(parts[0])
    >>> rules = 'start: (number "+")* number' + chr(10) + 'number: /[0-9]+/'
    >>> Parser(Lark(rules, parser="lalr", lexer="basic", transformer=Sum())).parse("1+20+3")
    24
    """

    def __init__(self, grammar: Lark) -> None:
        self.grammar = grammar
        self.frontend: Any = grammar.parser
        made = self.frontend.parser.parser
        (self.start,) = made.parse_table.start_states.values()
        (self.end,) = made.parse_table.end_states.values()
        self.actions: dict[int, dict[str, Action]] = {
            state: {symbol: _action(kind, to, made.callbacks) for symbol, (kind, to) in steps.items()}
            for state, steps in made.parse_table.states.items()
        }

    def parse(self, text: Any) -> Any:
        """What the start rule makes of the text, or of its tokens; raises what Lark raises."""
        try:
            return self._parsed(text)
        except KeyError:
            return self.grammar.parse(text)

    def _parsed(self, text: Any) -> Any:
        actions = self.actions
        state: int = self.start
        states = [state]
        values: list[Any] = []
        for token in self.frontend._make_lexer_thread(text).lex(None):
            kind = token.type
            action = actions[state][kind]
            while type(action) is tuple:
                state = self._reduced(action, states, values)
                action = actions[state][kind]
            state = action  # type: ignore[assignment]
            states.append(state)
            values.append(token)
        while state != self.end:
            state = self._reduced(cast(Reduction, actions[state][END]), states, values)
        return values[-1]

    def _reduced(self, rule: Reduction, states: list[int], values: list[Any]) -> int:
        """The state after the node that a rule makes of the last values, which it takes the place of."""
        make, size, made = rule
        parts: list[Any] = []
        if size:
            parts = values[-size:]
            del states[-size:], values[-size:]
        values.append(make(parts))
        state = cast(int, self.actions[states[-1]][made])
        states.append(state)
        return state


def _action(kind: Any, to: Any, callbacks: Any) -> Action:
    if kind is Shift:
        return int(to)
    return callbacks[to], len(to.expansion), str(to.origin.name)
