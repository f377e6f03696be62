"""A product as a textbook writes it: equal factors as powers, and sizes that cancel left out."""

from __future__ import annotations

from collections import Counter

from symderiv.expression.tree import ONE, Apply, Expr, Number, Variable, transform


def lowest_terms(value: Expr) -> Expr:
    """``M N C K K / (M M)`` as ``N C K^2 / M``, for names that are never zero.

    >>> from symderiv.expression.kinds import SIZE
    >>> from symderiv.expression.printing.text import to_text
    >>> m, k = Variable("m", SIZE), Variable("k", SIZE)
    >>> to_text(lowest_terms(Apply("div", (Apply("mul", (m, k, k)), m))))
    'k^2'
    """
    return transform(value, _reduced)


def _reduced(node: Expr) -> Expr:
    if not isinstance(node, Apply) or node.options:
        return node
    if node.head == "mul" and _is_scalar(node):
        return _product(_factors(node))
    if node.head == "div" and _is_scalar(node):
        above, below = map(_factors, node.args)
        shared = Counter({factor: count for factor, count in (above & below).items() if _cancels(factor)})
        divisor = _product(below - shared)
        quotient = _product(above - shared)
        return quotient if divisor == ONE else Apply("div", (quotient, divisor))
    return node


def _is_scalar(node: Apply) -> bool:
    """Whether only numbers and names of numbers are multiplied: of matrices, the order counts."""
    return all(
        isinstance(factor, Number) or not _has_shape(factor) for arg in node.args for factor in _factors(arg)
    )


def _has_shape(factor: Expr) -> bool:
    return not isinstance(factor, Variable) or bool(factor.kind.shape) or bool(factor.kind.function)


def _factors(tree: Expr) -> Counter[Expr]:
    if isinstance(tree, Apply) and tree.head == "mul" and not tree.options:
        return sum((_factors(arg) for arg in tree.args), Counter[Expr]())
    if isinstance(tree, Apply) and tree.head == "pow" and isinstance(tree.args[1], Number):
        exponent = tree.args[1].value
        if exponent.denominator == 1 and 0 < exponent < 20:
            return Counter({tree.args[0]: int(exponent)})
    return Counter({tree: 1})


def _cancels(factor: Expr) -> bool:
    return isinstance(factor, Variable) and factor.kind.domain.is_positive


def _product(factors: Counter[Expr]) -> Expr:
    parts = tuple(
        Apply("pow", (factor, Number(count))) if count > 1 and not isinstance(factor, Number) else factor
        for factor, count in factors.items()
        for _ in range(count if isinstance(factor, Number) else 1)
    )
    if not parts:
        return ONE
    return parts[0] if len(parts) == 1 else Apply("mul", parts)
