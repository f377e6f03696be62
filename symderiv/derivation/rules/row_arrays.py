"""The array whose row k is u_k, whose entry k is s_k, for formulas u_k and s_k.

A u_k  U Aᵀ        A u_k + c  linear(U, A, c)      f(u_k)  f(U)         softmax(u_k)  softmax(U), by rows
wᵀ u_k  U w        u_kᵀ v_k   Σ U ⊙ V by rows      ‖u_k‖²  Σ U ⊙ U by rows      s_k u_k  (s 1ᵀ) ⊙ U
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from symderiv.derivation.rules.problem import shape, times, transposed
from symderiv.expression.printing.display import readable
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ONE, Apply, Expr, Index, Number, Variable
from symderiv.operations.declaring.shapes import same_shape

_BY_ENTRIES = frozenset(
    "neg exp log sqrt abs sin cos tanh sigmoid relu softplus leaky_relu elu gelu silu swish sign".split()
)
_ALONG_ROWS = frozenset("softmax log_softmax logsumexp sum mean max".split())
_OF_ROWS = frozenset(("layer_norm", "rms_norm"))
_BY_ROWS = (("axis", ONE),)


@dataclass(frozen=True, slots=True)
class Rows:
    """An index k, how many values it has, and the first of them."""

    k: Variable
    count: Expr
    first: Number

    def moves(self, e: Expr) -> bool:
        return self.k in free_variables(e)

    def __call__(self, e: Expr) -> Expr | None:
        """The array that has e at its place k; None where there is no shorter word for it."""
        if len(shape(e)) > 1 or not self.moves(e):
            return None
        if isinstance(e, Index):
            return self._read(e)
        if not isinstance(e, Apply):
            return None
        rule = _RULES.get(e.head)
        if rule is not None:
            return rule(self, e)
        if e.head in _BY_ENTRIES | _OF_ROWS and not any(map(self.moves, e.children[1:])):
            return self._rebuilt(e, self(e.args[0]), *e.children[1:])
        if e.head in _ALONG_ROWS and len(e.args) == 1 and not e.options and len(shape(e.args[0])) == 1:
            U = self(e.args[0])
            return None if U is None else Apply(e.head, (U,), _BY_ROWS)
        return None

    def spread(self, e: Expr) -> Expr | None:
        """The array that has e at its place k, a constant vector in every row; a constant number itself."""
        if self.moves(e):
            return self(e)
        if not shape(e):
            return e
        return times(self._ones(self.count), transposed(e)) if len(shape(e)) == 1 else None

    def _read(self, e: Index) -> Expr | None:
        """X of ``X[k]``, where k runs through all its rows."""
        whole = e.indices == (self.k,) and not self.moves(e.base) and e.origin == self.first.value
        return e.base if whole and shape(e.base)[0] == self.count else None

    def _rebuilt(self, e: Expr, *children: Expr | None) -> Expr | None:
        kept = tuple(child for child in children if child is not None)
        return e.rebuild(kept) if len(kept) == len(children) else None

    def _ones(self, size: Expr) -> Expr:
        return Apply("ones", (readable(size),))

    def _beside(self, e: Expr, like: Expr) -> Expr | None:
        """The array of e in the shape of the rows of ``like``: a number that moves in every column."""
        array = self.spread(e)
        if array is None or same_shape(shape(e), shape(like)) or not self.moves(e):
            return array
        return times(array, transposed(self._ones(shape(like)[0])))

    def terms(self, e: Apply) -> Expr | None:
        """u_k + v_k, and A u_k + c."""
        match e.args:
            case (Apply(head="mul" | "matmul", args=(A, u)) as product, c) if e.head == "add":
                fixed = not self.moves(A) and not self.moves(c)
                if fixed and [len(shape(part)) for part in (A, u, c, product)] == [2, 1, 1, 1]:
                    U = self(u)
                    return None if U is None else Apply("linear", (U, A, c))
        return self._rebuilt(e, *(self._beside(term, e) for term in e.args))

    def fraction(self, e: Apply) -> Expr | None:
        u, s = e.args
        if shape(e) and self.moves(s):
            return None
        return self._rebuilt(e, self._beside(u, e) if self.moves(u) else None, self._beside(s, e))

    def power(self, e: Apply) -> Expr | None:
        """‖u_k‖² and s_k²."""
        if e.args[1] != Number(2):
            return None
        match e.args[0]:
            case Apply(head="norm", args=(u,), options=()):
                return self._added_up(self(u), self(u))
        s = self(e.args[0]) if not shape(e) else None
        return None if s is None else Apply("hadamard", (s, s))

    def length(self, e: Apply) -> Expr | None:
        squares = self.power(Apply("pow", (e, Number(2)))) if len(e.args) == 1 and not e.options else None
        return None if squares is None else Apply("sqrt", (squares,))

    def by_entries(self, e: Apply) -> Expr | None:
        return self._rebuilt(e, *(self._beside(factor, e) for factor in e.args))

    def product(self, e: Apply) -> Expr | None:
        """Numbers outside; A u_k, wᵀ u_k, u_kᵀ v_k, s_k u_k."""
        fixed = tuple(f for f in e.args if not self.moves(f) and not shape(f))
        rest = tuple(f for f in e.args if self.moves(f) or shape(f))
        array = self._paired(rest) or self._led(rest)
        return None if array is None else times(*fixed, array)

    def _paired(self, factors: tuple[Expr, ...]) -> Expr | None:
        """uᵀ v, Aᵀ of which may stand between: (A u_k)ᵀ is a row as well."""
        match factors:
            case (Apply(head="transpose", args=(u,)), *others) if others and len(shape(u)) == 1:
                v = times(*others)
                if len(shape(v)) != 1:
                    return None
                for moving, w in ((v, u), (u, v)):
                    if not self.moves(w):
                        U = self(moving)
                        return None if U is None else times(U, w)
                return self._added_up(self(u), self(v))
        return None

    def _led(self, factors: tuple[Expr, ...]) -> Expr | None:
        """A B u_k with constant matrices, numbers that move before what they multiply."""
        numbers = tuple(self(f) for f in factors if not shape(f))
        arrays = [f for f in factors if shape(f)]
        if not arrays:
            return self._together(numbers)
        *matrices, u = arrays
        if any(self.moves(A) or len(shape(A)) != 2 for A in matrices) or len(shape(u)) != 1:
            return None
        U = self.spread(u)
        if U is None or not all(isinstance(f, Index) for f in factors if not shape(f)):
            return None
        U = times(U, *(transposed(A) for A in reversed(matrices)))
        across = transposed(self._ones(shape(U)[1]))
        return self._together((*(s if s is None else times(s, across) for s in numbers), U))

    def _together(self, arrays: tuple[Expr | None, ...]) -> Expr | None:
        found: Expr | None = arrays[0]
        for other in arrays[1:]:
            found = None if found is None or other is None else Apply("hadamard", (found, other))
        return found

    def _added_up(self, U: Expr | None, V: Expr | None) -> Expr | None:
        if U is None or V is None:
            return None
        return Apply("sum", (Apply("hadamard", (U, V)),), _BY_ROWS)

    def pair(self, e: Apply) -> Expr | None:
        """dot(u, v) is uᵀ v."""
        u, v = e.args
        return self.product(Apply("mul", (transposed(u), v)))

    def squares(self, e: Apply) -> Expr | None:
        """mse(u_k, v_k), the mean of the squares along each row."""
        if e.options or len(e.args) != 2 or len(shape(e.args[0])) != 1:
            return None
        U, V = map(self.spread, e.args)
        if U is None or V is None:
            return None
        off = Apply("sub", (U, V))
        return Apply("mean", (Apply("hadamard", (off, off)),), _BY_ROWS)

    def positive(self, e: Apply) -> Expr | None:
        """max(0, s_k) is ReLU."""
        u = [a for a in e.args if a != Number(0)]
        return self._rebuilt(Apply("relu", (u[0],)), self(u[0])) if len(u) == 1 and len(e.args) == 2 else None


_RULES: dict[str, Callable[[Rows, Apply], Expr | None]] = {
    "add": Rows.terms,
    "sub": Rows.terms,
    "mul": Rows.product,
    "matmul": Rows.product,
    "hadamard": Rows.by_entries,
    "div": Rows.fraction,
    "pow": Rows.power,
    "norm": Rows.length,
    "dot": Rows.pair,
    "mse": Rows.squares,
    "max": Rows.positive,
}
