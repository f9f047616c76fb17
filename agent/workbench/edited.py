"""Reading a file that somebody else has just written."""

from __future__ import annotations

import stat
from pathlib import Path

from agent.errors import WorkbenchError

MAX_BYTES = 200_000
_KEPT = "The text from before the edit was kept; open the file again"


def read_edited(file: Path) -> str:
    """The text of a file as an editor left it, without a byte order mark, lines ended by a single character.

    Raises:
        WorkbenchError: it is gone, is no regular file, is too large, or is not UTF-8 text.
    """
    content = _read(file)
    if len(content) > MAX_BYTES:
        raise WorkbenchError(f"{file.name!r} is larger than {MAX_BYTES // 1000} kB now\n{_KEPT}")
    try:
        return text_of(content)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise WorkbenchError(f"{file.name!r} is not UTF-8 in line {line}\n{_KEPT} and save it as UTF-8") from error
    except ValueError as error:
        raise WorkbenchError(f"{file.name!r} {error}\n{_KEPT}") from error


def text_of(content: bytes) -> str:
    """The text that bytes stand for, with an end to its last line.

    Raises:
        ValueError: they hold a NUL, or are not UTF-8 (UnicodeDecodeError).
    """
    if b"\0" in content:
        raise ValueError("holds a NUL character, so it is no text")
    text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return text if not text or text.endswith("\n") else f"{text}\n"


def _read(file: Path) -> bytes:
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            raise WorkbenchError(f"{file.name!r} is no regular file any more\n{_KEPT}")
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise WorkbenchError(f"{file.name!r} is gone\n{_KEPT}") from error
    except OSError as error:
        raise WorkbenchError(f"{file.name!r} cannot be read: {error.strerror}\n{_KEPT}") from error
