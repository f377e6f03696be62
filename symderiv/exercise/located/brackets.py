"""Values in brackets that YAML can't read, hidden from it: ``[x[0], 1]`` is mathematics, not YAML.

The slice is masked by a quoted text of the same length, so that every mark in the file stays where it is;
its content is read from the source by our own grammar, like that of any other bracketed value.
"""

from __future__ import annotations

CLOSING = {"[": "]", "{": "}", "(": ")"}


def closing_bracket(text: str, start: int) -> int | None:
    """The offset behind the bracket that closes the one at ``start``, or None if nothing does.

    >>> closing_bracket("a: [x[0], 1] # c", 3)
    12
    """
    expected: list[str] = []
    for offset in range(start, len(text)):
        character = text[offset]
        if character in CLOSING:
            expected.append(CLOSING[character])
        elif expected and character == expected[-1]:
            expected.pop()
            if not expected:
                return offset + 1
        elif character in ")]}":
            return None
    return None


def mask(text: str, start: int, end: int) -> str:
    """The text with a stretch turned into a quoted scalar of the same length and lines.

    >>> mask("a: [x[0], 1]", 3, 12)
    'a: "_______"'
    """
    inside = "".join("\n" if character == "\n" else "_" for character in text[start + 1 : end - 1])
    return f'{text[:start]}"{inside}"{text[end:]}'
