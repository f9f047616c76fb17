"""An event as it is stored: compact JSON in plain ASCII, which holds any text that Python can."""

from __future__ import annotations

import json
import math
from typing import Any

from pydantic import ValidationError

from agent.errors import StoreCorrupt, StoreError, StoreTooNew
from agent.events import Event, parse_event

_FROM_LATER = {"union_tag_invalid", "extra_forbidden"}
RESCUE = "Other sessions are not affected. Put a backup of the database in its place, or delete this session"


def encode(event: Event) -> str:
    """The fields of `event` other than its type and time.

    Raises:
        StoreError: a field holds what JSON cannot, as NaN.
    """
    return _strict(event, event.model_dump(exclude={"type", "at"}))


def encode_line(event: Event, seq: int) -> str:
    """All of `event` and its place in the log."""
    return _strict(event, {"seq": seq, **event.model_dump()})


def _strict(event: Event, data: dict[str, Any]) -> str:
    try:
        if not math.isfinite(event.at):
            raise ValueError(f"{event.at} is no time")
        return json.dumps(data, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise StoreError(f"an event of type {event.type!r} cannot be stored: {error}\nNothing was saved of this step") from error


def decode(kind: object, at: object, data: str, *, where: str) -> Event:
    """The event that was stored. `where` names session and place for messages.

    Raises:
        StoreCorrupt: it is broken.
        StoreTooNew: it has a type or a field that this version does not know.
    """
    try:
        return parse_event({**json.loads(data), "type": kind, "at": at})
    except ValidationError as error:
        if {problem["type"] for problem in error.errors()} <= _FROM_LATER:
            raise StoreTooNew(
                f"{where} was written by a newer version of Hotseat ({kind})\nUpgrade: pip install --upgrade hotseat"
            ) from error
        raise StoreCorrupt(f"{where} is broken: {problem_of(error)}\n{RESCUE}") from error
    except (TypeError, ValueError, RecursionError) as error:
        raise StoreCorrupt(f"{where} is broken: {error}\n{RESCUE}") from error


def problem_of(error: ValidationError) -> str:
    """The first thing that is wrong, in one line."""
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"])
    return f"{field}: {first['msg']}" if field else first["msg"]
