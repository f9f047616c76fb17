"""One rater's file of ratings while it grows: locked, and every line on the disk before the next question is asked."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from io import FileIO
from itertools import accumulate
from pathlib import Path

from agent.errors import InputError
from agent.evaluation.ratings import Rating, read_ratings


class RatingsFile:
    """An open file of ratings. `ratings` are its lines; `was_torn` tells whether the last one had to be cut."""

    def __init__(self, path: Path, file: FileIO, rater: str) -> None:
        self.path = path
        self._file = file
        self.was_torn = _mend(file)
        self.ratings = read_ratings(path)
        self._starts = _starts(path)
        strangers = sorted({one.rater for one in self.ratings} - {rater})
        if strangers:
            raise InputError(f"{path} holds ratings of {strangers[0]!r}, not of {rater!r}; name another file with --out")

    def follow(self, ratings: Sequence[Rating]) -> bool:
        """Makes the lines those of `ratings`, on the disk when it returns; whether anything had to be written.

        Raises:
            InputError: it cannot be written; the lines before stand.
        """
        same = _alike(self.ratings, ratings)
        if same == len(self.ratings) == len(ratings):
            return False
        try:
            self._replace(same, ratings)
        except OSError as error:
            raise InputError(f"cannot write {self.path}: {error.strerror}; what was there before the last answer is kept") from error
        return True

    def _replace(self, kept: int, ratings: Sequence[Rating]) -> None:
        self._file.seek(self._starts[kept])
        del self._starts[kept + 1 :]
        for one in ratings[kept:]:
            _write(self._file, line_of(one))
            self._starts.append(self._file.tell())
        self._file.truncate()
        os.fsync(self._file.fileno())
        self.ratings = list(ratings)


@contextmanager
def opened(path: Path, rater: str) -> Iterator[RatingsFile]:
    """The file at `path`, made where there is none, and nobody else's until the end.

    Raises:
        InputError: another program has it open for writing, it cannot be written, or holds what is no rating of `rater`.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}; name another file with --out") from error
    with FileIO(descriptor, "r+") as file:
        _lock(file, path)
        yield RatingsFile(path, file, rater)


def line_of(rating: Rating) -> bytes:
    """A rating as a line of JSON: whole levels without a fraction, fields that say nothing left out, pure ASCII."""
    fields = rating.model_dump(exclude_none=True)
    whole = rating.value is not None and rating.value.is_integer()
    told = {name: fields[name] for name in ("item", "competency", "rater")} | {"value": int(rating.value or 0) if whole else rating.value}
    return json.dumps(told | {name: each for name, each in fields.items() if name not in told}).encode() + b"\n"


def _lock(file: FileIO, path: Path) -> None:
    """Keeps other programs out until the file is closed, also by a crash; does nothing where there is no such lock."""
    if find_spec("fcntl") is None:
        return
    import fcntl

    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise InputError(f"another program is writing to {path}; end that one, or name another file with --out") from error


def _mend(file: FileIO) -> bool:
    """Cuts a last line that a crash has torn, or ends one that lacks only its newline; whether there was one to cut."""
    content = file.readall()
    last = content[content.rfind(b"\n") + 1 :]
    if not last:
        return False
    if _is_rating(last):
        _write(file, b"\n")
        return False
    file.truncate(len(content) - len(last))
    return bool(last.strip())


def _is_rating(line: bytes) -> bool:
    try:
        Rating.model_validate_json(line)
    except ValueError:
        return False
    return True


def _starts(path: Path) -> list[int]:
    """Where each rating begins, in bytes, and where the next one will."""
    lines = path.read_bytes().splitlines(keepends=True)
    starts = list(accumulate(map(len, lines), initial=0))
    return [*(start for start, line in zip(starts, lines, strict=False) if line.strip()), starts[-1]]


def _alike(some: Sequence[Rating], others: Sequence[Rating]) -> int:
    """How many ratings from the start are the same in both."""
    return next((place for place, (one, other) in enumerate(zip(some, others, strict=False)) if one != other), min(len(some), len(others)))


def _write(file: FileIO, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[file.write(left) or 0 :]
