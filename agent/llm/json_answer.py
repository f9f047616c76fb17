"""The one JSON object in what a model wrote: bare, fenced, or with words around it, and never a guess.

The text is read from the left. An object is jumped over as a whole, so braces inside its strings count for nothing. A brace
that opens an object has to open a whole one, as else its parts would pass for it: an answer that breaks off is a failure,
and so is a JSON object that the model quotes beside its own, unless both are the same. Placeholders such as `{name}` are words.

JSON is meant strictly (no trailing commas, no comments, no NaN, no key twice), but for line breaks and tabs inside
strings, which can mean one thing only.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from agent.errors import FailureKind, ModelError

MAX_BYTES = 1_000_000
MAX_DEPTH = 40

_THOUGHT = re.compile(r"\s*<(think|thinking|reasoning)>.*</\1>", re.DOTALL)
"""What a reasoning model thought aloud, where its server leaves that in the answer."""

_OPENING = re.compile(r"[{}\[]")
"""What may open a value, or close what was never opened."""

_WORDS = re.compile(r"\{(?!\s+\})[^{}\"\n]{1,80}\}|\[\[[^{}\[\]\"]{0,80}\]\]|\[[^{}\[\]\"]{0,80}\]|\[(?!\s*[\[{\"\d-])")
"""Braces and brackets that belong to the words around the JSON: `{name}`, `[1]`, `[[see there]]`."""


def parse(text: str) -> dict[str, Any]:
    """The JSON object that `text` holds.

    Raises:
        ModelError: UNREADABLE, with what is wrong: no object, two different ones, a list around them, a key that is there
            twice, NaN or Infinity, an object that is broken or breaks off, deeper than 40 levels, more than 1 MB.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise _unreadable(f"the answer is longer than {MAX_BYTES:,} bytes")
    values = list(_values(_without_thought(text)))
    objects = [value for value in values if isinstance(value, dict)]
    if any(isinstance(value, list) and (not objects or _holds_object(value)) for value in values):
        raise _unreadable("the answer holds a JSON list where one JSON object was asked for")
    if not objects:
        raise _unreadable("the answer holds no JSON object")
    if any(_canonical(value) != _canonical(objects[0]) for value in objects[1:]):
        raise _unreadable("the answer holds more than one JSON object, and they differ; write only the one that was asked for")
    return objects[0]


def _without_thought(text: str) -> str:
    thought = _THOUGHT.match(text)
    return text[thought.end() :] if thought and text.count(f"</{thought[1]}>") == 1 else text


def _values(text: str) -> Iterator[dict[str, Any] | list[Any]]:
    """The outermost objects, and the lists."""
    start = 0
    while found := _OPENING.search(text, start):
        at = found.start()
        if found[0] == "}":
            raise _unreadable(f"a brace closes at character {at + 1} that was never opened")
        if words := _WORDS.match(text, at):
            start = words.end()
        else:
            value, start = _decoded(text, at)
            yield value


def _decoded(text: str, at: int) -> tuple[Any, int]:
    try:
        value, end = _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise _unreadable(_what_broke(text, at, error)) from None
    except RecursionError:
        raise _too_deep() from None
    _check_depth(value)
    return value, end


def _what_broke(text: str, at: int, error: json.JSONDecodeError) -> str:
    if error.pos >= len(text.rstrip().removesuffix("```").rstrip()) or error.msg.startswith("Unterminated"):
        return f"the JSON that begins at character {at + 1} breaks off before its end"
    before = text[at : error.pos].rstrip()
    if before.endswith(",") and text[error.pos] in "]}":
        return f"there is a comma before the {text[error.pos]!r} at line {error.lineno}, column {error.colno}; leave it out"
    near = text[error.pos : error.pos + 20]
    return f"the JSON is broken at line {error.lineno}, column {error.colno}, near {near!r}: {error.msg[:1].lower()}{error.msg[1:]}"


def _check_depth(value: Any) -> None:
    layer = [value]
    for _ in range(MAX_DEPTH):
        layer = [inner for outer in layer for inner in _inside(outer)]
        if not layer:
            return
    raise _too_deep()


def _inside(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value
    return [one for one in inner if isinstance(one, dict | list)]


def _holds_object(value: list[Any]) -> bool:
    return any(isinstance(inner, dict) or _holds_object(inner) for inner in _inside(value))


def _canonical(value: dict[str, Any]) -> str:
    return json.dumps(value, sort_keys=True)


def _unreadable(message: str) -> ModelError:
    return ModelError(FailureKind.UNREADABLE, message)


def _too_deep() -> ModelError:
    return _unreadable(f"the JSON is nested deeper than {MAX_DEPTH} levels")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _unreadable(f"the key {key!r} is there twice in one object")
        found[key] = value
    _check_text([*found, *found.values()])
    return found


def _check_text(values: list[Any]) -> None:
    for value in values:
        if isinstance(value, list):
            _check_text(value)
        elif isinstance(value, str) and not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
            raise _unreadable("a text holds half of a character (a lone surrogate); write the character itself")


def _constant(name: str) -> NoReturn:
    raise _unreadable(f"{name} is no JSON number")


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _unreadable(f"the number {digits[:20]} is too large")
    return number


def _int(digits: str) -> int:
    if len(digits) > 30:
        raise _unreadable(f"the number {digits[:20]}… is too long")
    return int(digits)


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant, parse_float=_float, parse_int=_int, strict=False)
