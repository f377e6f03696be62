"""JSON Schema of both kinds of file, for editors."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import LiteralSchema, StringSchema

from symderiv.exercise.format.models import AnswerFileModel, ExerciseFile

MODELS: dict[str, type[BaseModel]] = {"exercise": ExerciseFile, "answer": AnswerFileModel}


class _AsEditorsRead(GenerateJsonSchema):
    """We read the text of every scalar; an editor makes numbers of ``4711`` and a truth value of ``true``."""

    def str_schema(self, schema: StringSchema) -> JsonSchemaValue:
        return {**super().str_schema(schema), "type": ["string", "number", "boolean"]}

    def literal_schema(self, schema: LiteralSchema) -> JsonSchemaValue:
        said = [str(each) for each in schema["expected"]]
        numbers = [int(each) for each in said if each.isdigit()]
        return {"enum": [*said, *numbers]} if numbers else super().literal_schema(schema)


def schema(which: str) -> dict[str, Any]:
    """The JSON Schema of ``exercise`` or ``answer`` files.

    >>> schema("answer")["required"]
    ['exercise', 'answers']
    """
    found = MODELS[which].model_json_schema(by_alias=True, schema_generator=_AsEditorsRead)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
