"""Names for what comes up again in a result: ``(diag(p) - p pᵀ) K`` where p = softmax(K q).

A part of a result that stands there more than once is given a name, in all lines of the derivation: the
values of a forward pass under the letters that courses use, what is sent back as δ. A name stands for its
definition and for nothing else, so that each line says what it said, and is proved as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from symderiv.derivation.dependence import defined, length, reached, sizes
from symderiv.derivation.steps import Step
from symderiv.derivation.tidying.letters import is_gate, is_state, letter_of, sent_to_gates
from symderiv.derivation.vocabulary import shape
from symderiv.equality.verdict import Equal
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.text import to_text
from symderiv.expression.substitution import free_variables, fresh, substitute
from symderiv.expression.tree import Apply, Binder, Expr, Index, Sequence, Variable, walk

MAX_NAMES = 24

_PLAIN = frozenset(
    "neg pos transpose diag ones zeros eye one_hot pow heaviside reshape flatten stack delta".split()
)
"""What is read as easily as a name."""

_SHORT = frozenset("norm abs sqrt exp log var std mean sum".split())
_SUMS = frozenset("add sub mul matmul hadamard div kron".split())

ENOUGH = {False: 80, True: 40}
"""From how many letters on a result has names in it, of numbers and of arrays."""

_LONG = {"function": 7, "short": 16, "sum": 17}
"""From how many letters on a part that stands twice is given a name."""


def with_names(goal: Expr, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps with names for what their result repeats, the ones of the forward pass given at the start."""
    if not steps or _is_plain(steps[-1].after):
        return steps
    parts = _repeated(goal, steps[-1].after)
    if not parts:
        return steps
    folding = _Folding(goal, steps, parts)
    named: list[Step] = []
    first = folding(goal)
    said: set[Variable] = set(reached(goal))
    if first != goal:
        named.append(_naming(goal, first, _new(first, said)))
    before = first
    for step in steps:
        after = folding(step.after)
        where = {name: folding(tree) for name, tree in step.where}
        where = {name: tree for name, tree in where.items() if to_text(tree) != name}
        where |= _new(after, said)
        if after != before:
            named.append(replace(step, before=before, after=after, where=tuple(where.items())))
        before = after
    return tuple(named)


def _is_plain(result: Expr) -> bool:
    """A table, and what is short as it stands, have no need of names."""
    if any(isinstance(node, Sequence) and node.kind == "list" for node in walk(result)):
        return True
    return len(to_text(result)) <= ENOUGH[bool(shape(result))]


def _naming(goal: Expr, named: Expr, where: Mapping[str, Expr]) -> Step:
    """The goal with names in it: a name stands for its definition."""
    reason = f"names for what comes up again: {', '.join(where)}"
    return Step("naming", goal, named, reason, Equal("structure"), tuple(where.items()))


def _new(tree: Expr, said: set[Variable]) -> dict[str, Expr]:
    """Names in a line that no line before had, each with what it stands for; ``said`` grows by them."""
    fresh = defined(tree, frozenset(said))
    said.update(fresh)
    return {name.name: part for name, part in fresh.items()}


def _bound(trees: list[Expr]) -> set[str]:
    """The indices that run in trees: a new name must be none of them."""
    return {node.variable.name for tree in trees for node in walk(tree) if isinstance(node, Binder)}


def _functions(trees: list[Expr]) -> set[str]:
    """The functions that trees are made of: δ with two indices is one, and no name beside it."""
    return {node.head for tree in trees for node in walk(tree) if isinstance(node, Apply)}


def _repeated(goal: Expr, result: Expr) -> list[Expr]:
    """What stands in a result more than once: functions first, then sums and products, the largest first."""
    search = _Search(goal, result)
    for kind in ("state", "function", "sum", "gate"):
        while len(search.found) < MAX_NAMES and (part := search.largest(kind)) is not None:
            search.take(part)
    return search.found


class _Search:
    """A result with letters in the place of parts that were found: a part of a part counts once."""

    def __init__(self, goal: Expr, result: Expr) -> None:
        self.given = reached(goal)
        self.whole = goal.children[0] if goal.children else goal
        self.rest = [result, *defined(result, self.given).values()]
        repeated = Counter(node for node in walk(result) if is_gate(node))
        self.has_gates = any(count > 1 for count in repeated.values())
        self.letters: dict[Expr, Variable] = {}
        self.plain: set[Expr] = set()
        self.found: list[Expr] = []

    def largest(self, kind: str) -> Expr | None:
        """The longest part of a kind that is worth a name."""
        counts = Counter(node for tree in self.rest for node in self._parts(tree, frozenset()))
        worth = [
            node
            for node, count in counts.items()
            if node not in self.letters and node != self.rest[0] and self._is_worth(node, count, kind)
        ]
        return max(worth, key=length, default=None)

    def take(self, part: Expr) -> None:
        """A letter for a part, in the other parts too."""
        back: dict[Expr, Expr] = {letter: each for each, letter in self.letters.items()}
        letter = Variable(f"·{len(self.found)}", Kind(shape=tuple(shape(part))))
        self.rest = [*(_put(tree, {part: letter}) for tree in self.rest), *part.children]
        self.letters[part] = letter
        if is_state(part):
            self.plain.add(Apply("tanh", (letter,)))
        while any(name in back for name in free_variables(part)):
            part = substitute(part, back)
        self.found.append(part)

    def _parts(self, tree: Expr, bound: frozenset[Variable]) -> Iterator[Expr]:
        """The parts that a name could stand for."""
        if isinstance(tree, Binder):
            bound |= {tree.variable}
        elif (isinstance(tree, Apply) or _is_block(tree)) and not bound & free_variables(tree):
            yield tree
        for child in tree.children:
            yield from self._parts(child, bound)

    def _is_worth(self, part: Expr, count: int, kind: str) -> bool:
        """Whether a part deserves a name: what belongs to gates always, others where they stand twice."""
        match kind:
            case "state":
                return self.has_gates and is_state(part)
            case "gate":
                sent = [part in sent_to_gates(tree) for tree in self.rest]
                return any(sent) and len(to_text(part)) >= _LONG["sum"]
            case "function" if self.has_gates and is_gate(part):
                return True
        return count > 1 and self._is_long(part, count, kind)

    def _is_long(self, part: Expr, count: int, kind: str) -> bool:
        """Whether a part is computed from more than names, and long to read."""
        if isinstance(part, Index):
            return kind == "function"
        if not isinstance(part, Apply) or part.head in _PLAIN or part in self.plain:
            return False
        if (part.head in _SUMS) != (kind == "sum"):
            return False
        computed = any(
            isinstance(a, Apply) or (isinstance(a, Variable) and a not in self.given) for a in part.args
        )
        if not computed:
            often = count > 2 or len(to_text(part)) >= _LONG["short"]
            return often and kind == "function" and part.head not in _SHORT and part != self.whole
        return len(to_text(part)) >= _LONG["short" if part.head in _SHORT else kind]


def _is_block(tree: Expr) -> bool:
    """A row of an array that was reshaped: what belongs to one gate."""
    return isinstance(tree, Index) and isinstance(tree.base, Apply) and tree.base.head == "reshape"


def _put(tree: Expr, letters: Mapping[Expr, Variable]) -> Expr:
    """The tree with letters put in, behind the names that the derivation gave too."""
    found = letters.get(tree)
    if found is not None:
        return found
    children = tree.children
    return tree.rebuild(tuple(_put(child, letters) for child in children)) if children else tree


class _Folding:
    """Trees with the names put in, the same name for the same part throughout."""

    def __init__(self, goal: Expr, steps: tuple[Step, ...], parts: list[Expr]) -> None:
        self.given = reached(goal)
        after = steps[-1].after
        sent = {
            part: name
            for tree in (after, *defined(after, self.given).values())
            for part, name in sent_to_gates(tree).items()
        }
        trees = [goal, *(step.after for step in steps)]
        behind = frozenset[Variable]().union(*map(reached, trees))
        taken = _bound(trees) | {v.name for v in behind} | sizes(behind) | _functions(trees)
        self.names: dict[Expr, Variable] = {}
        self.renewed: dict[Variable, Expr] = {}
        forward = set(walk(goal))
        known = {v.definition: v.name for v in behind if v.definition is not None}
        for part in sorted(parts, key=length):
            same = sum(
                letter_of(each, forward) == letter_of(part, forward) for each in parts if each not in sent
            )
            name = letter_of(part, forward, taken, several=same > 1)
            if part in sent:
                name = fresh(sent[part], taken)
            name = known.get(part, name)
            taken.add(name)
            self.names[part] = Variable(name, Kind(shape=tuple(shape(part))), definition=self._inside(part))

    def __call__(self, tree: Expr) -> Expr:
        found = self.names.get(tree)
        return found if found is not None else self._inside(tree)

    def _inside(self, tree: Expr) -> Expr:
        if isinstance(tree, Variable):
            return self._renewed(tree)
        children = tree.children
        return tree.rebuild(tuple(self(child) for child in children)) if children else tree

    def _renewed(self, name: Variable) -> Expr:
        """A name that the derivation gave before, for a part in which new names stand now."""
        if name.definition is None or name in self.given:
            return name
        if name not in self.renewed:
            part = self(name.definition)
            plain = isinstance(part, Variable) and not isinstance(name.definition, Variable)
            self.renewed[name] = part if plain else Variable(name.name, name.kind, definition=part)
        return self.renewed[name]
