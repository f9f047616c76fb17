"""The shape of an answer: a pydantic model as the JSON schema that providers take, and an object held against it strictly."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from agent.errors import FailureKind, ModelError
from agent.library.problem import Loc, field_name
from agent.llm.call import Schema

Shape = TypeVar("Shape", bound=BaseModel)

_MOST_COMPLAINTS = 20

_KEPT = ("type", "enum")
"""What every provider's strict mode takes as it is. Limits are checked here, on the answer; words for the model are in prompts."""


@lru_cache(maxsize=64)
def schema_of(shape: type[BaseModel]) -> Schema:
    """The JSON schema of `shape` for strict modes: every field is required, no other is allowed, no limits, defaults or descriptions.

    Raises:
        TypeError: `shape` holds something that strict modes cannot say: free keys, tuples of mixed types, anything at all.
    """
    return Schema(re.sub(r"[^A-Za-z]+", "_", shape.__name__).strip("_"), _strict(shape.model_json_schema(), shape.__name__))


def _strict(schema: Mapping[str, Any], where: str) -> dict[str, Any]:
    if "$ref" in schema:
        return {"$ref": schema["$ref"]}  # nothing may stand beside a reference
    strict = {key: schema[key] for key in _KEPT if key in schema}
    strict |= {key: _each(schema[key], where) for key in ("properties", "$defs") if key in schema}
    if "const" in schema:
        strict["enum"] = [schema["const"]]
    if variants := schema.get("anyOf", schema.get("oneOf")):
        strict["anyOf"] = [_strict(variant, where) for variant in variants]
    if "items" in schema:
        strict["items"] = _strict(schema["items"], where)
    return _closed(strict, where)


def _each(schemas: Mapping[str, Any], where: str) -> dict[str, Any]:
    return {name: _strict(schema, f"{where}.{name}") for name, schema in schemas.items()}


def _closed(strict: dict[str, Any], where: str) -> dict[str, Any]:
    kind = strict.get("type")
    is_vague = (kind == "object" and "properties" not in strict) or (kind == "array" and "items" not in strict)
    if is_vague or not strict.keys() & {"type", "enum", "anyOf"}:
        raise TypeError(f"{where} cannot be asked for strictly: name its fields, and the type of its items")
    if kind == "object":
        strict |= {"required": list(strict["properties"]), "additionalProperties": False}
    return strict


def fit(data: Mapping[str, Any], shape: type[Shape]) -> Shape:
    """`data`, an object as JSON has it, as a `shape`; nothing is coerced, and unknown keys are errors.

    Raises:
        ModelError: UNREADABLE, with a line for each field that is wrong.
    """
    try:
        result = shape.model_validate_json(json.dumps(data), strict=True, extra="forbid")
    except ValidationError as error:
        raise _unreadable([_sentence(detail) for detail in error.errors(include_url=False)]) from error
    coerced = list(_coerced(data, result.model_dump(mode="json", by_alias=True), ()))
    if coerced:
        raise _unreadable(coerced)
    return result


def _unreadable(complaints: list[str]) -> ModelError:
    return ModelError(FailureKind.UNREADABLE, "\n".join(complaints[:_MOST_COMPLAINTS]))


def _sentence(detail: ErrorDetails) -> str:
    where = field_name(tuple(detail["loc"])) or "the object"
    if detail["type"] == "missing":
        return f"{where}: this field is missing"
    if detail["type"] == "extra_forbidden":
        return f"{where}: there is no such field; leave it out"
    message = detail["msg"].removeprefix("Value error, ")
    return f"{where}: {message[:1].lower()}{message[1:]}, got {_shown(detail['input'])}"


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 80 else f"{text[:80]}…"


def _coerced(given: Any, kept: Any, loc: Loc) -> Iterator[str]:
    """Numbers that became others: a literal takes 3.0 and true for 3 and 1, however strict the check is."""
    if isinstance(given, dict) and isinstance(kept, dict):
        for key in (key for key in given if key in kept):
            yield from _coerced(given[key], kept[key], (*loc, key))
    elif isinstance(given, list) and isinstance(kept, list):
        for position, (one, other) in enumerate(zip(given, kept, strict=False)):
            yield from _coerced(one, other, (*loc, position))
    elif (type(given), type(kept)) in _CHANGED:
        yield f"{field_name(loc)}: this should be {_shown(kept)}, got {_shown(given)}"


_CHANGED = {(bool, int), (float, int), (int, bool), (float, bool)}
