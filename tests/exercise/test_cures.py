"""Mistakes that authors make, and what they are told to write instead."""

from __future__ import annotations

import pytest

from symderiv.errors import FileFaults
from symderiv.exercise import parse_exercise

HEAD = "id: e\nlet:\n  x: real\nparts:\n"
CURED = {
    "id e\nparts:\n  - {id: a, answer: 1}\n": "e.yaml:1:1: no colon behind this key",
    "id: e\nlet:\n  x: vektor(3)\nparts:\n  - {id: a, answer: x}\n": "did you mean vector?",
    "id: e\nlet:\n  y: W*2\n  W: real\nparts:\n  - {id: a, answer: y}\n": "e.yaml:3:6: 'W' is not declared",
    "id: e\nlet:\n  y: V*2\n  V: real\nparts:\n  - {id: a, answer: y}\n": "write V above y",
    "id: e\nlet:\n  x: real\n  f(x): x^2\nparts:\n  - {id: a, answer: x}\n": "write f: …",
    "id: e\nlet: x real\nparts:\n  - {id: a, answer: x}\n": "'x: real'",
    "id: e\nlet:\n  x: vec(3)\nparts:\n  - {id: a, answer: x}\n": "did you mean vector(3)?",
    "id: e\nlet:\n  x: real\nparts:\n  - {id: a, answer: 'sin[x]'}\n": "write sin(…) with round brackets",
    "id: e\nlet:\n  x: vector(n)\n  n: even\nparts:\n  - {id: a, answer: x}\n": "write this line above x",
    "id: e\nlet:\n  x: vector(n)\n  n: 3\nparts:\n  - {id: a, answer: x}\n": "4:6: 'n' is a size above",
    "id: e\nlet:\n  a: real\n  b: real > a\nparts:\n  - {id: a, answer: b}\n": "write it as a condition",
    "id: My exercise\nparts:\n  - {id: a, answer: 1}\n": "small letters",
    "id: e\nparts:\n  a: 1\n": "write '- id: a'",
    HEAD + "  - {id: a, answer: x}\n  - {id: a, answer: 2*x}\n": "e.yaml:6:10: two parts are called 'a'",
    HEAD + "  - id: a\n    answer: x\n    follows: [b]\n": "e.yaml:7:14: 'a' follows 'b'",
    HEAD + "  - id: a\n    kind: multiple choice\n    answer: b\n": "e.yaml:6:11: parts.0: 'multiple choice'",
    HEAD + "  - id: a\n    kind: derivations\n    answer: b\n": "'derivations' is no kind of part",
    HEAD + "  - id: a\n    kind: choice\n    choices: [x, y]\n    answer: x\n": "write {a: …, b: …}",
    HEAD + "  - id: a\n    kind: construct\n    find: L\n    where: [L == 2]\n": "write {L: real}",
}


@pytest.mark.parametrize("source", CURED)
def test_a_fault_says_where_and_what_to_write(source: str) -> None:
    with pytest.raises(FileFaults) as told:
        parse_exercise(source, "e.yaml")
    assert CURED[source] in told.value.in_one_line()
