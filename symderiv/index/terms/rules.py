"""How a node is read, by its head or class: one line a rule."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from symderiv.index.terms.algebra import read_add, read_cases, read_delta, read_mul
from symderiv.index.terms.binders import read_binder, read_body
from symderiv.index.terms.entries import read_index
from symderiv.index.terms.functions import EVEN, ODD
from symderiv.index.terms.parity import read_signed
from symderiv.index.terms.powers import read_exp, read_log, read_pow
from symderiv.index.terms.reading import BODY, Rule

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "add": read_add,
        "mul": read_mul,
        "pow": read_pow,
        "exp": read_exp,
        "log": read_log,
        "delta": read_delta,
        **dict.fromkeys(sorted(EVEN | ODD), read_signed),
        "Cases": read_cases,
        "Index": read_index,
        "Binder": read_binder,
        BODY: read_body,
    }
)
