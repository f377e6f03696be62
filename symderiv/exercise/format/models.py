"""The format of exercise and answer files, field by field, as pydantic models."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
)
from pydantic_core import PydanticCustomError

from symderiv.equality.verdict import ALMOST_EVERYWHERE, Policy
from symderiv.exercise.format.draws import drawable
from symderiv.exercise.format.points import Points
from symderiv.exercise.formula import Formula, answer

Feedback = Literal["none", "verdict", "hint", "full"]
Layout = Literal["numerator", "denominator"]
IndexFrom = Literal["0", "1"] | dict[Literal["text", "latex"], Literal["0", "1"]]


def _one_or_many(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


def _names(value: Any) -> Any:
    if isinstance(value, dict):
        said = ", ".join(map(str, value))
        message = f"names with what they are, expected [{said}] (declare them under let)"
        raise PydanticCustomError("names", message)
    return _one_or_many(value)


Answer = Annotated[Formula | None, PlainValidator(answer)]
Formulas = Annotated[
    list[Formula], BeforeValidator(_one_or_many, json_schema_input_type=Formula | list[Formula])
]
Names = Annotated[list[str], BeforeValidator(_names, json_schema_input_type=str | list[str])]


class Model(BaseModel):
    """A table of a file: fields that nobody named are refused, and it stays as it was read."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, arbitrary_types_allowed=True
    )


class Reject(Model):
    """A wrong answer that the part must recognise, and the misconceptions that it shows."""

    answer: Formula
    misconception: Names = []


class Part(Model):
    """What all kinds of part have in common."""

    id: str = Field(min_length=1, max_length=64)
    kind: str = "expression"
    ask: str = ""
    points: Points = Field(default=1, validate_default=True)
    source: str = ""
    credit: dict[str, Points] = {}
    follows: Names = []
    allow: Names = []
    feedback: Feedback | None = None
    assume: Formulas = []
    hint: str = ""
    called: Names = Field(default=[], description="what may stand left of a = in an answer")
    accept: list[Formula] = []
    reject: list[Reject] = []


class ExpressionPart(Part):
    """One right value; the key is derived from what is given."""

    kind: Literal["expression"] = "expression"
    answer: Formula
    entry: Formula | None = None
    shape: Literal["strict", "loose"] = "loose"
    scope: Policy = ALMOST_EVERYWHERE
    digits: int | None = Field(default=None, ge=0, le=50)
    tolerance: Formula | None = None
    rows: dict[str, list[str]] = Field(
        default={}, description="by named result, the words before its value in a list of tuples"
    )
    at: dict[str, dict[str, Formula]] = Field(
        default={}, description="by named result, where an answer that is one formula takes this value"
    )
    typed: str = Field(default="", description="why the key is typed rather than derived")


class ConstructPart(Part):
    """Any object that has a property."""

    kind: Literal["construct"]
    find: dict[str, Formula] = Field(min_length=1)
    where: Formulas = Field(min_length=1)
    for_: dict[str, Formula] = Field(default={}, alias="for")
    answer: Formula | None = None
    statements: dict[str, bool] = Field(
        default={}, description="what an answer may state instead of the object, and whether it is true"
    )


class Ends(Model):
    """Where a chain of equal lines starts and what it must reach."""

    from_: Formula = Field(alias="from")
    to: Formula


class StepsPart(Part):
    """A chain of equal lines."""

    kind: Literal["steps"]
    steps: Ends
    answer: Formula | None = None


class ProgramPart(Part):
    """Pseudocode, run on symbolic shapes."""

    kind: Literal["program"]
    inputs: Names
    calls: dict[str, int] = {}
    functions: Names = []
    returns: Formula
    order: Literal["forward", "reverse"] | None = None
    answer: Formula | None = None


class OrderPart(Part):
    """An asymptotic cost; a mapping names several."""

    kind: Literal["order"]
    answer: Formula


class ChoicePart(Part):
    """One or several of the choices."""

    kind: Literal["choice"]
    choices: dict[str, str] = Field(min_length=1)
    answer: Names
    choose: int | None = Field(default=None, ge=1)


class TextPart(Part):
    """Prose, kept for a person."""

    kind: Literal["text"]
    answer: str = ""


KINDS: dict[str, type[Part]] = {
    "expression": ExpressionPart,
    "construct": ConstructPart,
    "steps": StepsPart,
    "program": ProgramPart,
    "order": OrderPart,
    "choice": ChoicePart,
    "text": TextPart,
}


def _kind(value: Any) -> str | None:
    kind = value.get("kind", "expression") if isinstance(value, dict) else getattr(value, "kind", None)
    return str(kind) if kind in KINDS else None


AnyPart = Annotated[
    Annotated[ExpressionPart, Tag("expression")]
    | Annotated[ConstructPart, Tag("construct")]
    | Annotated[StepsPart, Tag("steps")]
    | Annotated[ProgramPart, Tag("program")]
    | Annotated[OrderPart, Tag("order")]
    | Annotated[ChoicePart, Tag("choice")]
    | Annotated[TextPart, Tag("text")],
    Discriminator(
        _kind,
        custom_error_type="kind",
        custom_error_message=f"no kind of part, expected one of {', '.join(KINDS)}",
    ),
]


class Vary(Model):
    """Numbers drawn anew for each student: ranges ``-3..3`` or lists of choices, and what must hold."""

    draw: dict[str, Annotated[str | list[str], AfterValidator(drawable)]] = Field(min_length=1)
    where: Formulas = []


class ExerciseFile(Model):
    """An exercise: what is given, and what is asked."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=100)
    title: str = ""
    text: str = ""
    let: dict[str, Formula] = {}
    notation: dict[str, str] = {}
    assume: Formulas = []
    index_from: IndexFrom = "0"
    layout: Layout = "numerator"
    allow: Names = []
    feedback: Feedback = "hint"
    vary: Vary | None = None
    parts: list[AnyPart] = Field(min_length=1)


class AnswerFileModel(Model):
    """What one student answered to one exercise."""

    exercise: str = Field(min_length=1)
    student: str = ""
    seed: int | None = None
    answers: dict[str, Answer]
