"""The folder of a run: its plan, every judgement, and nobody else's while it is open."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from io import FileIO
from pathlib import Path

from pydantic import ValidationError

from agent.errors import InputError
from agent.evaluation.runs.judgement import Judgement
from agent.evaluation.runs.lines import Lines, read_line, unwritable
from agent.evaluation.runs.plan import Plan

PLAN, JUDGEMENTS, REPORT, LOCK = "plan.json", "judgements.jsonl", "report.json", "lock"
FILES = (PLAN, JUDGEMENTS, REPORT)


class RunFolder:
    """An open folder. `lines` are its judgements."""

    def __init__(self, path: Path, plan: Plan, lines: Lines[Judgement]) -> None:
        self.path = path
        self.plan = plan
        self.lines = lines
        self._next: asyncio.Future[None] | None = None
        self._last: asyncio.Future[None] | None = None

    def get(self, key: str) -> Judgement | None:
        """The judgement under a key, if it was made before."""
        return self.lines.get(key)

    async def keep(self, judgement: Judgement) -> Judgement:
        """Writes a judgement down and hands back what was written; it is on the disk. What comes at the same time is flushed together.

        Raises:
            InputError: it cannot be written.
        """
        line = self.lines.append(judgement)
        if self._next is None:
            self._next = asyncio.ensure_future(self._flush(self._last))
            self._last = self._next
        await asyncio.shield(self._next)
        return read_line(line, Judgement)

    async def _flush(self, before: asyncio.Future[None] | None) -> None:
        """Flushes after the flush before; what is written from then on waits for the next one."""
        if before is not None and not before.done():
            await asyncio.wait([before])
        self._next = None
        await asyncio.to_thread(self.lines.flush)

    def judgements(self) -> Iterator[Judgement]:
        """All judgements, one at a time."""
        return self.lines.each()

    def of_items(self, judge: str) -> Iterator[Judgement]:
        """A judge's judgements of the items as they are, in the order of the plan; what is missing is left out."""
        found = (self.lines.get(self.plan.key(judge, item)) for item in self.plan.items_of(judge))
        yield from (judgement for judgement in found if judgement)

    def write(self, name: str, text: str) -> None:
        """Writes a file of the folder, whole or not at all.

        Raises:
            InputError: it cannot be written.
        """
        write_whole(self.path / name, text)


@contextmanager
def opened(path: Path, plan: Plan, *, anew: bool = False) -> Iterator[RunFolder]:
    """The folder of a run by `plan`, made where there is none, and nobody else's until the end; `anew` empties it first.

    Raises:
        InputError: another program runs in it, it holds a run by another plan or none that can be read, or it cannot be written.
    """
    with locked(path):
        if anew:
            empty(path, FILES)
        _keep_to(plan, path)
        with open_lines(path / JUDGEMENTS) as file:
            yield RunFolder(path, plan, Lines(path / JUDGEMENTS, file, Judgement))


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """A folder, made where there is none, that is nobody else's until the end.

    Raises:
        InputError: another program runs in it, or it cannot be written.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock = FileIO(os.open(path / LOCK, os.O_RDWR | os.O_CREAT, 0o666), "r+")
    except OSError as error:
        raise unwritable(path, error) from error
    with lock:
        _lock(lock, path)
        yield


def open_lines(path: Path) -> FileIO:
    """A file to read and to write, made where there is none.

    Raises:
        InputError: it cannot be written.
    """
    try:
        return FileIO(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+")
    except OSError as error:
        raise unwritable(path, error) from error


def empty(path: Path, names: Iterable[str]) -> None:
    """Removes these files of a folder."""
    for name in names:
        (path / name).unlink(missing_ok=True)


def read_plan(path: Path) -> Plan:
    """The plan in a folder.

    Raises:
        InputError: there is none, or it cannot be read.
    """
    try:
        return Plan.model_validate_json((path / PLAN).read_bytes())
    except OSError as error:
        raise InputError(f"{path} holds no run: {PLAN} cannot be read ({error.strerror})") from error
    except ValidationError as error:
        raise InputError(
            f"{path / PLAN} is damaged, or of another version of Hotseat: {error.errors()[0]['msg']}; "
            "name another folder with --out, or start over with --anew"
        ) from error


def write_whole(path: Path, text: str) -> None:
    """Writes a file so that nobody ever sees a part of it.

    Raises:
        InputError: it cannot be written.
    """
    aside = path.with_name(f".{path.name}.new")
    try:
        with aside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise unwritable(path, error) from error


def _keep_to(plan: Plan, path: Path) -> None:
    """Sees that what the folder holds was graded by the same plan, and writes down the plan as it is now."""
    if (path / PLAN).exists():
        changes = list(read_plan(path).changes(plan))
        if changes:
            told = "; ".join(changes[:4]) + (f"; and {len(changes) - 4} more" if len(changes) > 4 else "")
            raise InputError(f"{path} holds another run; now different: {told}; name another folder with --out, or start over with --anew")
    elif (path / JUDGEMENTS).exists():
        raise InputError(f"{path} holds judgements without a plan; name another folder with --out, or start over with --anew")
    write_whole(path / PLAN, plan.model_dump_json(indent=1) + "\n")


def _lock(file: FileIO, path: Path) -> None:
    """Keeps other runs out until the file is closed, also by a crash; does nothing where there is no such lock."""
    if find_spec("fcntl") is None:
        return
    import fcntl

    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise InputError(f"another run is at work in {path}; wait for it, or name another folder with --out") from error
