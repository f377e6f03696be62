"""Text of others on a terminal or a page: what would act there, or not be seen, is shown instead."""

from __future__ import annotations

import re

# Control characters (an escape colours, moves and overwrites), what turns the direction of writing,
# what has no width, and halves of surrogate pairs; not line ends and tabs.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_PICTURES = 0x2400


def visible(text: str) -> str:
    """The text with a picture for each control character and � for each other that can't be seen.

    One stands for one, so that a caret below stays where it was.

    >>> visible("a" + chr(27) + "[31m" + chr(0x202E) + "b")
    'a␛[31m�b'
    """
    return _UNSEEN.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(_PICTURES + code) if code < 0x20 else "\N{REPLACEMENT CHARACTER}"
