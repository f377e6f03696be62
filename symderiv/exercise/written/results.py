"""Results as people write them: ``3×3`` for a shape, ``128, 64, 32`` for a list, ``a = 1, b = 2`` for names.

Each is read only where the key says what is asked, so that nothing has to be guessed: ``3×3`` is a product
everywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Names
from collections.abc import Sequence as Items
from dataclasses import replace
from typing import TypeGuard

from symderiv.errors import MeaningError
from symderiv.exercise.formula import Formula
from symderiv.exercise.written.asked import is_condition
from symderiv.exercise.written.commas import at_commas
from symderiv.exercise.written.equations import split_equations
from symderiv.exercise.written.grids import as_mapping, as_matrix, as_matrix_of, as_vector
from symderiv.exercise.written.left_sides.asked_in_words import NO_FORMULAS
from symderiv.exercise.written.left_sides.asked_words import in_asked_order
from symderiv.exercise.written.left_sides.derivative_names import NO_LOOKS
from symderiv.exercise.written.left_sides.entry_labels import without_labels
from symderiv.exercise.written.lists import as_entries, entry_by_entry, has_rows
from symderiv.exercise.written.named_rows import named_rows
from symderiv.exercise.written.named_values import named_values
from symderiv.exercise.written.sets import as_elements
from symderiv.exercise.written.shapes import asks_for_shapes, with_shapes, without_member, without_spaces
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import Apply, Expr, Mapping, Sequence
from symderiv.language import is_latex

_PAIR = re.compile(r"""['"](\d)(\d)['"](\s*(?:[:=↦]|->))""")
_BARE_PAIR = re.compile(r"(?<![\w.,(])\(?(\d)(\d)\)?(\s*(?:->|→|↦|:|\\(?:to|mapsto|rightarrow)(?![A-Za-z])))")
_APPLIED = re.compile(r"(?<![\w\\])([^\W\d_]+|\\[a-z]+\{\w+\})\s*(\(\s*\d\s*,\s*\d\s*\))\s*=(?!=)")
_OF_PAIRS = re.compile(r"\A\s*dict\(\s*(\[.*\])\s*\)\s*\Z", re.DOTALL)
_SEMICOLON = re.compile(r"(?<!\\);(?![^([{]*[)\]}])")
MAX_SEMICOLONS = 500
MIN_ABBREVIATED = 3
"""How long a name is that may be short for another."""
_COMPARES = re.compile(r"[<>≤≥≠∈]|==|!=|(?<!\w)(?:if|for|in)(?!\w)|\\(?:leq?|geq?|neq?|in|begin)(?![a-zA-Z])")
NO_POINTS: Names[str, Names[Expr, Expr]] = {}
_DOLLARS = re.compile(r"\A\s*\$+|\$+\s*\Z")
_BETWEEN_FORMULAS = re.compile(r"\${1,2}(\s*[,;]?\s*(?:and\s)?\s*)\${1,2}")
_SIDE_BY_SIDE = re.compile(r"\s*\${1,2}\s*[,;.]?\s*\${1,2}\s*")
_WHERE = re.compile(r"\s*(?:,\s*)?(?<!\w)(?:where|with|mit)\s+[^\W\d]\w*\s*=(?!=)[^\[\]]*\Z")
_AND = re.compile(r"(?<!\s)\s*(?:,\s*)?(?:(?<!\w)(?:and|und)(?!\w)|\\text\s*\{\s*(?:and|und)\s*\})\s*")


def as_result(
    answer: Formula,
    key: Expr | None,
    rows: Names[str, list[str]],
    asked: Items[str] = NO_FORMULAS,
    looks: Names[str, str] = NO_LOOKS,
    words: Items[Items[str]] = (),
) -> Formula:
    """The answer, respelt where it is a shape, a bare list, named results or rows of cases, as the key is.

    What the question has ``asked`` for by formulas or in ``words``, and how names look, may label the
    entries of a list.
    """
    if answer.entries or (answer.items and not rows) or answer.text.count(";") > MAX_SEMICOLONS:
        return answer
    text = answer.text
    if is_list(key):
        text = in_asked_order(text, words, len(key.items))
    if isinstance(key, Mapping | Sequence):
        text = with_commas_for_and(text)
    if key is not None and asks_for_shapes(key):
        text = without_spaces(without_member(text, key))
    if isinstance(key, Mapping) and not rows:
        text = as_mapping(text, key)
    elif key is not None and not is_condition(key):
        text = as_matrix(text)
        rows_of = [len(row.items) for row in key.items if isinstance(row, Sequence)] if is_list(key) else []
        text = as_matrix_of(text, len(rows_of), rows_of[0]) if len(set(rows_of)) == 1 else text
    if is_list(key):
        text = as_vector(text)
    if isinstance(key, Mapping) or is_list(key):
        text = _joined(text) if answer.is_latex else text
    if isinstance(key, Mapping):
        text = _OF_PAIRS.sub(r"\1", text)
        text = named_rows(text, rows) if rows else text
        text = _with_colons(text, key) if asks_for_shapes(key) else text
        text = named_results(text, key) if not answer.is_latex else _with_points(text, key)
    if isinstance(key, Mapping | Sequence) or (key is not None and asks_for_shapes(key)):
        plain = without_dollars(text)
        bare = as_entries(plain, key) if isinstance(key, Sequence) else plain
        text = text if bare == plain else bare
        bare = bare if has_rows(bare) else _SEMICOLON.sub(",", bare)
        if asks_for_shapes(key):
            shaped = with_shapes(bare, key)
            text, bare = (text if shaped == bare else shaped), shaped
        if isinstance(key, Sequence) and key.kind == "set" and (elements := as_elements(bare)) != bare:
            text = bare = elements
        if is_list(key):
            unlabelled = without_labels(bare, key, asked, looks)
            text, bare = (text if unlabelled == bare else unlabelled), unlabelled
        if isinstance(key, Sequence) and key.kind != "set" and not any(map(is_condition, key.items)):
            chained = entry_by_entry(answer, bare, key)
            text, bare = (text if chained == bare else chained), chained
        items, said = _before_where(bare)
        text = f"[{items.strip()}]{said}" if len(_at_commas(items)) > 1 else text
    return answer if text == answer.text else replace(answer, text=text, items=())


def with_commas_for_and(text: str) -> str:
    """``1 and 2`` as ``1, 2``, where several values are asked for.

    >>> with_commas_for_and("1/4 and 3/4"), with_commas_for_and("x > 0 and y > 0")
    ('1/4, 3/4', 'x > 0 and y > 0')
    """
    return text if _COMPARES.search(text) else _AND.sub(", ", text)


def is_list(key: Expr | None) -> TypeGuard[Sequence]:
    """Is it a list or a tuple, whose entries have an order?"""
    return isinstance(key, Sequence) and key.kind != "set"


def named_results(text: str, key: Mapping) -> str:
    """``a = 1, b = 2`` and ``(0, 0) -> 0, …`` as mappings; where pairs are names, ``'01'`` is one of them.

    Of ``a = 2/2 = 1, b = 2`` every member makes a mapping of its own.

    >>> named_results("mu = (1, 2), sigma = 3", Mapping((("mu", Sequence(())), ("sigma", Sequence(())))))
    '{mu: (1, 2), sigma: 3}'
    """
    text = _with_points(text, key)
    if text.lstrip()[:1] in ("{", "["):
        return text
    found = named_values(text, (name for name, _ in key.items if isinstance(name, str)))
    if not found:
        return text
    chains = [[_as_grid(member) for member in split_equations(value)] for _, value in found]
    length = max(map(len, chains))
    named = [
        (name, [members[0].strip()] * (length - len(members)) + [member.strip() for member in members])
        for (name, _), members in zip(found, chains, strict=True)
    ]
    each = (", ".join(f"{name}: {members[place]}" for name, members in named) for place in range(length))
    return " = ".join(f"{{{said}}}" for said in each)


def _with_points(text: str, key: Mapping) -> str:
    """``'01': 1``, ``01 -> 1`` and ``NAND(0, 1) = 1`` with the pair (0, 1), where pairs are names."""
    if not any(isinstance(name, Sequence) for name, _ in key.items):
        return text
    text = _BARE_PAIR.sub(r"(\1, \2)\3", _PAIR.sub(r"(\1, \2)\3", text))
    called = {said[1] for said in _APPLIED.finditer(text)}
    arrow = r"\2 \\mapsto " if is_latex(text) else r"\2 -> "
    return _APPLIED.sub(arrow, text) if len(called) == 1 else text


def _as_grid(value: str) -> str:
    """``[1 -1; -1 1]`` and ``[1; -1]`` as lists; a number without brackets is no list."""
    return as_vector(as_matrix(value)) if value.lstrip()[:1] in ("[", "(") else value


def as_asked(tree: Expr, key: Expr | None, points: Names[str, Names[Expr, Expr]] = NO_POINTS) -> Expr:
    """The answer's tree as the key is built: a list where results have names is in the order of the names.

    One formula where results have names, and each its point, gives its values there.
    A list with a transposition sign, ``(4, -3, -2)^T``, is how a column is written in a line.
    """
    if isinstance(key, Mapping) and _pairs_all(tree, key):
        return Mapping(tuple((item.children[0], as_asked(item.children[1], None)) for item in tree.children))
    if isinstance(key, Mapping) and _lists_all(tree, key):
        named = zip((name for name, _ in key.items), tree.children, strict=True)
        return Mapping(tuple((name, as_asked(item, None)) for name, item in named))
    if isinstance(key, Mapping) and points and not isinstance(tree, Mapping | Sequence):
        return Mapping(tuple((name, substitute(tree, points[str(name)])) for name, _ in key.items))
    if isinstance(key, Sequence) and key.kind != "set" and isinstance(tree, Sequence) and tree.kind == "set":
        raise MeaningError("a set has no order", expected="a list", cure="write (a, b)")
    if isinstance(tree, Mapping):
        said = {name for name, _ in tree.items}
        names = [name for name, _ in key.items] if isinstance(key, Mapping) else []
        asked = [name for name in names if isinstance(name, str) and name not in said]
        spelt = [_as_spelt(name, asked) for name, _ in tree.items]
        clash = {name for name in spelt if spelt.count(name) > 1}  # accuracy and accidents aren't both acc
        items = zip(spelt, tree.items, strict=True)
        return Mapping(
            tuple((typed if name in clash else name, as_asked(value, None)) for name, (typed, value) in items)
        )
    if isinstance(key, Sequence) and key.kind == "set" and isinstance(tree, Sequence) and tree.kind != "set":
        return Sequence(tree.items, "set")  # in whatever order they are listed
    if isinstance(key, Sequence) and key.kind == "set" and not isinstance(tree, Mapping | Sequence):
        return tree if is_condition(tree) else Sequence((tree,), "set")  # the only one
    if isinstance(tree, Apply) and tree.head == "transpose" and _is_flat(tree.args[0]):
        return tree.args[0]
    return tree


def _as_spelt(name: str | Expr, asked: list[str]) -> str | Expr:
    """The name of a result as it is asked for: *Max* is max, *Recall* rec; a single letter is another name
    in capitals.
    """
    if not isinstance(name, str) or len(name) < 2:
        return name
    alike = [each for each in asked if each.lower() == name.lower()] or [
        each for each in asked if len(each) >= MIN_ABBREVIATED and name.lower().startswith(each.lower())
    ]
    return alike[0] if len(alike) == 1 else name


def _pairs_all(tree: Expr, key: Mapping) -> bool:
    """``[((0, 0), 0), …]`` where the names are pairs."""
    return (
        isinstance(tree, Sequence)
        and tree.kind != "set"
        and all(isinstance(name, Sequence) for name, _ in key.items)
        and all(isinstance(item, Sequence) and len(item.items) == 2 for item in tree.items)
        and all(isinstance(item.children[0], Sequence) for item in tree.items)
    )


def _lists_all(tree: Expr, key: Mapping) -> bool:
    return isinstance(tree, Sequence) and tree.kind != "set" and len(tree.items) == len(key.items)


def _is_flat(tree: Expr) -> bool:
    return (
        isinstance(tree, Sequence)
        and bool(tree.items)
        and not any(isinstance(item, Sequence) for item in tree.items)
    )


def without_dollars(text: str) -> str:
    """The text without the dollars around it, or around each of its formulas.

    >>> without_dollars("$3$, $4$"), without_dollars("$x$ and $y$"), without_dollars("$x$ or $y$")
    ('3, 4', 'x and y', 'x$ or $y')
    """
    return _DOLLARS.sub("", _BETWEEN_FORMULAS.sub(r"\1", text))


def _joined(text: str) -> str:
    """``$a = 1$ $b = 2$`` with a comma between, where each formula is an equation."""
    formulas = _SIDE_BY_SIDE.split(text.strip(" $\n"))
    are_equations = len(formulas) > 1 and all("=" in each and "$" not in each for each in formulas)
    return f"${', '.join(each.strip(' ,;.') for each in formulas)}$" if are_equations else text


def _with_colons(text: str, key: Mapping) -> str:
    """``H1 3x4`` as ``H1: 3x4``: a shape behind its name."""
    names = "|".join(re.escape(name) for name, _ in key.items if isinstance(name, str))
    return re.sub(rf"\b({names})\s+(?=[\d(\[])", r"\1: ", text) if names else text


def _before_where(text: str) -> tuple[str, str]:
    """A list, and what is said of a name in it: ``p, -p where p = …``."""
    said = _WHERE.search(text)
    return (text[: said.start()], text[said.start() :]) if said else (text, "")


def _at_commas(text: str) -> list[str]:
    """The text cut at commas outside of brackets, where no ``=`` says that it is something else."""
    pieces = [text] if has_rows(text) else at_commas(text)
    return pieces if len(split_equations(text)) == 1 and "\\mapsto" not in text else [text]
