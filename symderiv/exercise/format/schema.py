"""JSON Schema of both kinds of file, for editors."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from symderiv.exercise.format.models import AnswerFileModel, ExerciseFile

MODELS: dict[str, type[BaseModel]] = {"exercise": ExerciseFile, "answer": AnswerFileModel}


def schema(which: str) -> dict[str, Any]:
    """The JSON Schema of ``exercise`` or ``answer`` files.

    >>> schema("answer")["required"]
    ['exercise', 'answers']
    """
    found = MODELS[which].model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
