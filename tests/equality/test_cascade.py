"""The tables of procedures and of normal forms hold all that is written for them."""

from __future__ import annotations

import ast
from pathlib import Path

import symderiv.equality
from symderiv.equality.cascade import order as cascade
from symderiv.equality.normal_forms.table import RULES
from symderiv.operations import OPERATIONS

ROOMS = Path(symderiv.equality.__file__).parent


def procedures() -> set[str]:
    """What gives a proof of a problem: ``by_…`` in the rooms of procedures."""
    files = (ROOMS / "procedures").rglob("*.py")
    nodes = (node for path in files for node in ast.parse(path.read_text(encoding="utf-8")).body)
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("by_")}


def test_every_procedure_has_its_place_in_the_cascade() -> None:
    assert len(procedures()) > 25
    assert procedures() <= set(vars(cascade))


def test_no_procedure_is_asked_twice() -> None:
    code = (ROOMS / "cascade" / "order.py").read_text(encoding="utf-8")
    asked = [line for line in code.splitlines() if line.lstrip().startswith("lambda it: ")]
    assert len(asked) == len(set(asked)) == sum(map(len, (cascade.AT_ONCE, cascade.EARLY, cascade.LATE)))


def test_what_has_a_normal_form_is_a_head_of_the_entry_language() -> None:
    conditions = {"lt", "le", "eq", "ne", "and", "or", "not"}
    kept_whole = {"inverse"}  # an entry of what the operation inv gives
    assert set(RULES.heads) - conditions - kept_whole <= set(OPERATIONS)
    assert {"exp", "log", "tanh", "erf", "abs", "max", "floor", "delta"} <= set(RULES.heads)
