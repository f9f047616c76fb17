"""Long texts of a cassette, each kept once: calls about one talk share most of their words, and a folder of them stays small.

In an entry stands `{"$text": sha256}` for a text and `{"$json": sha256}` for a schema; `texts/` holds what was meant, under its sha256.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

LONG = 400
"""Shorter texts stay where they are."""
_FOLDER = "texts"
_TEXT, _JSON = "$text", "$json"

Keep = Callable[[Path, str], None]
"""Writes a text into a file, whole or not at all."""


def shared(content: Any, folder: Path, keep: Keep) -> Any:
    """`content` with its long texts put aside into `folder`."""
    if isinstance(content, str):
        return {_TEXT: _aside(content, folder, keep)} if len(content) >= LONG else content
    if isinstance(content, list | tuple):
        return [shared(each, folder, keep) for each in content]
    if isinstance(content, dict):
        return {name: _of_field(name, value, folder, keep) for name, value in content.items()}
    return content


def whole(content: Any, folder: Path) -> Any:
    """`content` with its long texts put back.

    Raises:
        ValueError: a text is missing, or is not the one that was put aside.
    """
    if isinstance(content, list):
        return [whole(each, folder) for each in content]
    if not isinstance(content, dict):
        return content
    if set(content) == {_TEXT}:
        return _text(folder, content[_TEXT])
    if set(content) == {_JSON}:
        return _json(folder, content[_JSON])
    return {name: whole(value, folder) for name, value in content.items()}


def _of_field(name: str, value: Any, folder: Path, keep: Keep) -> Any:
    if name == "schema" and value:
        return {_JSON: _aside(json.dumps(value, sort_keys=True, indent=1), folder, keep)}
    return shared(value, folder, keep)


def _aside(text: str, folder: Path, keep: Keep) -> str:
    name = _sha256(text)
    path = _path(folder, name)
    if not path.exists():
        keep(path, text)
    return name


@lru_cache(maxsize=512)
def _text(folder: Path, name: str) -> str:
    path = _path(folder, name)
    try:
        text = path.read_bytes().decode("utf-8", "surrogatepass")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"its text {path} cannot be read") from error
    if _sha256(text) != name:
        raise ValueError(f"its text {path} was edited or cut")
    return text


@lru_cache(maxsize=64)
def _json(folder: Path, name: str) -> Any:
    """What a text holds; handed out to everybody who asks, so not to be changed."""
    return json.loads(_text(folder, name))


def _path(folder: Path, name: str) -> Path:
    return folder / _FOLDER / name[:2] / f"{name}.txt"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
