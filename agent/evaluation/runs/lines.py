"""The lines of a file of a run, such as `judgements.jsonl`: appended whole, checked when they are read, found again by their keys."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from agent.counted import first_of
from agent.document import Document
from agent.errors import InputError

_CHECKSUM = b',"checksum":"'
_DIGITS = 16
MOST_TOLD = 5
"""So many damaged lines are told by their numbers."""


class Kept(Document):
    """What is kept under a key. Where a key is there twice, the last line counts."""

    key: str


K = TypeVar("K", bound=Kept)


class Place(NamedTuple):
    """Where a line lies, in bytes."""

    start: int
    length: int


def line_of(kept: Kept) -> bytes:
    """It as a line, with a checksum of what stands before it."""
    content = kept.model_dump_json().encode()[:-1]
    return content + _CHECKSUM + _sum(content) + b'"}\n'


def read_line(line: bytes, kind: type[K]) -> K:
    """What a line holds.

    Raises:
        ValueError: the line is damaged.
    """
    content, mark, given = line.rpartition(_CHECKSUM)
    if not mark or given.rstrip(b"\n") != _sum(content) + b'"}':
        raise ValueError("its checksum does not fit its content")
    return kind.model_validate_json(content + b"}")


def _sum(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest()[:_DIGITS].encode()


class Lines(Generic[K]):
    """An open file of things of a kind. `damaged` are the numbers of lines that cannot be read; `was_torn`: the last was cut off."""

    def __init__(self, path: Path, file: FileIO, kind: type[K]) -> None:
        self.path = path
        self._file = file
        self._kind = kind
        self._end = _whole(file)
        self.was_torn = self._end < os.fstat(file.fileno()).st_size
        if self.was_torn and file.writable():
            os.ftruncate(file.fileno(), self._end)
        self._places: dict[str, Place] = {}
        self.damaged = [number for number, place in enumerate(self._all(), 1) if not self._index(place)]

    def __len__(self) -> int:
        """How many different keys there are."""
        return len(self._places)

    @property
    def damage(self) -> str:
        """How many lines cannot be read, and which, in words; nothing where all can."""
        if len(self.damaged) == 1:
            return f"line {self.damaged[0]} is damaged"
        return f"{len(self.damaged):,} lines are damaged ({first_of(self.damaged, MOST_TOLD)})" if self.damaged else ""

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def get(self, key: str) -> K | None:
        """What was kept last under a key."""
        place = self._places.get(key)
        return read_line(self._read(place), self._kind) if place else None

    def each(self) -> Iterator[K]:
        """All that is kept, one at a time, in the order in which the keys were first written."""
        yield from (read_line(self._read(place), self._kind) for place in list(self._places.values()))

    def append(self, kept: K) -> bytes:
        """Writes a line at the end and hands it back; it is on its way to the disk, and there after `flush`.

        Raises:
            InputError: it cannot be written; what was there stands.
        """
        line = line_of(kept)
        try:
            self._write(line)
        except OSError as error:
            os.ftruncate(self._file.fileno(), self._end)
            raise unwritable(self.path, error) from error
        self._places[kept.key] = Place(self._end, len(line))
        self._end += len(line)
        return line

    def flush(self) -> None:
        """Waits until all lines are on the disk.

        Raises:
            InputError: they cannot be.
        """
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            raise unwritable(self.path, error) from error

    def _write(self, line: bytes) -> None:
        left, place = memoryview(line), self._end
        while left:
            done = os.pwrite(self._file.fileno(), left, place)
            left, place = left[done:], place + done

    def _read(self, place: Place) -> bytes:
        return os.pread(self._file.fileno(), place.length, place.start)

    def _all(self) -> Iterator[Place]:
        self._file.seek(0)
        start = 0
        with open(self._file.fileno(), "rb", closefd=False) as lines:
            for line in lines:
                yield Place(start, len(line))
                start += len(line)

    def _index(self, place: Place) -> bool:
        """Notes where a line's key is; whether the line is sound."""
        line = self._read(place)
        content, mark, given = line.rpartition(_CHECKSUM)
        if not mark or given.rstrip(b"\n") != _sum(content) + b'"}':
            return False
        try:
            key = str(json.loads(content + b"}")["key"])
        except (ValueError, KeyError, TypeError):
            return False
        self._places[key] = place
        return True


def _whole(file: FileIO) -> int:
    """The length of the file up to the end of its last whole line."""
    size = os.fstat(file.fileno()).st_size
    step = 1 << 16
    for end in range(size, 0, -step):
        start = max(0, end - step)
        found = os.pread(file.fileno(), end - start, start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
    return 0


def unwritable(path: Path, error: OSError) -> InputError:
    """What is said where a run's folder cannot be written."""
    if isinstance(error, FileExistsError | NotADirectoryError):
        return InputError(f"cannot keep a run in {path}: there is a file in its place; name another folder with --out")
    return InputError(
        f"cannot write {path}: {error.strerror or error}; what was graded before is kept: make room or check permissions, "
        "and run the same command again"
    )
