"""YAML, read event by event: caps and refusals come before anything is composed.

PyYAML's composer crashes on deep nesting and lets the last of two equal keys win; its events do neither.
What makes a YAML file more than a tree of texts (anchors, aliases, tags, several documents) is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from symderiv.errors import FileFault, FileFaults, Place, SymderivError
from symderiv.exercise.located.brackets import closing_bracket, mask
from symderiv.exercise.located.nodes import Collection, Document, List, Node, Scalar
from symderiv.exercise.located.yaml_faults import QUOTE, syntax_fault

MAX_BYTES = 1_000_000
MAX_DEPTH = 50
MAX_MASKED = 200
MAX_NODES = 30_000

_UNPRINTABLE = "\u2028\u2029\ufeff"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_document(path: str | Path) -> Document:
    """A file's text, if it is UTF-8, not too large, and free of control characters."""
    name = str(path)
    try:
        with open(path, "rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FileFaults([FileFault(f"{name}: can't be read: {error.strerror}")]) from None
    if len(raw) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1_000_000} MB"
        raise FileFaults([FileFault(message, Place(name), "a file of exercises or answers")])
    return document_of(raw, name)


def document_of(raw: bytes, name: str) -> Document:
    """The text of a file's bytes, its line ends made one character each."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        place = Document(name, before).place(len(before))
        raise FileFaults([FileFault("a byte that is no UTF-8", place, "a text file in UTF-8")]) from None
    return Document(name, text.replace("\r\n", "\n").replace("\r", "\n"))


def parse(document: Document) -> Node:
    """The tree of the file's one document; `FileFaults` lists all that was refused on the way."""
    refuse_control_characters(document)
    masked: set[int] = set()
    source = document.text
    while True:
        reader = _Reader(document, masked)
        try:
            root = reader.read(yaml.parse(source, Loader=_LOADER))
        except yaml.MarkedYAMLError as error:
            hidden = _hide(source, reader, error) if len(masked) < MAX_MASKED else None
            if hidden is None:
                raise FileFaults([*reader.faults, syntax_fault(document, error)]) from None
            source, start = hidden
            masked.add(start)
            continue
        except yaml.YAMLError as error:
            raise FileFaults([FileFault(f"no YAML: {error}", Place(document.name))]) from None
        if reader.faults:
            raise FileFaults(reader.faults)
        return root


def _hide(source: str, reader: _Reader, error: yaml.MarkedYAMLError) -> tuple[str, int] | None:
    """The source with the innermost bracketed value around an error masked, if there is one."""
    opened = [each for each in reader.open if each.flow]
    if not opened or error.problem_mark is None:
        return None
    start = opened[-1].start
    end = closing_bracket(source, start)
    return None if end is None else (mask(source, start, end), start)


class _Reader:
    """Builds nodes from events and gathers faults."""

    def __init__(self, document: Document, masked: set[int]) -> None:
        self.document = document
        self.masked = masked
        self.faults: list[SymderivError] = []
        self.open: list[Collection] = []
        self.root: Node | None = None
        self.nodes = 0

    def read(self, events: Iterator[yaml.Event]) -> Node:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.refuse(event, "a second document in one file", "one document")
                    break
            elif isinstance(event, yaml.NodeEvent):
                self.node(event)
            elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                self.add(self.open.pop().close(self.document, span(event)[1]))
        if self.root is None:
            self.faults.append(FileFault("the file is empty", Place(self.document.name), "a mapping"))
            raise FileFaults(self.faults)
        return self.root

    def node(self, event: yaml.NodeEvent) -> None:
        start, end = span(event)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.refuse(event, f"more than {MAX_NODES} values in one file", "a smaller file")
            raise FileFaults(self.faults)
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, f"an alias (*{event.anchor})", "a value", QUOTE)
            self.add(Scalar(self.document, start, end))
            return
        if event.anchor is not None:
            self.refuse(event, f"an anchor (&{event.anchor})", "a value", QUOTE)
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.refuse(event, f"a tag ({tag})", "a value without a YAML tag", QUOTE)
        if isinstance(event, yaml.ScalarEvent):
            self.add(self.scalar(event, start, end))
            return
        if len(self.open) >= MAX_DEPTH:
            self.refuse(event, f"nested more than {MAX_DEPTH} deep", "less nesting")
            raise FileFaults(self.faults)
        mapping = isinstance(event, yaml.MappingStartEvent)
        flow = bool(getattr(event, "flow_style", False)) or self.document.text[start : start + 1] in "[{"
        self.open.append(Collection(start, flow and start < end, mapping))

    def scalar(self, event: yaml.ScalarEvent, start: int, end: int) -> Node:
        if start in self.masked:
            return List(self.document, start, end, flow=True, hidden=True)
        style = event.style or self._style(start, end)
        if style == '"' and _swallowed(self.document.text[start:end]):
            self.refuse(event, "a backslash in double quotes, which YAML would swallow", "", QUOTE)
        return Scalar(self.document, start, end, False, event.value, style)

    def _style(self, start: int, end: int) -> str:
        """The C parser doesn't tell how a scalar was quoted: its first character does."""
        first = self.document.text[start : start + 1] if end > start else ""
        return first if first and first in "'\"|>" else ""

    def add(self, node: Node) -> None:
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node

    def refuse(self, event: yaml.Event, message: str, expected: str = "", cure: str = "") -> None:
        start, end = span(event)
        place = self.document.place(start, max(end, start + 1))
        self.faults.append(FileFault(message, place, expected, cure))


def _swallowed(quoted: str) -> bool:
    """Does a backslash stand in double quotes that isn't itself escaped by one?"""
    return "\\" in quoted.replace("\\\\", "")


def span(event: yaml.Event) -> tuple[int, int]:
    """Where an event starts and ends in the source."""
    start, end = event.start_mark, event.end_mark
    assert start is not None and end is not None
    return start.index, end.index


def refuse_control_characters(document: Document) -> None:
    """Raises `FileFaults` at the first character that no text editor writes."""
    for offset, character in enumerate(document.text):
        control = (character < " " and character not in "\n\t") or "\x7f" <= character <= "\x9f"
        if control or character in _UNPRINTABLE or "\ud800" <= character <= "\udfff":
            fault = FileFault(
                f"a control character (U+{ord(character):04X})", document.place(offset), "printable text"
            )
            raise FileFaults([fault])
