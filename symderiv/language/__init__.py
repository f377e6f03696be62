"""What people write, read into trees: text and LaTeX, against a scope. Nothing is ever evaluated."""

from symderiv.language.conditions import free_indices
from symderiv.language.declarations import read_condition, read_declaration, read_kind
from symderiv.language.infer import infer
from symderiv.language.reader import is_latex, left_out, read
from symderiv.language.scope import Scope
from symderiv.language.text.reading import read_text

__all__ = [
    "Scope",
    "free_indices",
    "infer",
    "is_latex",
    "left_out",
    "read",
    "read_condition",
    "read_declaration",
    "read_kind",
    "read_text",
]
