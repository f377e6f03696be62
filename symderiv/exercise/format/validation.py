"""A located file against its model: every fault at once, each where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from symderiv.errors import FileFault, FileFaults, Place, SymderivError
from symderiv.exercise.format.values import to_values
from symderiv.exercise.formula import Formula
from symderiv.exercise.located.nodes import Document, List, Node, Scalar, Table
from symderiv.exercise.located.yaml_events import parse
from symderiv.exercise.located.yaml_faults import QUOTE

M = TypeVar("M", bound=BaseModel)


def validate(document: Document, model: type[M]) -> tuple[M, Node]:
    """The file as its model; raises `FileFaults` with all that is wrong."""
    root = parse(document)
    if not isinstance(root, Table):
        raise FileFaults([FileFault("the file is no mapping", root.place, "lines such as 'id: …'")])
    faults: list[SymderivError] = []
    result: M | None = None
    try:
        result = model.model_validate(to_values(root))
    except ValidationError as error:
        faults += [_fault(root, each, model) for each in error.errors()]
    formulas = {(node.start, node.end) for node in _formula_nodes(result)}
    faults += [
        FileFault(f"the key '{key.text}' stands here twice", key.place, "each key once")
        for key in _repeated(root, formulas)
    ]
    if result is not None:
        faults += [_no_yaml(node) for node in _hidden(root) if (node.start, node.end) not in formulas]
    if faults or result is None:
        raise FileFaults(sorted(faults, key=_order))
    return result, root


def _order(fault: SymderivError) -> tuple[int, int]:
    place = fault.place or Place()
    return place.line, place.column


def _formula_nodes(value: Any) -> Iterator[Node]:
    if isinstance(value, Formula):
        if value.node is not None and not value.entries and not value.items:
            yield value.node
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _formula_nodes(getattr(value, name))
    elif isinstance(value, dict):
        for part in value.values():
            yield from _formula_nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from _formula_nodes(part)


def _repeated(node: Node, formulas: set[tuple[int, int]]) -> Iterator[Scalar]:
    """Keys that stand twice, but for those in bracketed mathematics, which aren't YAML's keys."""
    if node.flow and (node.start, node.end) in formulas:
        return
    if isinstance(node, Table):
        yield from node.repeated()
        for _, value in node.pairs:
            yield from _repeated(value, formulas)
    elif isinstance(node, List):
        for item in node.items:
            yield from _repeated(item, formulas)


def _fault(root: Node, error: ErrorDetails, model: type[BaseModel]) -> FileFault:
    node, path, rest = _locate(root, error["loc"])
    where = f"{path}: " if path else ""
    if error["type"] == "missing":
        return FileFault(f"{where}'{rest}' is missing", _head(node), f"'{rest}: …'")
    if error["type"] == "extra_forbidden":
        names = _known_names(error, root, model)
        close = get_close_matches(str(error["loc"][-1]), names, n=1, cutoff=0.6)
        cure = f"did you mean '{close[0]}'?" if close else ""
        expected = "" if close else f"one of {', '.join(names)}" if names else ""
        return FileFault(f"{where}unknown key", _key_place(root, path) or _head(node), expected, cure)
    if error["type"] in _FORMS and isinstance(node, List) and node.hidden:
        return _no_yaml(node)
    message, expected = _wording(error)
    if error["type"] == "kind":
        return _no_kind(node, where, message, expected)
    cure = _CURES.get(path.rpartition(".")[2], "") if error["type"] in _FORMS else ""
    return FileFault(f"{where}{message}", node.place, expected, cure)


def _no_kind(part: Node, where: str, message: str, expected: str) -> FileFault:
    said = part.get("kind") if isinstance(part, Table) else None
    if said is None or not isinstance(said, Scalar):
        return FileFault(f"{where}{message}", part.place, expected)
    kinds = expected.removeprefix("one of ").split(", ")
    near = [kind for kind in kinds if kind in said.text.lower()] or get_close_matches(said.text, kinds, 1)
    cure = f"did you mean {near[0]}?" if near else ""
    return FileFault(f"{where}'{said.text}' is no kind of part", said.place, expected, cure)


_FORMS = ("dict_type", "model_type", "list_type", "kind")
_CURES = {
    "answers": "write each answer on a line below it: 'a: 2', with a blank behind the colon",
    "let": "write each name on a line below it: 'x: real'",
    "parts": "write '- id: a' for each part",
    "choices": "write {a: …, b: …}",
    "find": "write {L: real}",
    "steps": "write {from: …, to: …}",
    "credit": "write {sign: 1}",
    "follows": "write [a]",
    "allow": "write [softmax]",
}
_COMMENT = re.compile(r"\s#")


def _no_yaml(node: Node) -> FileFault:
    """Brackets that YAML can't read, where it isn't mathematics that is asked for but a list or a mapping."""
    comment = _COMMENT.search(node.slice)
    if comment is not None:
        place = node.document.place(node.start + comment.start() + 1)
        return FileFault("a # inside of brackets, where YAML cuts off the rest of the line", place, "", QUOTE)
    cure = "put each value that has brackets or signs in single quotes, or on a line of its own"
    return FileFault("YAML can't read what stands in these brackets", node.place, "", cure)


def _hidden(node: Node) -> Iterator[Node]:
    if isinstance(node, List):
        if node.hidden:
            yield node
        for item in node.items:
            yield from _hidden(item)
    elif isinstance(node, Table):
        for _, value in node.pairs:
            yield from _hidden(value)


def _wording(error: ErrorDetails) -> tuple[str, str]:
    message, _, expected = error["msg"].partition(", expected ")
    context = error.get("ctx", {})
    match error["type"]:
        case "literal_error":
            return f"'{error['input']}' is not allowed here", str(context.get("expected", ""))
        case "string_type":
            return "no text", "text (quoted if it has brackets)"
        case "list_type" | "dict_type" | "model_type":
            kind = {"list_type": "a list", "dict_type": "a mapping", "model_type": "a mapping"}
            return "has the wrong form", kind[error["type"]]
        case "int_parsing" | "int_type":
            return f"'{error['input']}' is no whole number", "a whole number"
        case "string_pattern_mismatch":
            return (
                f"'{error['input']}' is no id",
                "small letters, digits, '-', '_' and '.', as in conv-output-size",
            )
    return message[:1].lower() + message[1:], expected


def _locate(root: Node, loc: tuple[int | str, ...]) -> tuple[Node, str, str]:
    """The deepest node on a path of pydantic's, the path as far as it leads, and the step that is left."""
    node, path, rest = root, "", ""
    for step in _without_kind(loc):
        below = _below(node, step)
        if below is None:
            rest = str(step)
            continue
        node, rest = below, ""
        path = f"{path}.{step}" if path else str(step)
    return node, path, rest


def _without_kind(loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """Pydantic's path names the kind of part that it tried behind the part's number: that is no key."""
    return (*loc[:2], *loc[3:]) if loc[:1] == ("parts",) and len(loc) > 2 else loc


def _below(node: Node, step: int | str) -> Node | None:
    if isinstance(node, List) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return node.get(str(step)) if isinstance(node, Table) else None


def _key_place(root: Node, path: str) -> Place | None:
    above, _, name = path.rpartition(".")
    node: Node | None = root
    for step in above.split(".") if above else []:
        node = (
            _below(node, int(step) if isinstance(node, List) and step.isdigit() else step) if node else None
        )
    key = node.key(name) if isinstance(node, Table) else None
    return key.place if key is not None else None


def _head(node: Node) -> Place:
    if isinstance(node, Table) and node.pairs:
        return node.pairs[0][0].place
    return node.place


def _known_names(error: ErrorDetails, root: Node, model: type[BaseModel]) -> list[str]:
    """The keys that the model at the error's place knows."""
    from symderiv.exercise.format.models import KINDS, Ends, Reject, Vary

    steps = [str(step) for step in error["loc"][:-1]]
    found: type[BaseModel] = model
    special: dict[str, type[BaseModel]] = {"reject": Reject, "steps": Ends, "vary": Vary}
    for step in steps:
        found = KINDS.get(step) or special.get(step) or found
    return [field.alias or name for name, field in found.model_fields.items()]
