"""Entry formulas as people write them: ``n - 1``, ``a/b``, ``√x``, and letters for reserved index names.

The meaning stays; only the spelling changes, from the small vocabulary of `symderiv.expression.build`
back to subtraction, division and roots.
"""

from __future__ import annotations

from fractions import Fraction

from symderiv.expression.substitution import free_variables, fresh
from symderiv.expression.tree import ONE, Apply, Binder, Expr, Number, Variable, transform, walk

_LETTERS = "ijklpqrstuvw"


def readable(expr: Expr) -> Expr:
    """The tree that a person would write for an entry formula.

    >>> from symderiv.expression.build import add, divide, negative, number
    >>> from symderiv.expression.text import to_text
    >>> n, m = Variable("n"), Variable("m")
    >>> to_text(readable(add(n, number(-1)))), to_text(readable(divide(negative(n), m)))
    ('n - 1', '-n/m')
    """
    return transform(_with_letters(expr), _spell)


def _spell(node: Expr) -> Expr:
    if isinstance(node, Apply):
        rule = _RULES.get(node.head)
        if rule is not None:
            return rule(node)
    return node


def _sum(node: Apply) -> Expr:
    """Positive terms first, negative ones subtracted."""
    plus = [term for term in node.args if _negated(term) is None]
    minus = [negated for term in node.args if (negated := _negated(term)) is not None]
    if not plus:
        return Apply("neg", (_joined(minus),))
    if len(plus) == 1 and len(minus) == 1:
        return Apply("sub", (plus[0], minus[0]))
    return _joined([*plus, *(Apply("neg", (term,)) for term in minus)])


def _joined(terms: list[Expr]) -> Expr:
    return terms[0] if len(terms) == 1 else Apply("add", tuple(terms))


def _negated(term: Expr) -> Expr | None:
    """The term without its minus sign; None if it has none."""
    if isinstance(term, Number) and term.value < 0:
        return Number(-term.value)
    if isinstance(term, Apply) and term.head == "neg":
        return term.args[0]
    return None


def _product(node: Apply) -> Expr:
    """One fraction: what has a negative power goes below, a minus sign in front."""
    sign = 1
    above: list[Expr] = []
    below: list[Expr] = []
    for factor in node.args:
        if isinstance(factor, Number):
            value = Fraction(factor.value)
            sign = -sign if value < 0 else sign
            above.append(Number(abs(value.numerator)))
            below.append(Number(value.denominator))
        elif isinstance(factor, Apply) and factor.head == "div":
            above.append(factor.args[0])
            below.append(factor.args[1])
        else:
            above.append(factor)
    top, bottom = _factors(above), _factors(below)
    signed = top if sign > 0 else Apply("neg", (top,))
    return signed if bottom == ONE else Apply("div", (signed, bottom))


def _factors(factors: list[Expr]) -> Expr:
    flat = [part for f in factors for part in (f.args if isinstance(f, Apply) and f.head == "mul" else (f,))]
    kept = [factor for factor in flat if factor != ONE]
    return ONE if not kept else kept[0] if len(kept) == 1 else Apply("mul", tuple(kept))


def _power(node: Apply) -> Expr:
    """x^-2 as 1/x^2, x^(1/2) as √x."""
    base, exponent = node.args
    if not isinstance(exponent, Number):
        return node
    if exponent.value < 0:
        positive = _power(Apply("pow", (base, Number(-exponent.value))))
        return Apply("div", (ONE, positive))
    if exponent.value == Fraction(1, 2):
        return Apply("sqrt", (base,))
    return base if exponent.value == 1 else node


_RULES = {"add": _sum, "mul": _product, "pow": _power}


def _with_letters(expr: Expr) -> Expr:
    """Reserved names (``_0``, ``_s``) as letters that occur nowhere else."""
    taken = {v.name for v in free_variables(expr)} | {
        node.variable.name for node in walk(expr) if isinstance(node, Binder)
    }
    if not any(name.startswith("_") for name in taken):
        return expr
    letters: dict[str, str] = {}
    for name in sorted(name for name in taken if name.startswith("_")):
        free = (letter for letter in _LETTERS if letter not in taken)
        letters[name] = next(free, fresh("i", taken))
        taken.add(letters[name])
    return _renamed(expr, letters)


def _renamed(expr: Expr, letters: dict[str, str]) -> Expr:
    def rename(node: Expr) -> Expr:
        if isinstance(node, Variable) and node.name in letters:
            return Variable(letters[node.name], node.kind)
        if isinstance(node, Binder) and node.variable.name in letters:
            variable = Variable(letters[node.variable.name], node.variable.kind)
            return Binder(node.kind, node.body, variable, node.lower, node.upper, node.condition)
        return node

    return transform(expr, rename)
