"""JSON read strictly: no NaN, no bottomless nesting, and errors that say where."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from agent.errors import TranscriptError
from agent.prose import clean

_DEEPEST = 40


def parsed(text: str, what: str = "the transcript") -> Any:
    """The value that `text` stands for, with every string cleaned.

    Raises:
        TranscriptError: it is not JSON, holds NaN or Infinity, or is nested too deeply.
    """
    try:
        return _cleaned(json.loads(text, parse_constant=_refuse), 0)
    except json.JSONDecodeError as error:
        raise TranscriptError(
            f"{what} is not whole JSON: {error.msg.lower()} at line {error.lineno}, column {error.colno}; "
            "it may be cut off, so export it again"
        ) from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError:
        raise TranscriptError(f"{what} holds a number too long to be read; export it again") from None


def _refuse(constant: str) -> NoReturn:
    raise TranscriptError(f"the transcript holds {constant}, which is not JSON; export it again without it")


def _too_deep() -> TranscriptError:
    return TranscriptError("the transcript is nested too deeply to be one; export it again as a list of messages")


def _cleaned(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        raise _too_deep()
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(one, depth + 1) for one in value]
    if isinstance(value, dict):
        return {clean(key): _cleaned(one, depth + 1) for key, one in value.items()}
    return value
