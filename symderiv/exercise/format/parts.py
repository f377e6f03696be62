"""What parts say of each other: an id of its own for each, and that one follows from another."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.errors import FileFault, Place
from symderiv.exercise.format.models import ExerciseFile
from symderiv.exercise.located.nodes import List, Node, Table


def cross_faults(file: ExerciseFile, root: Node) -> Iterator[FileFault]:
    """Two parts of one id, and parts that follow what isn't there or comes later."""
    seen: list[str] = []
    for number, part in enumerate(file.parts):
        if part.id in seen:
            place = _place(root, number, "id")
            yield FileFault(f"two parts are called '{part.id}'", place, "an id of its own for each")
        for earlier in part.follows:
            if earlier not in seen:
                said = f"'{part.id}' follows '{earlier}', which is no part before it"
                expected = f"one of {', '.join(seen)}" if seen else "the id of an earlier part"
                yield FileFault(said, _place(root, number, "follows"), expected)
        seen.append(part.id)


def _place(root: Node, number: int, field: str) -> Place | None:
    parts = root.get("parts") if isinstance(root, Table) else None
    part = parts.items[number] if isinstance(parts, List) and number < len(parts.items) else None
    value = part.get(field) if isinstance(part, Table) else None
    return value.place if value is not None else None
