"""Results by name that use each other: ``{mu: mean(X), sigma: sqrt(mean((X - mu)^2))}``."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Names
from dataclasses import dataclass

from symderiv.derivation import meaning
from symderiv.derivation.dependence import reached
from symderiv.derivation.meaning.closing import free_indices_of
from symderiv.errors import SymderivError
from symderiv.expression.kinds import Kind
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import Apply, Binder, Expr, Index, Mapping, Number, Variable
from symderiv.language import Scope
from symderiv.tensor import Tensor


def asked_results(key: Expr | None, scope: Scope) -> Iterator[Variable]:
    """The names of the results that a key asks for, with their shapes; not those that mean a function."""
    if not isinstance(key, Mapping):
        return
    for name, value in key.items:
        if not isinstance(name, str) or name in scope.names or scope.head(name) is not None:
            continue
        try:
            found = meaning(value)
        except SymderivError:
            continue
        if isinstance(found, Tensor):
            yield Variable(name, Kind(shape=tuple(found.shape)))


def with_own_names(tree: Expr, scope: Scope, origin: int, key: Expr | None = None) -> Expr:
    """The results of an answer, each name among them standing for what this answer says it is.

    A result may be an entry formula, ``mu[c] = …``, of the array ``mu``; a name that comes back to itself
    stays as it is, and so does one that the ``key`` uses: ``{mu: (u - mu)/s, s: …}`` are derivatives by mu
    and s, whose values are made of both.
    """
    if not isinstance(tree, Mapping):
        return tree
    given = {each.name for each in reached(key)} if isinstance(key, Mapping) else set()
    said = {_name(key): Result(key, value, scope.names.get(_name(key)), origin) for key, value in tree.items}
    if "" in said or len(said) < len(tree.items):
        return tree
    return Mapping(tuple((name, _expanded(each.array, said, {name} | given)) for name, each in said.items()))


@dataclass(frozen=True, slots=True)
class Result:
    """``key: value`` of an answer; ``asked`` is the name of this result, with the shape that it must have."""

    key: str | Expr
    value: Expr
    asked: Variable | None
    origin: int

    @property
    def array(self) -> Expr:
        """The value; an entry formula as the array that it is the entry of, if its indices are the axes."""
        sizes = [size for size in self.asked.kind.shape if size is not None] if self.asked else []
        names = _free(self.value)
        if not names or len(names) != len(sizes):
            return self.value
        labels = (
            [getattr(label, "name", "") for label in self.key.indices] if isinstance(self.key, Index) else []
        )
        order = [names[label] for label in labels] if set(labels) == set(names) else list(names.values())
        value = self.value
        for index, size in reversed(list(zip(order, sizes, strict=True))):
            last = Apply("add", (size, Number(self.origin - 1))) if self.origin != 1 else size
            value = Binder("array", value, index, Number(self.origin), last)
        return value


def _free(value: Expr) -> dict[str, Variable]:
    """The indices that an entry formula leaves open, by name; of what is an array itself none."""
    try:
        found = meaning(value)
    except SymderivError:
        return {}
    if not isinstance(found, Tensor) or found.rank:
        return {}
    return {v.name: v for v in free_indices_of(found)}


def _expanded(value: Expr, said: Names[str, Result], busy: set[str]) -> Expr:
    put: dict[Expr, Expr] = {}
    for variable in free_variables(value):
        if variable.name in said and variable.name not in busy:
            own = _expanded(said[variable.name].array, said, {*busy, variable.name})
            defined = _defined(variable.name, own)
            if defined is not None:
                put[variable] = defined
    return substitute(value, put) if put else value


def _defined(name: str, value: Expr) -> Variable | None:
    try:
        found = meaning(value)
    except SymderivError:
        return None
    if not isinstance(found, Tensor):
        return None
    return Variable(name, Kind(shape=tuple(found.shape)), definition=value)


def _name(key: str | Expr) -> str:
    if isinstance(key, str):
        return key
    base = key.base if isinstance(key, Index) else key
    return base.name if isinstance(base, Variable) else ""
