"""Card files: JSON, or a PNG picture with the JSON inside."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from typing import Any

from agent.cards.card import Card, card_json, parse_card
from agent.cards.png import Chunk, chunks_of, keyword_of, plain_picture, texts_in, with_text
from agent.errors import InputError

MAX_BYTES = 20_000_000
KEYWORDS = ("chara", "ccv3")
"""The text chunks that hold a card: V2's own, and V3's, which is read where there is no other."""


def read_card(path: Path) -> Card:
    """The card in a JSON or PNG file; nothing in it is carried out.

    Raises:
        InputError: the file cannot be read, is larger than 20 MB, is damaged, or holds no card.
    """
    content = _read(path)
    if content.startswith(b"\x89PNG"):
        return parse_card(_decoded(_embedded(content, str(path)), str(path)), str(path))
    return parse_card(_utf8(content, str(path)), str(path))


def write_card(path: Path, whole: dict[str, Any], picture: Path | None = None) -> None:
    """Writes a card as JSON, or as PNG when `path` ends so: into a copy of `picture`, or into a plain one.

    Raises:
        InputError: the ending is neither .json nor .png, the picture is no PNG, or a file cannot be read or written.
    """
    suffix = path.suffix.lower()
    if suffix not in (".json", ".png") or (picture and suffix != ".png"):
        expected = ".png, because a picture was given" if picture else ".json or .png"
        raise InputError(f"{str(path)!r} has to end in {expected}")
    content = _png(whole, picture) if suffix == ".png" else card_json(whole, indent=2).encode() + b"\n"
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}; name another file") from error


def _png(whole: dict[str, Any], picture: Path | None) -> bytes:
    chunks = chunks_of(_read(picture), str(picture)) if picture else plain_picture()
    return with_text(_without_cards(chunks), KEYWORDS[0], base64.b64encode(card_json(whole).encode()))


def _without_cards(chunks: list[Chunk]) -> list[Chunk]:
    return [chunk for chunk in chunks if keyword_of(chunk).lower() not in KEYWORDS]


def _embedded(content: bytes, where: str) -> bytes:
    texts = {keyword.lower(): text for keyword, text in texts_in(chunks_of(content, where), where).items()}
    found = next((texts[keyword] for keyword in KEYWORDS if keyword in texts), None)
    if found is None:
        raise InputError(f"{where}: the picture holds no card (no text called 'chara'); pictures lose it when a site converts them")
    return found


def _decoded(text: bytes, where: str) -> str:
    try:
        return base64.b64decode(b"".join(text.split()), validate=True).decode("utf-8-sig")
    except (binascii.Error, ValueError) as error:
        raise InputError(f"{where}: the card in the picture is not base64 of UTF-8 text; export it again where it was made") from error


def _utf8(content: bytes, where: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{where}: this is neither a PNG picture nor JSON in UTF-8; give a Character Card as .png or .json") from error


def _read(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise InputError(f"{str(path)!r} is no regular file; give a Character Card as .png or .json")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise InputError(f"{str(path)!r} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if len(content) > MAX_BYTES:
        raise InputError(f"{str(path)!r} is larger than {MAX_BYTES // 1_000_000} MB; a card is a picture or a page of text")
    return content
