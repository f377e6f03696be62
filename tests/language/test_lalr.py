"""Our loop against Lark's own over the same tables: every text is read alike."""

from __future__ import annotations

from typing import Any

import pytest
from lark import Lark, Transformer

from symderiv.expression.tree import Expr
from symderiv.language import Scope
from symderiv.language.infer import inferred
from symderiv.language.lalr import Parser
from symderiv.language.syntax import Node
from symderiv.language.text.reading import _values

TEXTS = """
x
2x + 1
-x^2 - (-y)^-3
(x+abs(x))/2 - 1/(1+exp(-x))
f(x, y)[0, 1].T
max(x, 0) if x > 0 and not y < 1 else sum(x[i]*w[i], (i, 1, n))
[x[i] for i in range(n) if i > 1]
[[1, 2], [3, 4,],]
(1,)
()
{mu: x, sigma: y}
{x, y,}
conv2d(X, K, stride=2, padding=(1, 0),)
softmax(x, axis=0)
√x + √(x+1)
⌊n/2⌋ + ⌈n/2⌉
|x - |y|| + ‖v‖
sigma'(z)*f''(x)
exp(x - (a+b+c+d+e))/(exp(x - (a+b+c+d+e)) + 1)
x² + xⁿ
'full'
""".strip().splitlines()


def tree(node: Any) -> Expr | None:
    return inferred([node], Scope(strict=False), "text")[1][0]


def spans(node: object) -> list[object]:
    """Where every piece of a syntax stands, and what it is."""
    if isinstance(node, (list, tuple)):
        return [spans(part) for part in node]
    if not isinstance(node, Node):
        return [str(node)]
    slots = [slot for kind in type(node).__mro__ for slot in getattr(kind, "__slots__", ())]
    return [type(node).__name__, *(spans(getattr(node, slot)) for slot in slots)]


@pytest.mark.parametrize("text", TEXTS)
def test_texts_are_read_as_lark_reads_them(text: str) -> None:
    parser = _values()
    ours, larks = parser._parsed(text), parser.grammar.parse(text)
    assert spans(ours) == spans(larks)
    assert tree(ours) == tree(larks)


class Told(Transformer):  # type: ignore[type-arg]
    """Each rule as its name and its parts."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__") or name.isupper():
            raise AttributeError(name)
        return lambda parts: (name, *map(str, parts))


GRAMMAR = """
start: item+ [tail]
?item: NAME | pair | many | "(" item ")" -> group
!pair: NAME "=" NAME
many: "<" (NAME ",")* NAME ";" (NAME NAME)+ ">"
tail: "." NAME?
NAME: /[a-z]/
%ignore " "
"""


@pytest.mark.parametrize(
    "text", ["a", "a b c", "a=b c", "<a;b c>", "<a,b,c;d e f g>.", "(a) ((b)) .c", "a ."]
)
def test_repeated_optional_and_kept_parts(text: str) -> None:
    grammar = Lark(GRAMMAR, parser="lalr", lexer="basic", transformer=Told(), maybe_placeholders=False)
    assert Parser(grammar, grammar.lex)._parsed(text) == grammar.parse(text)


@pytest.mark.parametrize("text", ["a b =", "<;a b>", "(a", ".", ""])
def test_what_isnt_read_is_larks_to_refuse(text: str) -> None:
    grammar = Lark(GRAMMAR, parser="lalr", lexer="basic", transformer=Told(), maybe_placeholders=False)
    with pytest.raises(KeyError):
        Parser(grammar, grammar.lex)._parsed(text)
