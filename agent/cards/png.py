"""Just enough PNG: chunks with their checksums, text chunks, and a plain picture to carry them.

After the PNG specification, third edition: https://www.w3.org/TR/png-3/
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from typing import NamedTuple

from agent.errors import InputError

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_TEXT = 4_000_000
"""Bytes of one text chunk, unpacked."""
WIDTH, HEIGHT = 400, 600
_TOP, _BOTTOM = (52, 73, 94), (149, 165, 166)
_TEXT_CHUNKS = (b"tEXt", b"zTXt", b"iTXt")


class Chunk(NamedTuple):
    """One part of a PNG file."""

    kind: bytes
    data: bytes


def chunks_of(content: bytes, where: str) -> list[Chunk]:
    """The chunks of a PNG file, up to its end chunk.

    Raises:
        InputError: it is no PNG, it is cut off, or a checksum is wrong.
    """
    if not content.startswith(SIGNATURE):
        raise InputError(f"{where}: this is no PNG picture; give a .png or .json file of a Character Card")
    found: list[Chunk] = []
    position = len(SIGNATURE)
    while not found or found[-1].kind != b"IEND":
        chunk = _chunk_at(content, position, where)
        found.append(chunk)
        position += 12 + len(chunk.data)
    return found


def _chunk_at(content: bytes, position: int, where: str) -> Chunk:
    head = content[position : position + 8]
    length = int.from_bytes(head[:4]) if len(head) == 8 else 0
    body, tail = content[position + 4 : position + 8 + length], content[position + 8 + length : position + 12 + length]
    if len(head) < 8 or len(tail) < 4:
        raise InputError(f"{where}: the picture is cut off at byte {len(content):,}; download it again")
    if zlib.crc32(body) != int.from_bytes(tail):
        name = body[:4].decode("ascii", "replace")
        raise InputError(f"{where}: the checksum of the part {name!r} at byte {position:,} is wrong; download the picture again")
    return Chunk(body[:4], body[4:])


def texts_in(chunks: Iterable[Chunk], where: str) -> dict[str, bytes]:
    """Every text of a PNG by its keyword, unpacked; of several with one keyword the last.

    Raises:
        InputError: a text cannot be unpacked, or is larger than `MAX_TEXT` bytes.
    """
    found: dict[str, bytes] = {}
    for chunk in chunks:
        if chunk.kind in _TEXT_CHUNKS:
            keyword, text = _text(chunk, where)
            found[keyword] = text
    return found


def keyword_of(chunk: Chunk) -> str:
    """The keyword of a text chunk; empty for any other."""
    return chunk.data.partition(b"\0")[0].decode("latin-1") if chunk.kind in _TEXT_CHUNKS else ""


def _text(chunk: Chunk, where: str) -> tuple[str, bytes]:
    rest = chunk.data.partition(b"\0")[2]
    if chunk.kind == b"tEXt":
        return keyword_of(chunk), rest
    if chunk.kind == b"zTXt":
        return keyword_of(chunk), _unpacked(rest[1:], where)
    is_packed, text = rest[:1] == b"\1", rest[2:].split(b"\0", 2)[-1]
    return keyword_of(chunk), _unpacked(text, where) if is_packed else text


def _unpacked(packed: bytes, where: str) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(packed, MAX_TEXT)
    except zlib.error as error:
        raise InputError(f"{where}: a packed text in the picture is damaged; download it again") from error
    if unpacker.unconsumed_tail:
        raise InputError(f"{where}: a packed text in the picture is larger than {MAX_TEXT:,} bytes, so it is not read")
    return text


def with_text(chunks: Iterable[Chunk], keyword: str, text: bytes) -> bytes:
    """The PNG file of `chunks` with one tEXt chunk more, right before the end."""
    *parts, end = chunks
    added = Chunk(b"tEXt", keyword.encode("latin-1") + b"\0" + text)
    return SIGNATURE + b"".join(_packed(chunk) for chunk in (*parts, added, end))


def plain_picture() -> list[Chunk]:
    """A calm picture of 400 by 600: one colour that runs into another from top to bottom."""
    rows = b"".join(b"\0" + bytes(_shade(row)) * WIDTH for row in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return [Chunk(b"IHDR", header), Chunk(b"IDAT", zlib.compress(rows, 9)), Chunk(b"IEND", b"")]


def _shade(row: int) -> list[int]:
    share = row / (HEIGHT - 1)
    return [round(top + (bottom - top) * share) for top, bottom in zip(_TOP, _BOTTOM, strict=True)]


def _packed(chunk: Chunk) -> bytes:
    body = chunk.kind + chunk.data
    return len(chunk.data).to_bytes(4) + body + zlib.crc32(body).to_bytes(4)
