"""Operands and operators in a row, joined into one node by the table of operators.

The grammars only find brackets and calls; how tightly an operator binds is said once, in
`symderiv.expression.operators`.
"""

from __future__ import annotations

from collections.abc import Sequence

from symderiv.expression.operators import INFIX, POSTFIX, PREFIX, Operator
from symderiv.language.resolving.bare_functions import (
    APPLIED,
    Function,
    begins_another,
    in_front,
    refuse_longer,
    refuse_quotient,
)
from symderiv.language.resolving.beside import merged_with, refuse_side_by_side
from symderiv.language.resolving.levels import checked, joined_level, prefixed
from symderiv.language.resolving.remainders import (
    MODULO,
    REMAINDER,
    refuse_behind_modulo,
    refuse_congruence,
    refuse_unclear_modulo,
)
from symderiv.language.sign import Sign
from symderiv.language.source import Misread
from symderiv.language.syntax import Adjacent, Applied, Beside, Group, Name, Node, Numeral, Operation

_TIMES = INFIX["*"]
_CURES = {
    "not": "write not (x in S)",
    "&&": "write and",
    "pmod": r"write a \equiv b \pmod m",
    "∪": "write it behind ∈, as in x ∈ (0, 1) ∪ (2, 3)",
}
_Pending = tuple[Operator, "Sign | Function"]


def assemble(parts: Sequence[Node | Sign]) -> Node:
    """The one node that ``a + b * c …`` stands for.

    What stands side by side is a product (``2x``, ``(x+1)(x-1)``), unless people read it in two ways, as
    they do ``1/2x``.
    """
    if len(parts) == 1 and isinstance(parts[0], Node) and not isinstance(parts[0], Adjacent):
        return parts[0]
    row = _Row()
    for part in parts:
        if isinstance(part, Sign):
            row.take_sign(part)
        else:
            row.take_operand(part)
    return row.finish()


class _Row:
    """The two stacks of precedence climbing, without recursion."""

    def __init__(self) -> None:
        self.operands: list[Node] = []
        self.pending: list[_Pending] = []
        self.wants_operand = True
        self.is_apart = False

    def take_operand(self, node: Node) -> None:
        if isinstance(node, Adjacent):
            for operand in node.operands:
                self.take_operand(operand)
            return
        if not self.wants_operand:
            if isinstance(node, Name) and node.name == MODULO:
                self._take_modulo(node)
                return
            merged = merged_with(self.operands[-1], node)
            if merged is not None:
                self.operands[-1] = merged
                return
            if self._apply(node):
                return
            node = self._multiply_silently(node)
        self.operands.append(node)
        self.wants_operand = False

    def take_sign(self, sign: Sign) -> None:
        self.is_apart = False
        if self.wants_operand:
            self._take_prefix(sign)
        elif sign.exponent is not None:
            self._raise(sign, sign.exponent)
        elif sign.symbol in POSTFIX:
            self._take_postfix(sign)
        else:
            self._take_infix(sign)

    def _take_modulo(self, word: Name) -> None:
        sign = Sign(MODULO, word.start, word.end)
        refuse_congruence(self.pending, sign)
        self.take_sign(sign)

    def _take_prefix(self, sign: Sign) -> None:
        prefix = PREFIX.get(sign.symbol)
        if prefix is None or sign.exponent is not None:
            raise Misread(
                f"nothing stands before this {sign.symbol}",
                sign.start,
                sign.end,
                expected="a number, a name or a bracket",
                cure="write what belongs there, or delete the sign",
            )
        self.pending.append((prefix, sign))

    def _take_postfix(self, sign: Sign) -> None:
        operand = self.operands.pop()
        head = POSTFIX[sign.symbol].head
        self.operands.append(checked(Operation(head, (operand,), operand.start, sign.end)))

    def _raise(self, sign: Sign, exponent: Node) -> None:
        operand = self.operands.pop()
        self.operands.append(checked(Operation("pow", (operand, exponent), operand.start, sign.end)))

    def _take_infix(self, sign: Sign) -> None:
        operator = REMAINDER if sign.symbol == MODULO else INFIX.get(sign.symbol)
        if operator is None:
            cure = _CURES.get(sign.symbol, "write an operand on either side of it")
            raise Misread("this sign can't stand here", sign.start, sign.end, cure=cure)
        if operator.precedence == _TIMES.precedence:
            refuse_quotient(self.pending, operator.symbol, sign.start > self.operands[-1].end, sign.end)
            refuse_behind_modulo(self.pending, sign)
        if sign.symbol == MODULO:
            refuse_unclear_modulo(self.pending, sign)
        self._reduce(operator)
        self.pending.append((operator, sign))
        self.wants_operand = True

    def _apply(self, node: Node) -> bool:
        """``log x``, ``tanh^2(c)``: a function before its argument."""
        is_raised = bool(self.pending) and self.pending[-1][0].symbol == "^"
        function = in_front(self.operands, self.operands[-2] if is_raised else None)
        if function is None or not function.takes(node):
            return False
        refuse_longer(self.pending, node.end)
        if is_raised:
            self.pending.pop()
            self.operands.pop()
        self.operands.pop()
        if isinstance(node, Group):  # tanh^2(c) is whole
            self.operands.append(function.of(node))
        else:
            self.pending.append((APPLIED, function))
            self.operands.append(node)
        return True

    def _multiply_silently(self, node: Node) -> Node:
        """Put a product between the last operand and the next, unless it can be read in two ways."""
        if begins_another(node):
            self._reduce(_TIMES)
        refuse_longer(self.pending, node.end)
        before = self.operands[-1]
        raised = self.operands[-2] if self.pending and self.pending[-1][0].symbol == "^" else None
        refuse_side_by_side(before, node, raised, self.is_apart)
        begins = before.start
        for operator, sign in reversed(self.pending):
            if operator.symbol == "/" and self._is_fraction(sign, node):
                continue
            if operator.side == "prefix":
                begins = sign.start if sign.end == begins else begins
                continue
            if operator.symbol == "^" and sign.end == begins and _is_set_apart(before, node):
                continue
            if operator.precedence >= _TIMES.precedence and operator.symbol != "*":
                raise Misread(
                    f"after {operator.symbol} it isn't clear what this product belongs to",
                    before.start,
                    node.end,
                    cure=f"write a{operator.symbol}(b*c) or (a{operator.symbol}b)*c",
                )
            break
        self._reduce(_TIMES)
        self.pending.append((_TIMES, Sign("*", before.end, before.end)))
        self.is_apart = node.start > before.end
        return Beside(node, node.start, node.end) if isinstance(before, Name) else node

    def _is_fraction(self, sign: Sign | Function, node: Node) -> bool:
        """``1/2 (x + 1)``: a blank ends a fraction of two numbers."""
        above, below = self.operands[-2:]
        is_one = isinstance(above, Numeral) and isinstance(below, Numeral)
        return is_one and above.end == sign.start and sign.end == below.start and below.end < node.start

    def _reduce(self, operator: Operator | None) -> None:
        while self.pending and _binds_first(self.pending[-1][0], operator):
            above, sign = self.pending[-1]
            if above.side == "prefix":
                self.pending.pop()
                operand = self.operands.pop()
                if above.head == "pos" and self.pending and self.pending[-1][0].symbol == "^":
                    _refuse_plus_above(self.pending[-1][1], sign, operand)
                applied = sign.of(operand) if isinstance(sign, Function) else None
                self.operands.append(checked(applied or prefixed(above.head, operand, sign.start)))
            else:
                self._join_level(above)

    def _join_level(self, operator: Operator) -> None:
        """Join all that waits on this level: a chain is one node, however long."""
        level = [self.pending.pop()]
        while self.pending and operator.side != "right" and _same_level(self.pending[-1][0], operator):
            level.append(self.pending.pop())
        level.reverse()
        operands = self.operands[-len(level) - 1 :]
        del self.operands[-len(level) - 1 :]
        self.operands.append(joined_level(operands, [o for o, _ in level]))

    def finish(self) -> Node:
        if self.wants_operand:
            sign = self.pending[-1][1] if self.pending else None
            if sign is not None and sign.symbol == "%":
                raise Misread(
                    "a percentage, or a remainder?", sign.start, sign.end, cure="write 0.25 for 25%"
                )
            if sign is not None and sign.symbol == "or" and sign.end == sign.start + 1:
                raise Misread(
                    "this bar closes nothing, and nothing stands behind it",
                    sign.start,
                    sign.end,
                    cure="write * before an absolute value, as in x*|x|; max(abs(x)) for the largest",
                )
            raise Misread(
                f"nothing stands after this {sign.symbol}" if sign else "nothing stands here",
                sign.start if sign else 0,
                sign.end if sign else 1,
                expected="a number, a name or a bracket",
                cure="write what belongs there, or delete the sign",
            )
        self._reduce(None)
        return self.operands[0]


def _is_set_apart(exponent: Node, node: Node) -> bool:
    """``x^2 y``, ``x^(1/2) y``: a blank ends an exponent, and in ``x^T(A + B)y`` a bracket does."""
    if isinstance(exponent, Applied):
        return isinstance(exponent.callee, Name) and exponent.callee.name == "T"
    return isinstance(exponent, Name | Numeral | Group) and node.start > exponent.end


def _same_level(a: Operator, b: Operator) -> bool:
    return a.precedence == b.precedence and a.side == b.side


def _binds_first(above: Operator, operator: Operator | None) -> bool:
    """Is ``above`` joined before ``operator`` is put down? Equals wait to become one chain."""
    return operator is None or above.precedence > operator.precedence


def _refuse_plus_above(power: Sign | Function, plus: Sign | Function, operand: Node) -> None:
    """Raise Misread on ``w^+ x``: another name of w, as *w new* is, or w to the power of x?"""
    if power.end == plus.start and plus.end < operand.start:
        raise Misread("^+ and a blank: a name, or an exponent?", power.start, plus.end, cure="write w^(+x)")


def ungrouped(node: Node) -> Node:
    """The node without the brackets around it."""
    while isinstance(node, Group):
        node = node.inner
    return node
