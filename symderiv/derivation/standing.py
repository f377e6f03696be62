"""Where a piece stands in a line: free, or inside a derivative, which looks at names rather than values."""

from __future__ import annotations

from symderiv.derivation.meaning.forms import FORMS
from symderiv.expression.derivatives import PLAIN_DERIVATIVES
from symderiv.expression.tree import Apply, Expr, Variable


def stands_free(tree: Expr, piece: Expr) -> bool:
    """Does the piece stand in no derivative but itself, other than such by a plain name?"""
    if tree == piece:
        return True
    if isinstance(tree, Apply) and tree.head == "vjp":
        return not _occurs(tree.args[0], piece) and stands_free(tree.args[2], piece)
    if isinstance(tree, Apply) and tree.head in FORMS and not is_by_plain_name(tree):
        return not _occurs(tree, piece)
    return all(stands_free(child, piece) for child in tree.children)


def is_by_plain_name(tree: Apply) -> bool:
    """A derivative by a name that nothing stands behind."""
    if tree.head not in PLAIN_DERIVATIVES or len(tree.args) != 2:
        return False
    name = tree.args[1]
    return isinstance(name, Variable) and name.definition is None and name.value is None


def is_differentiated(tree: Expr, piece: Expr) -> bool:
    """Whether the piece stands in a derivative other than itself."""
    if tree == piece:
        return False
    if isinstance(tree, Apply) and tree.head == "vjp":
        return is_differentiated(tree.args[2], piece)
    if isinstance(tree, Apply) and tree.head in FORMS:
        return _occurs(tree, piece)
    return any(is_differentiated(child, piece) for child in tree.children)


def _occurs(tree: Expr, piece: Expr) -> bool:
    return tree == piece or any(_occurs(child, piece) for child in tree.children)
