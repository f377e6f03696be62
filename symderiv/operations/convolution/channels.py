"""Which axes of an input, a kernel and an output are batch, channels and space."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

from symderiv.expression.tree import Expr


@dataclass(frozen=True, slots=True)
class Channelled:
    """The shapes of X and K: batch, channels and space, or ``bare``, with the spatial axes only."""

    x_shape: tuple[Expr, ...]
    k_shape: tuple[Expr, ...]

    @property
    @abstractmethod
    def axes(self) -> int:
        """How many spatial axes there are."""

    @property
    @abstractmethod
    def filters(self) -> tuple[Expr, ...]:
        """(N,), or () for a bare one."""

    @property
    def bare(self) -> bool:
        """No channels: X and K have the spatial axes only."""
        return len(self.k_shape) == self.axes

    @property
    def batch(self) -> tuple[Expr, ...]:
        return () if self.bare else self.x_shape[: -self.axes - 1]

    def split(self, at: tuple[Expr, ...]) -> tuple[tuple[Expr, ...], tuple[Expr, ...], tuple[Expr, ...]]:
        """An output index as (batch, filter, spatial)."""
        batch, filters = len(self.batch), len(self.filters)
        return at[:batch], at[batch : batch + filters], at[batch + filters :]
