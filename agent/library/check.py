"""Checking plain data against a document's model, with every complaint as a sentence at its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from agent.errors import nearest
from agent.library.lined_yaml import Lined
from agent.library.problem import Loc, Problem, Wrong, field_name

Model = TypeVar("Model", bound=BaseModel)

_PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "lower-case words joined by hyphens, like 'stubborn-teammate'",
    r"^[a-z]+(_[a-z]+)*$": "lower-case words joined by underscores, like 'active_listening'",
    r"^\d+\.\d+\.\d+$": "a version like '1.0.0'",
    r"^[a-z0-9-]+@\d+\.\d+\.\d+$": "a name and version like 'core@1.0.0'",
}


def check(path: Path, lined: Lined, model: type[Model]) -> Model:
    """The document that `lined` holds.

    Raises:
        InvalidDocument: it does not fit the model.
    """
    if not isinstance(lined.data, dict):
        raise Wrong([Problem(path, lined.line(()), "", f"expected fields and their values at the top, got {_what(lined.data)}")])
    try:
        return model.model_validate(lined.data)
    except ValidationError as error:
        raise Wrong(_problems(path, lined, model, error)) from error


def _problems(path: Path, lined: Lined, model: type[BaseModel], error: ValidationError) -> Iterator[Problem]:
    seen = set()
    for detail in error.errors(include_url=False):
        loc = tuple(part for part in detail["loc"] if part != "[key]")
        field = loc if detail["type"] == "missing" else lined.known(loc)
        if field not in seen:
            seen.add(field)
            yield Problem(path, lined.line(loc), field_name(field), _sentence(detail, loc, model))


def _sentence(detail: ErrorDetails, loc: Loc, model: type[BaseModel]) -> str:
    context: dict[str, Any] = detail.get("ctx", {})
    given = detail["input"]
    match detail["type"]:
        case "missing":
            return "this field is missing"
        case "extra_forbidden":
            return _unknown_key(loc, model)
        case "literal_error":
            return _not_one_of(given, str(context["expected"]))
        case "string_type":
            return f"expected text, got {_what(given)}{'; put it in quotes' if isinstance(given, int | float) else ''}"
        case "string_too_short":
            return "the text is empty"
        case "string_pattern_mismatch":
            return f"{given!r} is not {_PATTERNS.get(context['pattern'], 'of the form ' + context['pattern'])}"
        case "too_short":
            return f"needs at least {context['min_length']}, has {context['actual_length']}"
        case "invalid_key":
            return "a key has to be text; put it in quotes"
        case "model_type" | "tuple_type" | "dict_type":
            return f"expected {_EXPECTED[detail['type']]}, got {_what(given)}"
        case "value_error":
            return detail["msg"].removeprefix("Value error, ")
        case _:
            return detail["msg"][:1].lower() + detail["msg"][1:]


_EXPECTED = {"model_type": "fields and their values", "tuple_type": "a list", "dict_type": "keys and their values"}


def _unknown_key(loc: Loc, model: type[BaseModel]) -> str:
    known = fields_at(model, loc[:-1])
    near = nearest(str(loc[-1]), known)
    return f"unknown key {loc[-1]!r}{near or '; known are ' + ', '.join(known)}"


def _not_one_of(given: Any, expected: str) -> str:
    known = re.findall(r"'([^']*)'", expected)
    near = nearest(str(given), known)
    return f"{given!r} is not known{near}" if near else f"{given!r} is not one of {expected}"


def _what(value: Any) -> str:
    if isinstance(value, bool):
        return f"{str(value).lower()}"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    return {type(None): "nothing", list: "a list", dict: "fields and their values"}.get(type(value), type(value).__name__)


def fields_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """The names of the fields that the model has at `loc`; empty where there are none."""
    annotation: Any = model
    for part in loc:
        annotation = _step(annotation, part)
    found = _model_in(annotation)
    return list(found.model_fields) if found else []


def _step(annotation: Any, part: str | int) -> Any:
    found = _model_in(annotation)
    if found:
        info = found.model_fields.get(str(part))
        return info.annotation if info else None
    arguments = _container(annotation)
    return arguments[0] if isinstance(part, int) and len(arguments) != 2 else arguments[-1] if arguments else None


def _container(annotation: Any) -> tuple[Any, ...]:
    """The arguments of a tuple or dict annotation, looked for inside unions; tuples come as one."""
    if get_origin(annotation) is tuple:
        return get_args(annotation)[:1]
    if get_origin(annotation) is dict:
        return get_args(annotation)
    return next((inner for argument in get_args(annotation) if (inner := _container(argument))), ())


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (tuple, dict):
        return None
    return next((found for argument in get_args(annotation) if (found := _model_in(argument))), None)
