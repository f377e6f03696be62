"""Backpropagation, one operation a step, from the outermost inwards.

    vjp(u, x, G) = Σ G ⊙ ∂u/∂x    what u sends back to x for G = ∂L/∂u, which is not differentiated

Each step takes the outermost operation off u. It is proved for letters in the place of the operation's
arguments and of G: the chain rule does the rest.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from symderiv.derivation.dependence import depends
from symderiv.derivation.rules.backward.convolutions import LAST, story
from symderiv.derivation.rules.backward.inside_means import INSIDE, mean_inside
from symderiv.derivation.rules.backward.saying import said
from symderiv.derivation.rules.backward.sends import form, jacobian_product
from symderiv.derivation.rules.compositions import written_by_others
from symderiv.derivation.rules.functions import inside
from symderiv.derivation.rules.order import ORDER_KEPT, order_kept
from symderiv.derivation.rules.problem import (
    Rewriting,
    derivative_of,
    plus,
    sent,
    shape,
    times,
    transposed,
)
from symderiv.derivation.rules.quotients import unit_sent
from symderiv.derivation.rules.slices import is_of_slices, sent_to_slices, slice_of
from symderiv.derivation.tidying.tidying import tidy
from symderiv.derivation.vocabulary import is_size
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.display import readable
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import Apply, Binder, Call, Expr, Index, Number, Text, Variable, transform, walk

_FEW_SLICES = 16

_RESTATED = ((order_kept, ORDER_KEPT), (mean_inside, INSIDE))
"""Operations that are another function of the same arguments, better sent back as that."""


def one_operation(u: Expr, x: Variable, G: Expr) -> tuple[str, Rewriting] | None:
    """vjp(f(a), x, G) = vjp(a, x, what f sends back), summed over the arguments that depend on x."""
    if isinstance(u, Variable):
        if u.definition is None:
            return None
        where = ((u.name, u.definition),)
        return "definition", Rewriting(sent(u.definition, x, G), f"the definition of {u.name}", where)
    for restated, reason in _RESTATED:
        swapped = restated(u)
        if swapped is not None:
            after, of_letters = swapped
            return "rewriting", Rewriting(sent(after, x, G), reason, lemma=(of_letters,))
    written = written_by_others(u, x)
    if written is not None:
        after, of_letters, said_of_it = written
        return "definition", Rewriting(sent(after, x, G), said_of_it, lemma=(of_letters,))
    if isinstance(u, Index):
        return _row_sent(u, x, G)
    if isinstance(u, Binder):
        return ("slice by slice", sent_to_slices(u, x, G)) if is_of_slices(u, G) else None
    upstream = Variable("·G", Kind(shape=tuple(shape(u))))
    found = parts(u, x, upstream)
    if found is None:
        return None
    lettered, letters, forms = found
    back: dict[Expr, Expr] = dict(letters.items())
    back[upstream] = G
    terms = tuple(sent(letters[name], x, readable(substitute(f, back))) for name, f in forms.items())
    weighed = Apply("sum", (Apply("hadamard", (upstream, lettered)),))
    lemma = tuple((derivative_of(weighed, letter), f) for letter, f in forms.items())
    assert isinstance(u, (Apply, Call))
    rule, reason = said(u, x)
    alone = isinstance(u, Apply) and u.head in ("add", "sub") and len(forms) == 1
    rest = f"; what doesn't depend on {x.name} falls away" if alone else ""
    step = Rewriting(plus(*terms), reason + rest, lemma=lemma)
    first = _jacobian_first(lettered, forms, upstream)
    if first is not None:
        head, name, product = first
        before = sent(letters[name], x, readable(substitute(product, back)))
        by = f"the chain rule through {head}: its Jacobian, transposed"
        then = replace(step, reason=f"multiplied out: {reason}", lemma=((product, forms[name]),))
        step = Rewriting(before, by, then=(then,), lemma=((lemma[0][0], product),))
    return _told(u, x, G, step) or (rule, step)


def _row_sent(u: Index, x: Variable, G: Expr) -> tuple[str, Rewriting] | None:
    """Row k of a matrix A: G goes to this row, 0 to the others."""
    if not is_row(u):
        return _slice_sent(u, x, G) if is_slice(u) else None
    k = Apply("sub", (u.indices[0], Number(u.origin))) if u.origin else u.indices[0]
    hot = Apply("one_hot", (k, readable(shape(u.base)[0])))
    A, upstream = (
        Variable("·A", Kind(shape=tuple(shape(u.base)))),
        Variable("·G", Kind(shape=tuple(shape(u)))),
    )
    weighed = Apply("sum", (Apply("hadamard", (upstream, Index(A, u.indices, u.origin))),))
    lemma = ((derivative_of(weighed, A), times(hot, transposed(upstream))),)
    reason = "one row of a matrix: δ goes to this row, 0 to the others"
    return "component", Rewriting(sent(u.base, x, times(hot, transposed(G))), reason, lemma=lemma)


def _slice_sent(u: Index, x: Variable, G: Expr) -> tuple[str, Rewriting]:
    """Slice k of an array A of several: G goes to this slice, 0 to the others."""
    count, *rest = shape(u.base)
    place = _place(u)
    empty = Apply("zeros", tuple(map(readable, rest)))

    def among(sent_to_it: Expr) -> Expr:
        return Apply("stack", tuple(sent_to_it if k == place else empty for k in range(_number(count))))

    A, upstream = (Variable(f"·{n}", Kind(shape=tuple(shape(a)))) for n, a in (("A", u.base), ("G", u)))
    weighed = Apply("sum", (Apply("hadamard", (upstream, Index(A, u.indices, u.origin))),))
    lemma = ((derivative_of(weighed, A), among(upstream)),)
    reason = "one slice of an array: δ goes to this slice, 0 to the others"
    return "component", Rewriting(sent(u.base, x, among(G)), reason, lemma=lemma)


def _number(size: Expr) -> int:
    return int(size.value) if isinstance(size, Number) else 0


def _place(u: Index) -> int:
    (k,) = u.indices
    return _number(k) - u.origin if isinstance(k, Number) else -1


def is_slice(u: Index) -> bool:
    """Whether this is one of a few slices of an array of three axes or more."""
    size = shape(u.base)
    return len(u.indices) == 1 and len(size) > 2 and 0 <= _place(u) < _number(size[0]) <= _FEW_SLICES


def is_row(u: Index) -> bool:
    """Whether this is a row of a matrix that is computed, or of one by which is differentiated."""
    return len(u.indices) == 1 and len(shape(u.base)) == 2


def _jacobian_first(u: Expr, forms: dict[Variable, Expr], G: Variable) -> tuple[str, Variable, Expr] | None:
    """Jᵀ G of an operation that states its Jacobian J by a vector, if it states more than this."""
    if not isinstance(u, Apply) or len(forms) != 1 or inside(u) is not None:
        return None
    name, stated = next(iter(forms.items()))
    product = jacobian_product(u, name, G)
    return None if product is None or _in_order(product) == _in_order(stated) else (u.head, name, product)


def _in_order(form: Expr) -> Expr:
    """A form tidied, with a ⊙ b for b ⊙ a: a line that differs in nothing else teaches nothing."""
    return transform(tidy(form), _with_factors_sorted)


def _with_factors_sorted(node: Expr) -> Expr:
    if not isinstance(node, Apply) or node.head != "hadamard":
        return node
    return node.rebuild(tuple(sorted(node.args, key=repr)))


def _told(u: Apply | Call, x: Variable, G: Expr, last: Rewriting) -> tuple[str, Rewriting] | None:
    """A convolution at names with its sums, and the substitution that turns the kernel round."""
    if not isinstance(u, Apply) or not all(map(_is_name, u.args)) or u.args.count(x) != 1:
        return None
    k = u.args.index(x)
    lines = story(u, k, G)
    if not lines or depends(u.args[1 - k], x):
        return None
    upstream = Variable("·G", Kind(shape=tuple(shape(u))))
    free = [derivative_of(Apply("sum", (Apply("hadamard", (upstream, u)),)), x)]
    free += [line for line, _ in story(u, k, upstream)]
    forms = [line for line, _ in lines]
    reasons = [reason for _, reason in lines]
    steps = [
        Rewriting(after, reason, lemma=(pair,), rule="convolution")
        for after, reason, pair in zip(forms, reasons, pairwise(free), strict=True)
    ]
    end = Rewriting(last.after, LAST[k], lemma=((free[-1], last.lemma[0][1]),), rule="convolution")
    first, *rest = (*steps, end)
    return "convolution", Rewriting(first.after, first.reason, then=tuple(rest), lemma=first.lemma)


def _is_name(a: Expr) -> bool:
    """Neither computed nor a part of an array, which has a letter in the lemma."""
    return not isinstance(a, Apply) and not (isinstance(a, Index) and shape(a))


def through_layer(u: Expr, x: Variable, G: Expr) -> tuple[Expr, tuple[str, ...]]:
    """What u sends back if it is one operation, or W v + b; a longer way is left to later steps."""
    back, said, crossed = sent(u, x, G), list[str](), 0
    while isinstance(back, Apply) and back.head == "vjp":
        outermost = back.args[0]
        step = one_operation(outermost, x, back.args[2])
        crossed += not (isinstance(outermost, Apply) and outermost.head in ("add", "sub", "neg"))
        if step is None or step[1].then or crossed > 1 or isinstance(outermost, Variable):
            return sent(u, x, G), ()
        rule, told = step
        said.append(told.reason if rule == "chain rule" else f"{rule}: {told.reason}")
        back = tidy(told.after)
    if any(isinstance(node, Apply) and node.head == "vjp" for node in walk(back)):
        return sent(u, x, G), ()
    return back, tuple(said)


Parts = tuple[Expr, dict[Variable, Expr], dict[Variable, Expr]]


def parts(u: Expr, x: Variable, G: Variable) -> Parts | None:
    """u with letters for its arguments, what they stand for, and what u sends to each that depends on x."""
    if not isinstance(u, (Apply, Call)):
        return None
    unit = unit_sent(u, G)
    if unit is not None:
        return unit
    known = inside(u) if isinstance(u, Apply) else None
    if known is not None and known[0] != u.children[0]:
        return _two_in_one(u, known[0], G)
    letters: dict[Variable, Expr] = {}
    children = tuple(
        _lettered(a, k, letters, x) if k < len(u.args) or depends(a, x) else a
        for k, a in enumerate(u.children)
    )
    lettered = u.rebuild(children)
    assert isinstance(lettered, (Apply, Call))
    forms: dict[Variable, Expr] = {}
    for k, (child, letter) in enumerate(zip(u.children, children, strict=True)):
        if depends(child, x):
            name = letter if isinstance(letter, Variable) else letter.children[0]
            f = form(lettered, k, G) if isinstance(name, Variable) and name in letters else None
            if f is None or not isinstance(name, Variable):
                return None
            forms[name] = f
    return (lettered, letters, forms) if forms else None


def _two_in_one(u: Expr, v: Expr, G: Variable) -> Parts | None:
    """log σ(v) and log (1 - σ(v)), whose derivatives are shorter than those of their parts."""
    letter = Variable("·0", Kind(shape=tuple(shape(v))))
    lettered = substitute(u, {v: letter})
    known = inside(lettered) if isinstance(lettered, Apply) else None
    if known is None or known[0] != letter:
        return None
    slope = known[1]
    return lettered, {letter: v}, {letter: Apply("hadamard", (G, slope)) if shape(v) else times(G, slope)}


def _lettered(a: Expr, k: int, letters: dict[Variable, Expr], x: Variable) -> Expr:
    """A letter in the place of an argument that is computed; a row aᵀ keeps its transposition."""
    if isinstance(a, (Number, Text)) or (isinstance(a, Variable) and not depends(a, x)) or _is_size(a):
        return a
    if isinstance(a, Apply) and a.head == "transpose" and len(shape(a.args[0])) == 1:
        return Apply("transpose", (_lettered(a.args[0], k, letters, x),))
    if not depends(a, x) and not isinstance(a, (Apply, Call)) and not _is_worked_out(a):
        return a
    letter = Variable(f"·{k}", Kind(shape=tuple(shape(a))))
    letters[letter] = a
    return letter


def _is_worked_out(a: Expr) -> bool:
    """A slice, or an array by its entries: no operation reads a shape off them."""
    return isinstance(a, (Index, Binder)) and bool(shape(a))


def _is_size(a: Expr) -> bool:
    """A formula in sizes, such as the 2 n of a shape, which a letter can't stand for."""
    names = free_variables(a)
    return bool(names) and all(map(is_size, names)) and not shape(a)


def _crosses_each(u: Binder, x: Variable) -> bool:
    name, body = slice_of(u, x) or (x, u.body)
    return crosses(body, name)


def crosses(u: Expr, x: Variable) -> bool:
    """Whether every operation on the way from u to x says what it sends back."""
    if u == x:
        return True
    if isinstance(u, Variable):
        return u.definition is not None and crosses(u.definition, x)
    if not shape(u):
        return True
    if isinstance(u, Index):
        return (is_row(u) or is_slice(u)) and crosses(u.base, x)
    if isinstance(u, Binder):
        return is_of_slices(u) and _crosses_each(u, x)
    written = written_by_others(u, x)
    if written is not None:
        return crosses(written[0], x)
    found = parts(u, x, Variable("·G", Kind(shape=tuple(shape(u)))))
    if found is None:
        return False
    _, letters, forms = found
    return all(crosses(letters[letter], x) for letter in forms)
