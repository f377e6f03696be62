"""Cells by their gates: an LSTM or GRU cell is written out before it is differentiated.

RNN   h' = tanh(W x + U h + b), written out for the Jacobian by a matrix, or by what goes into several cells
LSTM  (a_i, a_f, a_g, a_o) = W x + U h + b, row by row
      i, f, o = σ(a_i), σ(a_f), σ(a_o),  g = tanh(a_g),  c' = f ⊙ c + i ⊙ g,  h' = o ⊙ tanh(c')
GRU   a = W x + b and m = U h + b_h, three rows each
      r, z = σ(a_r + m_r), σ(a_z + m_z),  g = tanh(a_g + r ⊙ m_g),  h' = (1 - z) ⊙ g + z ⊙ h
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeGuard

from symderiv.derivation.dependence import depends, reached, without_names
from symderiv.derivation.rules.problem import Problem, Rewriting, derivative_of, plus, shape, times
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.display import readable
from symderiv.expression.substitution import fresh
from symderiv.expression.tree import ONE, Apply, Expr, Index, Number, Variable, walk
from symderiv.operations import OPERATIONS

_REASON = {
    "lstm_cell": "the gates of lstm_cell: i, f, o = σ(a_i), σ(a_f), σ(a_o), g = tanh(a_g), a = W x + U h + b",
    "rnn_cell": "the definition of rnn_cell: h' = tanh(W x + U h + b)",
    "gru_cell": "the gates of gru_cell: r, z = σ(a_r + m_r), σ(a_z + m_z), g = tanh(a_g + r ⊙ m_g)",
}


def gates(p: Problem) -> Rewriting | None:
    """∂/∂x of a number or a vector in which the state of a gated cell stands, or of an LSTM cell's two."""
    if not p.wrt or (len(p.shape) > 1 and not _is_whole(p.e)):
        return None
    found = {
        node: state for node in _nodes(p.e) if (state := _state(node)) is not None and depends(node, p.x)
    }
    if not _is_matrix_form(p, found):
        found = {node: state for node, state in found.items() if _cell(node).head != "rnn_cell"}
    if not found:
        return None
    after = _Unfolding(found, p.taken)(p.e)
    if any(map(_is_whole, _behind(after))):
        return None
    lemma = tuple(dict.fromkeys(map(_of_letters, found)))
    reason = "; ".join(dict.fromkeys(_REASON[_cell(node).head] for node in found))
    named = derivative_of(after, p.x)
    plain = derivative_of(without_names(after, reached(p.e)), p.x)
    if plain == named:
        return Rewriting(named, reason, lemma=lemma)
    states = "names for the states that go into other cells"
    return Rewriting(plain, reason, lemma=lemma, then=(Rewriting(named, states, rule="naming"),))


def _nodes(tree: Expr) -> Iterator[Expr]:
    """Every node, but no LSTM cell of which one row is taken."""
    yield tree
    children = tree.base.children if _is_row_of_pair(tree) else tree.children
    for child in children:
        yield from _nodes(child)


def _is_row_of_pair(tree: Expr) -> TypeGuard[Index]:
    return isinstance(tree, Index) and _is_whole(tree.base) and _state(tree) is not None


def _is_matrix_form(p: Problem, found: Mapping[Expr, Expr]) -> bool:
    """Whether the Jacobian of a plain cell is a product of matrices once the cell is written out."""
    several = sum(p.x in _cell(node).children for node in found) > 1
    return len(p.shape) == 1 and (len(p.wrt) == 2 or several)


class _Unfolding:
    """A tree with its cells in their gates; the state that goes into another cell has a name."""

    def __init__(self, cells: Mapping[Expr, Expr], taken: set[str]) -> None:
        self.cells = cells
        self.inner = {node for cell in cells for child in _cell(cell).children for node in walk(child)}
        self.taken = taken
        self.names: dict[Expr, Variable] = {}

    def __call__(self, tree: Expr) -> Expr:
        if tree in self.names:
            return self.names[tree]
        if not tree.children:
            return tree
        rebuilt = self._rebuilt(tree)
        state = _state(rebuilt) if tree in self.cells else None
        if state is None or tree not in self.inner:
            return state or rebuilt
        is_cell = isinstance(rebuilt, Index) and rebuilt.indices[0] == ONE
        name = fresh("c1" if is_cell else "h1", self.taken)
        self.taken.add(name)
        self.names[tree] = Variable(name, Kind(shape=tuple(shape(tree))), definition=state)
        return self.names[tree]

    def _rebuilt(self, tree: Expr) -> Expr:
        if not _is_row_of_pair(tree):
            return tree.rebuild(tuple(map(self, tree.children)))
        return tree.rebuild((tree.base.rebuild(tuple(map(self, tree.base.children))), *tree.indices))


def _behind(tree: Expr) -> Iterator[Expr]:
    """The nodes of a tree and of the definitions behind it."""
    for part in (tree, *(v.definition for v in reached(tree) if v.definition is not None)):
        yield from walk(part)


def _is_whole(node: Expr) -> bool:
    """Both states of an LSTM cell as one array."""
    return isinstance(node, Apply) and node.head == "lstm_cell"


def _cell(node: Expr) -> Apply:
    cell = node.base if isinstance(node, Index) else node
    assert isinstance(cell, Apply)
    return cell


def _state(node: Expr) -> Expr | None:
    """h' of a GRU cell, h' and c' as the rows 0 and 1 of an LSTM cell, each in its gates."""
    match node:
        case Apply(head="gru_cell"):
            return _gru(*_bound(node))
        case Apply(head="rnn_cell"):
            x, h, W, U, b = _bound(node)
            return _of("tanh", _affine((W, x), (U, h), (b,)))
        case Index(base=Apply(head="lstm_cell") as cell, indices=(Number(value=row), *rest), origin=0):
            whole = _lstm(*_bound(cell))[int(row)] if row in (0, 1) else None
            return whole if whole is None or not rest else Index(whole, tuple(rest), 0)
        case Apply(head="lstm_cell") if shape(node)[1] != ONE:  # of one unit: short enough by its entries
            return Apply("stack", _lstm(*_bound(node)))
    return None


def _of_letters(node: Expr) -> tuple[Expr, Expr]:
    """The cell and its gates, with letters for all that it is given."""
    cell = _cell(node)
    letters: dict[Expr, Expr] = {
        tree: Variable(f"·{k}", Kind(shape=tuple(shape(tree)))) for k, tree in enumerate(cell.children)
    }
    lettered = cell.rebuild(tuple(letters[child] for child in cell.children))
    plain = Index(lettered, node.indices[:1], node.origin) if isinstance(node, Index) else lettered
    state = _state(plain)
    assert state is not None
    return plain, state


def _bound(cell: Apply) -> tuple[Expr | None, ...]:
    bound = OPERATIONS[cell.head].bind(cell.args, cell.options)
    return tuple(tree if isinstance(tree, Expr) else None for tree in bound)


def _affine(*products: tuple[Expr | None, ...]) -> Expr:
    """W x + U h + b, without what is left out."""
    terms = [times(*(f for f in product if f is not None)) for product in products if product[0] is not None]
    return plus(*terms)


def _rows(a: Expr, h: Expr, count: int) -> list[Expr]:
    """The blocks of a that belong to each gate."""
    whole = Apply("reshape", (a, Number(count), readable(shape(h)[0])))
    return [Index(whole, (Number(k),)) for k in range(count)]


def _of(head: str, a: Expr) -> Expr:
    return Apply(head, (a,))


def _entrywise(a: Expr, b: Expr) -> Expr:
    return Apply("hadamard", (a, b))


def _lstm(*given: Expr | None) -> tuple[Expr, Expr]:
    x, h, c, W, U, b = given
    assert h is not None and c is not None
    rows = _rows(_affine((W, x), (U, h), (b,)), h, 4)
    i, f, o = (_of("sigmoid", rows[k]) for k in (0, 1, 3))
    state = plus(_entrywise(f, c), _entrywise(i, _of("tanh", rows[2])))
    return _entrywise(o, _of("tanh", state)), state


def _gru(*given: Expr | None) -> Expr:
    x, h, W, U, b, b_hidden = given
    assert h is not None
    a, m = _rows(_affine((W, x), (b,)), h, 3), _rows(_affine((U, h), (b_hidden,)), h, 3)
    r, z = (_of("sigmoid", plus(a[k], m[k])) for k in (0, 1))
    g = _of("tanh", plus(a[2], _entrywise(r, m[2])))
    return plus(_entrywise(Apply("sub", (ONE, z)), g), _entrywise(z, h))
