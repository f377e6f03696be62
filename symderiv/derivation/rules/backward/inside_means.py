"""Average pooling that leaves the padding out: the usual average over the share of the window inside.

    avg_pool(X, …, count_include_pad=false) = avg_pool(X, …) / avg_pool(1, …)

What stands below doesn't depend on X, so that G is divided by it and sent back as usual.
"""

from __future__ import annotations

from symderiv.derivation.rules.problem import shape
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.display import readable
from symderiv.expression.tree import FALSE, ZERO, Apply, Expr, Variable

INSIDE = "the mean of what lies inside is the mean over the window, divided by the share that lies inside"


def mean_inside(u: Expr) -> tuple[Expr, tuple[Expr, Expr]] | None:
    """The quotient for the pooling, and both again for a letter in the place of its input.

    >>> from symderiv.expression.printing.text import to_text
    >>> from symderiv.expression.tree import Number
    >>> x, three = Variable("x", Kind(shape=(Number(4),))), Number(3)
    >>> options = (("padding", Number(1)), ("count_include_pad", FALSE))
    >>> to_text(mean_inside(Apply("avg_pool1d", (x, three), options))[0])
    'avg_pool1d(x, 3, padding=1)/avg_pool1d(ones(4), 3, padding=1)'
    """
    match u:
        case Apply(head="avg_pool1d" | "avg_pool2d" | "avg_pool3d", args=(v, *rest), options=options):
            said = dict(options)
            if "ceil_mode" in said or said.pop("count_include_pad", None) != FALSE:
                return None
            if said.get("padding", ZERO) == ZERO:
                return None
            sizes = tuple(shape(v))
            letter = Variable("·0", Kind(shape=sizes))
            ones = Apply("ones", tuple(map(readable, sizes)))

            def pooled(a: Expr) -> Expr:
                return Apply(u.head, (a, *rest), tuple(said.items()))

            share = pooled(ones)
            plain = Apply(u.head, (letter, *rest), options)
            return Apply("div", (pooled(v), share)), (plain, Apply("div", (pooled(letter), share)))
    return None
