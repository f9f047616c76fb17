"""From a path, bytes or text to plain text, with everything refused that cannot be a transcript."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import NamedTuple

from agent.errors import TranscriptError
from agent.prose import clean

MAX_BYTES = 5_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"PK\x03\x04": "a zip or Office file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a gzip file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"ID3": "an audio file",
    b"RIFF": "an audio or video file",
    b"OggS": "an audio file",
    b"SQLite format 3": "a database",
}


class Source(NamedTuple):
    """The text, and what to call the place it came from."""

    text: str
    name: str


def load(given: Path | str | bytes) -> Source:
    """The text behind a path, bytes, or text itself. A string with a newline or that starts like JSON is text, else a path.

    Raises:
        TranscriptError: no such file, not a file, too large, no text.
    """
    if isinstance(given, bytes):
        return Source(_decoded(_within_limit(given, "the transcript"), "the transcript"), "")
    if isinstance(given, str) and _is_text(given):
        _within_limit(given.encode("utf-8", "replace"), "the transcript")
        return Source(given.removeprefix("\ufeff"), "")
    path = Path(given)
    shown = repr(shorten(clean(str(path))))
    return Source(_decoded(_within_limit(_bytes_of(path, shown), shown), shown), clean(path.name))


def shorten(text: str, limit: int = 120) -> str:
    """`text` for an error message: what is too long loses its middle."""
    return text if len(text) <= limit else f"{text[: limit // 2]}…{text[-limit // 2 :]}"


def _is_text(given: str) -> bool:
    return not given.strip() or "\n" in given or "\r" in given or given.lstrip("\ufeff \t").startswith(("{", "["))


def _bytes_of(path: Path, shown: str) -> bytes:
    try:
        if path.is_dir():
            raise TranscriptError(f"{shown} is a directory; name the transcript file in it")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise TranscriptError(f"there is no file {shown}; check the path, or list your sessions: hotseat sessions") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "the name is not a path"
        raise TranscriptError(f"{shown} cannot be read ({reason.lower()}); check the path and its permissions") from None


def _within_limit(content: bytes, shown: str) -> bytes:
    if len(content) > MAX_BYTES:
        raise TranscriptError(f"{shown} is larger than the limit of 5 MB; cut it down to the one interview that should be graded")
    return content


def _decoded(content: bytes, shown: str) -> str:
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), "utf-8")
    if encoding == "utf-8":
        _refuse_binary(content, shown)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise TranscriptError(
            f"{shown} is not valid {encoding.upper().removesuffix('-SIG')} (byte {error.start + 1}); save it as UTF-8, for example: "
            "iconv -f WINDOWS-1252 -t UTF-8 OLD.txt > NEW.txt"
        ) from None


def _refuse_binary(content: bytes, shown: str) -> None:
    kind = next((kind for magic, kind in _MAGIC.items() if content.startswith(magic)), None)
    if kind is None and b"\0" in content:
        kind = "a binary file, or UTF-16 without a byte order mark"
    if kind:
        raise TranscriptError(f"{shown} is {kind}, not text; save the transcript as a UTF-8 text file, VTT, SRT or JSON")
