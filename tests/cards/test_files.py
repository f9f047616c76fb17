"""Card files: pictures that carry a card, and files that should and do not."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from pathlib import Path

import pytest

from agent.cards import card_of, read_card, write_card
from agent.cards.png import Chunk, chunks_of, plain_picture, with_text
from agent.errors import InputError
from agent.library import Library
from agent.library.library import shipped

WHOLE = card_of(Library((shipped(),)).persona("product-manager"))
CARD = base64.b64encode(json.dumps(WHOLE).encode())


@pytest.mark.parametrize("name", ["card.json", "card.png", "CARD.PNG"])
def test_a_written_card_is_read_again(tmp_path: Path, name: str) -> None:
    write_card(tmp_path / name, WHOLE)
    assert read_card(tmp_path / name).whole == WHOLE


def test_the_plain_picture_is_a_whole_picture(tmp_path: Path) -> None:
    write_card(tmp_path / "card.png", WHOLE)
    chunks = chunks_of((tmp_path / "card.png").read_bytes(), "card")
    width, height, depth, colours = struct.unpack(">IIBB", chunks[0].data[:10])
    pixels = zlib.decompress(b"".join(chunk.data for chunk in chunks if chunk.kind == b"IDAT"))

    assert [chunk.kind for chunk in chunks] == [b"IHDR", b"IDAT", b"tEXt", b"IEND"]
    assert (width, height, depth, colours) == (400, 600, 8, 2)
    assert len(pixels) == 600 * (1 + 3 * 400)


def test_a_card_goes_into_a_given_picture_in_place_of_another(tmp_path: Path) -> None:
    picture, out = tmp_path / "face.png", tmp_path / "out.png"
    picture.write_bytes(with_text(plain_picture(), "chara", b"old"))
    before = picture.read_bytes()
    write_card(out, WHOLE, picture)

    assert read_card(out).whole == WHOLE
    assert picture.read_bytes() == before
    assert sum(b"chara" in chunk.data for chunk in chunks_of(out.read_bytes(), "out")) == 1


def _png(*added: Chunk) -> bytes:
    *parts, end = plain_picture()
    whole = b"\x89PNG\r\n\x1a\n"
    for kind, data in (*parts, *added, end):
        whole += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return whole


@pytest.mark.parametrize(
    "chunk",
    [
        Chunk(b"tEXt", b"Chara\0" + CARD),
        Chunk(b"tEXt", b"ccv3\0" + CARD),
        Chunk(b"zTXt", b"chara\0\0" + zlib.compress(CARD)),
        Chunk(b"iTXt", b"chara\0\1\0en\0\0" + zlib.compress(CARD)),
        Chunk(b"iTXt", b"chara\0\0\0\0\0" + CARD),
    ],
)
def test_every_kind_of_text_is_read(tmp_path: Path, chunk: Chunk) -> None:
    (tmp_path / "a.png").write_bytes(_png(chunk))
    assert read_card(tmp_path / "a.png").whole == WHOLE


GOOD = _png(Chunk(b"tEXt", b"chara\0" + CARD))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (GOOD[: len(GOOD) // 2], "cut off"),
        (GOOD[:9], "cut off"),
        (GOOD[:-20], "cut off"),
        (GOOD.replace(CARD[:20], b"A" * 20), "checksum"),
        (_png(), "holds no card"),
        (_png(Chunk(b"tEXt", b"chara\0!!!")), "not base64"),
        (_png(Chunk(b"tEXt", b"chara\0" + base64.b64encode(b"\xff\xfe\x00"))), "not base64 of UTF-8"),
        (_png(Chunk(b"tEXt", b"chara\0" + base64.b64encode(b"hello"))), "not JSON"),
        (_png(Chunk(b"zTXt", b"chara\0\0junk")), "damaged"),
        (_png(Chunk(b"zTXt", b"chara\0\0" + zlib.compress(b"0" * 50_000_000))), "larger than 4,000,000"),
        (b"\xff\xd8\xff\xe0 a jpeg", "neither a PNG picture nor JSON"),
        (b"", "not JSON"),
        (b"\x89PNG", "no PNG"),
    ],
)
def test_a_damaged_file_is_a_sentence(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "a.png").write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_card(tmp_path / "a.png")
    assert says in str(refused.value)


def test_a_huge_file_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    with (tmp_path / "a.png").open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(InputError, match="larger than 20 MB"):
        read_card(tmp_path / "a.png")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.png", tmp_path):
        with pytest.raises(InputError):
            read_card(path)


@pytest.mark.parametrize(("name", "picture"), [("a.webp", None), ("a.json", "face.png"), ("no/such/a.json", None)])
def test_a_card_is_written_to_json_or_png_only(tmp_path: Path, name: str, picture: str | None) -> None:
    (tmp_path / "face.png").write_bytes(_png())
    with pytest.raises(InputError):
        write_card(tmp_path / name, WHOLE, tmp_path / picture if picture else None)
