"""What one student handed in for one exercise, or the fault that keeps it from being read."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import normalize

from symderiv.bulk.request import Request
from symderiv.errors import SymderivError
from symderiv.exercise import AnswerFile, parse_answers
from symderiv.exercise.located.yaml_events import document_of
from symderiv.visible import visible

MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's answers to one exercise; or a pair to compare; or a fault."""

    student: str
    source: str
    answers: AnswerFile | None = None
    fault: str = ""
    pair: Request | None = None

    @property
    def exercise(self) -> str:
        return self.answers.exercise if self.answers else ""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a file is: ``certain`` where the learning platform says so, whatever the file itself says."""

    student: str
    certain: bool = False


def of_text(data: bytes, source: str, owner: Owner) -> Submission:
    """The submission in one answer file; its own ``student:`` counts unless a platform names the student."""
    student = name_of(owner.student)
    source = name_of(source)
    if len(data) > MAX_BYTES:
        return Submission(student, source, fault=f"{source}: larger than {MAX_BYTES} bytes")
    try:
        answers = parse_answers(document_of(data, source).text, source)
    except SymderivError as error:
        return Submission(student, source, fault=error.in_one_line())
    except RecursionError:
        return Submission(student, source, fault=f"{source}: nested too deeply")
    own = student if owner.certain else name_of(answers.student) or student
    return Submission(own, source, answers)


def name_of(text: str) -> str:
    """A name of a person or a file as it can be written, and seen by whoever reads of it.

    A letter and its accent are one character, as on lists of students: macOS parts them in names of files.

    >>> name_of("4711" + chr(27)), name_of("Zoe" + chr(0x308)) == "Zoë"
    ('4711␛', True)
    """
    return visible(normalize("NFC", well_formed(text)))


def well_formed(text: str) -> str:
    """A text that can be written as UTF-8: half a surrogate pair is replaced.

    >>> well_formed("caf" + chr(0xD800))
    'caf?'
    """
    return text.encode("utf-8", "replace").decode("utf-8")
