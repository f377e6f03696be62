"""What an operation declares: its parameters, its forward definition, and its closed-form derivatives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from symderiv.errors import MeaningError
from symderiv.expression.tree import Expr
from symderiv.operations.declaring.foreign_options import cure_of, own_name
from symderiv.tensor import Meaning

if TYPE_CHECKING:
    from symderiv.operations.declaring.counting import Work


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: an array (its meaning is passed) or an option (its tree is passed).

    ``default`` is the tree taken when nothing is given; ``required`` says that there is none.
    ``variadic`` takes all remaining arguments (``concat(a, b, c)``).
    """

    name: str
    option: bool = False
    default: Expr | None = None
    required: bool = True
    variadic: bool = False


def array(name: str) -> Parameter:
    return Parameter(name)


def optional_array(name: str) -> Parameter:
    return Parameter(name, required=False)


def arrays(name: str) -> Parameter:
    return Parameter(name, variadic=True)


def option(name: str, default: Expr | None = None) -> Parameter:
    return Parameter(name, option=True, default=default, required=False)


Example = Mapping[str, tuple[int, ...] | Expr]
"""A setting to check an operation at: the shape of each array, or the tree of an array or option."""


@dataclass(frozen=True)
class Operation:
    """An operation of the field.

    ``forward(*values)`` takes one value a parameter, in order: a meaning for an array, the tree (or
    None) for an option, and a tuple for a variadic one. ``jacobians[name](tree arguments…)`` gives the
    closed form of ∂output/∂name as a tree in the operation's own arguments, its shape the output's
    followed by the argument's. ``vjps[name](G, tree arguments…)`` gives ∂L/∂name for G = ∂L/∂output as a
    textbook writes it (``G*x.T``), in the argument's shape, or None where it has no such form. The
    arguments of both are names or literal arrays, whose shapes are known. ``made_of(tree arguments…)`` is the
    operation in the words of others, where a derivation had better write it out; or None where not.

    ``weights`` names the parameters that are learnt. What the operation costs is read off its forward
    definition (`symderiv.operations.declaring.counting`); ``work``, which takes what forward takes, says it
    where the definition multiplies what nobody would. ``kinks`` says where there is no derivative, and
    ``examples`` are the settings that `symderiv.testing.check_operation` tries. With an option in
    ``numeric_with`` the sizes must be numbers; with several ``gates`` some sizes are so many times another.
    """

    name: str
    parameters: tuple[Parameter, ...]
    forward: Callable[..., Meaning]
    elementary: bool = False
    jacobians: Mapping[str, Callable[..., Expr]] = field(default_factory=dict)
    vjps: Mapping[str, Callable[..., Expr | None]] = field(default_factory=dict)
    made_of: Callable[..., Expr | None] | None = None
    work: Callable[..., Work] | None = None
    formula: str = ""
    kinks: str = ""
    source: str = ""
    weights: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    numeric_with: tuple[str, ...] = ()
    gates: int = 1

    @cached_property
    def takes_arrays(self) -> bool:
        """Is each parameter one array, so that the arguments are bound as they stand?"""
        return not any(parameter.variadic or parameter.option for parameter in self.parameters)

    def bind(
        self, args: tuple[Expr, ...], options: tuple[tuple[str, Expr], ...]
    ) -> tuple[Expr | tuple[Expr, ...] | None, ...]:
        """The trees for each parameter, positional ones first, as Python binds arguments.

        Raises MeaningError for too many, unknown, doubled or missing arguments.
        """
        bound: dict[str, Any] = {}
        positional = list(args)
        for parameter in self.parameters:
            if parameter.variadic:
                bound[parameter.name] = tuple(positional)
                positional.clear()
            elif positional:
                bound[parameter.name] = positional.pop(0)
        if positional:
            raise MeaningError(
                f"{self.name} takes {len(self.parameters)} arguments, not {len(args)}", expected=self.usage
            )
        for given, value in options:
            name = own_name(self.name, given)
            if name not in {parameter.name for parameter in self.parameters}:
                cure = cure_of(self.name, given)
                raise MeaningError(f"{self.name} has no argument '{given}'", expected=self.usage, cure=cure)
            if name in bound:
                raise MeaningError(f"{self.name} got '{name}' twice", expected=self.usage)
            bound[name] = value
        for parameter in self.parameters:
            if parameter.name not in bound:
                if parameter.required:
                    raise MeaningError(f"{self.name} lacks '{parameter.name}'", expected=self.usage)
                bound[parameter.name] = parameter.default
        return tuple(bound[parameter.name] for parameter in self.parameters)

    @property
    def usage(self) -> str:
        """``conv2d(X, K, stride=…)``."""
        words = (
            f"{p.name}=…" if not p.required else f"{p.name}, …" if p.variadic else p.name
            for p in self.parameters
        )
        return f"{self.name}({', '.join(words)})"
