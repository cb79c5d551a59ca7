"""Plain data to a model, and what the model refuses as one message with its place."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import isclass
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from chelate.files.document import Document, Steps, shown
from chelate.findings import InputError, Place

MAX_SHOWN = 10
MAX_TOLD = 50

_EXPECTED = {
    "string_type": "text",
    "list_type": "a list",
    "tuple_type": "a list",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "dict_type": "a mapping",
    "too_short": "at least one entry",
}

Model = TypeVar("Model", bound=BaseModel)


def model_from(document: Document, model: type[Model]) -> Model:
    """The model that the data of a document makes.

    A key with nothing after it is a key that is not there.

    Raises:
        InputError: what the model refuses: the first in the order of the file with its
            place and line, others listed under it, and how many more there are.
    """
    try:
        return model.model_validate(_given(document.data, model))
    except ValidationError as error:
        raise _refused(document, model, error) from None


def _given(data: Any, model: type[BaseModel] | None) -> Any:
    if isinstance(data, list):
        return [_given(value, model) for value in data]
    if not isinstance(data, dict) or model is None:
        return data
    fields = model.model_fields
    return {
        key: _given(value, model_in(fields[key].annotation)) if key in fields else value
        for key, value in data.items()
        if value is not None or key not in fields
    }


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The model in an annotation, the first if there are several: that of tuple[Row, ...]."""
    if isclass(annotation) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(model_in, get_args(annotation))), None)


def _refused(document: Document, model: type[BaseModel], error: ValidationError) -> InputError:
    refusals = [one for one in error.errors(include_url=False) if not _repeats(one)]
    errors = sorted(
        (_one(document, model, details) for details in refusals[:MAX_TOLD]),
        key=lambda one: one.place or Place(0, 0),
    )
    first, others = errors[0], errors[1:]
    listed = [f"{one.place}: {one.message}" for one in others[:MAX_SHOWN]]
    rest = len(refusals) - 1 - len(listed)
    more = [f"and {rest} more"] if rest else []
    excerpt = "\n".join([first.excerpt or "", *listed, *more])
    return InputError(first.message, file=first.file, place=first.place, excerpt=excerpt)


def _repeats(details: ErrorDetails) -> bool:
    """Whether a list is called too short only because its entries are refused themselves."""
    return details["type"] == "too_short" and len(details["input"]) > 0


def _one(document: Document, model: type[BaseModel], details: ErrorDetails) -> InputError:
    steps, kind = details["loc"], details["type"]
    if kind == "extra_forbidden":
        return document.error(_unknown(str(steps[-1]), _fields_at(model, steps)), steps, key=True)
    if kind == "missing":
        field = _fields_at(model, steps).get(str(steps[-1]))
        meaning = f": {field.description.rstrip('.')}" if field and field.description else ""
        return document.error(f"this key is missing{meaning}", steps, key=True)
    return document.error(_wrong(details, _model_at(model, steps)), steps)


def _wrong(details: ErrorDetails, model: type[BaseModel] | None) -> str:
    kind, found = details["type"], shown(details["input"])
    if kind == "string_type" and isinstance(details["input"], dict):
        return f"expected text, found {found}; a text that holds ': ' needs quotes around it"
    if kind in _EXPECTED:
        return f"expected {_EXPECTED[kind]}, found {found}"
    if kind in ("model_type", "model_attributes_type") and model is not None:
        return f"expected a mapping with the keys {', '.join(model.model_fields)}, found {found}"
    if kind in ("literal_error", "enum"):
        return f"expected {details['ctx']['expected']}, found {found}"
    said = details["msg"].removeprefix("Value error, ").replace("Input should be", "expected")
    return said if isinstance(details["input"], dict) else f"{said}, found {found}"


def _unknown(key: str, fields: Mapping[str, FieldInfo]) -> str:
    from difflib import get_close_matches

    nearest = get_close_matches(key.lower().replace("-", "_"), fields, n=1)
    remedy = f"did you mean {nearest[0]!r}?" if nearest else f"known here: {', '.join(fields)}"
    return f"the key {key!r} is not known; {remedy}"


def _fields_at(model: type[BaseModel], steps: Steps) -> Mapping[str, FieldInfo]:
    """The fields of the model that holds the last of the steps."""
    around = _model_at(model, steps[:-1])
    return around.model_fields if around else {}


def _model_at(model: type[BaseModel] | None, steps: Steps) -> type[BaseModel] | None:
    for step in steps:
        if isinstance(step, str) and model is not None:
            field = model.model_fields.get(step)
            model = model_in(field.annotation) if field else None
    return model
