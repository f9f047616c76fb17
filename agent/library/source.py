"""Reading a library file: whatever is wrong with the file itself becomes a sentence."""

from __future__ import annotations

from pathlib import Path

from agent.library.problem import Problem, Wrong

MAX_BYTES = 1_000_000


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, without a byte order mark.

    Raises:
        InvalidDocument: it cannot be read, is no regular file, is empty, larger than 1 MB, or not UTF-8.
    """
    content = _read_bytes(path)
    if len(content) > MAX_BYTES:
        raise Wrong([Problem(path, 1, "", f"the file is larger than {MAX_BYTES:,} bytes; split it")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Wrong([Problem(path, line, "", f"byte 0x{content[error.start]:02x} is not UTF-8; save the file as UTF-8")]) from error
    if not text.strip():
        raise Wrong([Problem(path, 1, "", "the file is empty")])
    return text


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Wrong([Problem(path, 1, "", "this is a directory, expected a file")])
        if path.exists() and not path.is_file():
            raise Wrong([Problem(path, 1, "", "this is no regular file")])
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Wrong([Problem(path, 1, "", f"the file cannot be read: {reason}")]) from error
