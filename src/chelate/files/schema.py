"""The JSON Schema of the project's own files, for an editor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, BeforeValidator

from chelate.files.validation import model_in

_TEXT = ["string", "number"]


def schema_text(model: type[BaseModel]) -> str:
    """The schema of what a person may write for a model, as indented JSON.

    It allows what reading allows: a number where text is kept, and one text, or texts,
    for a list that takes that for short (`sources: magnesium oxide`).
    """
    schema = model.model_json_schema()
    short = {key for each in _models(model, set()) for key in _short_keys(each)}
    for definition in (schema, *schema.get("$defs", {}).values()):
        definition["description"] = definition.get("description", "").partition("\n")[0]
        for key, value in definition.get("properties", {}).items():
            definition["properties"][key] = _written(value, key in short)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(head | schema, indent=2, ensure_ascii=False) + "\n"


def _models(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    if model in seen:
        return
    seen.add(model)
    yield model
    for field in model.model_fields.values():
        if inner := model_in(field.annotation):
            yield from _models(inner, seen)


def _short_keys(model: type[BaseModel]) -> Iterator[str]:
    for key, field in model.model_fields.items():
        if any(isinstance(datum, BeforeValidator) for datum in field.metadata):
            yield key


def _written(value: dict[str, Any], is_short: bool) -> dict[str, Any]:
    value = {key: each for key, each in value.items() if key != "title"}
    if value.get("default", ...) is None:
        del value["default"]
    kinds = [each.get("type") for each in value.get("anyOf", ())]
    if kinds == ["string", "null"]:
        del value["anyOf"]
        return {"type": [*_TEXT, "null"]} | value
    if value.get("additionalProperties") == {"type": "string"}:
        return value | {"additionalProperties": {"type": _TEXT}}
    if value.get("type") == "string" and "enum" not in value:
        return value | {"type": _TEXT}
    if is_short and value.get("type") == "array":
        listed = value.pop("items")
        del value["type"]
        item = {"anyOf": [{"type": _TEXT}, listed]} if "$ref" in listed else {"type": _TEXT}
        return {"anyOf": [{"type": _TEXT}, {"type": "array", "items": item}]} | value
    return value
