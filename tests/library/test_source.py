"""Files that are no files, or not readable as text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from agent.errors import InvalidDocument
from agent.library.source import MAX_BYTES, read_text


def _says(path: Path, message: str) -> None:
    with pytest.raises(InvalidDocument, match=message) as raised:
        read_text(path)
    assert str(raised.value).startswith(f"{path}:")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        (b"a: 1\nb: caf\xe9\n", ":2: byte 0xe9 is not UTF-8"),
        ("a: é".encode("utf-16"), "is not UTF-8"),
        (b"a" * (MAX_BYTES + 1), "larger than 1,000,000 bytes"),
    ],
    ids=["empty", "blank", "latin-1", "utf-16", "huge"],
)
def test_content_that_is_no_text(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    _says(path, message)


def test_a_byte_order_mark_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_text(path) == "a: 1\n"


def test_a_directory(tmp_path: Path) -> None:
    _says(tmp_path, "this is a directory")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    _says(tmp_path / "gone.yaml", "cannot be read: No such file")


def test_links_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    _says(tmp_path / "a.yaml", "cannot be read")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    _says(tmp_path / "a.yaml", "no regular file")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\n", encoding="utf-8")
    path.chmod(0)
    _says(path, "cannot be read: Permission denied")
