"""Whose a file is, by the names that learning platforms give folders and files in their exports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from symderiv.batch.submission import Owner, name_of

_MOODLE = re.compile(r"(?P<name>.+)_(?P<id>\d+)_assignsubmission_[a-z]+(_(?P<file>.*))?\Z")
_GRADESCOPE = re.compile(r"submission_(?P<id>\d+)\Z")
METADATA = "submission_metadata.yml"
MAX_METADATA = 100_000_000
NOBODY = (None, "", "~", "null")

Submitters = Mapping[str, tuple[str, ...]]
"""The students of each of Gradescope's submissions: several where a group handed in together."""


def owners(folders: tuple[str, ...], stem: str, submitters: Submitters) -> tuple[Owner, ...]:
    """The students whom a platform's folder (or file name) names, else the file's own name.

    >>> owners(("Ada L_123_assignsubmission_file_",), "answer", {})
    (Owner(student='Participant 123', certain=True),)
    """
    for name in (stem, *reversed(folders)):
        moodle, gradescope = _MOODLE.match(name), _GRADESCOPE.match(name)
        if moodle:
            return (Owner(f"Participant {moodle['id']}", certain=True),)
        if gradescope:
            found = submitters.get(name, ())
            return tuple(Owner(student, certain=True) for student in found) or (Owner(gradescope["id"]),)
    return (Owner(stem),)


def hand_in(folders: tuple[str, ...], stem: str) -> str:
    """The platform's name for what was handed in together; empty outside an export."""
    for name in (*folders, stem):
        moodle = _MOODLE.match(name)
        if moodle:
            return f"{moodle['name']}_{moodle['id']}"
        if _GRADESCOPE.match(name):
            return name
    return ""


def submitters_of(metadata: bytes) -> Submitters:
    """Who handed in each submission, from the file that Gradescope puts beside them; nobody if unreadable.

    >>> submitters_of(b"submission_5:\\n  :submitters:\\n  - :name: Ada\\n    :sid: '4711'\\n")
    {'submission_5': ('4711',)}
    """
    try:
        found = yaml.load(metadata, _TextLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: students for name, entry in found.items() if (students := tuple(_students(entry)))}


class _TextLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Every scalar is the text that was written: a student's number keeps its zeros."""


_TextLoader.yaml_implicit_resolvers = {}


def _students(entry: Any) -> list[str]:
    listed = entry.get(":submitters") if isinstance(entry, dict) else None
    people = [person for person in listed if isinstance(person, dict)] if isinstance(listed, list) else []
    return [name for person in people if (name := _name_of(person))]


def _name_of(person: dict[str, Any]) -> str:
    """The student's number, else the address, else the name."""
    found = (person.get(field) for field in (":sid", ":email", ":name"))
    return name_of(str(next((each for each in found if each not in NOBODY), "")))
