"""What a determinant sends back to its matrix: det u sends det(u) u⁻ᵀ, log det u and log |det u| send u⁻ᵀ.

Where u is singular det u has a derivative too, which this form can't say. The logarithm doesn't exist there;
of a bare determinant the form is used only where u isn't singular everywhere, as x xᵀ of a vector is.
"""

from __future__ import annotations

from symderiv.derivation.vocabulary import shape, times, transposed
from symderiv.expression.parts import terms_of
from symderiv.expression.tree import Apply, Expr, Variable


def matrix_of(s: Expr) -> Expr | None:
    """The matrix u of ``log(det(u))``, ``log(abs(det(u)))`` and, where it may have an inverse, ``det(u)``."""
    match s:
        case Apply(head="log", args=(Apply(head="abs", args=(Apply(head="det", args=(u,)),)),)):
            return u
        case Apply(head="log", args=(Apply(head="det", args=(u,)),)):
            return u
        case Apply(head="det", args=(u,)) if _has_inverse_somewhere(u):
            return u
    return None


def with_matrix(s: Expr, u: Expr) -> Expr:
    """The same of another matrix."""
    assert isinstance(s, Apply)
    return s.rebuild((u if s.head == "det" else with_matrix(s.args[0], u),))


def sent_to_matrix(s: Expr, u: Expr) -> tuple[str, Expr]:
    """What is said, and ∂s/∂u."""
    turned = transposed(Apply("inv", (u,)))
    if isinstance(s, Apply) and s.head == "det":
        said = "Jacobi's formula: det u sends det(u) u⁻ᵀ back, where u has an inverse"
        return said, times(s, turned)
    return "Jacobi's formula: the logarithm of det u sends u⁻ᵀ back", turned


def _has_inverse_somewhere(u: Expr) -> bool:
    """Whether this is plain to see: of names, products of square matrices, and I + a term that may be 0."""
    match u:
        case Variable():
            return len(shape(u)) == 2 and u.definition is None and u.value is None
        case Apply(head="transpose" | "inv" | "neg", args=(a,), options=()):
            return _has_inverse_somewhere(a)
        case Apply(head="mul" | "matmul", args=args, options=()):
            return all(len(shape(a)) == 2 and _has_inverse_somewhere(a) for a in args)
        case Apply(head="add", options=()):
            terms = terms_of(u)
            units = [term for term in terms if _is_unit(term)]
            return len(units) == 1 and all(_may_be_zero(term) for term in terms if term not in units)
    return False


def _is_unit(term: Expr) -> bool:
    return isinstance(term, Apply) and term.head == "eye" and len(term.args) == 1


def _may_be_zero(term: Expr) -> bool:
    """Whether a factor is a name of an array, which may be 0, or such a name turned round."""
    if isinstance(term, Apply) and term.head == "transpose":
        return _may_be_zero(term.args[0])
    if isinstance(term, Apply) and term.head == "mul":
        return any(map(_may_be_zero, term.args))
    return isinstance(term, Variable) and bool(shape(term)) and term.definition is None and term.value is None
