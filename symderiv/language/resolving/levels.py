"""One level of operators that group alike, joined: ``a + b - c``, ``a / b * c``, ``a <= b < c``."""

from __future__ import annotations

from symderiv.expression.operators import Operator
from symderiv.language.source import Misread
from symderiv.language.syntax import Node, Numeral, Operation, Radical


def prefixed(head: str, operand: Node, start: int) -> Node:
    """``-x``; a minus right before a number belongs to the number."""
    if head == "neg" and isinstance(operand, Numeral) and operand.value > 0:
        return Numeral(-operand.value, start, operand.end)
    return Operation(head, (operand,), start, operand.end)


def joined_level(operands: list[Node], operators: list[Operator]) -> Node:
    """All operands of a level as one node, however long it is."""
    start, end = operands[0].start, operands[-1].end
    if operators[0].side == "chain":
        return _comparisons(operands, operators)
    if operators[0].side == "right":
        return checked(Operation(operators[0].head, tuple(operands), start, end))
    if len(operators) > 1 and all(o.head in ("add", "sub") for o in operators):
        return checked(Operation("add", _terms(operands, operators), start, end))
    return _to_the_left(operands, operators)


def _terms(operands: list[Node], operators: list[Operator]) -> tuple[Node, ...]:
    later = (
        prefixed("neg", operand, operand.start) if operator.head == "sub" else operand
        for operator, operand in zip(operators, operands[1:], strict=True)
    )
    return (operands[0], *later)


def _to_the_left(operands: list[Node], operators: list[Operator]) -> Node:
    """``((a / b) * c) * d``, with a run of one n-ary operator kept as one node."""
    node, run = operands[0], [operands[0]]
    for position, operator in enumerate(operators):
        run.append(operands[position + 1])
        following = operators[position + 1] if position + 1 < len(operators) else None
        if not operator.nary or following is not operator:
            node = checked(Operation(operator.head, tuple(run), run[0].start, run[-1].end))
            run = [node]
    return node


def _comparisons(operands: list[Node], operators: list[Operator]) -> Node:
    links = [
        Operation(operator.head, (a, b), a.start, b.end)
        for operator, a, b in zip(operators, operands, operands[1:], strict=False)
    ]
    if len(links) == 1:
        return links[0]
    return Operation("and", tuple(links), operands[0].start, operands[-1].end)


def checked(node: Node) -> Node:
    """The node, unless it is a power of a root of which it isn't clear where it ends."""
    if isinstance(node, Operation) and node.head in ("pow", "factorial"):
        root = node.args[0]
        if isinstance(root, Radical):
            message = "it isn't clear how far this root reaches"
            raise Misread(message, root.start, node.end, cure="write √(…)")
    return node
