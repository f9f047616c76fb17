"""Why a file or a line of one cannot be used, in words without what the library that read it calls things."""

from __future__ import annotations

import json

from pydantic import ValidationError


def why(error: Exception) -> str:
    """The reason that an error gives: of several the first, with its place where it has one."""
    if isinstance(error, ValidationError):
        return _first(error)
    if isinstance(error, OSError):
        return error.strerror or str(error)
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text"
    if isinstance(error, json.JSONDecodeError):
        return f"it is no JSON ({error.msg[:1].lower()}{error.msg[1:]}, character {error.pos + 1})"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(map(str, first["loc"]))
    return f"{place}: {_said(first['msg'])}" if place else _said(first["msg"])


def _said(message: str) -> str:
    return message.removeprefix("Value error, ")
