"""Checking plain data against a document's model, with every complaint as a sentence at its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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
    """Every complaint once. A list is not too short because its parts are wrong, which have complaints of their own."""
    seen = set()
    for detail in error.errors(include_url=False):
        if detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]:
            continue
        loc = tuple(part for part in detail["loc"] if part != "[key]")
        field = loc if detail["type"] == "missing" else lined.known(loc)
        if field not in seen:
            seen.add(field)
            yield Problem(path, lined.line(loc), field_name(field), _sentence(detail, loc, model))


def _sentence(detail: ErrorDetails, loc: Loc, model: type[BaseModel]) -> str:
    if detail["type"] == "extra_forbidden":
        return _unknown_key(loc, model)
    say = _SENTENCES.get(detail["type"], _default)
    return say(detail["input"], detail.get("ctx", {}), detail["msg"])


def _default(given: Any, context: dict[str, Any], message: str) -> str:
    return message[:1].lower() + message[1:]


def _not_text(given: Any, context: dict[str, Any], message: str) -> str:
    return f"expected text, got {_what(given)}{'; put it in quotes' if isinstance(given, int | float) else ''}"


def _wrong_form(given: Any, context: dict[str, Any], message: str) -> str:
    return f"{given!r} is not {_PATTERNS.get(context['pattern'], 'of the form ' + context['pattern'])}"


def _not_one_of(given: Any, context: dict[str, Any], message: str) -> str:
    known = re.findall(r"'([^']*)'", str(context["expected"]))
    near = nearest(str(given), known)
    return f"{given!r} is not known{near}" if near else f"{given!r} is not one of {context['expected']}"


_SENTENCES: dict[str, Callable[[Any, dict[str, Any], str], str]] = {
    "missing": lambda *_: "this field is missing",
    "literal_error": _not_one_of,
    "string_type": _not_text,
    "string_too_short": lambda *_: "the text is empty",
    "string_pattern_mismatch": _wrong_form,
    "too_short": lambda given, context, message: f"needs at least {context['min_length']}, has {context['actual_length']}",
    "invalid_key": lambda *_: "a key has to be text; put it in quotes",
    "model_type": lambda given, *_: f"expected fields and their values, got {_what(given)}",
    "tuple_type": lambda given, *_: f"expected a list, got {_what(given)}",
    "dict_type": lambda given, *_: f"expected keys and their values, got {_what(given)}",
    "value_error": lambda given, context, message: message.removeprefix("Value error, "),
}


def _unknown_key(loc: Loc, model: type[BaseModel]) -> str:
    known = fields_at(model, loc[:-1])
    near = nearest(str(loc[-1]), known)
    return f"unknown key {loc[-1]!r}{near or '; known are ' + ', '.join(known)}"


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
