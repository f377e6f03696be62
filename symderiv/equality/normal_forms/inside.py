"""What a generator is a function of, and whether integers are among it."""

from __future__ import annotations

from itertools import chain

from symderiv.equality.cells.positivity import domain_of
from symderiv.equality.normal_forms.generators import Field, Generator, Poly
from symderiv.equality.normal_forms.rational import Element
from symderiv.expression.substitution import free_variables


def inner_generators(field: Field, generator: Generator) -> list[Generator] | None:
    """The generators that it is a function of; None where it isn't made of generators."""
    match generator.kind:
        case "exp" | "tan":
            exponents, below, _ = generator.data
            inside = [field.generators[k] for k, _ in exponents]
            return inside + (field.used(field.poly(below)) if below >= 0 else [])
        case "log" | "root":
            return field.used(field.poly(generator.data))
        case "log ratio":
            return list(chain.from_iterable(_within(field, element) for element in generator.data))
        case "atan" | "erf" | "gamma":
            return _within(field, generator.data)
    return None


def _within(field: Field, element: Element) -> list[Generator]:
    below = (field.used(field.poly(number)) for number in element.den)
    return [*field.used(element.num), *chain.from_iterable(below)]


def has_integers(field: Field, poly: Poly) -> bool:
    """Does it depend on an integer, or on a named function, so that it may vanish for all real values?"""
    return any(_varies_by_steps(field, generator) for generator in field.used(poly))


def _varies_by_steps(field: Field, generator: Generator) -> bool:
    if generator.kind in ("floor", "parity", "delta", "call"):
        return True
    domain = domain_of(generator)
    if domain is not None:
        return domain.integer
    inner = inner_generators(field, generator)
    if inner is not None:
        return any(_varies_by_steps(field, part) for part in inner)
    return generator.expr is not None and any(
        name.kind.domain.integer or name.kind.function for name in free_variables(generator.expr)
    )
