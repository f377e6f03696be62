"""What the values over a range come to: their sum, their product, the greatest or the least of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symderiv.equality.evaluate.algebra import product, total
from symderiv.equality.evaluate.functions import extreme
from symderiv.equality.evaluate.values import Value

JOINS: Mapping[str, Callable[[list[Value]], Value]] = {
    "sum": total,
    "prod": product,
    "max": lambda values: extreme("max", values),
    "min": lambda values: extreme("min", values),
}
