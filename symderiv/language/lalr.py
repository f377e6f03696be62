"""The loop of an LALR parser over the tables that Lark made of a grammar.

Lark's own asks each step for what only an error needs, and makes trees of repeated parts that a rule takes
apart again. Whatever doesn't go through here is given to Lark, which says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from lark import Lark, Token
from lark.grammar import Rule
from lark.parsers.lalr_analysis import Shift

Make: TypeAlias = Callable[[list[Any]], Any]
Reduction: TypeAlias = tuple[Make | None, int, str]
"""What makes a node of its parts (None: the one part is the node), their number, and what they make."""
Action: TypeAlias = int | Reduction
"""The state after a token, or the rule that is recognised before it."""

END = "$END"


class Parser:
    """Reads the ``tokens`` of texts by a grammar as Lark does, node by node, in a third of its time.

    >>> from lark import Transformer
    >>> class Sum(Transformer):
    ...     start = sum
    ...     number = lambda self, parts: int(parts[0])
    >>> rules = 'start: (number "+")* number' + chr(10) + 'number: /[0-9]+/'
    >>> grammar = Lark(rules, parser="lalr", lexer="basic", transformer=Sum())
    >>> Parser(grammar, grammar.lex).parse("1+20+3")
    24
    """

    def __init__(self, grammar: Lark, tokens: Callable[[Any], Iterable[Token]]) -> None:
        self.grammar = grammar
        self.tokens = tokens
        frontend: Any = grammar.parser
        made = frontend.parser.parser
        nodes: Any = grammar.options.transformer
        (self.start,) = made.parse_table.start_states.values()
        (self.end,) = made.parse_table.end_states.values()
        self.actions: dict[int, dict[str, Action]] = {
            state: {symbol: _action(kind, to, nodes) for symbol, (kind, to) in steps.items()}
            for state, steps in made.parse_table.states.items()
        }

    def parse(self, text: Any) -> Any:
        """What the start rule makes of the text, or of its tokens; raises what Lark raises."""
        try:
            return self._parsed(text)
        except KeyError:
            return self.grammar.parse(text)

    def _parsed(self, text: Any) -> Any:
        actions: Any = self.actions
        state = self.start
        states = [state]
        values: list[Any] = []
        for token in self.tokens(text):
            kind = token.type
            action = actions[state][kind]
            while type(action) is tuple:
                make, size, made = action
                if make is None:
                    states.pop()
                elif size:
                    values[-size:] = (make(values[-size:]),)
                    del states[-size:]
                else:
                    values.append(make([]))
                state = actions[states[-1]][made]
                states.append(state)
                action = actions[state][kind]
            state = action
            states.append(state)
            values.append(token)
        return self._finished(states, values)

    def _finished(self, states: list[int], values: list[Any]) -> Any:
        """What the rules that end with the text make of it."""
        actions: Any = self.actions
        while states[-1] != self.end:
            make, size, made = actions[states[-1]][END]
            first = len(states) - size
            if make is not None:
                values[first - 1 :] = (make(values[first - 1 :]),)
            del states[first:]
            states.append(actions[states[-1]][made])
        return values[-1]


def _action(kind: Any, to: Any, nodes: Any) -> Action:
    if kind is Shift:
        return int(to)
    return _make(to, nodes), len(to.expansion), str(to.origin.name)


def _make(rule: Rule, nodes: Any) -> Make | None:
    """What a rule makes of its parts; parts that repeat are a list, which grows by one at a time."""
    parts: list[Any] = list(rule.expansion)
    if rule.options.expand1 and not rule.alias and len(parts) == 1:
        return None
    keep = rule.options.keep_all_tokens
    kept = [at for at, part in enumerate(parts) if keep or not (part.is_term and part.filter_out)]
    repeated = [at for at in kept if _repeats(parts[at])]
    if _repeats(rule.origin):
        return _longer(kept[1:]) if repeated else _chosen(kept, len(parts), _as_they_are)
    node: Make = getattr(nodes, rule.alias or rule.origin.name)
    if rule.options.expand1 and not rule.alias:
        node = _unless_one(node)
    return _chosen(kept, len(parts), node) if not repeated else _spread(kept, repeated, node)


def _repeats(symbol: Any) -> bool:
    """Is it what Lark makes of ``(…)*``, a name of its own with the parts so far?"""
    return not symbol.is_term and symbol.name.startswith("_")


def _as_they_are(parts: list[Any]) -> list[Any]:
    return parts


def _longer(added: list[int]) -> Make:
    """The parts so far, which come first, and those that are added."""
    if len(added) == 1:
        (last,) = added

        def longer_by_one(parts: list[Any]) -> Any:
            parts[0].append(parts[last])
            return parts[0]

        return longer_by_one

    def longer(parts: list[Any]) -> Any:
        parts[0] += [parts[at] for at in added]
        return parts[0]

    return longer


def _chosen(kept: list[int], size: int, node: Make) -> Make:
    if len(kept) == size:
        return node
    return lambda parts: node([parts[at] for at in kept])


def _spread(kept: list[int], repeated: list[int], node: Make) -> Make:
    if kept == repeated == [0]:
        return lambda parts: node(parts[0])
    return lambda parts: node([one for at in kept for one in (parts[at] if at in repeated else (parts[at],))])


def _unless_one(node: Make) -> Make:
    return lambda parts: parts[0] if len(parts) == 1 else node(parts)
